"""What a plan is made of: put in, changed, taken out while it is a draft; done and noted while it runs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.plans import questions
from vitalfew.plans.actions import must_be, own, touched
from vitalfew.plans.measures import Measure
from vitalfew.plans.models import Goal, Part, Plan, Promotion, Step
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState
from vitalfew.terms import gettext_noop as _

DONE_IN: tuple[PlanState, ...] = (PlanState.DRAFT, PlanState.ASKED, PlanState.AGREED, PlanState.RUNNING)


@transaction.atomic
def put_in(user: User, plan: int, name: str, fields: Mapping[str, Any]) -> Part:
    """A goal, a step, a target or a promotion more."""
    row = own(user, plan)
    must_be(row, PlanState.DRAFT)
    part: Part = records.make(user, questions.PARTS[name](plan=row, **fields))
    touched(user, row, part)
    return part


@transaction.atomic
def change(user: User, name: str, pk: int, version: int, fields: Mapping[str, Any]) -> Part:
    part = _part(user, name, pk)
    changed: Part = records.change(user, _rows(user, name), pk, version, fields)
    touched(user, part.plan, part)
    return changed


@transaction.atomic
def take_out(user: User, name: str, pk: int) -> Part:
    part = _part(user, name, pk)
    records.put_away(user, _rows(user, name), pk)
    touched(user, part.plan, part)
    return part


@transaction.atomic
def bring_back(user: User, name: str, pk: int) -> Part:
    user.must(AccountPlanRight.WRITE)
    rows = questions.PARTS[name].objects.within_reach_of(user)
    part: Part = rows.get(pk=pk)
    must_be(own(user, part.plan_id), PlanState.DRAFT)
    records.fetch_back(user, rows, pk)
    touched(user, part.plan, part)
    return part


@transaction.atomic
def settle(user: User, pk: int, result: str = "", on: date | None = None) -> Step:
    """The step is done, and what came of it."""
    today = timezone.localdate()
    if on and on > today:
        raise NotPossible(_("This day lies ahead: settle it when it has come"))
    return _settled(user, pk, {"done_on": on or today, "result": result})


@transaction.atomic
def unsettle(user: User, pk: int) -> Step:
    """As if it had not been done."""
    return _settled(user, pk, {"done_on": None, "result": ""})


@transaction.atomic
def note(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Goal:
    """How far a goal has come that the house can't read itself, on which day and from where."""
    goal: Goal = _rows(user, "goal").get(pk=pk)
    must_be(own(user, goal.plan_id), *DONE_IN)
    if goal.measure != Measure.HAND:
        raise NotPossible(_("The house reads this goal from the facts itself"))
    changed: Goal = records.change(user, _rows(user, "goal"), pk, version, fields)
    touched(user, goal.plan, goal)
    return changed


@transaction.atomic
def keep_effect(user: User, pk: int, effect: Mapping[str, Any]) -> Promotion:
    """What was worked out of a promotion."""
    row: Promotion = _rows(user, "promotion").get(pk=pk)
    own(user, row.plan_id)
    kept: Promotion = records.change(user, _rows(user, "promotion"), pk, row.version, {"effect": dict(effect)})
    touched(user, row.plan, row)
    return kept


def _settled(user: User, pk: int, fields: Mapping[str, Any]) -> Step:
    user.must(AccountPlanRight.SEE)
    step: Step = _rows(user, "step").get(pk=pk)
    must_be(Plan.objects.select_for_update().get(pk=step.plan_id), *DONE_IN)
    if not questions.may_settle(user, step):
        raise Forbidden
    done: Step = records.change(user, _rows(user, "step"), pk, step.version, fields)
    touched(user, step.plan, step)
    return done


def _rows(user: User, name: str) -> Any:
    return questions.PARTS[name].objects.visible_to(user)


def _part(user: User, name: str, pk: int) -> Part:
    user.must(AccountPlanRight.WRITE)
    part: Part = _rows(user, name).get(pk=pk)
    must_be(own(user, part.plan_id), PlanState.DRAFT)
    return part
