"""On which days a report is made regularly: every week or month, on a day on which the house works.

weekly     the weekday of that week, or the next working day after it, within the same week or later
monthly    the first working day of the month
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from vitalfew.reports.words import Rhythm

WEEK = timedelta(days=7)


class Working(Protocol):
    """A calendar of days that are worked."""

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next that is worked."""


def latest_due(rhythm: str, weekday: int, today: date, calendar: Working) -> date | None:
    """The last day, today at the latest, on which it was to be made; None where it lies further back than is looked.

    >>> class Always:
    ...     def on_or_after(self, day):
    ...         return day
    >>> latest_due("weekly", 0, date(2026, 11, 27), Always())
    datetime.date(2026, 11, 23)
    >>> latest_due("monthly", 0, date(2026, 11, 27), Always())
    datetime.date(2026, 11, 1)
    """
    due = (calendar.on_or_after(day) for day in _planned(rhythm, weekday, today))
    return next((day for day in due if day <= today), None)


def _planned(rhythm: str, weekday: int, today: date) -> Iterator[date]:
    """The planned days until today, the latest first, before days off move them."""
    if rhythm == Rhythm.WEEKLY:
        last = today - timedelta(days=(today.weekday() - weekday) % 7)
        yield from (last - weeks * WEEK for weeks in range(4))
    else:
        first = today.replace(day=1)
        yield from (first, (first - timedelta(days=1)).replace(day=1))
