"""Changes to plans: permission asked, trail written, in one transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from vitalfew.language import Day, Figure, Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans import questions
from vitalfew.visit_plans.models import Proposal, VisitPlan
from vitalfew.visit_plans.moving import day_for, stands
from vitalfew.visit_plans.rights import PlanRight
from vitalfew.visit_plans.words import PlanState, ProposalState
from vitalfew.visits import actions as visits
from vitalfew.visits.models import Visit
from vitalfew.visits.words import Purpose, VisitState
from vitalfew.warehouse.run import day_number

APART: Final = timedelta(days=6)
"""Another visit to the account that near stands in the way of a proposal."""


@transaction.atomic
def ask(user: User, fields: Mapping[str, Any], people: Sequence[User]) -> VisitPlan:
    """Have weeks proposed; whoever calls has them worked out."""
    user.must(PlanRight.PLAN)
    _may_plan_for(user, people)
    made = records.make(user, VisitPlan(**fields))
    made.people.set(people)
    return made


def _may_plan_for(user: User, people: Sequence[User]) -> None:
    if not people:
        raise NotPossible(_("Say who takes part"))
    if not {each.pk for each in people} <= {each.pk for each in questions.plannable(user)}:
        raise User.DoesNotExist


@transaction.atomic
def again(user: User, pk: int) -> VisitPlan:
    """Have it worked out anew: what was accepted, turned down or moved stays."""
    plan = _own(user, pk)
    VisitPlan.objects.filter(pk=pk).update(state=PlanState.WAITING, progress=0.0, run=plan.run + 1)
    plan.refresh_from_db()
    plan.noted(user, "change", {"run": [plan.run - 1, plan.run]})
    return plan


@transaction.atomic
def move(user: User, pk: int, person: User, monday: date) -> Proposal:
    """Somebody else goes, or in another week."""
    row = _open(user, pk)
    day = day_for(row, person, monday)
    changes = {"person": [row.person.username, person.username], "day": [str(row.day), str(day)]}
    row.person, row.day, row.by_hand = person, day, True
    row.reason = _moved_by(user, row, monday)
    row.save()
    _noted(user, row, "move", changes)
    return row


def _moved_by(user: User, row: Proposal, monday: date) -> str:
    """The reasons it was proposed for, and that somebody changed it."""
    figures: dict[str, Figure] = {"user": str(user), "who": str(row.person), "day": Day(day_number(monday))}
    said = Message(_("{user} changed it by hand: {who} goes, in the week of {day}."), figures)
    kept = [each for each in json.loads(row.reason or "[]") if each["text"] != said.text]
    return json.dumps([*kept, said.stored()], ensure_ascii=False)


@transaction.atomic
def reject(user: User, pk: int) -> Proposal:
    """Not this time: the plan does not propose the account again."""
    row = _open(user, pk)
    return _stated(user, row, ProposalState.REJECTED, "reject")


@transaction.atomic
def open_again(user: User, pk: int) -> Proposal:
    """As if it had not been turned down."""
    row = _seen(user, pk)
    if row.state != ProposalState.REJECTED:
        raise NotPossible(_("It was not turned down"))
    return _stated(user, row, ProposalState.OPEN, "open")


@transaction.atomic
def accept(user: User, plan: VisitPlan, pks: Sequence[int] | None = None) -> tuple[int, list[Proposal], int]:
    """Plan the visits, those of these numbers or all that are open; gives the batch, what was accepted, how many could not be."""
    plan = _own(user, plan.pk)
    rows = questions.proposals(user, plan).filter(state=ProposalState.OPEN).select_for_update(of=("self",))
    chosen = list(rows if pks is None else rows.filter(pk__in=pks))
    batch = (plan.proposals.aggregate(n=Max("batch"))["n"] or 0) + 1
    done = [row for row in chosen if _accepted(user, row, batch)]
    if done:
        plan.noted(user, "accept", {"visits": sorted(row.visit_id or 0 for row in done)})
    return batch, done, len(chosen) - len(done)


def _accepted(user: User, row: Proposal, batch: int) -> bool:
    """Whether it could be planned: nobody else of ours is to call there in these days, and whoever goes still sees it."""
    if stands(row, row.day - APART, row.day + APART):
        return False
    fields = {"day": row.day, "purpose": Purpose.COURTESY.value, "leader": row.person}
    try:
        with transaction.atomic():
            row.visit = visits.plan(user, fields, visits.Going(accounts=[row.account]), row.reason)
    except NotPossible:
        return False
    row.state, row.batch = ProposalState.ACCEPTED, batch
    row.save()
    return True


@transaction.atomic
def give_back(user: User, plan: VisitPlan, batch: int) -> int:
    """The visits accepted at once are proposals again, as far as nobody did anything with them since."""
    plan = _own(user, plan.pk)
    rows = questions.proposals(user, plan).filter(state=ProposalState.ACCEPTED, batch=batch)
    untouched = [row for row in rows if _untouched(row.visit)]
    for row in untouched:
        visits.put_away(user, row.visit_id or 0)
        row.visit, row.batch, row.state = None, None, ProposalState.OPEN
        row.save()
    if untouched:
        plan.noted(user, "give-back", {"visits": [len(untouched), 0]})
    return len(untouched)


def _untouched(visit: Visit | None) -> bool:
    return visit is not None and visit.state == VisitState.PLANNED and visit.version == 1 and not visit.put_away_at


@transaction.atomic
def put_away(user: User, pk: int) -> VisitPlan:
    """Out of the list; the visits that were accepted stay."""
    user.must(PlanRight.PLAN)
    return records.put_away(user, VisitPlan.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> VisitPlan:
    user.must(PlanRight.PLAN)
    return records.fetch_back(user, VisitPlan.objects.within_reach_of(user), pk)


def _own(user: User, pk: int) -> VisitPlan:
    user.must(PlanRight.PLAN)
    return VisitPlan.objects.visible_to(user).select_for_update().get(pk=pk)


def _seen(user: User, pk: int) -> Proposal:
    user.must(PlanRight.PLAN)
    plan = VisitPlan.objects.visible_to(user).get(proposals=pk)
    return questions.proposals(user, plan).select_for_update(of=("self",)).get(pk=pk)


def _open(user: User, pk: int) -> Proposal:
    row = _seen(user, pk)
    if row.state != ProposalState.OPEN:
        raise NotPossible(_("It is decided already"))
    return row


def _stated(user: User, row: Proposal, state: ProposalState, step: str) -> Proposal:
    row.state = state
    row.save()
    _noted(user, row, step, {})
    return row


def _noted(user: User, row: Proposal, step: str, changes: Mapping[str, Any]) -> None:
    row.plan.noted(user, step, {"account": row.account.code, **changes})
