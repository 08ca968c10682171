"""/promises: what was promised, and what became of it."""

from copy import copy
from datetime import date
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.promises import actions, came_from, questions
from vitalfew.promises.forms import GiveUpForm, KeepForm, MoveForm, PromiseForm, ReleaseForm
from vitalfew.promises.listing import PROMISES
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.terms import gettext_noop as _

router = Router(tags=["promises"])
NOT_YOURS: Final = Message(_("Only who made or keeps it, who manages the account and heads can do this"))


class PromiseChange(Schema):
    """What can be corrected of a promise; what is not sent stays. Its day is moved with the customer's consent alone."""

    text: str | None = None
    person: int | None = None
    origin: str | None = None
    reference: str | None = None
    department: str | None = None
    owner: str | None = None
    made_on: date | None = None

    model_config = {"extra": "forbid"}


class PromiseNew(Schema):
    """A new promise; owner is a user name, who else than the caller sees to it; made_on is today unless told.

    source names the record it is made from: complaint:NUMBER, order:NUMBER, step:ID of a plan, obligation:ID of an agreement.
    """

    account: str
    text: str
    due: date
    origin: str
    owner: str | None = None
    person: int | None = None
    reference: str = ""
    department: str = ""
    made_on: date | None = None
    source: str = ""

    model_config = {"extra": "forbid"}


class PromiseKept(Schema):
    """The day on which it was done, and by what one sees it."""

    on: date
    evidence: str

    model_config = {"extra": "forbid"}


class PromiseMoved(Schema):
    """Another day, who of the customer's agreed to it, when and why."""

    due: date
    agreed_on: date
    consent: str
    why: str

    model_config = {"extra": "forbid"}


class PromiseReleased(Schema):
    """Who of the customer's released us, when and why."""

    on: date
    consent: str
    why: str

    model_config = {"extra": "forbid"}


class PromiseGivenUp(Schema):
    """Why it is not kept."""

    why: str

    model_config = {"extra": "forbid"}


class MoveOut(Schema):
    """How its day was moved."""

    was_due: date
    due: date
    agreed_on: date
    consent: str
    why: str


class PromiseOut(Schema):
    """A promise in full; standing is how it stands today."""

    id: int
    account: str
    text: str
    person: int | None
    origin: str
    reference: str
    source: str
    department: str
    owner: str | None
    made_on: date
    due: date
    state: str
    standing: str
    settled_on: date | None
    evidence: str
    consent: str
    shared: bool
    moves: list[MoveOut]
    version: int


def _told(_user: User, row: Promise) -> dict[str, Any]:
    plain = (
        "text",
        "origin",
        "reference",
        "source",
        "department",
        "made_on",
        "due",
        "state",
        "settled_on",
        "evidence",
        "consent",
        "shared",
    )
    moves = [{name: getattr(each, name) for name in (*actions.OF_MOVE, "was_due")} for each in row.moves.all()]
    return {
        "account": row.account.code, "person": row.person_id, "owner": row.owner.username if row.owner else None,
        "standing": row.standing.value, "moves": moves, **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "promise", PROMISES, questions.promises, PromiseOut, _told,
    see=PromiseRight.SEE, write=PromiseRight.MAKE, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads("Promises by the day on which they are due, a page at a time.", "One promise.")


@OPERATIONS.adds
def add_promise(user: User, sent: PromiseNew) -> Promise:
    """Write down what was promised."""
    account = visible(user, sent.account)
    begun = {"owner": user.username, "made_on": timezone.localdate()}
    if sent.source and came_from.found(user, account, sent.source) is None:
        raise NotPossible(_("There is no such record of this account"))
    form = PromiseForm(user, account, begun | sent.dict(exclude={"account", "source"}, exclude_none=True))
    return actions.promise(user, account, {"source": sent.source, **checked(form, (*actions.FIELDS, "due"))})


@OPERATIONS.changes
def change_promise(user: User, row: Promise, sent: PromiseChange) -> None:
    """Correct a promise. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"owner": row.owner.username if row.owner else "", "person": row.person_id}
    form = PromiseForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


@OPERATIONS.does("keep")
def keep_promise(user: User, row: Promise, sent: PromiseKept) -> None:
    """Settle it as done, in time or too late by its day."""
    said = checked(KeepForm({"version": row.version, **sent.dict()}), ("version", "on", "evidence"))
    actions.keep(user, row.pk, **said)


@OPERATIONS.does("move")
def move_promise(user: User, row: Promise, sent: PromiseMoved) -> None:
    """Move its day, with the customer's consent."""
    said = checked(MoveForm({"version": row.version, **sent.dict()}), actions.OF_MOVE)
    actions.move(user, row.pk, row.version, said)


@OPERATIONS.does("release")
def release_promise(user: User, row: Promise, sent: PromiseReleased) -> None:
    """Settle it as released by the customer."""
    said = checked(ReleaseForm({"version": row.version, **sent.dict()}), ("version", "on", "consent", "why"))
    actions.release(user, row.pk, **said)


@OPERATIONS.does("give-up")
def give_up_promise(user: User, row: Promise, sent: PromiseGivenUp) -> None:
    """Settle it as not kept."""
    said = checked(GiveUpForm({"version": row.version, **sent.dict()}), ("version", "why"))
    actions.give_up(user, row.pk, **said)


@OPERATIONS.does("reopen")
def reopen_promise(user: User, row: Promise) -> None:
    """Open it again, as if it had not been settled."""
    actions.reopen(user, row.pk)


@OPERATIONS.does("share")
def share_promise(user: User, row: Promise) -> None:
    """Show it to the customer's people in the portal."""
    actions.share(user, row.pk)


@OPERATIONS.does("unshare")
def unshare_promise(user: User, row: Promise) -> None:
    """Show it in the portal no more."""
    actions.unshare(user, row.pk)


@OPERATIONS.puts_away
def put_away_promise(user: User, row: Promise) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/promises", router),)
