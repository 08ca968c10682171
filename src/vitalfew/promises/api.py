"""/promises: what was promised, and what became of it."""

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
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.promises import actions, questions
from vitalfew.promises.forms import GiveUpForm, KeepForm, MoveForm, PromiseForm, ReleaseForm
from vitalfew.promises.listing import PROMISES
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.terms import gettext_noop as _

router = Router(tags=["promises"])
KEY: Final = {"parameters": [PARAMETER]}
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
    """A new promise; owner is a user name, who else than the caller sees to it; made_on is today unless told."""

    account: str
    text: str
    due: date
    origin: str
    owner: str | None = None
    person: int | None = None
    reference: str = ""
    department: str = ""
    made_on: date | None = None

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
    department: str
    owner: str | None
    made_on: date
    due: date
    state: str
    standing: str
    settled_on: date | None
    evidence: str
    consent: str
    moves: list[MoveOut]
    version: int


@router.get(
    "",
    auth=needs(PromiseRight.SEE),
    response=responses(ListPage),
    operation_id="list_promises",
    openapi_extra=parameters(PROMISES),
)
def list_promises(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Promises by the day on which they are due, a page at a time."""
    return answered(request, request.auth, PROMISES, response, limit)


def _found(user: User, pk: int) -> Promise:
    row = questions.promises(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


@router.get("/{int:pk}", auth=needs(PromiseRight.SEE), response=responses(PromiseOut, 404), operation_id="get_promise")
def get_promise(request: Asked, pk: int) -> HttpResponse:
    """One promise."""
    return _shown(_found(request.auth, pk))


@router.post(
    "",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 404, 409, status=201),
    operation_id="add_promise",
    openapi_extra=KEY,
)
def add_promise(request: Asked, sent: PromiseNew) -> HttpResponse:
    """Write down what was promised."""
    return _added(request, sent)


@once
def _added(request: Asked, sent: PromiseNew) -> HttpResponse:
    user, account = request.auth, visible(request.auth, sent.account)
    begun = {"owner": user.username, "made_on": timezone.localdate()}
    form = PromiseForm(user, account, begun | sent.dict(exclude={"account"}, exclude_none=True))
    fields = _checked(form, (*actions.FIELDS, "due"))
    made = actions.promise(user, account, fields)
    return _shown(_found(user, made.pk), 201)


@router.patch(
    "/{int:pk}",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 412, 428),
    operation_id="change_promise",
    openapi_extra=MATCH,
)
def change_promise(request: Asked, pk: int, sent: PromiseChange) -> HttpResponse:
    """Correct a promise. Fields not sent stay."""
    user, row = request.auth, _found(request.auth, pk)
    require_match(request, etag(row.version))
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"owner": row.owner.username if row.owner else "", "person": row.person_id}
    form = PromiseForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=_found(user, pk))
    fields = _checked(form, actions.FIELDS)
    return _done(user, pk, lambda: actions.change(user, pk, row.version, fields))


def _checked(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if not form.is_valid():
        raise form_refused(form.errors)
    return {name: form.cleaned_data[name] for name in names}


def _done(user: User, pk: int, act: Callable[[], Any]) -> HttpResponse:
    """The promise after something was done with it; said in words why it could not be."""
    try:
        act()
    except Stale as stale:
        raise changed(etag(stale.current.version)) from None
    except actions.NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None
    except Forbidden:
        raise Problem(FORBIDDEN, NOT_YOURS) from None
    return _shown(_found(user, pk))


@router.post(
    "/{int:pk}/keep",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 409),
    operation_id="keep_promise",
    openapi_extra=KEY,
)
def keep_promise(request: Asked, pk: int, sent: PromiseKept) -> HttpResponse:
    """Settle it as done, in time or too late by its day."""
    return _kept(request, pk, sent)


@once
def _kept(request: Asked, pk: int, sent: PromiseKept) -> HttpResponse:
    row = _found(request.auth, pk)
    said = _checked(KeepForm({"version": row.version, **sent.dict()}), ("version", "on", "evidence"))
    return _done(request.auth, pk, lambda: actions.keep(request.auth, pk, **said))


@router.post(
    "/{int:pk}/move",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 409),
    operation_id="move_promise",
    openapi_extra=KEY,
)
def move_promise(request: Asked, pk: int, sent: PromiseMoved) -> HttpResponse:
    """Move its day, with the customer's consent."""
    return _moved(request, pk, sent)


@once
def _moved(request: Asked, pk: int, sent: PromiseMoved) -> HttpResponse:
    row = _found(request.auth, pk)
    said = _checked(MoveForm({"version": row.version, **sent.dict()}), actions.OF_MOVE)
    return _done(request.auth, pk, lambda: actions.move(request.auth, pk, row.version, said))


@router.post(
    "/{int:pk}/release",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 409),
    operation_id="release_promise",
    openapi_extra=KEY,
)
def release_promise(request: Asked, pk: int, sent: PromiseReleased) -> HttpResponse:
    """Settle it as released by the customer."""
    return _released(request, pk, sent)


