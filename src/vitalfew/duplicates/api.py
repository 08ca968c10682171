"""/duplicates: pairs of records that may be one, and decisions about them."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, not_accepted, not_found
from vitalfew.api.versions import changed, etag, require_match
from vitalfew.duplicates import actions, questions
from vitalfew.duplicates.listing import DUPLICATES
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.duplicates.states import Decision, Kind
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import Stale
from vitalfew.terms import gettext_noop as _

router = Router(tags=["duplicates"])
CHANGES: Final = {
    "parameters": [
        {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"},
         "description": "The ETag of the pair that is decided"},
        PARAMETER,
    ]
}  # fmt: skip
SIDES: Final = frozenset({"one", "other"})


class DecisionIn(Schema):
    """What is decided: same, different or later; with same, which record stays: one or other."""

    decision: str
    kept: str = "one"

    model_config = {"extra": "forbid"}


class RecordOut(Schema):
    """One of the two records: an account by its code, a person by number."""

    code: str | None
    person: int | None
    name: str


class ReasonOut(Schema):
    """A reason, and whether it speaks for one and the same."""

    speaks_for: bool
    says: str


class PairOut(Schema):
    """A pair in full."""

    id: int
    kind: str
    one: RecordOut
    other: RecordOut
    probability: float
    reasons: list[ReasonOut]
    at_stake: float
    state: str
    until: date | None
    decided_by: str | None
    decided_at: datetime | None
    version: int


@router.get(
    "",
    auth=needs(DuplicateRight.SEE),
    response=responses(ListPage),
    operation_id="list_duplicates",
    openapi_extra=parameters(DUPLICATES),
)
def list_duplicates(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Pairs of records that may be one, most money first, a page at a time."""
    return answered(request, request.auth, DUPLICATES, response, limit)


@router.get("/{int:pk}", auth=needs(DuplicateRight.SEE), response=responses(PairOut, 404), operation_id="get_duplicate")
def get_duplicate(request: Asked, pk: int) -> HttpResponse:
    """One pair; its ETag is its version."""
    return _shown(_found(request.auth, pk))


@router.post(
    "/{int:pk}/decide",
    auth=needs(DuplicateRight.DECIDE),
    response=responses(PairOut, 404, 409, 412, 428),
    operation_id="decide_duplicate",
    openapi_extra=CHANGES,
)
def decide_duplicate(request: Asked, pk: int, sent: DecisionIn) -> HttpResponse:
    """Merge the two, tell them apart for good, or put the decision off."""
    return _decided(request, pk, sent)


@once
def _decided(request: Asked, pk: int, sent: DecisionIn) -> HttpResponse:
    pair = _matched(request, pk)
    if sent.decision not in set(Decision):
        raise not_accepted("decision", Message(_("Decide on one of: {words}"), {"words": ", ".join(Decision)}))
    if sent.kept not in SIDES:
        raise not_accepted("kept", Message(_("The record that stays is one or other")))
    try:
        actions.decide(request.auth, pk, pair.version, Decision[sent.decision.upper()], sent.kept)
    except Stale:
        raise _decided_already(request.auth, pk) from None
    return _shown(_found(request.auth, pk))


@router.post(
    "/{int:pk}/undo",
    auth=needs(DuplicateRight.DECIDE),
    response=responses(PairOut, 404, 409, 412, 428),
    operation_id="undo_duplicate",
    openapi_extra=CHANGES,
)
def undo_duplicate(request: Asked, pk: int) -> HttpResponse:
    """Take a decision back: what was merged is two again, the pair waits again."""
    return _undone(request, pk)


@once
def _undone(request: Asked, pk: int) -> HttpResponse:
    pair = _matched(request, pk)
    try:
        actions.undo(request.auth, pk, pair.version)
    except Stale:
        raise changed(etag(_found(request.auth, pk).version)) from None
    except actions.NotNow:
        raise Problem(CONFLICT, Message(_("The record that stands was merged into another since"))) from None
    return _shown(_found(request.auth, pk))


def _matched(request: HttpRequest, pk: int) -> Pair:
    user: User = request.auth  # type: ignore[attr-defined]  # the gate puts it there
    pair = _found(user, pk)
    require_match(request, etag(pair.version))
    return pair


def _decided_already(user: User, pk: int) -> Problem:
    return Problem(
        CONFLICT,
        Message(_("This pair is decided already: undo that first")),
        headers={"ETag": etag(_found(user, pk).version)},
    )


def _found(user: User, pk: int) -> Pair:
    found = questions.pair(user, pk)
    if found is None:
        raise not_found()
    return found


def _shown(pair: Pair) -> HttpResponse:
    reasons = [{"speaks_for": good, "says": message.say(language())} for good, message in questions.reasons(pair)]
    told = ("probability", "at_stake", "state", "until", "decided_at", "version", "kind")
    document = {
        "id": pair.pk, "one": _record(pair, pair.one), "other": _record(pair, pair.other), "reasons": reasons,
        "decided_by": pair.decided_by or None, **{name: getattr(pair, name) for name in told},
    }  # fmt: skip
    return answer(document, 200, {"ETag": etag(pair.version)})


def _record(pair: Pair, side: Any) -> dict[str, Any]:
    company = pair.kind == Kind.ACCOUNT
    return {"code": side.code if company else None, "person": None if company else side.pk, "name": side.name}


ROUTERS: Final = (("/duplicates", router),)
