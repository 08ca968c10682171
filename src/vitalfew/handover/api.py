"""/handovers: accounts on their way from one of us to another."""

from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, form_refused, not_found
from vitalfew.api.versions import MATCH, etag, require_match
from vitalfew.handover import actions, questions
from vitalfew.handover.forms import AgreedForm, StartForm
from vitalfew.handover.listing import HANDOVERS
from vitalfew.handover.models import Handover
from vitalfew.handover.rights import HandoverRight
from vitalfew.handover.words import HandoverCause, StepState
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User

router = Router(tags=["handovers"])
KEY: Final = {"parameters": [PARAMETER]}
ACTED: Final = {"parameters": [PARAMETER, *MATCH["parameters"]]}
REFUSED: Final = (404, 409, 412, 428)


class HandoverNew(Schema):
    """An account is to go to somebody else; the successor is a user name."""

    account: str
    successor: str
    cause: HandoverCause = HandoverCause.REASSIGNED
    due: date
    note: str = ""


class StepOut(Schema):
    """Something to be done."""

    id: int
    kind: str
    person: str | None
    state: str


class HandoverOut(Schema):
    """A handover; people of ours by user name."""

    id: int
    account: str
    cause: str
    state: str
    giver: str | None
    successor: str | None
    due: date
    note: str
    started_on: date
    accepted_on: date | None
    agreed_on: date | None
    agreed_by: str
    done_on: date | None
    declined_because: str
    steps: list[StepOut]


class Reason(Schema):
    """Why not."""

    reason: str


class Agreement(Schema):
    """Who of the customer's agreed, when, and how: at a visit, by phone or in writing."""

    by: str
    on: date
    how: str


class StepChange(Schema):
    """How a step stands."""

    state: StepState


@router.get(
    "",
    auth=needs(HandoverRight.SEE),
    response=responses(ListPage),
    operation_id="list_handovers",
    openapi_extra=parameters(HANDOVERS),
)
def list_handovers(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Handovers the caller may see, a page at a time."""
    return answered(request, request.auth, HANDOVERS, response, limit)


@router.get(
    "/{int:pk}", auth=needs(HandoverRight.SEE), response=responses(HandoverOut, 404), operation_id="get_handover"
)
def get_handover(request: Asked, pk: int) -> HttpResponse:
    """One handover; its ETag is its version."""
    return _shown(_found(request.auth, pk))


def _found(user: User, pk: int) -> Handover:
    row = questions.handovers(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def _shown(row: Handover, status: int = 200) -> HttpResponse:
    document = {
        "id": row.pk, "account": row.account.code, "cause": row.cause, "state": row.state,
        "giver": row.giver and row.giver.username, "successor": row.successor and row.successor.username,
        "due": row.due, "note": row.note, "started_on": row.made_at.date(),
        "accepted_on": row.accepted_at and row.accepted_at.date(), "agreed_on": row.agreed_on,
        "agreed_by": row.agreed_by, "done_on": row.done_at and row.done_at.date(),
        "declined_because": row.declined_because, "steps": [_step(step) for step in questions.steps(row)],
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version), "Location": f"/api/v1/handovers/{row.pk}"})


def _step(step: Any) -> dict[str, Any]:
    return {"id": step.pk, "kind": step.kind, "person": step.person and step.person.name, "state": step.state}


@router.post(
    "",
    auth=needs(HandoverRight.HAND_OVER),
    response=responses(HandoverOut, 404, 409, status=201),
    operation_id="start_handover",
    openapi_extra=KEY,
)
def start_handover(request: Asked, sent: HandoverNew) -> HttpResponse:
    """Begin the handover of an account: one's own, or, as a head of the department, anybody's."""
    return _started(request, sent)


@once
def _started(request: Asked, sent: HandoverNew) -> HttpResponse:
    account = visible(request.auth, sent.account)
    form = StartForm({**sent.dict(exclude={"account", "successor"}), "manager": sent.successor})
    if not form.is_valid():
        raise form_refused({"successor" if name == "manager" else name: texts for name, texts in form.errors.items()})
    given = form.cleaned_data
    wish = actions.Wish(given["manager"], given["cause"], given["due"], given["note"])
    rows = _possible(lambda: actions.start(request.auth, [account], wish))
    return _shown(_found(request.auth, rows[0].pk), 201)


def _possible(act: Any) -> Any:
    try:
        return act()
    except actions.NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None


@once
def _acted(request: Asked, pk: int, act: Any) -> HttpResponse:
    """A step of the handover in the version that the caller saw; who gave an account away may see it no more."""
    row = _found(request.auth, pk)
    require_match(request, etag(row.version))
    _possible(act)
    return _shown(Handover.objects.get(pk=pk))


@router.post(
    "/{int:pk}/accept",
    auth=needs(HandoverRight.HAND_OVER),
    response=responses(HandoverOut, *REFUSED),
    operation_id="accept_handover",
    openapi_extra=ACTED,
)
def accept_handover(request: Asked, pk: int) -> HttpResponse:
    """The successor takes the account."""
    return _acted(request, pk, lambda: actions.accept(request.auth, pk))


@router.post(
    "/{int:pk}/decline",
    auth=needs(HandoverRight.HAND_OVER),
    response=responses(HandoverOut, *REFUSED),
    operation_id="decline_handover",
    openapi_extra=ACTED,
)
def decline_handover(request: Asked, pk: int, sent: Reason) -> HttpResponse:
    """The successor can't take it, and says why."""
    return _acted(request, pk, lambda: actions.decline(request.auth, pk, sent.reason))


@router.post(
    "/{int:pk}/agree",
    auth=needs(HandoverRight.HAND_OVER),
    response=responses(HandoverOut, *REFUSED),
    operation_id="agree_handover",
    openapi_extra=ACTED,
)
def agree_handover(request: Asked, pk: int, sent: Agreement) -> HttpResponse:
    """The customer agreed."""
    form = AgreedForm(sent.dict())
    if not form.is_valid():
        raise form_refused(form.errors)
    given = form.cleaned_data
    return _acted(request, pk, lambda: actions.agree(request.auth, pk, given["by"], given["on"], given["how"]))


@router.patch(
    "/{int:pk}/steps/{int:step}",
    auth=needs(HandoverRight.HAND_OVER),
    response=responses(HandoverOut, *REFUSED),
    operation_id="change_handover_step",
    openapi_extra=MATCH,
)
def change_handover_step(request: Asked, pk: int, step: int, sent: StepChange) -> HttpResponse:
    """A step is done, not needed, or open again."""
    if not _found(request.auth, pk).steps.filter(pk=step).exists():
        raise not_found()
    return _acted(request, pk, lambda: actions.tick(request.auth, step, sent.state))


@router.delete(
    "/{int:pk}",
    auth=needs(HandoverRight.HAND_OVER),
    response=responses(HandoverOut, *REFUSED),
    operation_id="call_off_handover",
    openapi_extra=MATCH,
)
def call_off_handover(request: Asked, pk: int) -> HttpResponse:
    """It does not take place; who had the account keeps it."""
    return _acted(request, pk, lambda: actions.call_off(request.auth, pk))


ROUTERS: Final = (("/handovers", router),)
