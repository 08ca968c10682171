"""A plan worked out: what is asked is read, the weeks are solved, the visits kept with their reasons."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from django.db import transaction

from vitalfew.catalogue import Refusal
from vitalfew.maths.itineraries.planning import Plan, Visit
from vitalfew.maths.itineraries.planning import plan as solved
from vitalfew.people.models import User
from vitalfew.phrases.visiting import OBSTACLES, Tie, Why, how_good, reasons
from vitalfew.visit_plans.models import Proposal, VisitPlan
from vitalfew.visit_plans.reading import Book, read
from vitalfew.visit_plans.words import PlanState, ProposalState

SECONDS: Final = 15.0
GAP: Final = 0.005
READ, SOLVED = 0.1, 0.9
EPOCH: Final = date(1970, 1, 1)
Tell = Callable[[float], None]


def compute(pk: int, run: int, today: date) -> bool:
    """Work the plan out; False where it was asked for anew meanwhile, or is gone."""
    rows = VisitPlan.objects.filter(pk=pk, run=run, put_away_at=None)
    if not rows.update(state=PlanState.WORKING, progress=0.0):
        return False
    plan = rows.get()
    user = User.objects.get(username=plan.made_by)
    try:
        book = read(plan, user, today)
    except Refusal as why:
        return bool(rows.update(state=PlanState.FAILED, found={"refused": why.message.stored()}))
    rows.update(progress=READ)
    made = solved(book.request, seconds=SECONDS, gap=GAP)
    rows.update(progress=SOLVED)
    return _keep(plan, book, made)


@transaction.atomic
def _keep(plan: VisitPlan, book: Book, made: Plan) -> bool:
    """In place of what was proposed before, but for what people have decided or moved."""
    row = VisitPlan.objects.select_for_update().filter(pk=plan.pk, run=plan.run, put_away_at=None).first()
    if row is None:
        return False
    row.proposals.filter(state=ProposalState.OPEN, by_hand=False).delete()
    Proposal.objects.bulk_create(_proposal(row, book, visit) for visit in made.visits)
    row.state, row.progress, row.found = PlanState.DONE, 1.0, _found(book, made)
    row.save(update_fields=["state", "progress", "found"])
    return True


def _proposal(plan: VisitPlan, book: Book, visit: Visit) -> Proposal:
    kept = json.dumps([each.stored() for each in reasons(_why(book, visit))], ensure_ascii=False)
    account, person = book.accounts[visit.door], book.people[visit.person]
    return Proposal(plan=plan, account=account, person=person, day=EPOCH + timedelta(days=visit.day), reason=kept)


def _why(book: Book, visit: Visit) -> Why:
    """What is known of the account, as the refresh has it; which others lie on the way is told where it is shown."""
    account, tie = book.accounts[visit.door], book.ties[visit.person, visit.door]
    known: dict[str, Any] = {name: column[visit.door] for name, column in book.known.items()}
    last = known["last_visit"]
    return Why(
        rank=visit.door + 1, of=len(book.accounts), who=str(book.people[visit.person]), tie=tie, week=visit.week,
        late=visit.late, due=known["next_by"], occasion=_day(book.request.doors.occasion[visit.door]),
        since=None if last is None else visit.day - int(last), never=last is None, risk=known["risk"],
        complaints=known["open_complaints"] or 0, silent=bool(known["silent"]),
        manager=str(account.manager) if account.manager and tie != Tie.MANAGER else "",
        tied_up=account.manager_id in book.tied_up,
    )  # fmt: skip


def _day(value: float) -> int | None:
    return int(value) if np.isfinite(value) else None


def _found(book: Book, made: Plan) -> dict[str, Any]:
    return {
        "headline": how_good(made).stored(),
        "seconds": round(made.seconds, 2),
        "ended": made.ended,
        "short_of_best": made.short_of_best,
        "missing": [
            {"account": book.accounts[each.door].pk, "visits": each.visits, "why": OBSTACLES[each.why]}
            for each in made.missing
        ],
    }
