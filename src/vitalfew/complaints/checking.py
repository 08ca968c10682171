"""A countermeasure that became the standard is looked at so many days later: it works, it does not, or nobody can tell."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import checks, eight_d_acting, proceeding, questions
from vitalfew.complaints.actions import may_settle
from vitalfew.complaints.models import Complaint, EffectCheck, EightD
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Worked
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _


def may_answer(user: User, row: EffectCheck) -> bool:
    """Whose it is, and who may settle the complaint."""
    return user.may(ComplaintRight.HANDLE) and (user.pk == row.owner_id or questions.may_handle(user, row.complaint))


OWN: Final = Owned(EffectCheck, ComplaintRight.HANDLE, may_answer, with_it=("complaint",))


@transaction.atomic
def move(user: User, pk: int, version: int, *, days: int, owner: User) -> EffectCheck:
    """Another day, or somebody else."""
    row = _open(user, pk)
    may_settle(row.complaint, owner)
    return _changed(user, row, version, days=days, due=row.since + timedelta(days=days), owner=owner)


@transaction.atomic
def answer(user: User, pk: int, version: int, *, found: str, evidence: str, again: int | None = None) -> EffectCheck:
    """What was found, and by what one knows. Where it does not work, the complaint is open again from the trial on."""
    row, today = _open(user, pk), timezone.localdate()
    if not evidence.strip():
        raise NotPossible(_("Say by what you know"))
    made = _changed(user, row, version, found=found, evidence=evidence, found_on=today, found_by=user)
    if found == Worked.NOT:
        _learn_again(user, row.complaint.merged_into or row.complaint, evidence)
    if found == Worked.UNKNOWN and again:
        days = (today - row.since).days + again
        checks.make(user, row.complaint, row.measure, row.since, days, row.owner)
    return made


def _learn_again(user: User, complaint: Complaint, evidence: str) -> None:
    """Its 8D record is signed no more, and what followed the emergency measure is to be done again."""
    report = EightD.objects.filter(complaint=complaint, put_away_at=None, offered_at__isnull=False).first()
    if report:
        eight_d_acting.unsigned(user, report)
    proceeding.relearned(user, complaint, evidence)


@transaction.atomic
def take_back(user: User, pk: int) -> EffectCheck:
    """It was not found after all; a complaint that was opened by it stays open."""
    row = OWN.held(user, pk)
    if not row.found:
        raise NotPossible(_("Nothing was found yet"))
    if row.found == Worked.NOT:
        raise NotPossible(_("Its complaint is open again since: go on there"))
    checks.drop(user, row.complaint)
    return _changed(user, row, row.version, found="", evidence="", found_on=None, found_by=None)


def _open(user: User, pk: int) -> EffectCheck:
    row = OWN.held(user, pk)
    if row.found:
        raise NotPossible(_("It is answered already: take the answer back first"))
    return row


def _changed(user: User, row: EffectCheck, version: int, **fields: Any) -> EffectCheck:
    return records.change(user, EffectCheck.objects.visible_to(user), row.pk, version, fields)
