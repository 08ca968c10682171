"""/journeys: purchases that are accompanied, their checks, and the templates they go by."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.journeys import actions, checking, questions
from vitalfew.journeys.composing import asked
from vitalfew.journeys.dating import in_stages, kept
from vitalfew.journeys.forms import CloseForm, DoForm, HandOnForm, JourneyForm, LeaveOutForm
from vitalfew.journeys.listing import CHECKS, JOURNEYS, TEMPLATES
from vitalfew.journeys.models import Check, Journey, JourneyTemplate
from vitalfew.journeys.rights import JourneyRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["journeys"])
check_router = Router(tags=["journeys"])
template_router = Router(tags=["journeys"])


class CheckAsked(Schema):
    """A check that a template asks for; after is what its working days, or its months, count from."""

    id: int
    stage: str
    place: int
    title: str
    how: str
    function: str
    after: str
    days: int
    months: int | None
    must: bool
    evidence: bool


class TemplateOut(Schema):
    """A template with its checks, in the order of stages."""

    id: int
    name: str
    about: str
    edition: int
    checks: list[CheckAsked]
    version: int


class CheckOut(CheckAsked):
    """A check of a journey; standing is how it stands today."""

    journey: int
    account: str
    round: int
    owner: str | None
    due: date | None
    state: str
    standing: str
    settled_on: date | None
    settled_by: str | None
    note: str
    file: int | None
    activity: int | None
    promise: int | None
    version: int


class JourneyOut(Schema):
    """A journey in full; standing is how it stands today."""

    id: int
    account: str
    template: int
    edition: int
    title: str
    family: str
    order: str
    worth: Decimal | None
    currency: str
    began: str
    owner: str | None
    opened_on: date
    ordered_on: date | None
    promised_on: date | None
    delivered_on: date | None
    stage: str
    standing: str
    next_due: date | None
    closed_on: date | None
    end: str
    why: str
    checks: list[CheckOut]
    version: int


class JourneyChange(Schema):
    """What can be corrected of a journey; what is not sent stays. Owner is a user name."""

    title: str | None = None
    family: str | None = None
    order: str | None = None
    worth: Decimal | None = None
    currency: str | None = None
    owner: str | None = None
    opened_on: date | None = None
    ordered_on: date | None = None
    promised_on: date | None = None
    delivered_on: date | None = None

    model_config = {"extra": "forbid"}


class JourneyNew(Schema):
    """A new journey by a template; led by the account's manager and begun today unless told."""

    account: str
    template: int
    title: str
    family: str = ""
    order: str = ""
    worth: Decimal | None = None
    currency: str = ""
    owner: str | None = None
    opened_on: date | None = None
    ordered_on: date | None = None
    promised_on: date | None = None
    delivered_on: date | None = None

    model_config = {"extra": "forbid"}


class JourneyClosed(Schema):
    """When and why it ends; what should have been done by then counts as left out."""

    on: date
    end: str
    why: str

    model_config = {"extra": "forbid"}


class CheckDone(Schema):
    """What a check came to; document and activity are numbers of what shows it, promise what the customer is promised."""

    on: date
    result: str = "fine"
    note: str = ""
    document: int | None = None
    activity: int | None = None
    promise: str = ""
    promise_due: date | None = None

    model_config = {"extra": "forbid"}


class CheckLeftOut(Schema):
    """Why it is left out."""

    why: str

    model_config = {"extra": "forbid"}


class HandedOn(Schema):
    """To whom, by user name."""

    owner: str

    model_config = {"extra": "forbid"}


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _told_template(_user: User, row: JourneyTemplate) -> dict[str, Any]:
    stages = in_stages(row.checkpoints.filter(put_away_at=None))
    return {
        "name": row.name, "about": row.about, "edition": row.edition,
        "checks": [{"id": each.pk, **asked(each)} for _stage, points in stages for each in points],
    }  # fmt: skip


