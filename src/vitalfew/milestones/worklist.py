"""What milestones ask for: to congratulate in time; of executives, to know of the round ones."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from vitalfew.language import Count, Day, Message, Word
from vitalfew.milestones import questions
from vitalfew.milestones.models import Milestone
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Occasion
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.warehouse.run import day_number

MOST: Final = 30
ROUND, OTHER, PAST = 2e6, 5e5, 8e8
"""A day that has passed is asked for first: a late word is better than none."""


def waiting(user: User) -> Iterator[Task]:
    if not user.may(MilestoneRight.KEEP):
        return
    for row in questions.to_prepare(user)[:MOST]:
        yield _prepare(row)
    for row in questions.round_ones(user)[:MOST]:
        yield _round(row)


def _prepare(row: Milestone) -> Task:
    past = row.next_on is not None and row.next_on < timezone.localdate()
    priority = PAST if past else ROUND if row.is_round else OTHER
    text = _("{what} was on {day}: a late word is better than none") if past else _why(row)
    return Task(
        _("Congratulate"), Message(text, _figures(row)), _("Prepare"), row.get_absolute_url(), row.account.code,
        due=row.next_on, priority=priority, soon=past,
    )  # fmt: skip


def _round(row: Milestone) -> Task:
    text = _("{what}, {years} years on {day}; {who} prepares it. Sign, or go along")
    return Task(
        _("A round anniversary"), Message(text, _figures(row)), _("Open"), row.get_absolute_url(), row.account.code,
        due=row.next_on, priority=ROUND, advice=True,
    )  # fmt: skip


def _why(row: Milestone) -> str:
    return _("{what} on {day}, {years} {years:year|years}") if row.years else _("{what} on {day}")


def _figures(row: Milestone) -> dict[str, Any]:
    what = row.title or Word(label_of(Occasion, row.kind))
    on = row.next_on or row.day
    who = str(row.owner or row.account.manager or "–")
    return {"what": what, "day": Day(day_number(on)), "years": Count(row.years), "who": who}
