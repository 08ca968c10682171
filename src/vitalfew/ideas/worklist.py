"""What ideas ask for: to look at a new one, and to tell who asked what came of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from vitalfew.ideas import questions
from vitalfew.ideas.models import Idea
from vitalfew.ideas.rights import IdeaRight
from vitalfew.ideas.words import IdeaState
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 20
WITHIN: Final = timedelta(days=14)
PRIORITY: Final = 1.0


def waiting(user: User) -> Iterator[Task]:
    if not user.may(IdeaRight.WRITE):
        return
    for row in questions.asking(user)[:MOST]:
        yield _word(row) if row.word_since else _look(row) if row.state == IdeaState.NEW else _tell(row)


def _word(row: Idea) -> Task:
    """Until it is answered or seen, decided or not."""
    return Task(
        _("Read what the customer writes of an idea"), Message(_("{number}: {text}"), _figures(row)), _("Open"),
        row.get_absolute_url(), row.account.code if row.account else "", soon=True, priority=PRIORITY,
    )  # fmt: skip


def _look(row: Idea) -> Task:
    return Task(
        _("Look at an idea"), Message(_("{number}: {text}"), _figures(row)), _("Open"), row.get_absolute_url(),
        row.account.code if row.account else "", due=row.said_on + WITHIN, priority=PRIORITY,
    )  # fmt: skip


def _tell(row: Idea) -> Task:
    why = Message(_("It is decided, and who asked does not know it. {number}: {text}"), _figures(row))
    return Task(
        _("Tell what came of an idea"), why, _("Open"), row.get_absolute_url(), row.account.code if row.account else "",
        soon=True, priority=PRIORITY,
    )  # fmt: skip


def _figures(row: Idea) -> dict[str, Any]:
    return {"number": row.number, "text": row.brief}
