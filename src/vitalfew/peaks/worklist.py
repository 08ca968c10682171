"""What peak seasons ask for: to talk about one before it comes, to answer, to tell what cannot be done, to close it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.channel.ordering import in_turn
from vitalfew.language import Day, Message, Number
from vitalfew.peaks import questions, seasons
from vitalfew.peaks.models import Arrangement, Peak
from vitalfew.peaks.queues import ARRANGEMENTS
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import PeakState
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 10
PRIORITY: Final = 1.2e9
TALK: Final = timedelta(days=60)
"""So long before it begins an account should have been talked to."""


def waiting(user: User) -> Iterator[Task]:
    if user.may(PeakRight.ANSWER):
        yield from (_answer(row) for row in in_turn(questions.to_answer(user), ARRANGEMENTS)[:MOST])
    if user.may(PeakRight.MAKE):
        yield from (_refused(row) for row in questions.refused(user)[:MOST])
        yield from (_open(row) for row in _near(user))
        yield from (_over(row) for row in _ended(user))
        yield from (_talk(row) for row in seasons.unspoken(_own(user))[:MOST])


def _own(user: User) -> list[Account]:
    return list(Account.objects.visible_to(user).filter(manager=user))


def _near(user: User) -> Any:
    today = timezone.localdate()
    rows = questions.mine(user).filter(state__in=(PeakState.DRAFT, PeakState.ASKED), begins__lte=today + TALK)
    return rows.filter(ends__gte=today)[:MOST]


def _ended(user: User) -> Any:
    return questions.mine(user).filter(state=PeakState.AGREED, ends__lt=timezone.localdate())[:MOST]


def _answer(row: Arrangement) -> Task:
    figures: dict[str, Any] = {"text": row.text, "day": Day(day_number(row.peak.begins)), "account": row.account.name}
    return Task(
        _("Answer for a peak season"), Message(_("{text}: the peak of {account} begins on {day}"), figures), _("Open"),
        row.get_absolute_url(), row.account.code, due=row.due, soon=True, priority=PRIORITY,
    )  # fmt: skip


def _refused(row: Arrangement) -> Task:
    figures: dict[str, Any] = {"text": row.text, "why": row.reason}
    return Task(
        _("Settle what cannot be done for a peak season"), Message(_("{text}: {why}"), figures), _("Open"),
        row.peak.get_absolute_url(), row.account.code, due=row.other_day or row.due, soon=True, priority=PRIORITY,
    )  # fmt: skip


def _open(row: Peak) -> Task:
    figures: dict[str, Any] = {"what": row.category, "day": Day(day_number(row.begins))}
    return Task(
        _("Agree on a peak season"), Message(_("The peak season from {day} on is not agreed on yet. {what}"), figures), _("Open"),
        row.get_absolute_url(), row.account.code, due=row.begins, soon=True, priority=PRIORITY,
    )  # fmt: skip


def _over(row: Peak) -> Task:
    figures: dict[str, Any] = {"what": row.category, "day": Day(day_number(row.ends))}
    why = _("The peak season until {day} is over: what do we do differently the next time? {what}")
    return Task(
        _("Close a peak season"),
        Message(why, figures),
        _("Open"),
        row.get_absolute_url(),
        row.account.code,
        priority=1.0,
    )


def _talk(row: seasons.Found) -> Task:
    figures: dict[str, Any] = {
        "what": row.category, "day": Day(day_number(row.begins)), "index": Number(row.index, 1),
    }  # fmt: skip
    why = Message(_("It orders {index} times as much {what} as usual from {day} on: talk about it before"), figures)
    return Task(
        _("Talk about a peak season"), why, _("Begin"), seasons.address(row), row.code,
        due=row.begins - TALK if row.begins - TALK > timezone.localdate() else row.begins, priority=1.0,
    )  # fmt: skip
