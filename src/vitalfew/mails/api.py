"""/mails: mail that came in, and where it belongs."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, not_found
from vitalfew.api.versions import MATCH, etag, require_match
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.mails import actions, questions
from vitalfew.mails.listing import MAILS
from vitalfew.mails.models import Mail
from vitalfew.mails.rights import MailRight
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible

router = Router(tags=["mails"])
ACTED: Final = {"parameters": [PARAMETER, *MATCH["parameters"]]}
REFUSED: Final = (404, 409, 412, 428)


class MailOut(Schema):
    """A mail; ``activity`` is the line of the timeline it became."""

    id: int
    subject: str
    sender: str
    recipients: list[str]
    day: date
    side: str
    text: str
    files: list[str]
    state: str
    why: str
    account: str | None
    activity: int | None
    version: int


class Place(Schema):
    """The account it belongs to."""

    account: str


@router.get(
    "",
    auth=needs(MailRight.SEE),
    response=responses(ListPage),
    operation_id="list_mails",
    openapi_extra=parameters(MAILS),
)
def list_mails(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """One's mails, latest first, a page at a time; an administrator's are all."""
    return answered(request, request.auth, MAILS, response, limit)


@router.get("/{int:pk}", auth=needs(MailRight.SEE), response=responses(MailOut, 404), operation_id="get_mail")
def get_mail(request: Asked, pk: int) -> HttpResponse:
    """One mail; its ETag is its version."""
    return _shown(_found(request.auth, pk))


def _found(user: User, pk: int) -> Mail:
    row = questions.mails(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def _shown(row: Mail) -> HttpResponse:
    document = {
        "id": row.pk, "subject": row.title, "sender": row.sender, "recipients": row.addresses, "day": row.day,
        "side": row.side, "text": row.text, "files": [file["name"] for file in row.files], "state": row.state,
        "why": row.why, "account": row.account.code if row.account else None, "activity": row.activity_id,
        "version": row.version,
    }  # fmt: skip
    return answer(document, 200, {"ETag": etag(row.version), "Location": f"/api/v1/mails/{row.pk}"})


@once
def _acted(request: Asked, pk: int, act: Callable[[], Mail]) -> HttpResponse:
    """A step in the version that the caller saw."""
    require_match(request, etag(_found(request.auth, pk).version))
    try:
        return _shown(act())
    except NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None


@router.post(
    "/{int:pk}/match",
    auth=needs(MailRight.MATCH),
    response=responses(MailOut, *REFUSED),
    operation_id="match_mail",
    openapi_extra=ACTED,
)
def match_mail(request: Asked, pk: int, sent: Place) -> HttpResponse:
    """It belongs to this account."""
    account = visible(request.auth, sent.account)
    return _acted(request, pk, lambda: actions.match(request.auth, pk, account))


@router.post(
    "/{int:pk}/part",
    auth=needs(MailRight.MATCH),
    response=responses(MailOut, *REFUSED),
    operation_id="part_mail",
    openapi_extra=ACTED,
)
def part_mail(request: Asked, pk: int) -> HttpResponse:
    """Back into the tray; nothing of it stays at the account."""
    return _acted(request, pk, lambda: actions.part(request.auth, pk))


@router.delete(
    "/{int:pk}",
    auth=needs(MailRight.MATCH),
    response=responses(MailOut, *REFUSED),
    operation_id="put_away_mail",
    openapi_extra=MATCH,
)
def put_away_mail(request: Asked, pk: int) -> HttpResponse:
    """It belongs nowhere."""
    return _acted(request, pk, lambda: actions.put_away(request.auth, pk))


ROUTERS: Final = (("/mails", router),)
