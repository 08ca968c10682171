"""What colleagues handed to the user."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.tasks import questions
from vitalfew.tasks.models import Decision
from vitalfew.terms import gettext_noop as _

MOST: Final = 30
PRIORITY: Final = 5e8


def waiting(user: User) -> Iterator[Task]:
    for row in questions.handed_to(user, timezone.localdate())[:MOST]:
        yield _task(row)


def _task(row: Decision) -> Task:
    text = _("{who} handed this to you: {note}") if row.note else _("{who} handed this to you")
    figures: dict[str, str | Word] = {"who": row.user.name, "note": row.note}
    return Task(
        row.what, Message(text, figures), _("Open"), row.url, row.customer, due=row.due, priority=PRIORITY, soon=True,
        advice=True,
    )  # fmt: skip
