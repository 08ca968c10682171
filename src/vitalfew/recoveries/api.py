"""/recoveries: attempts to win lost accounts back, their rounds and steps."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.recoveries import actions, questions, stepping
from vitalfew.recoveries.forms import (
    USUAL,
    DoForm,
    EndForm,
    LeaveOutForm,
    MoveForm,
    RecoveryForm,
    RoundForm,
    StepForm,
)
from vitalfew.recoveries.listing import RECOVERIES, ROUNDS
from vitalfew.recoveries.models import Recovery, RecoveryStep, WinBackRound
from vitalfew.recoveries.result import judged
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.step_listing import STEPS

router = Router(tags=["recoveries"])
round_router = Router(tags=["recoveries"])
step_router = Router(tags=["recoveries"])


class RecoveryStepOut(Schema):
    """A step; title is the playbook's in English, or somebody's own words."""

    id: int
    recovery: int
    account: str
    title: str
    owner: str | None
    due: date
    state: str
    settled_on: date | None
    note: str
    version: int


class RecoveryOut(Schema):
    """An attempt in full; figures as they were told when its round began. Without owner and steps where the lot left it alone."""

    id: int
    account: str
    round: int
    arm: str
    cause: str
    known: str
    owner: str | None
    offer: str
    spent: Decimal | None
    verdict: str
    silence: int | None
    value: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    currency: str
    state: str
    settled_on: date | None
    outcome: str
    watched_until: date | None
    steps: list[RecoveryStepOut]
    version: int


class RecoveryChange(Schema):
    """What can be changed; what is not sent stays. Owner is a user name."""

    cause: str | None = None
    offer: str | None = None
    owner: str | None = None
    spent: Decimal | None = None

    model_config = {"extra": "forbid"}


class RecoverySettled(Schema):
    """What became of it: returned, refused, no_answer or called_off."""

    state: str
    on: date
    outcome: str
    spent: Decimal | None = None

    model_config = {"extra": "forbid"}


class RecoveryStepNew(Schema):
    """A step in words of one's own; owner is a user name."""

    title: str
    owner: str
    due: date

    model_config = {"extra": "forbid"}


class RecoveryStepDone(Schema):
    """When it was done, and what came of it."""

    on: date
    note: str = ""

    model_config = {"extra": "forbid"}


class RecoveryStepMoved(Schema):
    """In which words, who does it, by user name, and by when; what is not sent stays."""

    title: str | None = None
    owner: str | None = None
    due: date | None = None

    model_config = {"extra": "forbid"}


class RecoveryStepLeftOut(Schema):
    """Why it is not done."""

    why: str

    model_config = {"extra": "forbid"}


class RoundOut(Schema):
    """A round; its result is in words, and the difference of the shares from low to high where it can be told."""

    id: int
    name: str
    begun_on: date
    until: date
    cost: Decimal
    currency: str
    share: int
    seed: int
    tried: int
    held_out: int
    returned: int
    returned_held_out: int
    difference_low: float | None
    difference_high: float | None
    result: str
    version: int


class RoundNew(Schema):
    """Lost accounts by their codes; share of 100 are left alone by lot. Owner: a user name."""

    accounts: list[str]
    name: str
    cost: Decimal
    share: int = USUAL["share"]
    months: int = USUAL["months"]
    owner: str | None = None

    model_config = {"extra": "forbid"}


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _told_step(_user: User, row: RecoveryStep) -> dict[str, Any]:
    plain = ("title", "due", "state", "settled_on", "note")
    known = {"recovery": row.recovery_id, "account": row.account.code, "owner": _name(row.owner)}
    return {**known, **{name: getattr(row, name) for name in plain}}


