"""/approvals: what waits for approval and what was decided; /approvals/deputies; /approvals/limits."""

from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.approvals import actions, questions
from vitalfew.approvals.deciding import authorities, deciders
from vitalfew.approvals.forms import ApproveForm, AskForm, DelegationForm, LimitForm, SendBackForm
from vitalfew.approvals.listing import APPROVALS, DELEGATIONS, LIMITS
from vitalfew.approvals.models import Approval, Delegation, Limit
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

router = Router(tags=["approvals"])
deputies = Router(tags=["approvals"])
limits = Router(tags=["approvals"])
NOT_YOURS: Final = Message(_("This is not yours to decide: who asked doesn't, and limits hold"))
DAYS: Final = ("deputy", "since", "until")


class ApprovalNew(Schema):
    """What is asked for about an account; amounts are in the currency of the house."""

    account: str
    kind: str
    what: str
    why: str
    amount: Decimal | None = None
    needed_by: date | None = None

    model_config = {"extra": "forbid"}


class ApprovalAgain(Schema):
    """What is mended before it is asked for again; what is not sent stays."""

    what: str | None = None
    why: str | None = None
    amount: Decimal | None = None
    needed_by: date | None = None

    model_config = {"extra": "forbid"}


class ApprovalNote(Schema):
    """A note to the decision."""

    note: str = ""

    model_config = {"extra": "forbid"}


class ApprovalSentBack(Schema):
    """Why it is sent back."""

    why: str

    model_config = {"extra": "forbid"}


class StepOut(Schema):
    """One thing that was done: who, in whose place, when, and the amount as it stood then."""

    kind: str
    at: datetime
    who: str
    instead_of: str
    alone: bool
    note: str
    amount: Decimal | None
    currency: str


class ApprovalOut(Schema):
    """What was asked for, who may decide about it now, and its whole history."""

    id: int
    kind: str
    account: str | None
    what: str
    why: str
    amount: Decimal | None
    currency: str
    needed_by: date | None
    state: str
    asked_by: str | None
    asked_at: datetime
    yours: bool
    deciders: list[str]
    steps: list[StepOut]
    version: int


