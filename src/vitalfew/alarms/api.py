"""/alarms: what one was told of, and answering it."""

from datetime import date, datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.alarms import actions, questions
from vitalfew.alarms.listing import ALARMS
from vitalfew.alarms.models import Alarm
from vitalfew.alarms.rights import AlarmRight
from vitalfew.language import translate
from vitalfew.lists.operations import Operations
from vitalfew.people.language import language
from vitalfew.people.models import User

router = Router(tags=["alarms"])


class AlarmOut(Schema):
    """An alarm in full; repeats are the further days on which it stood and nobody was told again."""

    id: int
    kind: str
    account: str | None
    says: str
    advice: str
    url: str
    urgency: str
    state: str
    since: date | None
    raised_at: datetime
    answered_by: str | None
    answered_at: datetime | None
    escalated_at: datetime | None
    ended_at: datetime | None
    acted_on: date | None
    repeats: int
    episode: int
    told: list[str]
    version: int


def _told(_user: User, row: Alarm) -> dict[str, Any]:
    plain = (
        "kind", "url", "urgency", "state", "since", "raised_at", "answered_at", "escalated_at", "ended_at", "acted_on",
        "repeats", "episode",
    )  # fmt: skip
    kind = row.of
    return {
        "account": row.account.code if row.account else None, "says": row.text,
        "advice": translate(kind.advice, language()) if kind else "",
        "answered_by": row.answered_by.username if row.answered_by else None,
        "told": [each.user.username for each in questions.tellings(row)],
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "alarm", ALARMS, questions.alarms, AlarmOut, _told, see=AlarmRight.SEE, write=AlarmRight.SEE,
)  # fmt: skip
OPERATIONS.reads(
    "Alarms, the latest first, a page at a time: those the caller was told of; heads get all.", "One alarm."
)


@OPERATIONS.does("acknowledge")
def acknowledge_alarm(user: User, row: Alarm) -> None:
    """Say that one knows and sees to it: it goes no higher."""
    actions.acknowledge(user, row.pk, row.version)


@OPERATIONS.does("done")
def finish_alarm(user: User, row: Alarm) -> None:
    """Say that what was to do is done."""
    actions.finish(user, row.pk, row.version)


@OPERATIONS.does("reopen")
def reopen_alarm(user: User, row: Alarm) -> None:
    """As if nobody had answered."""
    actions.reopen(user, row.pk)


ROUTERS: Final = (("/alarms", router),)
