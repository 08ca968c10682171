"""What a page's figure leaves out or counts that a similar figure of another page does not."""

from collections.abc import Mapping
from typing import Final

from vitalfew.terms import gettext_noop as _

_WORTH: Final = _(
    "Customer equity is another sum: contribution, after cost to serve, at one retention for all and for all time. Here it is "
    "the margin of the years to come, account by account, before cost to serve."
)
_SERVED: Final = _(
    "Accounts that bought nothing in the period but were served are counted too; other pages count those that bought."
)
BESIDE: Final[Mapping[str, str]] = {
    "lifetime": _WORTH,
    "total-value": _WORTH,
    "customer-equity": _(
        "Lifetime value and Total value tell another sum: the margin of the years to come, account by account, before cost to "
        "serve. Here it is contribution, after cost to serve, at one retention for all and for all time."
    ),
    "contribution": _SERVED,
    "tiers": _SERVED,
    "churn": _(
        "Accounts in their quiet season bought within the year too, but are left out of the count above; other pages count them."
    ),
}
