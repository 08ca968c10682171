"""What becomes of a step: done, left out with a reason, taken back; steps of one's own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.rescues.actions import ENDED, UNSETTLED, held
from vitalfew.rescues.models import RescueStep
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import StepState
from vitalfew.terms import gettext_noop as _


@transaction.atomic
def add(user: User, pk: int, *, title: str, owner: User, due: date) -> RescueStep:
    """One more, in words of one's own."""
    row = held(user, pk)
    if not row.is_open:
        raise NotPossible(ENDED)
    return records.make(user, RescueStep(rescue=row, title=title, owner=owner, due=due))


@transaction.atomic
def do(user: User, pk: int, version: int, *, on: date, note: str = "") -> RescueStep:
    """It was done on a day."""
    row = _open(user, pk)
    if not row.rescue.begun_on <= on <= timezone.localdate():
        raise NotPossible(_("It can have been done from the day on which the plan began up to today"))
    return _settled(
        user, row, version, {"state": StepState.DONE.value, "settled_on": on, "settled_by": user, "note": note}
    )


@transaction.atomic
def leave_out(user: User, pk: int, version: int, *, why: str) -> RescueStep:
    """It is not done, and somebody says why."""
    row = _open(user, pk)
    given = {"state": StepState.LEFT_OUT.value, "settled_on": timezone.localdate(), "settled_by": user, "note": why}
    return _settled(user, row, version, given)


@transaction.atomic
def reopen(user: User, pk: int) -> RescueStep:
    """It is to do again."""
    row = _held(user, pk)
    if row.is_open:
        raise NotPossible(_("It is open"))
    return _settled(user, row, row.version, UNSETTLED)


@transaction.atomic
def change(user: User, pk: int, version: int, *, owner: User, due: date) -> RescueStep:
    """Somebody else does it, or by another day."""
    return _settled(user, _open(user, pk), version, {"owner": owner, "due": due})


def _open(user: User, pk: int) -> RescueStep:
    row = _held(user, pk)
    if not row.is_open:
        raise NotPossible(_("This step is settled: open it again first"))
    return row


def _held(user: User, pk: int) -> RescueStep:
    """The step of a plan that runs, both held until the change is stored."""
    user.must(RescueRight.STEP)
    row = RescueStep.objects.visible_to(user).get(pk=pk)
    if not held(user, row.rescue_id, RescueRight.STEP).is_open:
        raise NotPossible(ENDED)
    kept: RescueStep = RescueStep.objects.select_related("rescue").get(pk=pk)
    return kept


def _settled(user: User, row: RescueStep, version: int, fields: Mapping[str, Any]) -> RescueStep:
    done: RescueStep = records.change(user, RescueStep.objects.visible_to(user), row.pk, version, fields)
    return done
