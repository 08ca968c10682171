"""What complaints ask for: the next thing that is due, of one's own and of nobody's."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Exists
from django.utils import timezone

from vitalfew.complaints import questions
from vitalfew.complaints.check_listing import due_for
from vitalfew.complaints.eight_d_listing import to_sign
from vitalfew.complaints.inquiry_listing import due_for as inquiries_for
from vitalfew.complaints.inquiry_listing import told
from vitalfew.complaints.models import Complaint, EffectCheck, EightD, Inquiry
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Due, Standing
from vitalfew.language import Day, Message, Word
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.warehouse.run import day_number

MOST: Final = 30
OVERDUE: Final = 3e9
DUE: Final = 1.5e9
CHECKED: Final = 5e8
"""Who complains waits, while what the analyses advise does not."""


def waiting(user: User) -> Iterator[Task]:
    if not user.may(ComplaintRight.HANDLE):
        return
    yield from (_task(row) for row in questions.asking(user)[:MOST])
    to_be_signed, unusual, checks, words = (
        to_sign(user),
        inquiries_for(user),
        due_for(user),
        questions.words_waiting(user),
    )
    any_of = (Exists(to_be_signed), Exists(unusual), Exists(checks), Exists(words))
    signs, asks, looks, heard = User.objects.filter(pk=user.pk).values_list(*any_of).get()
    sees = user.may(Right.MONEY)
    yield from (_word(row) for row in (words[:MOST] if heard else ()))
    yield from (_signature(row) for row in (to_be_signed[:MOST] if signs else ()))
    yield from (_inquiry(row, sees=sees) for row in (unusual[:MOST] if asks else ()))
    yield from (_check(row) for row in (checks[:MOST] if looks else ()))


def _task(row: Complaint) -> Task:
    late = row.standing == Standing.LATE
    figures: dict[str, Any] = {
        "number": row.number, "text": row.brief, "what": Word(label_of(Due, row.due_what) if row.due_what else ""),
    }  # fmt: skip
    why = _("{number}, overdue: {what}. {text}") if late else _("{number}: {what}. {text}")
    return Task(
        _("Settle a complaint"), Message(why, figures), _("Open"), row.get_absolute_url(),
        row.account.code if row.account else "", due=timezone.localdate(row.due_at) if row.due_at else None, soon=True,
        priority=(OVERDUE if late else DUE) - row.priority,
    )  # fmt: skip


def _word(row: Complaint) -> Task:
    """Until it is answered or seen, settled or not."""
    figures: dict[str, Any] = {"number": row.number, "text": row.brief}
    unhappy = _("{number}: the customer is not satisfied. {text}")
    why = unhappy if row.satisfied is False else _("{number}: the customer wrote. {text}")
    return Task(
        _("Read what the customer says of a complaint"), Message(why, figures), _("Open"), row.get_absolute_url(),
        row.account.code if row.account else "", due=timezone.localdate(row.word_since), soon=True, priority=DUE - row.priority,
    )  # fmt: skip


def _signature(row: EightD) -> Task:
    """Its complaint can't be closed before."""
    of = row.complaint
    figures: dict[str, Any] = {"number": of.number, "who": str(row.offered_by or "–"), "text": of.brief}
    return Task(
        _("Sign an 8D record"), Message(_("{number}: {who} handed it in. {text}"), figures), _("Open"),
        row.get_absolute_url(), of.account.code if of.account else "", soon=True, priority=DUE - of.priority,
    )  # fmt: skip


def _check(row: EffectCheck) -> Task:
    of = row.complaint
    figures: dict[str, Any] = {"number": of.number, "measure": row.measure, "day": Day(day_number(row.since))}
    return Task(
        _("See whether a countermeasure works"), Message(_("{number}: {measure}, the standard since {day}"), figures), _("Open"),
        row.get_absolute_url(), of.account.code if of.account else "", due=row.due, soon=True, priority=CHECKED,
    )  # fmt: skip


def _inquiry(row: Inquiry, *, sees: bool) -> Task:
    said = told(row)
    return Task(
        _("Ask the customer"), said, _("Answer"), row.get_absolute_url(), row.account.code, due=row.due, soon=True,
        effect=row.stake if sees else None, basis=_("At stake"), priority=row.stake or 0.0,
    )  # fmt: skip
