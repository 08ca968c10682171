"""/intelligence and /competitors: what is known, by whom confirmed, what contradicts it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, FORBIDDEN, Problem, form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.intelligence import actions, questions
from vitalfew.intelligence.forms import ConfirmationForm, IntelligenceForm
from vitalfew.intelligence.listing import COMPETITORS, INTELLIGENCE
from vitalfew.intelligence.models import Competitor, Intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.terms import gettext_noop as _

pieces = Router(tags=["intelligence"])
competitors = Router(tags=["intelligence"])
KEY: Final = {"parameters": [PARAMETER]}


class IntelligenceChange(Schema):
    """What can be set of a piece; what is not sent stays. Competitor is a name; credibility 1 to 6, reliability A to F."""

    competitor: str | None = None
    region: str | None = None
    category: str | None = None
    kind: str | None = None
    text: str | None = None
    attribute: str | None = None
    detail: str | None = None
    value: str | None = None
    source_kind: str | None = None
    source: str | None = None
    person: int | None = None
    day: date | None = None
    reliability: str | None = None
    credibility: int | None = None
    valid_until: date | None = None

    model_config = {"extra": "forbid"}


class IntelligenceNew(IntelligenceChange):
    """A new piece; without an account it tells of a competitor or the market."""

    account: str = ""


class ConfirmationNew(Schema):
    """From which other source the same was heard."""

    source_kind: str
    source: str
    day: date | None = None

    model_config = {"extra": "forbid"}


class Settled(Schema):
    """The number of the piece that holds in the place of this one."""

    holds: int

    model_config = {"extra": "forbid"}


class ConfirmationOut(Schema):
    """Who confirmed it, from which source."""

    id: int
    who: str | None
    source_kind: str
    source: str
    day: date


class IntelligenceOut(Schema):
    """A piece in full; its grade as shown, after confirmations and contradictions, and the numbers of what contradicts it."""

    id: int
    account: str | None
    competitor: str | None
    region: str
    category: str
    kind: str
    text: str
    attribute: str
    detail: str
    value: str
    source_kind: str
    source: str
    person: int | None
    day: date
    reliability: str
    credibility: int
    grade: str
    valid_until: date
    renewed_on: date | None
    state: str
    superseded_by: int | None
    who: str | None
    confirmations: list[ConfirmationOut]
    contradicted_by: list[int]
    version: int


class CompetitorOut(Schema):
    """A competitor, and how much is known of it."""

    id: int
    name: str
    web: str
    note: str
    known: int
    at_accounts: int


@pieces.get(
    "",
    auth=needs(IntelligenceRight.SEE),
    response=responses(ListPage),
    operation_id="list_intelligence",
    openapi_extra=parameters(INTELLIGENCE),
)
def list_intelligence(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """What is known, latest first, a page at a time."""
    return answered(request, request.auth, INTELLIGENCE, response, limit)


@pieces.get(
    "/{int:pk}",
    auth=needs(IntelligenceRight.SEE),
    response=responses(IntelligenceOut, 404),
    operation_id="get_intelligence",
)
def get_intelligence(request: Asked, pk: int) -> HttpResponse:
    """One piece; its ETag is its version."""
    return _shown(request.auth, _found(request.auth, pk))


def _found(user: User, pk: int) -> Intelligence:
    row = questions.pieces(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def _shown(user: User, row: Intelligence, status: int = 200) -> HttpResponse:
    plain = {name: getattr(row, name) for name in actions.FIELDS}
    document = {
        **plain, "id": row.pk, "account": row.account.code if row.account else None,
        "competitor": row.competitor.name if row.competitor else None, "person": row.person_id, "grade": row.grade,
        "renewed_on": row.renewed_on, "state": row.state.value, "superseded_by": row.superseded_by_id,
        "who": row.who.username if row.who else None, "confirmations": [_said(each) for each in questions.confirmations(row)],
        "contradicted_by": [each.pk for each in questions.others(user, row)] if row.holds else [], "version": row.version,
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version), "Location": f"/api/v1/intelligence/{row.pk}"})


def _said(each: Any) -> dict[str, Any]:
    who = each.user.username if each.user else None
    return {"id": each.pk, "who": who, "source_kind": each.source_kind, "source": each.source, "day": each.day}


@pieces.post(
    "",
    auth=needs(IntelligenceRight.ADD),
    response=responses(IntelligenceOut, 404, 409, status=201),
    operation_id="add_intelligence",
    openapi_extra=KEY,
)
def add_intelligence(request: Asked, sent: IntelligenceNew) -> HttpResponse:
    """Write down what was heard."""
    return _added(request, sent)


@once
def _added(request: Asked, sent: IntelligenceNew) -> HttpResponse:
    user, said = request.auth, sent.dict(exclude_unset=True)
    code = said.pop("account", "")
    account = visible(user, code) if code else None
    form = IntelligenceForm(user, account, {"day": timezone.localdate(), **said})
    fields = _checked(form, actions.FIELDS)
    return _shown(user, _found(user, actions.write_down(user, account, fields).pk), 201)


def _checked(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if not form.is_valid():
        raise form_refused(form.errors)
    return {name: form.cleaned_data.get(name) for name in names}


@pieces.patch(
    "/{int:pk}",
    auth=needs(IntelligenceRight.ADD),
    response=responses(IntelligenceOut, 404, 412, 428),
    operation_id="change_intelligence",
    openapi_extra=MATCH,
)
def change_intelligence(request: Asked, pk: int, sent: IntelligenceChange) -> HttpResponse:
    """Correct a piece. Fields not sent stay."""
    user, row = request.auth, _found(request.auth, pk)
    require_match(request, etag(row.version))
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"competitor": row.competitor.name if row.competitor else "", "person": row.person_id}
    form = IntelligenceForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=_found(user, pk))
    fields = _checked(form, actions.FIELDS)
    return _done(user, pk, lambda: actions.change(user, pk, row.version, fields))


def _done(user: User, pk: int, act: Callable[[], Any]) -> HttpResponse:
    """The piece after something was done with it; said in words why it could not be."""
    try:
        act()
    except Stale as stale:
        raise changed(etag(stale.current.version)) from None
    except actions.NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None
    except Forbidden:
        raise Problem(
            FORBIDDEN, Message(_("Only who wrote it, who manages the account and heads can do this"))
        ) from None
    return _shown(user, _found(user, pk))


@pieces.post(
    "/{int:pk}/renew",
    auth=needs(IntelligenceRight.ADD),
    response=responses(IntelligenceOut, 403, 404, 409),
    operation_id="renew_intelligence",
    openapi_extra=KEY,
)
def renew_intelligence(request: Asked, pk: int) -> HttpResponse:
    """Say that it is still so."""
    return _renewed(request, pk)


@once
def _renewed(request: Asked, pk: int) -> HttpResponse:
    row = _found(request.auth, pk)
    return _done(request.auth, pk, lambda: actions.renew(request.auth, pk, row.version))


@pieces.post(
    "/{int:pk}/confirm",
    auth=needs(IntelligenceRight.ADD),
    response=responses(IntelligenceOut, 404, 409),
    operation_id="confirm_intelligence",
    openapi_extra=KEY,
)
def confirm_intelligence(request: Asked, pk: int, sent: ConfirmationNew) -> HttpResponse:
    """Confirm it from another source."""
    return _confirmed(request, pk, sent)


@once
def _confirmed(request: Asked, pk: int, sent: ConfirmationNew) -> HttpResponse:
    _found(request.auth, pk)
    form = ConfirmationForm({"day": timezone.localdate(), **sent.dict(exclude_unset=True)})
    fields = _checked(form, actions.OF_CONFIRMATION)
    return _done(request.auth, pk, lambda: actions.confirm(request.auth, pk, fields))


@pieces.post(
    "/{int:pk}/settle",
    auth=needs(IntelligenceRight.SETTLE),
    response=responses(IntelligenceOut, 404, 409),
    operation_id="settle_intelligence",
    openapi_extra=KEY,
)
def settle_intelligence(request: Asked, pk: int, sent: Settled) -> HttpResponse:
    """Say which of two contradicting facts holds; this one is superseded."""
    return _settled(request, pk, sent)


@once
def _settled(request: Asked, pk: int, sent: Settled) -> HttpResponse:
    row, other = _found(request.auth, pk), _found(request.auth, sent.holds)
    return _done(request.auth, pk, lambda: actions.settle(request.auth, pk, row.version, other.pk))


@pieces.delete(
    "/{int:pk}",
    auth=needs(IntelligenceRight.ADD),
    response=responses(IntelligenceOut, 403, 404, 412, 428),
    operation_id="put_away_intelligence",
    openapi_extra=MATCH,
)
def put_away_intelligence(request: Asked, pk: int) -> HttpResponse:
    """Put it away; it can be fetched back on its page."""
    row = _found(request.auth, pk)
    require_match(request, etag(row.version))
    try:
        actions.put_away(request.auth, pk)
    except Forbidden:
        raise Problem(
            FORBIDDEN, Message(_("Only who wrote it, who manages the account and heads can do this"))
        ) from None
    return _shown(request.auth, row)


@competitors.get(
    "",
    auth=needs(IntelligenceRight.MARKET),
    response=responses(ListPage),
    operation_id="list_competitors",
    openapi_extra=parameters(COMPETITORS),
)
def list_competitors(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Who sells against us, a page at a time."""
    return answered(request, request.auth, COMPETITORS, response, limit)


@competitors.get(
    "/{int:pk}",
    auth=needs(IntelligenceRight.MARKET),
    response=responses(CompetitorOut, 404),
    operation_id="get_competitor",
)
def get_competitor(request: Asked, pk: int) -> HttpResponse:
    """One competitor; its pieces are found under /intelligence?q=NAME."""
    row: Competitor | None = questions.competitors(request.auth).filter(pk=pk).first()
    if row is None:
        raise not_found()
    names = ("name", "web", "note", "known", "at_accounts")
    document = {"id": row.pk, **{name: getattr(row, name) for name in names}}
    return answer(document, 200, {"ETag": etag(row.version)})


ROUTERS: Final = (("/intelligence", pieces), ("/competitors", competitors))
