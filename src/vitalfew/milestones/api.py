"""/milestones: days of accounts worth a word, and what became of them."""

from copy import copy
from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.milestones import actions, questions
from vitalfew.milestones.forms import CongratulateForm, LeaveOutForm, MilestoneForm, ReplyForm
from vitalfew.milestones.listing import MILESTONES
from vitalfew.milestones.models import Celebration, Milestone
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

router = Router(tags=["milestones"])
NOT_YOURS: Final = Message(_("Only who noted or keeps it, who manages the account, executives and heads can do this"))


class MilestoneChange(Schema):
    """What can be set of a day; what is not sent stays. Owner is a user name; lead is in days."""

    kind: str | None = None
    title: str | None = None
    day: date | None = None
    lunar: bool | None = None
    yearly: bool | None = None
    round_only: bool | None = None
    lead: int | None = None
    owner: str | None = None
    person: int | None = None
    consent: str | None = None

    model_config = {"extra": "forbid"}


class MilestoneNew(MilestoneChange):
    """A new day of an account; yearly unless told otherwise."""

    account: str
    kind: str
    day: date
    yearly: bool = True


class Congratulated(Schema):
    """How, what was sent or said, and when: sign is visit, call, letter, message, present, plaque or other."""

    sign: str
    what: str
    done_on: date

    model_config = {"extra": "forbid"}


class LeftOut(Schema):
    """Why nothing is sent this time."""

    why: str

    model_config = {"extra": "forbid"}


class Replied(Schema):
    """What came back, and when."""

    text: str
    on: date

    model_config = {"extra": "forbid"}


class CelebrationOut(Schema):
    """What became of it one time."""

    on: date
    became: str
    sign: str
    what: str
    done_on: date | None
    who: str | None
    reply: str
    replied_on: date | None


class MilestoneOut(Schema):
    """A day in full; next_on is when it comes next, years the how-manieth time that is."""

    id: int
    account: str
    kind: str
    title: str
    day: date
    lunar: bool
    yearly: bool
    round_only: bool
    lead: int
    owner: str | None
    person: int | None
    consent: str
    told: str
    next_on: date | None
    years: int
    nearness: str
    celebrations: list[CelebrationOut]
    version: int


def _told(_user: User, row: Milestone) -> dict[str, Any]:
    plain = ("kind", "title", "day", "lunar", "yearly", "round_only", "lead", "consent", "told", "next_on", "years")
    return {
        "account": row.account.code, "owner": row.owner.username if row.owner else None, "person": row.person_id,
        "nearness": row.nearness.value, "celebrations": [_came(each) for each in row.celebrations.select_related("who")],
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


def _came(each: Celebration) -> dict[str, Any]:
    plain = ("on", "became", "sign", "what", "done_on", "reply", "replied_on")
    return {**{name: getattr(each, name) for name in plain}, "who": each.who.username if each.who else None}


OPERATIONS: Final = Operations(
    router, "milestone", MILESTONES, questions.milestones, MilestoneOut, _told,
    see=MilestoneRight.SEE, write=MilestoneRight.KEEP, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads("Days of accounts by when they come next, a page at a time.", "One day and what became of it.")


def _fields(form: MilestoneForm) -> dict[str, Any]:
    return checked(form, tuple(name for name in actions.FIELDS if name in form.fields))


@OPERATIONS.adds
def note_milestone(user: User, sent: MilestoneNew) -> Milestone:
    """Note a day of an account."""
    account = visible(user, sent.account)
    form = MilestoneForm(user, account, sent.dict(exclude={"account"}, exclude_none=True))
    return actions.note(user, account, _fields(form))


@OPERATIONS.changes
def change_milestone(user: User, row: Milestone, sent: MilestoneChange) -> None:
    """Correct a day. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"owner": row.owner.username if row.owner else "", "person": row.person_id}
    form = MilestoneForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, _fields(form))


@OPERATIONS.does("congratulate")
def congratulate_milestone(user: User, row: Milestone, sent: Congratulated) -> None:
    """Note what was sent or said for the time that comes or has just come."""
    said = checked(CongratulateForm({"version": row.version, **sent.dict()}), ("version", "sign", "what", "done_on"))
    actions.congratulate(user, row.pk, **said)


@OPERATIONS.does("leave-out")
def leave_out_milestone(user: User, row: Milestone, sent: LeftOut) -> None:
    """Send nothing this time."""
    actions.leave_out(
        user, row.pk, **checked(LeaveOutForm({"version": row.version, **sent.dict()}), ("version", "why"))
    )


@OPERATIONS.does("reply")
def reply_to_milestone(user: User, row: Milestone, sent: Replied) -> None:
    """Note what came back the last time that something was sent."""
    said = checked(ReplyForm({"version": row.version, **sent.dict()}), ("version", "text", "on"))
    actions.reply(user, row.pk, **said)


@OPERATIONS.does("take-back")
def take_back_milestone(user: User, row: Milestone) -> None:
    """Open the last time again, as if nothing had been noted of it."""
    actions.take_back(user, row.pk)


@OPERATIONS.puts_away
def put_away_milestone(user: User, row: Milestone) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/milestones", router),)
