"""/visits/plans: weeks of visits proposed, and the proposals accepted, moved or turned down."""

from datetime import date, timedelta
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.api.problems import not_found
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans import actions, questions
from vitalfew.visit_plans.forms import PlanForm
from vitalfew.visit_plans.listing import PLANS
from vitalfew.visit_plans.models import Proposal, VisitPlan
from vitalfew.visit_plans.rights import PlanRight
from vitalfew.visit_plans.work import work_out_soon

router = Router(tags=["visits"])
FIELDS: Final = ("since", "weeks", "most_a_day", "most_a_week", "mine_only")


class PlanNew(Schema):
    """Weeks to be proposed: user names of who takes part, any day of the first week, how many weeks and visits at most."""

    people: list[str]
    since: date
    weeks: int = 4
    most_a_day: int = 2
    most_a_week: int = 4
    mine_only: bool = False

    model_config = {"extra": "forbid"}


class PlanAccepted(Schema):
    """Numbers of the proposals that are accepted; without them all that are open."""

    proposals: list[int] | None = None

    model_config = {"extra": "forbid"}


class PlanGivenBack(Schema):
    """The batch of accepted proposals that is given back."""

    batch: int

    model_config = {"extra": "forbid"}


class ProposalMoved(Schema):
    """Who goes (a user name), and any day of the week in which."""

    person: str
    week: date

    model_config = {"extra": "forbid"}


class ProposalOut(Schema):
    """A proposed visit and why; ``visit`` is what it became when it was accepted, in the ``batch`` by which it is given back."""

    id: int
    account: str
    person: str
    day: date
    state: str
    moved: bool
    why: str
    batch: int | None
    visit: int | None


class UnplacedOut(Schema):
    """An account with fewer visits than wanted, and why."""

    account: str
    visits: int
    why: str


class PlanOut(Schema):
    """A plan; ``short_of_best`` is the share that the best one could bring more at most."""

    id: int
    people: list[str]
    since: date
    weeks: int
    most_a_day: int
    most_a_week: int
    mine_only: bool
    state: str
    progress: float
    said: str
    short_of_best: float | None
    seconds: float | None
    proposals: list[ProposalOut]
    unplaced: list[UnplacedOut]
    version: int


def _told(user: User, row: VisitPlan) -> dict[str, Any]:
    names = (*FIELDS, "state", "progress")
    said = row.headline.say(language()) if row.headline else ""
    return {
        **{name: getattr(row, name) for name in names}, "people": sorted(each.username for each in row.people.all()),
        "said": said, "short_of_best": row.found.get("short_of_best"), "seconds": row.found.get("seconds"),
        "proposals": [_proposal(each) for each in questions.proposals(user, row)],
        "unplaced": [
            {"account": each.account.code, "visits": each.visits, "why": each.why.say(language())}
            for each in questions.unplaced(user, row)
        ],
    }  # fmt: skip


def _proposal(row: Proposal) -> dict[str, Any]:
    return {
        "id": row.pk, "account": row.account.code, "person": row.person.username, "day": row.day, "state": row.state,
        "moved": row.by_hand, "why": row.why.say(language()) if row.why else "", "batch": row.batch, "visit": row.visit_id,
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "visit_plan", PLANS, questions.plans, PlanOut, _told, see=PlanRight.PLAN, write=PlanRight.PLAN,
    many="visits/plans",
)  # fmt: skip
OPERATIONS.reads("Plans of visits, the latest first, a page at a time.", "One plan with its proposals.")


@OPERATIONS.adds
def add_visit_plan(user: User, sent: PlanNew) -> VisitPlan:
    """Have weeks proposed; they are worked out in the background, within half a minute. Ask for the plan until it is done."""
    named = dict(User.objects.filter(username__in=sent.people).values_list("username", "pk"))
    form = PlanForm(user, {**sent.dict(), "people": [named.get(name, 0) for name in sent.people]})
    said = checked(form, (*FIELDS, "people"))
    made = actions.ask(user, {name: said[name] for name in FIELDS}, list(said["people"]))
    work_out_soon(made)
    return made


@OPERATIONS.does("again")
def work_out_visit_plan_again(user: User, row: VisitPlan) -> None:
    """Have visits proposed anew; what was accepted, turned down or moved stays."""
    work_out_soon(actions.again(user, row.pk))


@OPERATIONS.does("accept")
def accept_visit_plan(user: User, row: VisitPlan, sent: PlanAccepted) -> None:
    """Plan the proposed visits. One stays a proposal where another visit to the account stands in these days."""
    actions.accept(user, row, sent.proposals)


@OPERATIONS.does("give-back")
def give_back_visit_plan(user: User, row: VisitPlan, sent: PlanGivenBack) -> None:
    """Make proposals again of visits accepted at once that nobody has changed since."""
    actions.give_back(user, row, sent.batch)


@OPERATIONS.does("proposals/{int:number}/move")
def move_proposed_visit(user: User, row: VisitPlan, number: int, sent: ProposalMoved) -> None:
    """Have somebody else go, or in another week, on the first day with room."""
    person = row.people.filter(username=sent.person).first()
    if person is None:
        raise NotPossible(_("This person or week is not in the plan"))
    actions.move(user, _one(user, row, number), person, sent.week - timedelta(days=sent.week.weekday()))


@OPERATIONS.does("proposals/{int:number}/reject")
def reject_proposed_visit(user: User, row: VisitPlan, number: int) -> None:
    """Turn a proposed visit down for this plan."""
    actions.reject(user, _one(user, row, number))


@OPERATIONS.does("proposals/{int:number}/open")
def open_proposed_visit(user: User, row: VisitPlan, number: int) -> None:
    """Propose a visit after all that was turned down."""
    actions.open_again(user, _one(user, row, number))


@OPERATIONS.puts_away
def put_away_visit_plan(user: User, row: VisitPlan) -> None:
    """Put a plan away; the visits that were accepted stay."""
    actions.put_away(user, row.pk)


def _one(user: User, row: VisitPlan, number: int) -> int:
    """A proposal of this plan that the user sees."""
    if not questions.proposals(user, row).filter(pk=number).exists():
        raise not_found()
    return number


ROUTERS: Final = (("/visits/plans", router),)
