from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.complaints import questions
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """Complaints taken in here, and when they were settled; those of the facts are told by the facts."""
    if not user.may(ComplaintRight.SEE):
        return
    for row in questions.ours(user, account):
        figures: dict[str, Any] = {"number": row.number, "text": row.brief, "outcome": row.outcome}
        if not row.imported:
            yield _touch(row, row.received_on, Message(_("Complaint {number}: {text}"), figures))
        if row.closed_at:
            closed = timezone.localdate(row.closed_at)
            yield _touch(row, closed, Message(_("Complaint {number} settled: {outcome}"), figures))


def _touch(row: Complaint, day: Any, what: Message) -> Touch:
    return Touch(day, TouchKind.COMPLAINT, what, {"id": row.pk, "state": row.state}, url=row.get_absolute_url())
