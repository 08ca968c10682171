"""When a day comes round again.

By the common calendar on the same day of the year; 29 February on 28 February where there is none. By the Chinese calendar
(农历) on the same lunar day of the same lunar month, the month's last day where it is shorter, never in a leap month; a day
first kept in a leap month is kept in the month of that number.

    1998-09-28 after 2026-11-26  →  2027-09-28, 29 years
    by the lunar calendar (the 8th day of the 8th month)  →  8th day of the 8th month of 2027  =  2027-09-08
"""

from calendar import isleap
from datetime import date
from typing import Final

ROUND: Final = 5
FIRST, LAST = date(1901, 1, 1), date(2099, 12, 31)
"""The days whose lunar date is known."""


def next_after(day: date, after: date, *, lunar: bool) -> date:
    """The first time later than ``after`` that the day comes round; the day itself where it lies ahead."""
    if day > after:
        return day
    years = range(after.year - 1, after.year + 3)
    times = (_lunar(day, year) if lunar else _common(day, year) for year in years)
    return next(each for each in times if each > after)


def years(day: date, on: date, *, lunar: bool) -> int:
    """The how-manieth year it is."""
    return _lunar_year(on) - _lunar_year(day) if lunar else on.year - day.year


def is_round(n: int) -> bool:
    """Every fifth year counts as round, and the first."""
    return n == 1 or (n > 0 and n % ROUND == 0)


def has_lunar(day: date) -> bool:
    return FIRST <= day <= LAST


def _common(day: date, year: int) -> date:
    short = (day.month, day.day) == (2, 29) and not isleap(year)
    return date(year, 2, 28) if short else day.replace(year=year)


def _lunar(day: date, year: int) -> date:
    from borax.calendars import LunarDate
    from borax.calendars.lunardate import LCalendars

    first = LunarDate.from_solar(day)
    place = min(first.day, LCalendars.ndays(year, first.month))
    found: date = LunarDate(year, first.month, place).to_solar_date()
    return found


def _lunar_year(day: date) -> int:
    from borax.calendars import LunarDate

    found: int = LunarDate.from_solar(day).year
    return found
