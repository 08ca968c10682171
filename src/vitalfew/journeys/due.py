"""The day by which a check is due.

    due = the anchor's day + n working days;   in use, every m months: first working day on or after the day m months later

An anchor that has not come yet, such as the delivery, leaves the check waiting. 31 January and one month: the last of February.
"""

from calendar import monthrange
from datetime import date
from typing import Final

from vitalfew.workdays import Calendar

YEAR: Final = 12


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last.

    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 11, 5), 3)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 5))
    """
    years, month = divmod(day.month - 1 + months, YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(anchor: date | None, calendar: Calendar, days: int, months: int | None) -> date | None:
    """None while its anchor has not come."""
    if anchor is None:
        return None
    if months:
        return calendar.on_or_after(months_later(anchor, months))
    return calendar.after(anchor, days)
