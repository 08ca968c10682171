"""/comments: what we say to each other about what passed with an account."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.comments import actions, questions
from vitalfew.comments.forms import CommentForm
from vitalfew.comments.listing import COMMENTS
from vitalfew.comments.models import Comment
from vitalfew.comments.rights import CommentRight
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User
from vitalfew.people.records import Stale

router = Router(tags=["comments"])
KEY: Final = {"parameters": [PARAMETER]}


class CommentChange(Schema):
    """What is said; @ and a name or user name mention somebody who may see the account."""

    text: str

    model_config = {"extra": "forbid"}


class CommentNew(CommentChange):
    """A comment on a record: its kind (activity, …) and its id."""

    kind: str
    number: int


class CommentOut(Schema):
    """A comment; people of ours by user name."""

    id: int
    account: str
    kind: str
    number: int
    text: str
    who: str | None
    mentions: list[str]
    made_at: datetime
    version: int


@router.get(
    "",
    auth=needs(CommentRight.SEE),
    response=responses(ListPage),
    operation_id="list_comments",
    openapi_extra=parameters(COMMENTS),
)
def list_comments(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Comments the caller may see, latest first, a page at a time."""
    return answered(request, request.auth, COMMENTS, response, limit)


@router.get("/{int:pk}", auth=needs(CommentRight.SEE), response=responses(CommentOut, 404), operation_id="get_comment")
def get_comment(request: Asked, pk: int) -> HttpResponse:
    """One comment; its ETag is its version."""
    return _shown(_found(request.auth, pk))


def _found(user: User, pk: int) -> Comment:
    row = questions.comments(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def _shown(row: Comment, status: int = 200) -> HttpResponse:
    document = {
        "id": row.pk, "account": row.account.code, "kind": row.kind, "number": row.number, "text": row.text,
        "who": row.who.username if row.who else None, "made_at": row.made_at, "version": row.version,
        "mentions": list(row.mentions.order_by("user__username").values_list("user__username", flat=True)),
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version), "Location": f"/api/v1/comments/{row.pk}"})


def _checked(text: str) -> str:
    form = CommentForm({"text": text})
    if not form.is_valid():
        raise form_refused(form.errors)
    said: str = form.cleaned_data["text"]
    return said


@router.post(
    "",
    auth=needs(CommentRight.WRITE),
    response=responses(CommentOut, 404, 409, status=201),
    operation_id="write_comment",
    openapi_extra=KEY,
)
def write_comment(request: Asked, sent: CommentNew) -> HttpResponse:
    """Say something about a record."""
    return _written(request, sent)


@once
def _written(request: Asked, sent: CommentNew) -> HttpResponse:
    text = _checked(sent.text)
    try:
        made = actions.write(request.auth, sent.kind, sent.number, text)
    except Comment.DoesNotExist:
        raise not_found() from None
    return _shown(made, 201)


@router.patch(
    "/{int:pk}",
    auth=needs(CommentRight.WRITE),
    response=responses(CommentOut, 404, 412, 428),
    operation_id="change_comment",
    openapi_extra=MATCH,
)
def change_comment(request: Asked, pk: int, sent: CommentChange) -> HttpResponse:
    """Say it otherwise; If-Match says which version is changed."""
    row = _found(request.auth, pk)
    require_match(request, etag(row.version))
    try:
        actions.change(request.auth, pk, row.version, _checked(sent.text))
    except Stale:
        raise changed(etag(_found(request.auth, pk).version)) from None
    return _shown(_found(request.auth, pk))


@router.delete(
    "/{int:pk}",
    auth=needs(CommentRight.WRITE),
    response=responses(CommentOut, 404, 412, 428),
    operation_id="put_away_comment",
    openapi_extra=MATCH,
)
def put_away_comment(request: Asked, pk: int) -> HttpResponse:
    """Put it away; its mentions wait for nobody any more."""
    require_match(request, etag(_found(request.auth, pk).version))
    return _shown(actions.put_away(request.auth, pk))


ROUTERS: Final = (("/comments", router),)
