"""How long what came has waited in each queue: of those who went first that day, and of all others.

Counted are working days from the day something came to the day on which it waited no more, of what came within a year (at most
the latest ``MOST`` of a queue). What still waits has waited at least so long; leaving it out would make every queue look
quicker than it is, so the share still waiting after each day is estimated by Kaplan and Meier, and

    median, 90 %    the first day after which no more than half, a tenth, still wait; none where so few have been answered
    longest         of all that came, answered or not
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.channel.models import Mark
from vitalfew.channel.questions import calendar
from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.survival import kaplan_meier
from vitalfew.people.models import User
from vitalfew.rooms import Queue, declared
from vitalfew.workdays import Calendar

YEAR: Final = timedelta(days=365)
MOST: Final = 3000
FEWEST: Final = 5
"""Of fewer, no median and no 90 % is told."""


@dataclass(frozen=True)
class Waited:
    """Of one class in one queue: how many came, how many still wait, and how long."""

    n: int
    waiting: int
    median: int | None
    ninety: int | None
    longest: int | None

    @property
    def is_few(self) -> bool:
        return self.n < FEWEST


@dataclass(frozen=True)
class QueueWaits:
    """One queue: those who went first, and all others."""

    queue: Queue
    first: Waited
    others: Waited


def queues() -> list[Queue]:
    """All of the house."""
    return [queue for room in declared("queues") for queue in room.QUEUES]


def waits(user: User) -> list[QueueWaits]:
    """Of what concerns accounts that the user sees; the whole house for who sees all of them."""
    today, known = timezone.localdate(), calendar()
    marks = _marks(today - YEAR)
    seen = None if user.sees_all_accounts else Account.objects.visible_to(user).values("pk")
    return [_of(queue, today, known, marks, seen) for queue in queues()]


Spans = dict[int, list[tuple[date, date | None]]]
Seen = QuerySet[Any, Any] | None
"""Accounts to which one keeps; None for all, and for what concerns none."""


def _marks(since: date) -> Spans:
    """When accounts went first, by number."""
    found: Spans = {}
    rows = Mark.objects.filter(Q(until=None) | Q(until__gt=since)).order_by()
    for number, begun, until in rows.values_list("account", "since", "until"):
        found.setdefault(number, []).append((begun, until))
    return found


def _of(queue: Queue, today: date, known: Calendar, marks: Spans, seen: Seen) -> QueueWaits:
    came = list(_came(queue, today, seen))
    ends = _worked(known, today, [begun for _numbers, begun, _end in came])
    days = np.array([ends[min(end or today, today)] - ends[begun] for _n, begun, end in came], dtype=float)
    over = np.array([end is not None for _n, _begun, end in came], dtype=bool)
    first = np.array([_went_first(numbers, begun, marks) for numbers, begun, _end in came], dtype=bool)
    return QueueWaits(queue, waited(days[first], over[first]), waited(days[~first], over[~first]))


def _came(queue: Queue, today: date, seen: Seen) -> Iterator[tuple[list[int], date, date | None]]:
    """Whose it was, when it came, and when it waited no more; the latest first."""
    accounts = [f"{name}_id" for name in queue.accounts]
    since: Any = today - YEAR
    if queue.timed:
        since = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    rows = queue.rows().filter(put_away_at=None, **{f"{queue.arrived}__gte": since})
    if seen is not None:
        rows = rows.filter(**{f"{name}__in": seen for name in queue.accounts})
    rows = rows.order_by(f"-{queue.arrived}", "-pk")
    open_ones = set(rows.filter(**queue.waits).values_list("pk", flat=True)[:MOST])
    for pk, begun, end, *numbers in rows.values_list("pk", queue.arrived, queue.settled, *accounts)[:MOST]:
        day = _day(begun)
        if day <= today and (pk in open_ones or end is not None):
            yield [each for each in numbers if each], day, None if pk in open_ones else max(_day(end), day)


def _day(moment: Any) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def _worked(known: Calendar, today: date, begun: Collection[date]) -> dict[date, int]:
    """Of every day since the first, how many have been worked by then."""
    day, count, found = min(begun, default=today), 0, dict[date, int]()
    while day <= today:
        count += known.works(day)
        found[day] = count
        day += timedelta(days=1)
    return found


def _went_first(numbers: Collection[int], day: date, marks: Spans) -> bool:
    spans = [span for number in numbers for span in marks.get(number, ())]
    return any(begun <= day and (until is None or day < until) for begun, until in spans)


def waited(days: Floats, over: Bools) -> Waited:
    """Of working days waited, and whether it is over.

    >>> waited(np.array([0.0, 1, 1, 2, 9]), np.array([True, True, True, True, False]))
    Waited(n=5, waiting=1, median=1, ninety=None, longest=9)
    """
    if not days.size:
        return Waited(0, 0, None, None, None)
    tell = days.size >= FEWEST and over.any()
    median, ninety = (_after(days, over, share) if tell else None for share in (0.5, 0.1))
    return Waited(days.size, int((~over).sum()), median, ninety, int(days.max()))


def _after(days: Floats, over: Bools, share: float) -> int | None:
    """The first day after which no more than this share still wait."""
    found = kaplan_meier(days, over)
    reached = np.flatnonzero(found.survival <= share + 1e-9)
    return int(found.time[reached[0]]) if reached.size else None
