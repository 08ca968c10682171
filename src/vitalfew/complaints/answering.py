"""A question is answered: there is a reason, it is a problem and so a complaint, or one looks again on another day."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import actions, intake, questions
from vitalfew.complaints.models import Inquiry
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Answer, Channel, State
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

LONGEST: Final = timedelta(days=180)


def may_answer(user: User, row: Inquiry) -> bool:
    """Who manages the account, and who settles anybody's complaints."""
    return user.may(ComplaintRight.HANDLE) and (user.role in questions.ALL or user.pk == row.account.manager_id)


OWN: Final = Owned(Inquiry, ComplaintRight.HANDLE, may_answer)


@transaction.atomic
def explain(user: User, pk: int, version: int, *, why: str) -> Inquiry:
    """There is a reason, and nothing to mend."""
    _open(user, pk)
    return _answered(user, pk, version, Answer.EXPLAINED, why=why)


@transaction.atomic
def is_problem(user: User, pk: int, version: int, *, text: str, effect: str) -> Inquiry:
    """It is a complaint from now on, with what is known."""
    row = _open(user, pk)
    made = _answered(user, pk, version, Answer.PROBLEM, why=text[:1000])
    complaint = intake.write_down(user, {
        "account": row.account, "text": text, "effect": effect, "channel": Channel.ASKED.value, "acknowledged_at": timezone.now(),
    })  # fmt: skip
    Inquiry.objects.filter(pk=pk).update(complaint=complaint)
    made.complaint = complaint
    return made


@transaction.atomic
def later(user: User, pk: int, version: int, *, until: date) -> Inquiry:
    """It stands on Today again from that day."""
    _open(user, pk)
    today = timezone.localdate()
    if not today < until <= today + LONGEST:
        raise NotPossible(_("Choose a day after today, within half a year"))
    return _changed(user, pk, version, due=until)


@transaction.atomic
def reopen(user: User, pk: int) -> Inquiry:
    """Not answered after all; a complaint that was made of it and not begun goes with the answer."""
    row = OWN.held(user, pk)
    made = row.complaint
    if made and made.state != State.RECEIVED:
        raise NotPossible(_("Its complaint is being settled: go on there"))
    if made and made.put_away_at is None:
        actions.put_away(user, made.pk)
    fields: dict[str, Any] = {"answer": "", "why": "", "answered_at": None, "answered_by": None, "complaint": None}
    return _changed(user, pk, row.version, **fields, due=timezone.localdate(row.asked_at))


def _open(user: User, pk: int) -> Inquiry:
    row = OWN.held(user, pk)
    if row.answer:
        raise NotPossible(_("It is answered already: take the answer back first"))
    return row


def _answered(user: User, pk: int, version: int, answer: Answer, *, why: str) -> Inquiry:
    said = {"answer": answer.value, "why": why.strip(), "answered_at": timezone.now(), "answered_by": user}
    return _changed(user, pk, version, **said)


def _changed(user: User, pk: int, version: int, **fields: Any) -> Inquiry:
    return records.change(user, Inquiry.objects.visible_to(user), pk, version, fields)
