"""/department: who looks after how much; /absences: who is away, and who stands in."""

from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.accounts.models import Absence
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.department import actions, questions
from vitalfew.department.forms import AbsenceForm
from vitalfew.department.listing import ABSENCES
from vitalfew.department.questions import Desk
from vitalfew.department.rights import DepartmentRight
from vitalfew.language import translate
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.records import NotPossible, Stale

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


@absences.get(
    "",
    auth=needs(DepartmentRight.AWAY),
    response=responses(ListPage),
    operation_id="list_absences",
    openapi_extra=parameters(ABSENCES),
)
def list_absences(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Who is away, a page at a time."""
    return answered(request, request.auth, ABSENCES, response, limit)


@absences.get(
    "/{int:pk}", auth=needs(DepartmentRight.AWAY), response=responses(AbsenceOut, 404), operation_id="get_absence"
)
def get_absence(request: Asked, pk: int) -> HttpResponse:
    """One absence; its ETag is its version."""
    return _shown(_found(request.auth, pk))


def _found(user: User, pk: int) -> Absence:
    absence = questions.absences(user).filter(pk=pk).first()
    if absence is None:
        raise not_found()
    return absence


def _shown(absence: Absence, status: int = 200) -> HttpResponse:
    document = {
        "id": absence.pk, "user": absence.user.username, "deputy": absence.deputy.username,
        "since": absence.since, "until": absence.until,
    }  # fmt: skip
    headers = {"ETag": etag(absence.version), "Location": f"/api/v1/absences/{absence.pk}"}
    return answer(document, status, headers)


@absences.post(
    "",
    auth=needs(DepartmentRight.AWAY),
    response=responses(AbsenceOut, 409, status=201),
    operation_id="add_absence",
    openapi_extra={"parameters": [PARAMETER]},
)
def add_absence(request: Asked, sent: AbsenceNew) -> HttpResponse:
    """Somebody will be away: oneself, or, as a head of the department, anybody."""
    return _added(request, sent)


@once
def _added(request: Asked, sent: AbsenceNew) -> HttpResponse:
    user = request.auth
    given = _checked(user, sent.dict(), None)
    try:
        made = actions.be_away(user, given["user"], given["deputy"], given["since"], given["until"])
    except NotPossible as why:
        raise _refused(why) from None
    return _shown(_found(user, made.pk), 201)


def _checked(user: User, sent: dict[str, Any], absence: Absence | None) -> dict[str, Any]:
    """As the form on the page would take it; people are named by user name."""
    named = dict(User.objects.values_list("username", "pk"))
    said = {name: named.get(value, "") if name in {"user", "deputy"} else value for name, value in sent.items()}
    known = {"deputy": absence.deputy_id, "since": absence.since, "until": absence.until} if absence else {}
    copy = Absence.objects.get(pk=absence.pk) if absence else None
    form = AbsenceForm(user, {**known, **said}, for_all=user.role in HEADS, instance=copy)
    form.full_clean()
    if form.errors:
        raise form_refused(form.errors)
    return form.cleaned_data


def _refused(why: NotPossible) -> Exception:
    return form_refused({"until": [translate(str(why), language())]})


@absences.patch(
    "/{int:pk}",
    auth=needs(DepartmentRight.AWAY),
    response=responses(AbsenceOut, 404, 412, 428),
    operation_id="change_absence",
    openapi_extra=MATCH,
)
def change_absence(request: Asked, pk: int, sent: AbsenceChange) -> HttpResponse:
    """Change an absence. Fields not sent stay; If-Match says which version is changed."""
    absence = _found(request.auth, pk)
    require_match(request, etag(absence.version))
    said = sent.dict(exclude_unset=True)
    given = _checked(request.auth, said, absence)
    try:
        actions.change_absence(request.auth, pk, absence.version, {name: given[name] for name in said})
    except Stale:
        raise changed(etag(_found(request.auth, pk).version)) from None
    except NotPossible as why:
        raise _refused(why) from None
    return _shown(_found(request.auth, pk))


@absences.delete(
    "/{int:pk}",
    auth=needs(DepartmentRight.AWAY),
    response=responses(AbsenceOut, 404, 412, 428),
    operation_id="take_back_absence",
    openapi_extra=MATCH,
)
def take_back_absence(request: Asked, pk: int) -> HttpResponse:
    """Take an absence back; it stays in the trail."""
    absence = _found(request.auth, pk)
    require_match(request, etag(absence.version))
    actions.take_back(request.auth, pk)
    return _shown(absence)


ROUTERS: Final = (("/department", router), ("/absences", absences))
