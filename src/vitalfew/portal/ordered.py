"""An account's orders as its people may see them: what was ordered, invoiced, promised and delivered; never what it cost us."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number, day_of

MOST: Final = 500
YEARS: Final = 5
OPEN: Final = "open"
DELIVERED, ON_ITS_WAY = _("Delivered"), _("On its way")
RETURNED = _("Return")
LATE, DELIVERED_LATE = _("Later than promised"), _("Delivered, later than promised")
PARTLY = _("Delivered in part, the rest on its way")
WAITS: Final = (ON_ITS_WAY, LATE, PARTLY)


def orders(account: Account, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Those of a year, or of all; those not delivered yet alone, where that is asked."""
    year = year_in(asked)
    span = (day_number(date(year, 1, 1)), day_number(date(year, 12, 31))) if year else facts_of.ALL_DAYS
    found = (_line(row) for row in facts_of.orders(settings.HOME, account.codes, MOST, span))
    return [line for line in found if asked.get("state") != OPEN or line["state"] in WAITS]


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    amount = row["amount"] or 0
    promised, delivered = _day(row["promised_on"]), _day(row["delivered_on"])
    return {
        "number": row["order_id"], "ordered_on": _day(row["ordered_on"]), "lines": row["lines"], "amount": row["amount"],
        "currency": row["currency"], "promised_on": promised, "delivered_on": delivered,
        "state": _state(amount, promised, delivered, _day(row["under_way"])),
    }  # fmt: skip


def _state(amount: float, promised: date | None, delivered: date | None, under_way: date | None) -> str:
    """Delivered once nothing of it is under way; empty where the facts know no day."""
    if amount < 0:
        return RETURNED
    if under_way:
        late = under_way < timezone.localdate()
        return LATE if late else PARTLY if delivered else ON_ITS_WAY
    if delivered:
        return DELIVERED_LATE if promised and delivered > promised else DELIVERED
    return _under_way(promised) if promised else ""


def _under_way(promised: date) -> str:
    return LATE if promised < timezone.localdate() else ON_ITS_WAY


def _day(number: int | None) -> date | None:
    return None if number is None else day_of(number)


def years() -> list[int]:
    this = timezone.localdate().year
    return [this - back for back in range(YEARS)]


def year_in(asked: Mapping[str, str]) -> int | None:
    return next((year for year in years() if str(year) == asked.get("year")), None)
