"""When a peak was the last time: by the common calendar a year before, by the Chinese one on the same days of its year.

27 January 2027, the 20th of the 12th month  →  7 February 2026
"""

from datetime import date
from typing import Final

from vitalfew.terms import Follows

FEBRUARY: Final = 28


def year_before(day: date, follows: str) -> date:
    """The same day of the year before.

    >>> year_before(date(2028, 2, 29), "common")
    datetime.date(2027, 2, 28)
    >>> year_before(date(2027, 2, 5), "chinese")
    datetime.date(2026, 2, 16)
    """
    if follows == Follows.CHINESE:
        return _chinese(day)
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, day.month, FEBRUARY)


def _chinese(day: date) -> date:
    from borax.calendars import LunarDate
    from borax.calendars.lunardate import LCalendars

    here = LunarDate.from_solar(day)
    place = min(here.day, LCalendars.ndays(here.year - 1, here.month))
    found: date = LunarDate(here.year - 1, here.month, place).to_solar_date()
    return found
