"""/letters: what was written to customers, and what became of it."""

from datetime import datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.lists.operations import Operations
from vitalfew.outbox import questions, writing
from vitalfew.outbox.listing import LETTERS
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.rights import OutboxRight
from vitalfew.people.models import User

router = Router(tags=["letters"])


class LetterOut(Schema):
    """A letter to a customer; ``about`` is the record it is about."""

    id: int
    kind: str
    account: str | None
    to: str
    language: str
    subject: str
    paragraphs: list[str]
    about: str
    state: str
    trouble: str
    made_at: datetime
    sent_at: datetime | None
    version: int


def _told(_user: User, row: OutgoingMail) -> dict[str, Any]:
    return {
        "kind": row.kind, "account": row.account.code if row.account else None, "to": row.to, "language": row.language,
        "subject": row.title, "paragraphs": row.paragraphs, "about": row.about, "state": row.state, "trouble": row.trouble,
        "made_at": row.made_at, "sent_at": row.sent_at,
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "letter", LETTERS, questions.letters, LetterOut, _told, see=OutboxRight.SEE, write=OutboxRight.SEND
)
OPERATIONS.reads("Letters to customers, latest first, a page at a time.", "One letter; its ETag is its version.")


@OPERATIONS.does("stop", matched=True)
def stop_letter(user: User, row: OutgoingMail) -> None:
    """It is not sent."""
    writing.stop(user, row.pk)


@OPERATIONS.does("send", matched=True)
def send_letter(user: User, row: OutgoingMail) -> None:
    """What was kept, stopped or refused goes out."""
    writing.send_again(user, row.pk)


ROUTERS: Final = (("/letters", router),)
