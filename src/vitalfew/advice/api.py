"""/advice: proposed actions accepted or declined, and what became of them."""

from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.advice import actions, questions
from vitalfew.advice.forms import AnswerForm, ChangeForm, DoneForm, DropForm
from vitalfew.advice.listing import ADVICE
from vitalfew.advice.models import Advice
from vitalfew.advice.rights import AdviceRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.permissions import Right

router = Router(tags=["advice"])
ASKED: Final = ("answer", "owner", "due", "reason", "days", "note")


class AdviceOut(Schema):
    """An answer in full; effect is what the action was said to bring in a year, null for who sees no margins."""

    id: int
    account: str
    action: str
    state: str
    effect: float | None
    as_of: date
    answered_on: date
    owner: str | None
    due: date | None
    reason: str
    until: date | None
    note: str
    done_on: date | None
    outcome: str
    version: int


class AdviceAnswer(Schema):
    """Accepted with owner (a user name) and due; declined with reason, not asked again for days: 30, 90, 180 or 365."""

    account: str
    action: str
    answer: str
    owner: str | None = None
    due: date | None = None
    reason: str = ""
    days: int = 90
    note: str = ""

    model_config = {"extra": "forbid"}


class AdviceChange(Schema):
    """What can be changed of what is under way; what is not sent stays."""

    owner: str | None = None
    due: date | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class AdviceDone(Schema):
    """It was done."""

    on: date
    outcome: str = ""

    model_config = {"extra": "forbid"}


class AdviceDropped(Schema):
    """It is not done after all."""

    outcome: str

    model_config = {"extra": "forbid"}


def _told(user: User, row: Advice) -> dict[str, Any]:
    plain = ("action", "state", "as_of", "answered_on", "due", "reason", "until", "note", "done_on", "outcome")
    told = {name: getattr(row, name) for name in plain}
    owner, effect = row.owner.username if row.owner else None, row.effect if user.may(Right.MONEY) else None
    return {"account": row.account.code, "owner": owner, "effect": effect, **told}


OPERATIONS: Final = Operations(
    router,
    "advice",
    ADVICE,
    questions.advice,
    AdviceOut,
    _told,
    see=AdviceRight.SEE,
    write=AdviceRight.ANSWER,
    many="advice",
)
OPERATIONS.reads(
    "How proposed actions were answered, the latest first, a page at a time.", "One answer.", named="list_advice"
)


@OPERATIONS.adds
def answer_advice(user: User, sent: AdviceAnswer) -> Advice:
    """Accept or decline what the figures propose for an account now."""
    account = visible(user, sent.account)
    given = checked(AnswerForm(user, account, sent.dict(exclude={"account", "action"}, exclude_none=True)), ASKED)
    return actions.answer(user, account, sent.action, given)


@OPERATIONS.changes
def change_advice(user: User, row: Advice, sent: AdviceChange) -> None:
    """Somebody else does it, or by another day. Fields not sent stay."""
    known = {"version": row.version, "owner": row.owner.username if row.owner else "", "due": row.due, "note": row.note}
    form = ChangeForm(user, row.account, {**known, **sent.dict(exclude_unset=True)})
    actions.change(user, row.pk, row.version, checked(form, ("owner", "due", "note")))


@OPERATIONS.does("done")
def advice_done(user: User, row: Advice, sent: AdviceDone) -> None:
    """It was done."""
    actions.done(
        user, row.pk, **checked(DoneForm({"version": row.version, **sent.dict()}), ("version", "on", "outcome"))
    )


@OPERATIONS.does("drop")
def advice_dropped(user: User, row: Advice, sent: AdviceDropped) -> None:
    """It is not done after all."""
    actions.drop(user, row.pk, **checked(DropForm({"version": row.version, **sent.dict()}), ("version", "outcome")))


@OPERATIONS.does("reopen")
def reopen_advice(user: User, row: Advice) -> None:
    """Done or dropped by mistake."""
    actions.reopen(user, row.pk)


@OPERATIONS.puts_away
def take_advice_back(user: User, row: Advice) -> None:
    """Take the answer back: it may be proposed again at once."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/advice", router),)
