"""/handovers: accounts on their way from one of us to another."""

from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.problems import form_refused, not_found
from vitalfew.handover import actions, questions
from vitalfew.handover.forms import AgreedForm, StartForm
from vitalfew.handover.listing import HANDOVERS
from vitalfew.handover.models import Handover
from vitalfew.handover.rights import HandoverRight
from vitalfew.handover.words import HandoverCause, StepState
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["handovers"])


class HandoverNew(Schema):
    """An account is to go to somebody else; the successor is a user name."""

    account: str
    successor: str
    cause: HandoverCause = HandoverCause.REASSIGNED
    due: date
    note: str = ""


class StepOut(Schema):
    """Something to be done."""

    id: int
    kind: str
    person: str | None
    state: str


class HandoverOut(Schema):
    """A handover; people of ours by user name."""

    id: int
    account: str
    cause: str
    state: str
    giver: str | None
    successor: str | None
    due: date
    note: str
    started_on: date
    accepted_on: date | None
    agreed_on: date | None
    agreed_by: str
    done_on: date | None
    declined_because: str
    steps: list[StepOut]
    version: int


class Reason(Schema):
    """Why not."""

    reason: str


class Agreement(Schema):
    """Who of the customer's agreed, when, and how: at a visit, by phone or in writing."""

    by: str
    on: date
    how: str


class StepChange(Schema):
    """How a step stands."""

    state: StepState


def _told(_user: User, row: Handover) -> dict[str, Any]:
    return {
        "account": row.account.code, "cause": row.cause, "state": row.state,
        "giver": row.giver and row.giver.username, "successor": row.successor and row.successor.username,
        "due": row.due, "note": row.note, "started_on": row.made_at.date(),
        "accepted_on": row.accepted_at and row.accepted_at.date(), "agreed_on": row.agreed_on,
        "agreed_by": row.agreed_by, "done_on": row.done_at and row.done_at.date(),
        "declined_because": row.declined_because, "steps": [_step(step) for step in questions.steps(row)],
    }  # fmt: skip


def _step(step: Any) -> dict[str, Any]:
    return {"id": step.pk, "kind": step.kind, "person": step.person and step.person.name, "state": step.state}


OPERATIONS: Final = Operations(
    router, "handover", HANDOVERS, questions.handovers, HandoverOut, _told,
    see=HandoverRight.SEE, write=HandoverRight.HAND_OVER,
)  # fmt: skip
OPERATIONS.reads("Handovers the caller may see, a page at a time.", "One handover; its ETag is its version.")


@OPERATIONS.adds
def start_handover(user: User, sent: HandoverNew) -> Handover:
    """Begin the handover of an account: one's own, or, as a head of the department, anybody's."""
    account = visible(user, sent.account)
    form = StartForm({**sent.dict(exclude={"account", "successor"}), "manager": sent.successor})
    if not form.is_valid():
        raise form_refused({"successor" if name == "manager" else name: texts for name, texts in form.errors.items()})
    given = form.cleaned_data
    wish = actions.Wish(given["manager"], given["cause"], given["due"], given["note"])
    return actions.start(user, [account], wish)[0]


@OPERATIONS.does("accept", matched=True)
def accept_handover(user: User, row: Handover) -> None:
    """The successor takes the account."""
    actions.accept(user, row.pk)


@OPERATIONS.does("decline", matched=True)
def decline_handover(user: User, row: Handover, sent: Reason) -> None:
    """The successor can't take it, and says why."""
    actions.decline(user, row.pk, sent.reason)


@OPERATIONS.does("agree", matched=True)
def agree_handover(user: User, row: Handover, sent: Agreement) -> None:
    """The customer agreed."""
    actions.agree(user, row.pk, **checked(AgreedForm(sent.dict()), ("by", "on", "how")))


@OPERATIONS.changes_part("steps/{int:step}")
def change_handover_step(user: User, row: Handover, step: int, sent: StepChange) -> None:
    """A step is done, not needed, or open again."""
    if not row.steps.filter(pk=step).exists():
        raise not_found()
    actions.tick(user, step, sent.state)


@OPERATIONS.puts_away
def call_off_handover(user: User, row: Handover) -> None:
    """It does not take place; who had the account keeps it."""
    actions.call_off(user, row.pk)


ROUTERS: Final = (("/handovers", router),)
