"""What becomes of a step: done, left out with a reason, taken back; steps of one's own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.recoveries.actions import UNSETTLED, running
from vitalfew.recoveries.models import RecoveryStep
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import StepState
from vitalfew.terms import gettext_noop as _


@transaction.atomic
def add(user: User, pk: int, *, title: str, owner: User, due: date) -> RecoveryStep:
    """One more, in words of one's own."""
    return records.make(user, RecoveryStep(recovery=running(user, pk), title=title, owner=owner, due=due))


@transaction.atomic
def do(user: User, pk: int, version: int, *, on: date, note: str = "") -> RecoveryStep:
    """It was done on a day."""
    row = _open(user, pk)
    if not row.recovery.winback_round.begun_on <= on <= timezone.localdate():
        raise NotPossible(_("It can have been done from the day on which the round began up to today"))
    return _settled(user, row, version, {"state": StepState.DONE.value, "settled_on": on, "note": note})


@transaction.atomic
def leave_out(user: User, pk: int, version: int, *, why: str) -> RecoveryStep:
    """It is not done, and somebody says why."""
    given = {"state": StepState.LEFT_OUT.value, "settled_on": timezone.localdate(), "note": why}
    return _settled(user, _open(user, pk), version, given)


@transaction.atomic
def reopen(user: User, pk: int) -> RecoveryStep:
    """It is to do again."""
    row = _held(user, pk)
    if row.is_open:
        raise NotPossible(_("It is open"))
    return _settled(user, row, row.version, UNSETTLED)


@transaction.atomic
def change(user: User, pk: int, version: int, *, title: str, owner: User, due: date) -> RecoveryStep:
    """Other words, somebody else, or another day."""
    return _settled(user, _open(user, pk), version, {"title": title, "owner": owner, "due": due})


def _open(user: User, pk: int) -> RecoveryStep:
    row = _held(user, pk)
    if not row.is_open:
        raise NotPossible(_("This step is settled: open it again first"))
    return row


def _held(user: User, pk: int) -> RecoveryStep:
    """The step of an attempt under way, both held until the change is stored."""
    user.must(RecoveryRight.WRITE)
    row = RecoveryStep.objects.visible_to(user).get(pk=pk)
    running(user, row.recovery_id)
    kept: RecoveryStep = RecoveryStep.objects.select_related("recovery__winback_round", "recovery__account").get(pk=pk)
    return kept


def _settled(user: User, row: RecoveryStep, version: int, fields: Mapping[str, Any]) -> RecoveryStep:
    done: RecoveryStep = records.change(user, RecoveryStep.objects.visible_to(user), row.pk, version, fields)
    return done
