"""What somebody of a customer's sees of its incentives: the periods that are booked, and what of them was reckoned how."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.coins import amount
from vitalfew.incentives import statement
from vitalfew.incentives.models import Entry, Standing
from vitalfew.incentives.words import EntryKind, Stands
from vitalfew.language import Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 40
LATELY: Final = timedelta(days=30)
BOOKED: Final = (EntryKind.BOOKED, EntryKind.REVERSED)


def _rows(account: Account) -> list[Standing]:
    """Periods that are over and booked as they stand; what still accrues is nobody's but ours."""
    rows = (
        Standing.objects.filter(account=account)
        .select_related("of__scheme")
        .standing(Stands.BOOKED, timezone.localdate())
    )
    return list(rows[:SHOWN])


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """The account, line by line, and each statement."""
    entries = Entry.objects.filter(account=account, kind__in=BOOKED).select_related("scheme").order_by("-day", "-pk")
    return {
        "statements": [_statement(row) for row in _rows(account)],
        "entries": [
            {"day": row.day, "scheme": row.scheme.name, "since": row.since, "until": row.until, "kind": row.get_kind_display(),
             "amount": float(amount(row.units, row.currency)), "currency": row.currency}
            for row in entries[:SHOWN]
        ],
    }  # fmt: skip


def _statement(row: Standing) -> Mapping[str, Any]:
    return {
        "scheme": row.of.scheme.name, "since": row.since, "until": row.until, "amount": row.booked_exactly,
        "lines": [{"kind": each["kind"], "told": each["told"], "amount": each["exactly"]} for each in statement.lines(row)],
    }  # fmt: skip


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """What was booked lately."""
    since = timezone.localdate() - LATELY
    for row in Entry.objects.filter(account=account, kind=EntryKind.BOOKED, day__gte=since).select_related("scheme")[
        :SHOWN
    ]:
        yield Waiting(Message(_("Incentive booked: {scheme}"), {"scheme": row.scheme.name}), row.day, new=True)


PARTS: Final = (PortalPart("incentives", _("Incentives"), 40, "money", "incentives/portal.html", told, waiting),)
