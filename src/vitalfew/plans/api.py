"""/plans: account plans, what they are made of, and what becomes of them."""

from copy import copy
from typing import Final

from ninja import Router

from vitalfew.accounts.api import visible
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.lists.part_operations import PartOperations
from vitalfew.people.models import User
from vitalfew.plans import actions, composing, questions, reading
from vitalfew.plans.forms import CloseForm, PlanForm, ReviewForm, SendBackForm
from vitalfew.plans.listing import PLANS
from vitalfew.plans.models import Plan
from vitalfew.plans.part_forms import PART_FORMS, NoteForm
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.sent import (
    Closed,
    Done,
    GoalChange,
    GoalIn,
    Noted,
    PlanChange,
    PlanNew,
    PromotionChange,
    PromotionIn,
    Reviewed,
    SentBack,
    StepChange,
    StepIn,
    TargetChange,
    TargetIn,
)
from vitalfew.plans.shapes import PlanOut, known_of, told
from vitalfew.terms import gettext_noop as _

router = Router(tags=["plans"])
NOT_YOURS: Final = Message(_("Only who wrote or owns the plan, who manages the account and heads can do this"))

OPERATIONS: Final = Operations(
    router, "plan", PLANS, questions.plans, PlanOut, told,
    see=AccountPlanRight.SEE, write=AccountPlanRight.WRITE, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads(
    "Account plans, the latest first, a page at a time.",
    "One plan, how far each of its goals has come, and its versions.",
)


@OPERATIONS.adds
def begin_plan_draft(user: User, sent: PlanNew) -> Plan:
    """Begin a draft; the review is on its last day unless told otherwise."""
    account = visible(user, sent.account)
    begun = {"owner": user.username, "review_on": sent.until}
    form = PlanForm(user, account, begun | sent.dict(exclude={"account"}, exclude_none=True))
    return actions.write(user, account, checked(form, actions.FIELDS))


@OPERATIONS.changes
def change_plan(user: User, row: Plan, sent: PlanChange) -> None:
    """Correct a draft. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"owner": row.owner.username if row.owner else ""}
    form = PlanForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


PARTS: Final = PartOperations(composing.PARTS, PART_FORMS, known_of)


@OPERATIONS.does("goals")
def add_goal(user: User, row: Plan, sent: GoalIn) -> None:
    """Set a goal more in a draft."""
    PARTS.put_in(user, row, "goal", sent)


@OPERATIONS.does("steps")
def add_step(user: User, row: Plan, sent: StepIn) -> None:
    """Plan an action more in a draft."""
    PARTS.put_in(user, row, "step", sent)


@OPERATIONS.does("targets")
def add_target(user: User, row: Plan, sent: TargetIn) -> None:
    """Target white space in a draft."""
    PARTS.put_in(user, row, "target", sent)


@OPERATIONS.does("promotions")
def add_promotion(user: User, row: Plan, sent: PromotionIn) -> None:
    """Plan a joint promotion in a draft."""
    PARTS.put_in(user, row, "promotion", sent)


@OPERATIONS.changes_part("goals/{int:number}")
def change_goal(user: User, row: Plan, number: int, sent: GoalChange) -> None:
    """Correct a goal of a draft. Fields not sent stay."""
    PARTS.change(user, row, "goal", number, sent)


@OPERATIONS.changes_part("steps/{int:number}")
def change_step(user: User, row: Plan, number: int, sent: StepChange) -> None:
    """Correct an action of a draft. Fields not sent stay."""
    PARTS.change(user, row, "step", number, sent)


@OPERATIONS.changes_part("targets/{int:number}")
def change_target(user: User, row: Plan, number: int, sent: TargetChange) -> None:
    """Correct a target of white space in a draft. Fields not sent stay."""
    PARTS.change(user, row, "target", number, sent)


@OPERATIONS.changes_part("promotions/{int:number}")
def change_promotion(user: User, row: Plan, number: int, sent: PromotionChange) -> None:
    """Correct a joint promotion of a draft. Fields not sent stay."""
    PARTS.change(user, row, "promotion", number, sent)


@OPERATIONS.does("parts/{str:kind}/{int:number}/take-out")
def take_out_part(user: User, row: Plan, kind: str, number: int) -> None:
    """Take a goal, step, target or promotion out of a draft; kind is one of these words."""
    PARTS.take_out(user, row, kind, number)


@OPERATIONS.does("steps/{int:number}/done", AccountPlanRight.SEE)
def settle_step(user: User, row: Plan, number: int, sent: Done) -> None:
    """An action is done; of its owner, and of who may change the plan."""
    composing.settle(user, PARTS.found(user, row, "step", number).pk, sent.result, sent.on)


@OPERATIONS.does("steps/{int:number}/reopen", AccountPlanRight.SEE)
def reopen_step(user: User, row: Plan, number: int) -> None:
    """As if the action had not been done."""
    composing.unsettle(user, PARTS.found(user, row, "step", number).pk)


@OPERATIONS.does("goals/{int:number}/note")
def note_goal(user: User, row: Plan, number: int, sent: Noted) -> None:
    """How far a goal has come that the house can't read itself."""
    goal = PARTS.found(user, row, "goal", number)
    said = checked(NoteForm({"version": goal.version, **sent.dict()}), ("figure", "figure_on", "source"))
    composing.note(user, goal.pk, goal.version, said)


@OPERATIONS.does("ask")
def ask_for_agreement(user: User, row: Plan) -> None:
    """Ask a second person to agree."""
    actions.ask(user, row.pk)


@OPERATIONS.does("agree", AccountPlanRight.AGREE, matched=True)
def agree_to_plan(user: User, row: Plan) -> None:
    """Agree; what stands in the plan, and what is known of the account, are kept as its next version."""
    actions.agree(user, row.pk)


@OPERATIONS.does("send-back", AccountPlanRight.AGREE)
def send_plan_back(user: User, row: Plan, sent: SentBack) -> None:
    """Send it back to be thought over."""
    actions.send_back(user, row.pk, **checked(SendBackForm(sent.dict()), ("why",)))


@OPERATIONS.does("begin")
def begin_plan(user: User, row: Plan) -> None:
    """Begin what was agreed to."""
    actions.begin(user, row.pk)


@OPERATIONS.does("revise")
def revise_plan(user: User, row: Plan) -> None:
    """Make it a draft again; versions stay kept."""
    actions.revise(user, row.pk)


@OPERATIONS.does("review")
def review_plan(user: User, row: Plan, sent: Reviewed) -> None:
    """Reviewed; it goes on until the next review."""
    said = checked(ReviewForm({"version": row.version, **sent.dict()}), ("version", "review_on"))
    actions.put_off(user, row.pk, **said)


@OPERATIONS.does("close")
def close_plan(user: User, row: Plan, sent: Closed) -> None:
    """Close it with a rating and what was learnt; how far each goal came is kept."""
    said = checked(CloseForm({"version": row.version, **sent.dict()}), ("rating", "lessons"))
    actions.close(user, row.pk, row.version, said, reading.kept(row))


@OPERATIONS.does("reopen")
def reopen_plan(user: User, row: Plan) -> None:
    """Open a closed plan again."""
    actions.reopen(user, row.pk)


@OPERATIONS.puts_away
def put_away_plan(user: User, row: Plan) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/plans", router),)
