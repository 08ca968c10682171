"""What somebody of a customer's sees of supply: the goods that are kept for it, until when, and why; of nobody else's."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.supply.models import Reservation, Stocked
from vitalfew.supply.telling import REASON
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 100
SOON: Final = timedelta(days=7)


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """What it has not taken yet, the earliest first."""
    rows = list(Reservation.objects.filter(account=account, ended_on=None)[:SHOWN])
    names = _names(rows)
    goods = [
        {"product": names.get(row.product, row.product), "week": row.week, "quantity": float(row.quantity),
         "left": float(row.left), "until": row.expires_on}
        for row in rows
    ]  # fmt: skip
    return {"goods": goods, "reason": REASON}


def _names(rows: list[Reservation]) -> Mapping[str, str]:
    return {row.code: str(row) for row in Stocked.objects.filter(code__in={row.product for row in rows})}


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """What is kept for a few days more only."""
    today = timezone.localdate()
    ends = Reservation.objects.filter(
        account=account, ended_on=None, expires_on__gte=today, expires_on__lte=today + SOON
    )
    rows = list(ends[:SHOWN])
    names = _names(rows)
    for row in rows:
        figures = {"product": names.get(row.product, row.product), "n": Count(float(row.left))}
        yield Waiting(Message(_("{n} of {product} are kept for you no longer than this"), figures), row.expires_on)


PARTS: Final = (PortalPart("supply", _("Goods kept for you"), 22, "supply", "supply/portal.html", told, waiting),)
