"""/directory: distributors, agents, suppliers and carriers, with what the facts tell of them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.accounts.models import Account
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.directory import actions, measuring, questions
from vitalfew.directory.figures import Counted
from vitalfew.directory.forms import OrganisationForm, ServeForm
from vitalfew.directory.kinds import Kind
from vitalfew.directory.listing import ORGANISATIONS
from vitalfew.directory.models import Organisation, Served
from vitalfew.directory.rights import DirectoryRight
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User
from vitalfew.people.records import Stale

router = Router(tags=["directory"])
KEY: Final = {"parameters": [PARAMETER]}
PLAIN: Final = tuple(name for name in actions.FIELDS if name not in {each.value for each in Kind} and name != "account")


class OrganisationChange(Schema):
    """What can be set; what is not sent stays. Kinds are distributor, agent, supplier, carrier; account is a code."""

    name: str | None = None
    kinds: list[str] | None = None
    code: str | None = None
    region: str | None = None
    country: str | None = None
    uscc: str | None = None
    web: str | None = None
    phone: str | None = None
    email: str | None = None
    channel: str | None = None
    note: str | None = None
    account: str | None = None

    model_config = {"extra": "forbid"}


class OrganisationNew(OrganisationChange):
    """A new organisation."""

    name: str
    kinds: list[str]


class ServedNew(Schema):
    """For which account it works, as what."""

    account: str
    kind: str
    since: date | None = None

    model_config = {"extra": "forbid"}


class ServedOut(Schema):
    """An account that it serves."""

    id: int
    account: str
    kind: str
    since: date | None


class PersonOut(Schema):
    """Somebody to turn to."""

    name: str
    title: str
    phone: str
    email: str


class FiguresOut(Schema):
    """Twelve months and the twelve before; null where the facts can't tell. Over the accounts the caller sees."""

    basis: str
    accounts: int
    sales: float | None
    sales_before: float | None
    growth: float | None
    due: int
    late: int
    due_before: int
    late_before: int
    late_share: float | None
    late_share_low: float | None
    late_share_high: float | None
    direction: str | None
    complaints: int | None
    complaints_before: int | None


class OrganisationOut(Schema):
    """An organisation in full."""

    id: int
    name: str
    kinds: list[str]
    code: str
    region: str
    country: str
    uscc: str
    web: str
    phone: str
    email: str
    channel: str
    note: str
    account: str | None
    people: list[PersonOut]
    serves: list[ServedOut]
    figures: FiguresOut
    version: int


