"""What the club asks for: to know ahead who falls out, so that something can be done."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from vitalfew.club import questions
from vitalfew.club.models import Member
from vitalfew.club.rights import ClubRight
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 30


def waiting(user: User) -> Iterator[Task]:
    if user.may(ClubRight.NOMINATE):
        yield from (_task(row) for row in questions.told_ahead(user)[:MOST])


def _task(row: Member) -> Task:
    figures: dict[str, Any] = {
        "account": row.account.name,
        "level": str(row.level),
        "day": Day(day_number(row.leaves_on or timezone.localdate())),
    }
    why = Message(_("{account} meets the rule of the level {level} no more and leaves it on {day}"), figures)
    return Task(
        _("Talk to a member that falls out of the club"), why, _("See why"), row.get_absolute_url(), row.account.code,
        due=row.leaves_on, advice=True,
    )  # fmt: skip
