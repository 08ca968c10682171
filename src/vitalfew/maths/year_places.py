"""Years of twelve months by the common calendar and by the Chinese one (农历), so that seasons can be told by both.

A leap month belongs to the month of its number, so that every Chinese year has twelve. The twelfth (腊月) ends on the day before
Spring Festival, wherever that falls.

    by the Chinese calendar, the first month of 2026  →  17 February to 18 March

Days are counted since 1970.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Bools, Ints

A_YEAR: Final = 12
EPOCH: Final = date(1970, 1, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 1901, 2099
"""Whose Chinese months are known."""


@dataclass(frozen=True)
class Places:
    """Months one after another: each one's first day, the day after its last, and its number in the year."""

    begins: Ints
    ends: Ints
    number: Ints

    def whole(self, first: int, last: int) -> "Places":
        """Those that begin and end between two days, both counted."""
        return self._only((self.begins >= first) & (self.ends <= last + 1))

    def latest(self, months: int) -> "Places":
        return self._only(np.arange(self.begins.size) >= self.begins.size - months)

    def _only(self, kept: Bools) -> "Places":
        return Places(self.begins[kept], self.ends[kept], self.number[kept])


def common(first: int, last: int) -> Places:
    """All months that touch the years between two days."""
    years = range(_day(first).year, _day(last).year + 1)
    begins = [_number(date(year, month, 1)) for year in years for month in range(1, A_YEAR + 1)]
    return _placed(begins, _number(date(years[-1] + 1, 1, 1)), list(range(1, A_YEAR + 1)) * len(years))


def chinese(first: int, last: int) -> Places:
    """As the common ones, by the Chinese calendar."""
    from borax.calendars import LunarDate
    from borax.calendars.lunardate import LCalendars

    begins, numbers = list[int](), list[int]()
    years = range(max(_day(first).year - 1, FIRST_YEAR), min(_day(last).year, LAST_YEAR - 1) + 1)
    for year in years:
        day = _number(LunarDate(year, 1, 1).to_solar_date())
        for month, length, leap in LCalendars.iter_year_month(year):
            if not leap:
                begins.append(day)
                numbers.append(month)
            day += length
    return _placed(begins, day, numbers)


def _placed(begins: list[int], end: int, numbers: list[int]) -> Places:
    return Places(np.array(begins), np.array([*begins[1:], end]), np.array(numbers))


def _day(number: int) -> date:
    return date.fromordinal(number + EPOCH)


def _number(day: date) -> int:
    return day.toordinal() - EPOCH
