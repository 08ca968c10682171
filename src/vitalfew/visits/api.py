"""/visits: planned, agreed, moved, cancelled, held, and what came of them."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Final

from ninja import Field, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.accounts.models import Account
from vitalfew.api.problems import not_found
from vitalfew.contacts.models import Person
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.promises.models import Promise
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import actions, holding, questions
from vitalfew.visits.forms import CancelForm, MoveForm, ResultForm, VisitForm
from vitalfew.visits.listing import VISITS
from vitalfew.visits.models import Visit
from vitalfew.visits.rights import VisitRight

router = Router(tags=["visits"])
NOT_YOURS: Final = Message(_("Only who planned it or goes along, who manages the account and heads can do this"))
MOST: Final = 20
PLAIN: Final = ("day", "at", "minutes", "place", "purpose", "topic", "state", "why", "result")


class VisitNew(Schema):
    """A visit to one account, or a round table with several; our people by user name, theirs by number."""

    accounts: list[str]
    day: date
    at: time | None = None
    minutes: int | None = None
    place: str = ""
    purpose: str
    topic: str = ""
    leader: str | None = None
    companions: list[str] = []
    wanted: list[int] = []

    model_config = {"extra": "forbid"}


class VisitChange(Schema):
    """What can be corrected of an open visit; what is not sent stays. Its day is moved with a reason."""

    accounts: list[str] | None = None
    minutes: int | None = None
    place: str | None = None
    purpose: str | None = None
    topic: str | None = None
    leader: str | None = None
    companions: list[str] | None = None
    wanted: list[int] | None = None

    model_config = {"extra": "forbid"}


class VisitMoved(Schema):
    """Another day or hour, why, and whether the customer has agreed to it."""

    day: date
    at: time | None = None
    why: str
    confirmed: bool = False

    model_config = {"extra": "forbid"}


class VisitCancelled(Schema):
    """Why it does not take place."""

    why: str

    model_config = {"extra": "forbid"}


class OutcomeNew(Schema):
    """How it went at an account: good, mixed or bad; and what was particular to it."""

    account: str
    mood: str
    outcome: str = ""


class PromisedNew(Schema):
    """What was promised; to which account, where there are several."""

    text: str
    due: date
    account: str | None = None


class FollowUpNew(Schema):
    """What is to be done next, by when, by whom."""

    what: str
    due: date
    owner: str | None = None


class VisitHeld(Schema):
    """What came of it. Sent again, promises and follow-ups join those that are there."""

    day: date
    text: str
    met: list[int] = []
    outcomes: list[OutcomeNew]
    promises: Annotated[list[PromisedNew], Field(max_length=MOST)] = []
    follow_ups: Annotated[list[FollowUpNew], Field(max_length=MOST)] = []

    model_config = {"extra": "forbid"}


class OutcomeOut(Schema):
    """An account of the visit that the caller may see."""

    account: str
    mood: str
    outcome: str
    activity: int | None


class FollowUpOut(Schema):
    """What is done next."""

    id: int
    what: str
    due: date
    owner: str | None
    done_on: date | None


class RescheduledOut(Schema):
    """How its day was moved."""

    was_day: date
    was_at: time | None
    day: date
    at: time | None
    why: str


class VisitOut(Schema):
    """A visit in full, as far as the caller may see it; standing is how it stands today."""

    id: int
    accounts: list[OutcomeOut]
    day: date
    at: time | None
    minutes: int | None
    place: str
    purpose: str
    topic: str
    leader: str | None
    companions: list[str]
    wanted: list[int]
    met: list[int]
    state: str
    standing: str
    why: str
    result: str
    promises: list[int]
    follow_ups: list[FollowUpOut]
    moves: list[RescheduledOut]
    version: int


def _told(user: User, row: Visit) -> dict[str, Any]:
    people = list(row.people.filter(person__in=Person.objects.visible_to(user)))
    promised = row.promises.filter(pk__in=Promise.objects.visible_to(user)).order_by("pk")
    moves = row.moves.values("was_day", "was_at", "day", "at", "why")
    return {
        "accounts": [_outcome(part) for part in questions.parts(user).filter(visit=row)],
        "leader": row.leader.username if row.leader else None,
        "companions": sorted(each.username for each in row.companions.all()),
        "wanted": [each.person_id for each in people if each.wanted],
        "met": [each.person_id for each in people if each.met],
        "standing": row.standing.value, "promises": list(promised.values_list("pk", flat=True)),
        "follow_ups": [_follow_up(each) for each in row.follow_ups.select_related("owner")], "moves": list(moves),
        **{name: getattr(row, name) for name in PLAIN},
    }  # fmt: skip


def _outcome(part: Any) -> dict[str, Any]:
    return {"account": part.account.code, "mood": part.mood, "outcome": part.outcome, "activity": part.activity_id}


def _follow_up(row: Any) -> dict[str, Any]:
    owner = row.owner.username if row.owner else None
    return {"id": row.pk, "what": row.what, "due": row.due, "owner": owner, "done_on": row.done_on}


OPERATIONS: Final = Operations(
    router, "visit", VISITS, questions.visits, VisitOut, _told,
    see=VisitRight.SEE, write=VisitRight.PLAN, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads("Visits by their day, a page at a time.", "One visit.")


@OPERATIONS.adds
def add_visit(user: User, sent: VisitNew) -> Visit:
    """Plan a visit."""
    accounts = [visible(user, code) for code in sent.accounts]
    given = {"leader": user.username} | sent.dict(exclude={"accounts"}, exclude_none=True)
    form = VisitForm(user, accounts, given)
    fields = checked(form, actions.OF_NEW)
    return actions.plan(user, fields, form.going)


@OPERATIONS.changes
def change_visit(user: User, row: Visit, sent: VisitChange) -> None:
    """Correct an open visit. Fields not sent stay."""
    known = {
        "leader": row.leader.username if row.leader else "", "companions": [each.username for each in row.companions.all()],
        "wanted": [each.person_id for each in row.people.all() if each.wanted],
        "accounts": [part.account.code for part in row.parts.all()],
        **{name: getattr(row, name) for name in ("minutes", "place", "purpose", "topic")},
    }  # fmt: skip
    given: dict[str, Any] = known | sent.dict(exclude_unset=True)
    accounts = [visible(user, code) for code in given["accounts"] or ()]
    form = VisitForm(user, accounts, {**given, "accounts": "\n".join(each.code for each in accounts)}, visit=row)
    fields = checked(form, actions.FIELDS)
    actions.change(user, row.pk, row.version, fields, form.going)


@OPERATIONS.does("confirm")
def confirm_visit(user: User, row: Visit) -> None:
    """The customer has agreed to the day."""
    actions.confirm(user, row.pk)


@OPERATIONS.does("move")
def move_visit(user: User, row: Visit, sent: VisitMoved) -> None:
    """Move it to another day or hour."""
    said = checked(MoveForm({"version": row.version, **sent.dict()}), ("day", "at", "why", "confirmed"))
    actions.move(user, row.pk, row.version, **said)


@OPERATIONS.does("cancel")
def cancel_visit(user: User, row: Visit, sent: VisitCancelled) -> None:
    """It does not take place."""
    said = checked(CancelForm({"version": row.version, **sent.dict()}), ("why",))
    actions.cancel(user, row.pk, row.version, said["why"])


@OPERATIONS.does("reopen")
def reopen_visit(user: User, row: Visit) -> None:
    """Open it again, as if it had not been cancelled or agreed."""
    actions.reopen(user, row.pk)


@OPERATIONS.does("hold", matched=True)
def hold_visit(user: User, row: Visit, sent: VisitHeld) -> None:
    """Write down what came of it, or correct that: a line of the log at each of its accounts."""
    parts = {part.account.code: part.account for part in row.parts.all()}
    data = {"version": row.version, "day": sent.day, "text": sent.text, "met": sent.met, **_rows(user, sent, parts)}
    form = ResultForm(user, row, data, rows=max(len(sent.promises), len(sent.follow_ups)))
    checked(form, ())
    holding.hold(user, row.pk, row.version, form.result)


def _rows(user: User, sent: VisitHeld, parts: Mapping[str, Account]) -> dict[str, Any]:
    """As the form of the page names them."""
    found: dict[str, Any] = {}
    for outcome in sent.outcomes:
        if (account := parts.get(outcome.account)) is None:
            raise not_found()
        found |= {f"mood_{account.pk}": outcome.mood, f"outcome_{account.pk}": outcome.outcome}
    for n, promised in enumerate(sent.promises):
        found |= {f"promise_{n}": promised.text, f"promise_due_{n}": promised.due, f"promise_at_{n}": promised.account}
    for n, follow in enumerate(sent.follow_ups):
        owner = follow.owner or user.username
        found |= {f"next_{n}": follow.what, f"next_due_{n}": follow.due, f"next_by_{n}": owner}
    return found


@OPERATIONS.does("take-back")
def take_visit_back(user: User, row: Visit) -> None:
    """As if no result had been written down."""
    holding.take_back(user, row.pk)


@OPERATIONS.does("follow-ups/{int:number}/done")
def do_follow_up(user: User, row: Visit, number: int) -> None:
    """A follow-up is done."""
    _settled(user, row, number, done=True)


@OPERATIONS.does("follow-ups/{int:number}/reopen")
def reopen_follow_up(user: User, row: Visit, number: int) -> None:
    """A follow-up is open after all."""
    _settled(user, row, number, done=False)


def _settled(user: User, row: Visit, number: int, *, done: bool) -> None:
    if not row.is_held or not row.follow_ups.filter(pk=number).exists():
        raise not_found()
    actions.settle(user, number, done=done)


@OPERATIONS.puts_away
def put_away_visit(user: User, row: Visit) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/visits", router),)
