"""Why a row of an account's data is not taken: what the readers say, and what only we can know."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import REASONS as READERS

UNKNOWN, OTHER, NOTHING, TWICE = "unknown-product", "other-account", "no-figure", "duplicate-key"
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **READERS,
        UNKNOWN: _("We have no product of this code. Correct it, or let it be matched to one of our products."),
        OTHER: _("The row names another customer. Send each customer's data apart."),
        NOTHING: _("Neither sales nor stock nor goods received are told. Fill in one of them."),
    }
)
