"""What a plan is made of: put in, changed, taken out while it is a draft; done and noted while it runs."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.parts import Parts, touched
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.plans import questions
from vitalfew.plans.actions import must_be, own
from vitalfew.plans.measures import Measure
from vitalfew.plans.models import Goal, Plan, Promotion, Step
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState
from vitalfew.terms import gettext_noop as _

DONE_IN: tuple[PlanState, ...] = (PlanState.DRAFT, PlanState.ASKED, PlanState.AGREED, PlanState.RUNNING)


def _draft(user: User, pk: int) -> Plan:
    row = own(user, pk)
    must_be(row, PlanState.DRAFT)
    return row


PARTS: Final = Parts(questions.PARTS, "plan", AccountPlanRight.WRITE, _draft)
put_in, change, take_out, bring_back = PARTS.put_in, PARTS.change, PARTS.take_out, PARTS.bring_back


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
    goal: Goal = PARTS.rows(user, "goal").get(pk=pk)
    must_be(own(user, goal.plan_id), *DONE_IN)
    if goal.measure != Measure.HAND:
        raise NotPossible(_("The house reads this goal from the facts itself"))
    changed: Goal = records.change(user, PARTS.rows(user, "goal"), pk, version, fields)
    touched(user, goal.plan, goal)
    return changed


@transaction.atomic
def keep_effect(user: User, pk: int, effect: Mapping[str, Any]) -> Promotion:
    """What was worked out of a promotion."""
    row: Promotion = PARTS.rows(user, "promotion").get(pk=pk)
    own(user, row.plan_id)
    kept: Promotion = records.change(user, PARTS.rows(user, "promotion"), pk, row.version, {"effect": dict(effect)})
    touched(user, row.plan, row)
    return kept


def _settled(user: User, pk: int, fields: Mapping[str, Any]) -> Step:
    user.must(AccountPlanRight.SEE)
    step: Step = PARTS.rows(user, "step").get(pk=pk)
    must_be(Plan.objects.select_for_update().get(pk=step.plan_id), *DONE_IN)
    if not questions.may_settle(user, step):
        raise Forbidden
    done: Step = records.change(user, PARTS.rows(user, "step"), pk, step.version, fields)
    touched(user, step.plan, step)
    return done
