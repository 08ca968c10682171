"""/club: levels, members, nominations, what was used, events and invitations."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.club import actions, questions
from vitalfew.club.forms import EventForm, InvitedForm, NominationForm, UseForm
from vitalfew.club.listing import EVENTS, INVITED, LEVELS, MEMBERS
from vitalfew.club.models import Event, Invited, Nomination, Use
from vitalfew.club.rights import ClubRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.permissions import Right

levels, members, nominations, uses, events, invitations = (Router(tags=["club"]) for _each in range(6))


class BenefitOut(Schema):
    """A right of a level."""

    kind: str
    text: str
    hours: int | None


class LevelOut(Schema):
    """A level: its names, its rule, its rights; what is not asked for is null, empty or false."""

    id: int
    name: str
    name_hant: str
    name_en: str
    mark: str
    rank: int
    green: bool
    tiers: list[str]
    net_sales: int | None
    contribution: int | None
    value: int | None
    years: int | None
    agreement: bool
    leeway: int
    grace_days: int
    benefits: list[BenefitOut]
    version: int


class MemberOut(Schema):
    """That an account belongs or belonged to a level."""

    id: int
    account: str
    level: int
    standing: str
    since: date
    until: date | None
    how: str
    held_until: date | None
    leaves_on: date | None
    version: int


class NominationNew(Schema):
    """Into which level, until when, and why beyond the rule; somebody else approves it."""

    account: str
    level: int
    ends_on: date
    why: str

    model_config = {"extra": "forbid"}


class NominationOut(Schema):
    """A nomination, and what became of it."""

    id: int
    account: str
    level: int
    ends_on: date
    why: str
    state: str
    version: int


class UseNew(Schema):
    """What a member made use of: a right of the level it belongs to."""

    account: str
    benefit: int
    day: date
    cost: Decimal | None = None
    note: str = ""

    model_config = {"extra": "forbid"}


class UseOut(Schema):
    """What a member made use of; its cost for who sees costs."""

    id: int
    account: str
    benefit: int
    day: date
    cost: float | None
    note: str
    version: int


class EventNew(Schema):
    """A round table or day of the club; level is whose members are invited, with those above it."""

    title: str
    day: date
    place: str = ""
    about: str = ""
    level: int | None = None
    budget: Decimal | None = None
    cost: Decimal | None = None
    outcome: str = ""

    model_config = {"extra": "forbid"}


class EventChange(Schema):
    """What can be changed of an event; what is not sent stays."""

    title: str | None = None
    day: date | None = None
    place: str | None = None
    about: str | None = None
    level: int | None = None
    budget: Decimal | None = None
    cost: Decimal | None = None
    outcome: str | None = None

    model_config = {"extra": "forbid"}


class EventOut(Schema):
    """An event; amounts for who sees costs."""

    id: int
    title: str
    day: date
    place: str
    about: str
    level: int | None
    budget: float | None
    cost: float | None
    outcome: str
    version: int


class Invite(Schema):
    """The account that is invited."""

    account: str

    model_config = {"extra": "forbid"}


class InvitedChange(Schema):
    """What became of an invitation; what is not sent stays."""

    answer: str | None = None
    person: int | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class InvitedOut(Schema):
    """An invitation, and what became of it."""

    id: int
    event: int
    account: str
    answer: str
    person: int | None
    note: str
    version: int


LEVEL_FIELDS: Final = (
    "name", "name_hant", "name_en", "mark", "rank", "green", "tiers", "net_sales", "contribution", "value", "years",
    "agreement", "leeway", "grace_days",
)  # fmt: skip
EVENT_FIELDS: Final = ("title", "day", "place", "about", "budget", "cost", "outcome")


def _level(user: User, row: Any) -> dict[str, Any]:
    rights = [{"kind": b.kind, "text": b.text, "hours": b.hours} for b in questions.benefits(user).filter(level=row)]
    return {**{name: getattr(row, name) for name in LEVEL_FIELDS}, "benefits": rights}


def _member(_user: User, row: Any) -> dict[str, Any]:
    names = ("since", "until", "how", "held_until", "leaves_on")
    plain = {name: getattr(row, name) for name in names}
    return {"account": row.account.code, "level": row.level_id, "standing": row.standing.value, **plain}


def _nomination(_user: User, row: Nomination) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("ends_on", "why", "state")}
    return {"account": row.account.code, "level": row.level_id, **plain}


def _use(user: User, row: Use) -> dict[str, Any]:
    cost = row.cost if user.may(Right.MONEY) else None
    return {"account": row.account.code, "benefit": row.benefit_id, "day": row.day, "cost": cost, "note": row.note}


def _event(user: User, row: Any) -> dict[str, Any]:
    told = {"level": row.level_id, **{name: getattr(row, name) for name in EVENT_FIELDS}}
    return told if user.may(Right.MONEY) else {**told, "budget": None, "cost": None}


def _invited(_user: User, row: Invited) -> dict[str, Any]:
    return {
        "event": row.event_id, "account": row.account.code, "answer": row.answer, "person": row.person_id, "note": row.note,
    }  # fmt: skip


LEVEL: Final = Operations(
    levels, "club_level", LEVELS, questions.levels, LevelOut, _level, see=ClubRight.SEE, write=ClubRight.RULE,
    many="club/levels",
)  # fmt: skip
LEVEL.reads("Levels of the club, the highest first.", "One level, its rule and rights.")
MEMBER: Final = Operations(
    members, "club_member", MEMBERS, questions.members, MemberOut, _member, see=ClubRight.SEE, write=ClubRight.RULE,
    many="club/members",
)  # fmt: skip
MEMBER.reads("Members of the club, now and before, a page at a time.", "One membership.")
NOMINATION: Final = Operations(
    nominations, "nomination", MEMBERS, lambda user: Nomination.objects.visible_to(user).select_related("account"),
    NominationOut, _nomination, see=ClubRight.SEE, write=ClubRight.NOMINATE, many="club/nominations",
)  # fmt: skip
USE: Final = Operations(
    uses, "club_use", MEMBERS, questions.uses, UseOut, _use, see=ClubRight.SEE, write=ClubRight.SERVE, many="club/uses"
)
EVENT: Final = Operations(
    events, "club_event", EVENTS, questions.events, EventOut, _event, see=ClubRight.SEE, write=ClubRight.SERVE,
    many="club/events",
)  # fmt: skip
EVENT.reads("Events of the club, a page at a time.", "One event.")
INVITATION: Final = Operations(
    invitations, "club_invitation", INVITED, questions.invited, InvitedOut, _invited, see=ClubRight.SEE,
    write=ClubRight.SERVE, many="club/invitations",
)  # fmt: skip
INVITATION.reads("Invitations to events, a page at a time.", "One invitation.")


@NOMINATION.adds
def nominate_member(user: User, sent: NominationNew) -> Nomination:
    """Nominate an account beyond the rule."""
    account = visible(user, sent.account)
    said = checked(NominationForm(user, account, sent.dict(exclude={"account"})), ("level", "ends_on", "why"))
    return actions.nominate(user, account, **said)


@USE.adds
def add_club_use(user: User, sent: UseNew) -> Use:
    """Write down what a member made use of."""
    account = visible(user, sent.account)
    form = UseForm(user, account, sent.dict(exclude={"account"}, exclude_none=True))
    checked(form, ())
    return actions.make(user, Use(account=account, **form.fields_said()))


@USE.puts_away
def put_away_club_use(user: User, row: Use) -> None:
    """Put it away."""
    actions.put_away(user, Use, row.pk)


@EVENT.adds
def add_club_event(user: User, sent: EventNew) -> Event:
    """Plan an event."""
    form = EventForm(user, sent.dict(exclude_none=True))
    checked(form, ())
    return actions.make(user, Event(**form.fields_said()))


@EVENT.changes
def change_club_event(user: User, row: Event, sent: EventChange) -> None:
    """Change an event. Fields not sent stay."""
    known = {"level": row.level_id, **{name: getattr(row, name) for name in EVENT_FIELDS}}
    form = EventForm(user, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    checked(form, ())
    actions.change(user, Event, row.pk, row.version, form.fields_said())


@EVENT.does("invite")
def invite_to_club_event(user: User, row: Event, sent: Invite) -> None:
    """Put an account on the list of an event."""
    actions.invite(user, row, [visible(user, sent.account)])


@EVENT.puts_away
def put_away_club_event(user: User, row: Event) -> None:
    """Put an event away."""
    actions.put_away(user, Event, row.pk)


@INVITATION.changes
def change_club_invitation(user: User, row: Invited, sent: InvitedChange) -> None:
    """Say what became of an invitation. Fields not sent stay."""
    known = {"answer": row.answer, "person": row.person_id, "note": row.note}
    form = InvitedForm(user, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    checked(form, ())
    actions.answered(user, row.pk, row.version, form.fields_said())


@INVITATION.puts_away
def put_away_club_invitation(user: User, row: Invited) -> None:
    """Take an account off the list."""
    actions.put_away(user, Invited, row.pk)


ROUTERS = (
    ("/club/levels", levels), ("/club/members", members), ("/club/nominations", nominations), ("/club/uses", uses),
    ("/club/events", events), ("/club/invitations", invitations),
)  # fmt: skip
