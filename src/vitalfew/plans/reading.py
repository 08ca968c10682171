"""How far a goal has come, read from the facts; where that can't be told, the reason.

Counted is what lies in the time of the plan, up to the last day of the book or today. Amounts of another currency than the
plan's are not added: then nothing is told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.aims import Course, Reading, as_part, course, figure, hindered
from vitalfew.accounts.between import Between
from vitalfew.activities.models import Activity
from vitalfew.activities.ways import Way
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.plans import questions
from vitalfew.plans.measures import OF_A_CATEGORY, UNITS, Measure, aim
from vitalfew.plans.models import Goal, Plan, Target
from vitalfew.plans.words import PlanState
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number

MIXED: Final = _("{n} {n:row is|rows are} in another currency than the plan: amounts of several are not added")


@dataclass(frozen=True)
class Standing:
    """A goal, how far it has come, and what that means."""

    goal: Goal
    reading: Reading
    course: Course
    part: float | None
    """Which share of the target was reached."""

    @property
    def target(self) -> Message:
        return self._written(as_part(UNITS[self.goal.measure], float(self.goal.target)))

    @property
    def reached(self) -> Message:
        """So far; or why that can't be told."""
        return self.reading.why or self._written(self.reading.value or 0.0)

    def _written(self, value: float) -> Message:
        goal = self.goal
        return Message("{value}", {"value": figure(value, UNITS[goal.measure], goal.plan.currency, goal.unit)})


def standings(user: User, plan: Plan, facts: "Facts | None" = None) -> list[Standing]:
    """The goals of a plan that the user may see; of a closed one as it was when closed."""
    read = facts or Facts(plan)
    return [_standing(plan, goal, read) for goal in questions.parts(user, plan, "goal")]


@dataclass(frozen=True)
class Bought:
    """A target of white space, and how much of it was bought so far."""

    target: Target
    reading: Reading


def targets(user: User, plan: Plan, facts: "Facts | None" = None) -> list[Bought]:
    read, rows = facts or Facts(plan), questions.parts(user, plan, "target")
    return [Bought(each, read.reading(Goal(measure=Measure.CATEGORY, category=each.category))) for each in rows]


def _standing(plan: Plan, goal: Goal, facts: "Facts") -> Standing:
    kept = (plan.readings or {}).get(str(goal.pk))
    reading = restored(kept) if kept else facts.reading(goal)
    target, start = float(goal.target), None if goal.start is None else float(goal.start)
    towards = aim(
        goal.measure,
        as_part(UNITS[goal.measure], target),
        None if start is None else as_part(UNITS[goal.measure], start),
    )
    done = plan.state == PlanState.CLOSED and goal.measure == Measure.HAND
    elapsed = 1.0 if done else facts.elapsed(goal, reading)
    counts = goal.measure != Measure.COMPLAINTS and reading.value is not None and towards.target > 0
    part = (reading.value or 0.0) / towards.target if counts else None
    return Standing(goal, reading, course(towards, reading.value, elapsed), part)


def kept(plan: Plan) -> dict[str, Any]:
    """Every goal's reading, to be kept when the plan is closed."""
    facts = Facts(plan)
    return {str(goal.pk): stored(facts.reading(goal)) for goal in plan.goals.filter(put_away_at=None)}


def stored(reading: Reading) -> dict[str, Any]:
    until, why = reading.until, reading.why
    return {"value": reading.value, "until": until.isoformat() if until else None, "why": why.stored() if why else None}


def restored(kept_: Mapping[str, Any]) -> Reading:
    until, why = kept_["until"], kept_["why"]
    return Reading(kept_["value"], date.fromisoformat(until) if until else None, Message.restored(why) if why else None)


BOUGHT: Final = frozenset({Measure.SALES, Measure.CATEGORY, Measure.MARGIN})


class Facts:
    """The facts in the time of a plan, each read once."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.today, self.refresh = plan, timezone.localdate(), scorecards.current()

    @cached_property
    def between(self) -> Between:
        plan = self.plan
        return Between(plan.account.codes, plan.since, self.last_day(""), self.currency)

    @property
    def currency(self) -> str:
        return self.plan.currency or (self.refresh.currency if self.refresh else "")

    def reading(self, goal: Goal) -> Reading:
        if goal.measure == Measure.HAND:
            return _noted(goal)
        early = self._too_early(goal)
        return Reading(None, why=early) if early else BY_MEASURE[goal.measure](self, goal)

    def elapsed(self, goal: Goal, reading: Reading) -> float:
        """Which share of the plan's time has gone by; of what is bought, as earlier years ran by the same day."""
        if goal.measure in BOUGHT and reading.until and reading.until < self.plan.until:
            usual = self.between.gone_by(self.plan.until, goal.category or None)
            if usual is not None:
                return usual
        return questions.elapsed(self.plan, reading.until or timezone.localdate())

    def last_day(self, measure: str) -> date:
        """Until when the facts tell of it: visits are logged here, all else is imported."""
        known = self.today if measure == Measure.VISITS or self.refresh is None else self.refresh.as_of
        return min(self.plan.until, known)

    def _too_early(self, goal: Goal) -> Message | None:
        if self.refresh is None and goal.measure != Measure.VISITS:
            return Message(_("Nothing has been imported and computed yet"))
        last = self.last_day(goal.measure)
        if last >= self.plan.since:
            return None
        if self.today < self.plan.since:
            return Message(_("The plan's time has not begun"))
        return Message(_("The facts end on {day}, before the plan's time"), {"day": Day(day_number(last))})

    def sales(self, goal: Goal) -> Reading:
        row = self.between.of(goal.category if goal.measure in OF_A_CATEGORY else None)
        return hindered(MIXED, row.others) or Reading(row.amount, self.last_day(goal.measure))

    def share(self, goal: Goal) -> Reading:
        part, whole = self.between.of(goal.category), self.between.of(None)
        if mixed := hindered(MIXED, whole.others):
            return mixed
        if whole.amount <= 0:
            return Reading(None, why=Message(_("It has bought nothing in the plan's time yet")))
        return Reading(part.amount / whole.amount, self.last_day(goal.measure))

    def margin(self, goal: Goal) -> Reading:
        row = self.between.of(None)
        if mixed := hindered(MIXED, row.others) or hindered(MIXED, self.between.served.others):
            return mixed
        if unknown := hindered(_("The cost of {n} order {n:line is|lines are} not known"), row.uncosted):
            return unknown
        return Reading(row.amount - row.cost - self.between.served.amount, self.last_day(goal.measure))

    def visits(self, goal: Goal) -> Reading:
        last = self.last_day(goal.measure)
        rows = Activity.objects.filter(account=self.plan.account, put_away_at=None, way=Way.VISIT)
        return Reading(float(rows.filter(day__range=(self.plan.since, last)).count()), last)

    def complaints(self, goal: Goal) -> Reading:
        return Reading(float(self.between.complained), self.last_day(goal.measure))


BY_MEASURE: Final[Mapping[str, Callable[[Facts, Goal], Reading]]] = {
    Measure.SALES: Facts.sales, Measure.CATEGORY: Facts.sales, Measure.SHARE: Facts.share,
    Measure.MARGIN: Facts.margin, Measure.VISITS: Facts.visits, Measure.COMPLAINTS: Facts.complaints,
}  # fmt: skip


def _noted(goal: Goal) -> Reading:
    if goal.figure is None:
        return Reading(None, why=Message(_("Nobody has written the figure down yet")))
    return Reading(float(goal.figure), goal.figure_on)