def _told(user: User, row: Approval) -> dict[str, Any]:
    plain = ("kind", "why", "amount", "currency", "needed_by", "state", "asked_at")
    of_step = tuple(StepOut.model_fields)
    return {
        "account": row.account.code if row.account else None, "what": row.said.say(language()),
        "asked_by": row.asked_by.username if row.asked_by else None, "yours": row.pk in authorities(user, [row]),
        "deciders": [each.username for each in deciders(row)] if row.is_waiting else [],
        "steps": [{name: getattr(step, name) for name in of_step} for step in row.steps.all()],
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "approval", APPROVALS, questions.approvals, ApprovalOut, _told,
    see=ApprovalRight.SEE, write=ApprovalRight.ASK, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads("What was asked for, the latest first, a page at a time.", "One approval with its history.")


@OPERATIONS.adds
def ask_approval(user: User, sent: ApprovalNew) -> Approval:
    """Ask for something that a second person approves."""
    account = visible(user, sent.account)
    form = AskForm(user, account, sent.dict(exclude={"account"}, exclude_none=True))
    said = checked(form, (*actions.FIELDS, "kind"))
    return actions.ask_by_hand(user, said.pop("kind"), account, said)


@OPERATIONS.does("approve", ApprovalRight.DECIDE)
def approve_approval(user: User, row: Approval, sent: ApprovalNote) -> None:
    """Approve it; never one's own."""
    said = checked(ApproveForm({"version": row.version, **sent.dict()}), ("version", "note"))
    actions.approve(user, row.pk, **said)


@OPERATIONS.does("send-back", ApprovalRight.DECIDE)
def send_back_approval(user: User, row: Approval, sent: ApprovalSentBack) -> None:
    """Send it back with the reason."""
    said = checked(SendBackForm({"version": row.version, **sent.dict()}), ("version", "why"))
    actions.send_back(user, row.pk, **said)


@OPERATIONS.does("withdraw")
def withdraw_approval(user: User, row: Approval) -> None:
    """Ask for it no more; by who asked."""
    actions.withdraw(user, row.pk, row.version)


@OPERATIONS.does("again")
def ask_approval_again(user: User, row: Approval, sent: ApprovalAgain) -> None:
    """Ask again for what was sent back or withdrawn."""
    names = actions.FIELDS if row.number is None else ("why",)
    known = {name: getattr(row, name) for name in names} | sent.dict(exclude_unset=True)
    form = AskForm(user, row.account, known, instance=copy(row))
    actions.ask_again(user, row.pk, row.version, checked(form, names))


class DeputyNew(Schema):
    """Who decides in the caller's place, a user name, and in which days."""

    deputy: str
    since: date
    until: date

    model_config = {"extra": "forbid"}


class DeputyChange(Schema):
    """What is not sent stays."""

    deputy: str | None = None
    since: date | None = None
    until: date | None = None

    model_config = {"extra": "forbid"}


class DeputyOut(Schema):
    """In these days the deputy decides in the user's place; both are user names."""

    id: int
    user: str
    deputy: str
    since: date
    until: date
    version: int


def _told_deputy(_user: User, row: Delegation) -> dict[str, Any]:
    return {"user": row.user.username, "deputy": row.deputy.username, "since": row.since, "until": row.until}


DEPUTIES: Final = Operations(
    deputies, "deputy", DELEGATIONS, questions.delegations, DeputyOut, _told_deputy,
    see=ApprovalRight.DECIDE, write=ApprovalRight.DECIDE, denied=NOT_YOURS, many="approvals/deputies",
)  # fmt: skip
DEPUTIES.reads("Who decides in whose place: one's own, and those to oneself.", "One of them.")


@DEPUTIES.adds
def add_deputy(user: User, sent: DeputyNew) -> Delegation:
    """Have somebody decide in one's place."""
    said = checked(DelegationForm(user, sent.dict()), DAYS)
    return actions.delegate(user, said["deputy"], said["since"], said["until"])


@DEPUTIES.changes
def change_deputy(user: User, row: Delegation, sent: DeputyChange) -> None:
    """Another deputy, or other days."""
    known = {"deputy": row.deputy.username, "since": row.since, "until": row.until}
    form = DelegationForm(row.user, known | sent.dict(exclude_unset=True), instance=copy(row))
    actions.change_delegation(user, row.pk, row.version, checked(form, DAYS))


@DEPUTIES.puts_away
def end_deputy(user: User, row: Delegation) -> None:
    """It holds no more; what was decided meanwhile stands."""
    actions.end_delegation(user, row.pk)


class LimitNew(Schema):
    """Up to which amount, in the currency of the house, a role decides about a kind."""

    kind: str
    role: str
    amount: Decimal

    model_config = {"extra": "forbid"}


class LimitChange(Schema):
    """Another amount."""

    amount: Decimal

    model_config = {"extra": "forbid"}


class LimitOut(Schema):
    """A limit that holds."""

    id: int
    kind: str
    role: str
    amount: Decimal
    currency: str
    version: int


def _told_limit(_user: User, row: Limit) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", "role", "amount", "currency")}


OF_LIMITS: Final = Operations(
    limits, "approval_limit", LIMITS, questions.limits, LimitOut, _told_limit,
    see=ApprovalRight.LIMITS, write=ApprovalRight.LIMITS, many="approvals/limits",
)  # fmt: skip
OF_LIMITS.reads("Limits that are set, by kind.", "One limit.")


@OF_LIMITS.adds
def set_approval_limit(user: User, sent: LimitNew) -> Limit:
    """Set a limit where none is."""
    return actions.set_limit(user, **checked(LimitForm(sent.dict()), ("kind", "role", "amount")))


@OF_LIMITS.changes
def change_approval_limit(user: User, row: Limit, sent: LimitChange) -> None:
    """Set another amount."""
    said = checked(LimitForm(sent.dict(), instance=copy(row)), ("amount",))
    actions.change_limit(user, row.pk, row.version, said["amount"])


@OF_LIMITS.puts_away
def drop_approval_limit(user: User, row: Limit) -> None:
    """Drop it: from now on as before it was set."""
    actions.drop_limit(user, row.pk)


ROUTERS: Final = (("/approvals", router), ("/approvals/deputies", deputies), ("/approvals/limits", limits))
