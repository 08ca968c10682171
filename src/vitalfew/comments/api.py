"""/comments: what we say to each other about what passed with an account."""

from datetime import datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.api.problems import not_found
from vitalfew.comments import actions, questions
from vitalfew.comments.forms import CommentForm
from vitalfew.comments.listing import COMMENTS
from vitalfew.comments.models import Comment
from vitalfew.comments.rights import CommentRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["comments"])


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


def _told(_user: User, row: Comment) -> dict[str, Any]:
    return {
        "account": row.account.code, "kind": row.kind, "number": row.number, "text": row.text,
        "who": row.who.username if row.who else None, "made_at": row.made_at,
        "mentions": list(row.mentions.order_by("user__username").values_list("user__username", flat=True)),
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "comment", COMMENTS, questions.comments, CommentOut, _told, see=CommentRight.SEE, write=CommentRight.WRITE
)
OPERATIONS.reads(
    "Comments the caller may see, latest first, a page at a time.", "One comment; its ETag is its version."
)


def _text(sent: CommentChange) -> str:
    said: str = checked(CommentForm({"text": sent.text}), ("text",))["text"]
    return said


@OPERATIONS.adds
def write_comment(user: User, sent: CommentNew) -> Comment:
    """Say something about a record."""
    text = _text(sent)
    try:
        return actions.write(user, sent.kind, sent.number, text)
    except Comment.DoesNotExist:
        raise not_found() from None


@OPERATIONS.changes
def change_comment(user: User, row: Comment, sent: CommentChange) -> None:
    """Say it otherwise; If-Match says which version is changed."""
    actions.change(user, row.pk, row.version, _text(sent))


@OPERATIONS.puts_away
def put_away_comment(user: User, row: Comment) -> None:
    """Put it away; its mentions wait for nobody any more."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/comments", router),)