def _told(user: User, row: Recovery) -> dict[str, Any]:
    plain = (
        "arm", "cause", "known", "offer", "spent", "verdict", "silence", "value", "expected", "expected_low",
        "expected_high", "state", "settled_on", "outcome", "watched_until",
    )  # fmt: skip
    return {
        "account": row.account.code, "round": row.winback_round_id, "owner": _name(row.owner),
        "currency": row.winback_round.currency, "steps": [_with_number(user, each) for each in questions.steps_of(row)],
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


def _with_number(user: User, row: RecoveryStep) -> dict[str, Any]:
    return {"id": row.pk, "version": row.version, **_told_step(user, row)}


def _told_round(_user: User, row: WinBackRound) -> dict[str, Any]:
    plain = ("name", "begun_on", "until", "cost", "currency", "share", "seed")
    found = judged(row)
    ends = found.difference if found else None
    return {
        **{name: getattr(row, name) for name in plain},
        "tried": len(found.tried) if found else 0, "held_out": len(found.alone) if found else 0,
        "returned": found.back if found else 0, "returned_held_out": found.back_alone if found else 0,
        "difference_low": ends.low if ends else None, "difference_high": ends.high if ends else None,
        "result": found.message.say("en") if found else "",
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "recovery", RECOVERIES, questions.recoveries, RecoveryOut, _told, see=RecoveryRight.SEE,
    write=RecoveryRight.WRITE, many="recoveries",
)  # fmt: skip
OF_ROUNDS: Final = Operations(
    round_router, "recovery_round", ROUNDS, questions.rounds, RoundOut, _told_round, see=RecoveryRight.SEE,
    write=RecoveryRight.WRITE, many="recoveries/rounds",
)  # fmt: skip
OF_STEPS: Final = Operations(
    step_router, "recovery_step", STEPS, questions.steps, RecoveryStepOut, _told_step, see=RecoveryRight.SEE,
    write=RecoveryRight.WRITE, many="recoveries/steps",
)  # fmt: skip
OF_STEPS.reads("Steps of winning back by the day on which they are due, a page at a time.", "One step.")
OF_ROUNDS.reads("Rounds of winning back, the latest first, a page at a time.", "One round with its result.")
OPERATIONS.reads("Attempts to win back by what was expected of them, a page at a time.", "One attempt with its steps.")


@OF_ROUNDS.adds
def begin_recovery_round(user: User, sent: RoundNew) -> WinBackRound:
    """Begin a round: some of the accounts are left alone by lot, the others get the plan against their cause."""
    names = ("accounts", "name", "cost", "share", "months", "owner")
    said = checked(RoundForm(user, sent.dict(exclude_none=True)), names)
    return actions.begin(user, list(said.pop("accounts")), **said)


@OF_ROUNDS.puts_away
def put_away_recovery_round(user: User, row: WinBackRound) -> None:
    """Put a round away with its attempts."""
    actions.put_away(user, row.pk)


@OPERATIONS.changes
def change_recovery(user: User, row: Recovery, sent: RecoveryChange) -> None:
    """Another cause, offer, who leads it, what it has cost. Fields not sent stay."""
    known = {"cause": row.cause, "offer": row.offer, "owner": _name(row.owner), "spent": row.spent}
    form = RecoveryForm(row.account, {**known, **sent.dict(exclude_unset=True)})
    actions.change(user, row.pk, row.version, checked(form, ("cause", "offer", "owner", "spent")))


@OPERATIONS.does("settle")
def settle_recovery(user: User, row: Recovery, sent: RecoverySettled) -> None:
    """What became of it; steps still to do count as left out."""
    form = EndForm({"version": row.version, **sent.dict()})
    actions.settle(user, row.pk, **checked(form, ("version", "state", "on", "outcome", "spent")))


@OPERATIONS.does("reopen")
def reopen_recovery(user: User, row: Recovery) -> None:
    """Open it again."""
    actions.reopen(user, row.pk)


@OPERATIONS.does("steps")
def add_recovery_step(user: User, row: Recovery, sent: RecoveryStepNew) -> None:
    """A step in words of one's own."""
    stepping.add(user, row.pk, **checked(StepForm(row.account, sent.dict()), ("title", "owner", "due")))


@OF_STEPS.changes
def change_recovery_step(user: User, row: RecoveryStep, sent: RecoveryStepMoved) -> None:
    """Other words, somebody else, or another day. Fields not sent stay."""
    known = {"title": row.title, "owner": _name(row.owner), "due": row.due, "version": row.version}
    form = MoveForm(row.account, {**known, **sent.dict(exclude_unset=True)})
    stepping.change(user, row.pk, **checked(form, ("version", "title", "owner", "due")))


@OF_STEPS.does("do")
def do_recovery_step(user: User, row: RecoveryStep, sent: RecoveryStepDone) -> None:
    """It was done."""
    stepping.do(user, row.pk, **checked(DoForm({"version": row.version, **sent.dict()}), ("version", "on", "note")))


@OF_STEPS.does("leave-out")
def leave_recovery_step_out(user: User, row: RecoveryStep, sent: RecoveryStepLeftOut) -> None:
    """It is not done, with the reason."""
    form = LeaveOutForm({"version": row.version, **sent.dict()})
    stepping.leave_out(user, row.pk, **checked(form, ("version", "why")))


@OF_STEPS.does("reopen")
def reopen_recovery_step(user: User, row: RecoveryStep) -> None:
    """It is to do again."""
    stepping.reopen(user, row.pk)


ROUTERS: Final = (("/recoveries/rounds", round_router), ("/recoveries/steps", step_router), ("/recoveries", router))
