"""/mails: mail that came in, and where it belongs."""

from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.lists.operations import Operations
from vitalfew.mails import actions, questions
from vitalfew.mails.listing import MAILS
from vitalfew.mails.models import Mail
from vitalfew.mails.rights import MailRight
from vitalfew.people.models import User

router = Router(tags=["mails"])


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


def _told(_user: User, row: Mail) -> dict[str, Any]:
    return {
        "subject": row.title, "sender": row.sender, "recipients": row.addresses, "day": row.day, "side": row.side,
        "text": row.text, "files": [file["name"] for file in row.files], "state": row.state, "why": row.why,
        "account": row.account.code if row.account else None, "activity": row.activity_id,
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "mail", MAILS, questions.mails, MailOut, _told, see=MailRight.SEE, write=MailRight.MATCH
)
OPERATIONS.reads(
    "One's mails, latest first, a page at a time; an administrator's are all.", "One mail; its ETag is its version."
)


@OPERATIONS.does("match", matched=True)
def match_mail(user: User, row: Mail, sent: Place) -> None:
    """It belongs to this account."""
    actions.match(user, row.pk, visible(user, sent.account))


@OPERATIONS.does("part", matched=True)
def part_mail(user: User, row: Mail) -> None:
    """Back into the tray; nothing of it stays at the account."""
    actions.part(user, row.pk)


@OPERATIONS.puts_away
def put_away_mail(user: User, row: Mail) -> None:
    """It belongs nowhere."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/mails", router),)
