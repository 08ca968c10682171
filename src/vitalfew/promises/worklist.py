"""What promises ask for: to keep one, and to tell the customer of one that somebody else has not kept."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 30
OVERDUE: Final = 2e9
SOON: Final = 1e9
"""One's own word stands before what the analyses advise, whose priority is money."""


def waiting(user: User) -> Iterator[Task]:
    if not user.may(PromiseRight.MAKE):
        return
    rows = list(questions.asking(user)[:MOST])
    yield from (_keep(row) for row in rows if not _another_keeps(row, user))
    yield from (_tell(row) for row in rows if _another_keeps(row, user))


def _another_keeps(row: Promise, user: User) -> bool:
    return row.owner is not None and row.owner.is_active and row.owner_id != user.pk


def _keep(row: Promise) -> Task:
    over = row.due < timezone.localdate()
    why = _("Its day has passed: {text}") if over else _("{account} was promised: {text}")
    return Task(
        _("Keep a promise"), Message(why, _figures(row)), _("Settle it"), row.get_absolute_url(), row.account.code,
        due=row.due, soon=True, priority=OVERDUE if over else SOON,
    )  # fmt: skip


def _tell(row: Promise) -> Task:
    why = Message(_("{who} has not kept a promise: {text}. Better it hears so from us"), _figures(row))
    return Task(
        _("Tell the customer before it asks"), why, _("Open"), row.get_absolute_url(), row.account.code, due=row.due,
        soon=True, priority=OVERDUE,
    )  # fmt: skip


def _figures(row: Promise) -> dict[str, Any]:
    return {"account": row.account.name, "text": str(row), "who": str(row.owner or "–")}