@router.get(
    "",
    auth=needs(DirectoryRight.SEE),
    response=responses(ListPage),
    operation_id="list_directory",
    openapi_extra=parameters(ORGANISATIONS),
)
def list_directory(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Distributors, agents, suppliers and carriers, a page at a time."""
    return answered(request, request.auth, ORGANISATIONS, response, limit)


@router.get(
    "/{int:pk}",
    auth=needs(DirectoryRight.SEE),
    response=responses(OrganisationOut, 404),
    operation_id="get_organisation",
)
def get_organisation(request: Asked, pk: int) -> HttpResponse:
    """One organisation; its ETag is its version."""
    return _shown(request.auth, _found(request.auth, pk))


def _found(user: User, pk: int) -> Organisation:
    row: Organisation | None = questions.organisations(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def _shown(user: User, row: Organisation, status: int = 200) -> HttpResponse:
    people = [{name: getattr(each, name) for name in PersonOut.model_fields} for each in row.people.all()]
    document = {
        **{name: getattr(row, name) for name in PLAIN}, "id": row.pk, "kinds": [each.value for each in row.kinds],
        "account": row.account.code if row.account else None, "people": people,
        "serves": [_served(each) for each in questions.served(user, row)], "figures": _figures(counted_for(user, row)),
        "version": row.version,
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version), "Location": f"/api/v1/directory/{row.pk}"})


def counted_for(user: User, row: Organisation) -> Counted:
    """Over all accounts for who sees all; for others over theirs."""
    everything = user.may(DirectoryRight.FIGURES)
    seen = None if everything else set(Account.objects.visible_to(user).values_list("pk", flat=True))
    return measuring.counted([row], seen)[row.pk]


def _served(each: Served) -> dict[str, Any]:
    return {"id": each.pk, "account": each.account.code, "kind": each.kind, "since": each.since}


def _figures(one: Counted) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    plain = {name: getattr(one, name) for name in Counted.__dataclass_fields__ if name != "basis"}
    return {
        **plain, "basis": one.basis.value, "growth": one.growth, "late_share": one.late_share, "late_share_low": low,
        "late_share_high": high, "direction": one.direction.value if one.direction else None,
    }  # fmt: skip


@router.post(
    "",
    auth=needs(DirectoryRight.EDIT),
    response=responses(OrganisationOut, 409, status=201),
    operation_id="add_organisation",
    openapi_extra=KEY,
)
def add_organisation(request: Asked, sent: OrganisationNew) -> HttpResponse:
    """Add an organisation."""
    return _added(request, sent)


@once
def _added(request: Asked, sent: OrganisationNew) -> HttpResponse:
    user = request.auth
    fields = _checked(OrganisationForm(user, _as_form(sent.dict(exclude_unset=True))), actions.FIELDS)
    return _shown(user, _found(user, actions.add(user, fields).pk), 201)


def _as_form(said: dict[str, Any]) -> dict[str, Any]:
    """Kinds as the boxes that a form has."""
    kinds = said.pop("kinds", None)
    return said if kinds is None else {**said, **{each.value: each.value in kinds for each in Kind}}


def _checked(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if not form.is_valid():
        raise form_refused(form.errors)
    return {name: form.cleaned_data[name] for name in names}


@router.patch(
    "/{int:pk}",
    auth=needs(DirectoryRight.EDIT),
    response=responses(OrganisationOut, 404, 412, 428),
    operation_id="change_organisation",
    openapi_extra=MATCH,
)
def change_organisation(request: Asked, pk: int, sent: OrganisationChange) -> HttpResponse:
    """Change an organisation. Fields not sent stay."""
    user, row = request.auth, _found(request.auth, pk)
    require_match(request, etag(row.version))
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known["account"] = row.account.code if row.account else ""
    form = OrganisationForm(user, {**known, **_as_form(sent.dict(exclude_unset=True))}, instance=_found(user, pk))
    fields = _checked(form, actions.FIELDS)
    return _done(user, pk, lambda: actions.change(user, pk, row.version, fields))


def _done(user: User, pk: int, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Stale as stale:
        raise changed(etag(stale.current.version)) from None
    except actions.NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None
    return _shown(user, _found(user, pk))


@router.delete(
    "/{int:pk}",
    auth=needs(DirectoryRight.EDIT),
    response=responses(OrganisationOut, 404, 412, 428),
    operation_id="put_away_organisation",
    openapi_extra=MATCH,
)
def put_away_organisation(request: Asked, pk: int) -> HttpResponse:
    """Put it away."""
    row = _found(request.auth, pk)
    require_match(request, etag(row.version))
    actions.put_away(request.auth, pk)
    return _shown(request.auth, row)


@router.post(
    "/{int:pk}/accounts",
    auth=needs(DirectoryRight.EDIT),
    response=responses(OrganisationOut, 404, 409),
    operation_id="serve_account",
    openapi_extra=KEY,
)
def serve_account(request: Asked, pk: int, sent: ServedNew) -> HttpResponse:
    """Say that it works for an account."""
    return _serving(request, pk, sent)


@once
def _serving(request: Asked, pk: int, sent: ServedNew) -> HttpResponse:
    user, row = request.auth, _found(request.auth, pk)
    account = visible(user, sent.account)
    fields = _checked(ServeForm(user, row, sent.dict()), ("kind", "since"))
    return _done(user, pk, lambda: actions.serve(user, pk, account, fields))


@router.delete(
    "/{int:pk}/accounts/{int:served}",
    auth=needs(DirectoryRight.EDIT),
    response=responses(OrganisationOut, 404),
    operation_id="serve_account_no_more",
)
def serve_account_no_more(request: Asked, pk: int, served: int) -> HttpResponse:
    """Say that it works for the account no more."""
    user, row = request.auth, _found(request.auth, pk)
    if served not in {each.pk for each in questions.served(user, row)}:
        raise not_found()
    return _done(user, pk, lambda: actions.serve_no_more(user, served))


ROUTERS: Final = (("/directory", router),)
