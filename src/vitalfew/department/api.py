"""/department: who looks after how much; /absences: who is away, and who stands in."""

from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.models import Absence
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import form_refused
from vitalfew.department import actions, questions
from vitalfew.department.forms import AbsenceForm
from vitalfew.department.listing import ABSENCES
from vitalfew.department.questions import Desk
from vitalfew.department.rights import DepartmentRight
from vitalfew.language import translate
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.records import NotPossible

router = Router(tags=["department"])
absences = Router(tags=["department"])


class DeskOut(Schema):
    """Somebody's accounts added up; loads and capacity count in ordinary accounts. ``manager`` is empty for nobody.

    ``hanging`` are those that hang on one person or have no contact left, ``hung`` those of the same that did on ``hung_on``.
    """

    manager: str
    name: str
    accounts: int
    key_accounts: int
    revenue_12m: float
    at_stake: float
    hanging: int
    hung: int | None
    load: float
    capacity: float | None
    away_until: date | None
    deputy: str | None


class DepartmentOut(Schema):
    """Everybody who looks after accounts, the fullest first; then accounts of people who left, and nobody's."""

    hung_on: date | None
    items: list[DeskOut]


class AbsenceChange(Schema):
    """What can be set of an absence; what is not sent stays. The deputy is a user name."""

    deputy: str | None = None
    since: date | None = None
    until: date | None = None

    model_config = {"extra": "forbid"}


class AbsenceNew(Schema):
    """Somebody will be away: user names and days."""

    user: str
    deputy: str
    since: date
    until: date


class AbsenceOut(Schema):
    """Somebody is away from a day until another, both included."""

    id: int
    user: str
    deputy: str
    since: date
    until: date


@router.get("", auth=needs(DepartmentRight.SEE), response=responses(DepartmentOut), operation_id="department")
def department(request: Asked) -> dict[str, Any]:
    """Who looks after whom, and how much that is."""
    found = questions.seen_by(request.auth)
    nobody = [found.nobody] if found.nobody.accounts else []
    return {"hung_on": found.since, "items": [_desk(desk) for desk in (*found.desks, *found.gone, *nobody)]}


def _desk(desk: Desk) -> dict[str, Any]:
    return {
        "manager": desk.user.username if desk.user else "", "name": str(desk.user or ""), "accounts": desk.accounts,
        "key_accounts": desk.key, "revenue_12m": desk.revenue, "at_stake": desk.stake,
        "hanging": desk.hanging, "hung": desk.hung, "load": desk.load,
        "capacity": desk.capacity or None, "away_until": desk.away and desk.away.until,
        "deputy": desk.away and desk.away.deputy.username,
    }  # fmt: skip


def _told(_user: User, absence: Absence) -> dict[str, Any]:
    return {
        "user": absence.user.username, "deputy": absence.deputy.username, "since": absence.since, "until": absence.until,
    }  # fmt: skip


ABSENCE: Final = Operations(
    absences, "absence", ABSENCES, questions.absences, AbsenceOut, _told,
    see=DepartmentRight.AWAY, write=DepartmentRight.AWAY,
)  # fmt: skip
ABSENCE.reads("Who is away, a page at a time.", "One absence; its ETag is its version.")


@ABSENCE.adds
def add_absence(user: User, sent: AbsenceNew) -> Absence:
    """Somebody will be away: oneself, or, as a head of the department, anybody."""
    given = _checked(user, sent.dict(), None)
    return _fitting(lambda: actions.be_away(user, given["user"], given["deputy"], given["since"], given["until"]))


def _checked(user: User, sent: dict[str, Any], absence: Absence | None) -> dict[str, Any]:
    """As the form on the page would take it; people are named by user name."""
    named = dict(User.objects.values_list("username", "pk"))
    said = {name: named.get(value, "") if name in {"user", "deputy"} else value for name, value in sent.items()}
    known = {"deputy": absence.deputy_id, "since": absence.since, "until": absence.until} if absence else {}
    form = AbsenceForm(user, {**known, **said}, for_all=user.role in HEADS, instance=copy(absence))
    return checked(form, tuple(form.fields.keys() & sent.keys()))


def _fitting(act: Callable[[], Absence]) -> Absence:
    """What can't be is said of the days."""
    try:
        return act()
    except NotPossible as why:
        raise form_refused({"until": [translate(str(why), language())]}) from None


@ABSENCE.changes
def change_absence(user: User, row: Absence, sent: AbsenceChange) -> None:
    """Change an absence. Fields not sent stay; If-Match says which version is changed."""
    given = _checked(user, sent.dict(exclude_unset=True), row)
    _fitting(lambda: actions.change_absence(user, row.pk, row.version, given))


@ABSENCE.puts_away
def take_back_absence(user: User, row: Absence) -> None:
    """Take an absence back; it stays in the trail."""
    actions.take_back(user, row.pk)


ROUTERS: Final = (("/department", router), ("/absences", absences))
