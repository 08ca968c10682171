"""What kinds of customers there are: those the house knows by name, and whatever else a book calls them."""

from collections.abc import Mapping
from typing import Final

from vitalfew.terms import gettext_noop as _

KINDS: Final[Mapping[str, str]] = {
    "distributor": _("Distributor"), "general_agent": _("General agent"),
    "regional_core": _("Regional core customer"), "industrial": _("Industrial company"),
}  # fmt: skip