@once
def _released(request: Asked, pk: int, sent: PromiseReleased) -> HttpResponse:
    row = _found(request.auth, pk)
    said = _checked(ReleaseForm({"version": row.version, **sent.dict()}), ("version", "on", "consent", "why"))
    return _done(request.auth, pk, lambda: actions.release(request.auth, pk, **said))


@router.post(
    "/{int:pk}/give-up",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 409),
    operation_id="give_up_promise",
    openapi_extra=KEY,
)
def give_up_promise(request: Asked, pk: int, sent: PromiseGivenUp) -> HttpResponse:
    """Settle it as not kept."""
    return _given_up(request, pk, sent)


@once
def _given_up(request: Asked, pk: int, sent: PromiseGivenUp) -> HttpResponse:
    row = _found(request.auth, pk)
    said = _checked(GiveUpForm({"version": row.version, **sent.dict()}), ("version", "why"))
    return _done(request.auth, pk, lambda: actions.give_up(request.auth, pk, **said))


@router.post(
    "/{int:pk}/reopen",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 409),
    operation_id="reopen_promise",
    openapi_extra=KEY,
)
def reopen_promise(request: Asked, pk: int) -> HttpResponse:
    """Open it again, as if it had not been settled."""
    return _reopened(request, pk)


@once
def _reopened(request: Asked, pk: int) -> HttpResponse:
    _found(request.auth, pk)
    return _done(request.auth, pk, lambda: actions.reopen(request.auth, pk))


@router.delete(
    "/{int:pk}",
    auth=needs(PromiseRight.MAKE),
    response=responses(PromiseOut, 403, 404, 412, 428),
    operation_id="put_away_promise",
    openapi_extra=MATCH,
)
def put_away_promise(request: Asked, pk: int) -> HttpResponse:
    """Put it away; it can be fetched back on its page."""
    row = _found(request.auth, pk)
    require_match(request, etag(row.version))
    try:
        actions.put_away(request.auth, pk)
    except Forbidden:
        raise Problem(FORBIDDEN, NOT_YOURS) from None
    return _shown(row)


def _shown(row: Promise, status: int = 200) -> HttpResponse:
    plain = (
        "text", "origin", "reference", "department", "made_on", "due", "state", "settled_on", "evidence", "consent", "version"
    )  # fmt: skip
    moves = [{name: getattr(each, name) for name in (*actions.OF_MOVE, "was_due")} for each in row.moves.all()]
    document = {
        "id": row.pk, "account": row.account.code, "person": row.person_id,
        "owner": row.owner.username if row.owner else None, "standing": row.standing.value, "moves": moves,
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version), "Location": f"/api/v1/promises/{row.pk}"})


ROUTERS: Final = (("/promises", router),)
