"""Times and monthly limits, as the house says: permission asked, version checked, audit written."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from vitalfew.complaints.deadlines import timed
from vitalfew.complaints.keeping import OF_CLOCK
from vitalfew.complaints.models import Complaint, ComplaintQuerySet, Deadline, MonthLimit, Opening
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _


@transaction.atomic
def set_deadline(user: User, priority: int, version: int, fields: Mapping[str, Any]) -> Deadline:
    """From now on; what runs is timed anew."""
    user.must(ComplaintRight.RULE)
    row = Deadline.objects.select_for_update().filter(priority=priority).first()
    if row is None:
        made = records.make(user, Deadline(priority=priority, **fields))
    elif row.version != version:
        raise Stale(row)
    else:
        made = records.change(user, Deadline.objects.all(), row.pk, version, fields)
    _timed_anew(Complaint.objects.running().filter(priority=priority))
    return made


def _timed_anew(rows: ComplaintQuerySet) -> None:
    running = list(rows)
    for each in running:
        timed(each)
    Complaint.objects.bulk_update(running, OF_CLOCK, batch_size=200)


@transaction.atomic
def set_opening(user: User, version: int, fields: Mapping[str, Any]) -> Opening:
    """From when until when the house works; what runs is timed anew."""
    user.must(ComplaintRight.RULE)
    if fields["opens"] >= fields["closes"]:
        raise NotPossible(_("It closes before it opens"))
    row = Opening.objects.select_for_update().first()
    if row is None:
        made = records.make(user, Opening(**fields))
    else:
        made = records.change(user, Opening.objects.all(), row.pk, version, fields)
    _timed_anew(Complaint.objects.running())
    return made


@transaction.atomic
def set_month(user: User, role: str, amount: Decimal | None) -> MonthLimit | None:
    """How much a role may give within a month; none: no limit of its own."""
    user.must(ComplaintRight.RULE)
    row = MonthLimit.objects.select_for_update().filter(role=role, put_away_at=None).first()
    if amount is None:
        return records.put_away(user, MonthLimit.objects.all(), row.pk) if row else None
    if row is None:
        return records.make(user, MonthLimit(role=role, amount=amount))
    return records.change(user, MonthLimit.objects.all(), row.pk, row.version, {"amount": amount})
