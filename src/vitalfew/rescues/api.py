"""/rescues: what is done about accounts that may leave."""

from copy import copy
from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.rescues import actions, questions, stepping
from vitalfew.rescues.forms import DoForm, EndForm, HandOnForm, LeaveOutForm, MoveForm, RescueForm, StepForm
from vitalfew.rescues.listing import RESCUES
from vitalfew.rescues.models import Rescue, RescueStep
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.step_listing import STEPS

router = Router(tags=["rescues"])
step_router = Router(tags=["rescues"])


class StepOut(Schema):
    """A step; title is a play of the standard in English, or somebody's own words."""

    id: int
    rescue: int
    account: str
    title: str
    owner: str | None
    due: date
    state: str
    settled_on: date | None
    settled_by: str | None
    note: str
    version: int


class RescueOut(Schema):
    """A plan in full; risk and money at stake as they were told when it began."""

    id: int
    account: str
    cause: str
    why: str
    owner: str | None
    begun_on: date
    until: date
    risk: float | None
    risk_low: float | None
    risk_high: float | None
    at_stake: float | None
    currency: str
    state: str
    standing: str
    ended_on: date | None
    outcome: str
    steps: list[StepOut]
    version: int


class RescueNew(Schema):
    """A new plan; led by the account's manager unless told."""

    account: str
    cause: str
    why: str = ""
    owner: str | None = None

    model_config = {"extra": "forbid"}


class RescueChange(Schema):
    """What can be corrected; what is not sent stays."""

    cause: str | None = None
    why: str | None = None

    model_config = {"extra": "forbid"}


class RescueEnded(Schema):
    """What became of the account: stayed, left or called_off."""

    state: str
    on: date
    outcome: str

    model_config = {"extra": "forbid"}


class RescueHandedOn(Schema):
    """To whom, by user name."""

    owner: str

    model_config = {"extra": "forbid"}


class StepNew(Schema):
    """A step in words of one's own; owner is a user name."""

    title: str
    owner: str
    due: date

    model_config = {"extra": "forbid"}


class StepDone(Schema):
    """When it was done, and what came of it."""

    on: date
    note: str = ""

    model_config = {"extra": "forbid"}


class StepLeftOut(Schema):
    """Why it is not done."""

    why: str

    model_config = {"extra": "forbid"}


class StepMoved(Schema):
    """Who does it, by user name, and by when."""

    owner: str
    due: date

    model_config = {"extra": "forbid"}


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _told_step(_user: User, row: RescueStep) -> dict[str, Any]:
    plain = ("title", "due", "state", "settled_on", "note")
    return {
        "rescue": row.rescue_id, "account": row.account.code, "owner": _name(row.owner), "settled_by": _name(row.settled_by),
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


def _told(user: User, row: Rescue) -> dict[str, Any]:
    plain = (
        "cause", "why", "begun_on", "until", "risk", "risk_low", "risk_high", "at_stake", "currency", "state", "ended_on",
        "outcome",
    )  # fmt: skip
    steps = questions.steps_of(row)
    return {
        "account": row.account.code, "owner": _name(row.owner), "standing": row.standing.value,
        "steps": [{"id": each.pk, "version": each.version, **_told_step(user, each)} for each in steps],
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "rescue", RESCUES, questions.rescues, RescueOut, _told, see=RescueRight.SEE, write=RescueRight.LEAD
)
OF_STEPS: Final = Operations(
    step_router, "rescue_step", STEPS, questions.steps, StepOut, _told_step, see=RescueRight.SEE,
    write=RescueRight.STEP, many="rescues/steps",
)  # fmt: skip
OF_STEPS.reads("Steps of rescue plans by the day on which they are due, a page at a time.", "One step.")
OPERATIONS.reads("Rescue plans, the latest first, a page at a time.", "One plan with its steps.")


@OPERATIONS.adds
def begin_rescue(user: User, sent: RescueNew) -> Rescue:
    """Begin a plan by the playbook of its cause."""
    account = visible(user, sent.account)
    begun = {"owner": _name(account.manager or user), **sent.dict(exclude={"account"}, exclude_none=True)}
    said = checked(RescueForm(user, account, begun), ("cause", "why", "owner"))
    return actions.begin(user, account, said["cause"], said["owner"], said["why"])


@OPERATIONS.changes
def change_rescue(user: User, row: Rescue, sent: RescueChange) -> None:
    """Another cause, or what speaks for it. Fields not sent stay."""
    given = {"cause": row.cause, "why": row.why, **sent.dict(exclude_unset=True)}
    form = RescueForm(user, row.account, given, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, ("cause", "why")))


@OPERATIONS.does("hand-on")
def hand_rescue_on(user: User, row: Rescue, sent: RescueHandedOn) -> None:
    """Somebody else leads it, and does what whoever led it had still to do."""
    said = checked(HandOnForm(row.account, {"version": row.version, **sent.dict()}), ("version", "owner"))
    actions.hand_on(user, row.pk, **said)


@OPERATIONS.does("steps")
def add_rescue_step(user: User, row: Rescue, sent: StepNew) -> None:
    """A step in words of one's own."""
    stepping.add(user, row.pk, **checked(StepForm(row.account, sent.dict()), ("title", "owner", "due")))


@OPERATIONS.does("end")
def end_rescue(user: User, row: Rescue, sent: RescueEnded) -> None:
    """What became of the account; steps still to do count as left out."""
    said = checked(EndForm({"version": row.version, **sent.dict()}), ("version", "state", "on", "outcome"))
    actions.end(user, row.pk, **said)


@OPERATIONS.does("reopen")
def reopen_rescue(user: User, row: Rescue) -> None:
    """Open it again."""
    actions.reopen(user, row.pk)


@OPERATIONS.puts_away
def put_away_rescue(user: User, row: Rescue) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


@OF_STEPS.does("do")
def do_rescue_step(user: User, row: RescueStep, sent: StepDone) -> None:
    """It was done."""
    stepping.do(user, row.pk, **checked(DoForm({"version": row.version, **sent.dict()}), ("version", "on", "note")))


@OF_STEPS.does("leave-out")
def leave_rescue_step_out(user: User, row: RescueStep, sent: StepLeftOut) -> None:
    """It is not done, with the reason."""
    stepping.leave_out(
        user, row.pk, **checked(LeaveOutForm({"version": row.version, **sent.dict()}), ("version", "why"))
    )


@OF_STEPS.does("move")
def move_rescue_step(user: User, row: RescueStep, sent: StepMoved) -> None:
    """Somebody else does it, or by another day."""
    form = MoveForm(row.account, {"version": row.version, **sent.dict()})
    stepping.change(user, row.pk, **checked(form, ("version", "owner", "due")))


@OF_STEPS.does("reopen")
def reopen_rescue_step(user: User, row: RescueStep) -> None:
    """It is to do again."""
    stepping.reopen(user, row.pk)


ROUTERS: Final = (("/rescues/steps", step_router), ("/rescues", router))
