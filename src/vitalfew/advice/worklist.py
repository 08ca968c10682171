"""What was accepted waits for who sees to it, a week before its day at the earliest."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils import timezone

from vitalfew.advice import questions
from vitalfew.advice.rights import AdviceRight
from vitalfew.language import Kept
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import NextAction, label_of
from vitalfew.terms import gettext_noop as _

LINES: Final = 30
SOON: Final = timedelta(days=7)


def waiting(user: User) -> Iterator[Task]:
    if not user.may(AdviceRight.ANSWER):
        return
    sees, last = user.may(Right.MONEY), timezone.localdate() + SOON
    for row in questions.waiting(user).filter(due__lte=last)[:LINES]:
        yield Task(
            label_of(NextAction, row.action), Kept(row.why), _("Say what came of it"), row.get_absolute_url(),
            customer=row.account.code, effect=row.effect if sees else None, due=row.due, priority=row.effect or 0.0, soon=True,
        )  # fmt: skip
