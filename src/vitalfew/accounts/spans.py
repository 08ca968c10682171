"""Spans of days that follow one another: as long again, in whole months where they are whole months."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)


def following(since: date, until: date) -> tuple[date, date]:
    """The first and last day of the span after this one.

    >>> following(date(2024, 1, 1), date(2024, 12, 31))
    (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    >>> following(date(2026, 1, 31), date(2026, 2, 10))
    (datetime.date(2026, 2, 11), datetime.date(2026, 2, 21))
    """
    begin = until + DAY
    months = _whole_months(since, begin)
    return begin, (months_later(begin, months) - DAY if months else begin + (until - since))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter.

    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 11, 5), 3)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 5))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _whole_months(since: date, begin: date) -> int:
    """How many months lie from the one to the other; 0 where it is no whole number of them."""
    months = (begin.year - since.year) * 12 + begin.month - since.month
    for guess in (months, months - 1):
        later = months_later(since, guess)
        if guess > 0 and begin in {later, later + DAY if later.day < since.day else later}:
            return guess
    return 0