def _told_check(_user: User, row: Check) -> dict[str, Any]:
    plain = ("round", "due", "state", "settled_on", "note")
    return {
        "journey": row.journey_id, "account": row.account.code, "owner": _name(row.owner), "standing": row.standing.value,
        "settled_by": _name(row.settled_by), "file": row.file_id, "activity": row.activity_id, "promise": row.promise_id,
        **asked(row), **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


def _told(user: User, row: Journey) -> dict[str, Any]:
    plain = (
        "edition", "title", "family", "order", "worth", "currency", "began", "opened_on", "ordered_on", "promised_on",
        "delivered_on", "stage", "next_due", "closed_on", "end", "why",
    )  # fmt: skip
    checks = kept(row)
    for check in checks:
        check.journey = row
    return {
        "account": row.account.code, "template": row.template_id, "owner": _name(row.owner), "standing": row.standing.value,
        "checks": [{"id": each.pk, "version": each.version, **_told_check(user, each)} for each in checks],
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "journey", JOURNEYS, questions.journeys, JourneyOut, _told, see=JourneyRight.SEE, write=JourneyRight.OPEN
)
OF_CHECKS: Final = Operations(
    check_router, "journey_check", CHECKS, questions.checks, CheckOut, _told_check, see=JourneyRight.SEE,
    write=JourneyRight.CHECK, many="journeys/checks",
)  # fmt: skip
OF_TEMPLATES: Final = Operations(
    template_router, "journey_template", TEMPLATES, questions.templates, TemplateOut, _told_template,
    see=JourneyRight.SEE, write=JourneyRight.DEFINE, many="journeys/templates",
)  # fmt: skip
OF_TEMPLATES.reads("Templates of service journeys, a page at a time.", "One template with its checks.")
OF_CHECKS.reads("Checks of service journeys by the day on which they are due, a page at a time.", "One check.")
OPERATIONS.reads("Service journeys, the latest first, a page at a time.", "One journey with its checks.")


@OPERATIONS.adds
def begin_journey(user: User, sent: JourneyNew) -> Journey:
    """Begin a journey with the checks that its template has now."""
    account = visible(user, sent.account)
    begun = {"owner": _name(account.manager or user), "opened_on": timezone.localdate()}
    form = JourneyForm(user, account, begun | sent.dict(exclude={"account"}, exclude_none=True))
    said = checked(form, (*actions.FIELDS, "template"))
    return actions.begin(user, account, said.pop("template"), said)


@OPERATIONS.changes
def change_journey(user: User, row: Journey, sent: JourneyChange) -> None:
    """Correct a journey; the days of its checks follow. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS} | {"owner": _name(row.owner) or ""}
    form = JourneyForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


@OPERATIONS.does("hand-on")
def hand_journey_on(user: User, row: Journey, sent: HandedOn) -> None:
    """Somebody else leads it, and does the open checks of whoever led it."""
    said = checked(HandOnForm(row.account, {"version": row.version, **sent.dict()}), ("version", "owner"))
    actions.hand_on(user, row.pk, **said)


@OPERATIONS.does("close")
def close_journey(user: User, row: Journey, sent: JourneyClosed) -> None:
    """Close it, with the reason."""
    said = checked(CloseForm({"version": row.version, **sent.dict()}), ("version", "on", "end", "why"))
    actions.close(user, row.pk, **said)


@OPERATIONS.does("reopen")
def reopen_journey(user: User, row: Journey) -> None:
    """Open it again, with what was closed along with it."""
    actions.reopen(user, row.pk)


@OPERATIONS.does("renew")
def renew_journey(user: User, row: Journey) -> None:
    """Go on by the present edition of its template."""
    actions.renew(user, row.pk)


@OPERATIONS.puts_away
def put_away_journey(user: User, row: Journey) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


@OF_CHECKS.does("do")
def do_journey_check(user: User, row: Check, sent: CheckDone) -> None:
    """Settle it by what it came to; trouble may become a promise in the same step."""
    form = DoForm(user, row, {"version": row.version, **sent.dict(exclude_none=True)})
    names = ("version", "on", "result", "note", "document", "activity", "promise", "promise_due")
    given = checked(form, tuple(name for name in names if name in form.fields))
    checking.do(user, row.pk, **given)


@OF_CHECKS.does("leave-out")
def leave_journey_check_out(user: User, row: Check, sent: CheckLeftOut) -> None:
    """It is not done, with the reason; it counts as not done in time."""
    said = checked(LeaveOutForm({"version": row.version, **sent.dict()}), ("version", "why"))
    checking.leave_out(user, row.pk, **said)


@OF_CHECKS.does("hand-on")
def hand_journey_check_on(user: User, row: Check, sent: HandedOn) -> None:
    """Somebody else does it."""
    said = checked(HandOnForm(row.account, {"version": row.version, **sent.dict()}), ("version", "owner"))
    checking.hand_on(user, row.pk, **said)


@OF_CHECKS.does("reopen")
def reopen_journey_check(user: User, row: Check) -> None:
    """As if it had not been settled."""
    checking.reopen(user, row.pk)


ROUTERS: Final = (
    ("/journeys/templates", template_router), ("/journeys/checks", check_router), ("/journeys", router),
)  # fmt: skip
