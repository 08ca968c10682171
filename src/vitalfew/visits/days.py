"""Weeks and months of a calendar: which days they show, and what lies before and after.

>>> [day.isoformat() for day in (week(date(2026, 11, 26))[0], week(date(2026, 11, 26))[-1])]
['2026-11-23', '2026-11-29']

A month shows whole weeks:

>>> found = month(date(2026, 11, 26))
>>> found[0].isoformat(), found[-1].isoformat(), len(found)
('2026-10-26', '2026-12-06', 42)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2099, 12, 31)


def week(day: date) -> list[date]:
    """Monday to Sunday around a day."""
    monday = day - day.weekday() * DAY
    return [monday + n * DAY for n in range(7)]


def month(day: date) -> list[date]:
    """The weeks in which the month of a day lies."""
    first = day.replace(day=1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    since, until = week(first)[0], week(last)[-1]
    return [since + n * DAY for n in range((until - since).days + 1)]


@dataclass(frozen=True)
class Span:
    """The days shown, and a day of the span before and after."""

    days: Sequence[date]
    before: date
    after: date
    of: date

    @classmethod
    def around(cls, day: date, *, whole_month: bool) -> "Span":
        day = min(max(day, EARLIEST), LATEST)
        if not whole_month:
            return cls(week(day), day - 7 * DAY, day + 7 * DAY, day)
        first = day.replace(day=1)
        return cls(month(day), (first - DAY).replace(day=1), (first + 31 * DAY).replace(day=1), day)
