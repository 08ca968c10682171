"""/ideas: what customers would have us make or do, and what came of it."""

from copy import copy
from datetime import date
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.ideas import actions, questions, telling
from vitalfew.ideas.forms import DecideForm, IdeaForm, ShareForm, TellForm
from vitalfew.ideas.listing import IDEAS
from vitalfew.ideas.models import Idea
from vitalfew.ideas.rights import IdeaRight
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

router = Router(tags=["ideas"])
NOT_YOURS: Final = Message(_("Only who wrote it down or sees to it, who manages the account and heads can do this"))
PLAIN: Final = (
    "number", "sort", "text", "product", "named", "origin", "reference", "said_on", "state", "why", "outcome", "work",
    "target", "shared", "outside_title", "outside_text", "told_on", "told_by",
)  # fmt: skip


class IdeaNew(Schema):
    """A new idea; without an account a colleague had it. owner is a user name."""

    text: str
    account: str | None = None
    sort: str = "idea"
    origin: str = "colleague"
    product: str = ""
    person: int | None = None
    named: str = ""
    said_on: date | None = None
    owner: str | None = None

    model_config = {"extra": "forbid"}


class IdeaChange(Schema):
    """What can be corrected of an idea; what is not sent stays."""

    text: str | None = None
    sort: str | None = None
    origin: str | None = None
    product: str | None = None
    person: int | None = None
    named: str | None = None
    said_on: date | None = None
    owner: str | None = None

    model_config = {"extra": "forbid"}


class IdeaDecided(Schema):
    """How far it is: looked, planned, pilot, done, not-done. outcome is what who asked is told."""

    state: str
    why: str = ""
    outcome: str = ""
    work: str = ""
    target: date | None = None

    model_config = {"extra": "forbid"}


class IdeaShared(Schema):
    """Title and text of ours, that all customers may read."""

    outside_title: str
    outside_text: str

    model_config = {"extra": "forbid"}


class IdeaMerged(Schema):
    """The number of the idea that it is the same as."""

    into: str

    model_config = {"extra": "forbid"}


class IdeaTold(Schema):
    """What who asked was told, and how: letter, phone, meeting. A letter is written."""

    text: str
    way: str

    model_config = {"extra": "forbid"}


class IdeaOut(Schema):
    """An idea in full; merged_into is the number it is followed under."""

    id: int
    number: str
    account: str | None
    person: int | None
    named: str
    origin: str
    reference: str
    sort: str
    text: str
    product: str
    said_on: date
    owner: str | None
    state: str
    why: str
    outcome: str
    work: str
    target: date | None
    merged_into: str | None
    shared: bool
    outside_title: str
    outside_text: str
    votes: int
    told_on: date | None
    told_by: str
    version: int


def _told(_user: User, row: Idea) -> dict[str, Any]:
    return {
        "account": row.account.code if row.account else None, "person": row.person_id, "votes": row.votes.count(),
        "owner": row.owner.username if row.owner else None, "merged_into": row.merged_into and row.merged_into.number,
        **{name: getattr(row, name) for name in PLAIN},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "idea", IDEAS, questions.ideas, IdeaOut, _told, see=IdeaRight.SEE, write=IdeaRight.WRITE, denied=NOT_YOURS
)
OPERATIONS.reads("Ideas, the latest first, a page at a time.", "One idea.")


def _said(form: IdeaForm) -> dict[str, Any]:
    return checked(form, tuple(name for name in actions.FIELDS if name in form.fields))


@OPERATIONS.adds
def add_idea(user: User, sent: IdeaNew) -> Idea:
    """Write down an idea or a need that nobody meets."""
    account = visible(user, sent.account) if sent.account else None
    begun = {"said_on": timezone.localdate(), "owner": user.username}
    form = IdeaForm(user, account, begun | sent.dict(exclude={"account"}, exclude_none=True))
    return actions.write_down(user, account, _said(form))


@OPERATIONS.changes
def change_idea(user: User, row: Idea, sent: IdeaChange) -> None:
    """Correct an idea. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"owner": row.owner.username if row.owner else "", "person": row.person_id}
    form = IdeaForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.correct(user, row.pk, row.version, _said(form))


@OPERATIONS.does("decide")
def decide_idea(user: User, row: Idea, sent: IdeaDecided) -> None:
    """Say how far it is."""
    actions.decide(
        user, row.pk, row.version, checked(DecideForm({"version": row.version, **sent.dict()}), actions.OF_DECISION)
    )


@OPERATIONS.does("share")
def share_idea(user: User, row: Idea, sent: IdeaShared) -> None:
    """Show it to all customers in the portal, in words of ours."""
    form = ShareForm({"version": row.version, **sent.dict()})
    actions.share(user, row.pk, **checked(form, ("version", "outside_title", "outside_text")))


@OPERATIONS.does("unshare")
def unshare_idea(user: User, row: Idea) -> None:
    """Show it to other customers no more."""
    actions.unshare(user, row.pk)


@OPERATIONS.does("merge")
def merge_idea(user: User, row: Idea, sent: IdeaMerged) -> None:
    """It is the same as another, and followed under that one's number."""
    actions.merge(user, row.pk, row.version, into=sent.into)


@OPERATIONS.does("part")
def part_idea(user: User, row: Idea) -> None:
    """It is one of its own, after all."""
    actions.part(user, row.pk)


@OPERATIONS.does("seen")
def see_word_of_idea(user: User, row: Idea) -> None:
    """What the customer writes of it was read, and needs no answer."""
    actions.seen(user, row.pk)


@OPERATIONS.does("tell")
def tell_idea(user: User, row: Idea, sent: IdeaTold) -> None:
    """Tell who asked what came of it."""
    telling.tell(user, row.pk, **checked(TellForm({"version": row.version, **sent.dict()}), ("version", "text", "way")))


@OPERATIONS.puts_away
def put_away_idea(user: User, row: Idea) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/ideas", router),)
