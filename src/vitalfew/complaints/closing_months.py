"""A month is closed once it is over: its lines are kept as they are now. Opened again, they are kept too, out of the lists."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from vitalfew.approvals.questions import currency
from vitalfew.complaints import monthly
from vitalfew.complaints.models import ClosedMonth, MonthLine
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

OWN: Final = Owned(ClosedMonth, ComplaintRight.RULE, lambda _user, _row: True, with_it=())
CLOSED: Final = _("This month is closed already")


@transaction.atomic
def close(user: User, month: date) -> ClosedMonth:
    user.must(ComplaintRight.RULE)
    first = monthly.first_of(month)
    if monthly.last_of(first) >= timezone.localdate():
        raise NotPossible(_("This month is not over yet"))
    if ClosedMonth.objects.filter(month=first, put_away_at=None).exists():
        raise NotPossible(CLOSED)
    lines = monthly.lines_now(first)
    if not lines:
        raise NotPossible(_("No complaint came in in this month"))
    row = records.make(user, ClosedMonth(month=first, currency=currency()))
    for line in lines:
        line.month = row
    MonthLine.objects.bulk_create(lines, batch_size=500)
    return row


@transaction.atomic
def open_again(user: User, pk: int) -> ClosedMonth:
    OWN.held(user, pk)
    return records.put_away(user, ClosedMonth.objects.visible_to(user), pk)


@transaction.atomic
def close_again(user: User, pk: int) -> ClosedMonth:
    """As it was closed before."""
    user.must(ComplaintRight.RULE)
    found = ClosedMonth.objects.within_reach_of(user)
    row = found.get(pk=pk)
    if ClosedMonth.objects.filter(month=row.month, put_away_at=None).exclude(pk=pk).exists():
        raise NotPossible(CLOSED)
    return records.fetch_back(user, found, pk)
