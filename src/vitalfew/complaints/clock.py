"""Until when something is due: in business hours of the days that the house works, holidays and moved days as they are.

Outside them a clock starts with the next opening; what is due exactly at closing is due at closing. Wednesday 30 April 2025,
16:00, and four hours; 1 to 5 May are a holiday:

    >>> due(Hours(), datetime(2025, 4, 30, 16), 240)
    datetime.datetime(2025, 5, 6, 11, 0)
    >>> worked(Hours(), datetime(2025, 4, 30, 16), datetime(2025, 5, 6, 11))
    240
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from vitalfew.workdays import DAY, Calendar

OPENS: Final = time(9)
CLOSES: Final = time(18)
HOUR: Final = 60


@dataclass(frozen=True)
class Hours:
    """When the house works; times are its own, without a zone or all in one."""

    calendar: Calendar = field(default_factory=Calendar)
    opens: time = OPENS
    closes: time = CLOSES

    def opening(self, at: datetime) -> datetime:
        """The moment itself within business hours, else the next opening."""
        opens, closes = (datetime.combine(at.date(), each, at.tzinfo) for each in (self.opens, self.closes))
        if self.calendar.works(at.date()) and at < closes:
            return max(at, opens)
        day = self.calendar.on_or_after(at.date() + DAY)
        return datetime.combine(day, self.opens, at.tzinfo)

    def closing(self, at: datetime) -> datetime:
        return datetime.combine(at.date(), self.closes, at.tzinfo)


def due(hours: Hours, start: datetime, minutes: int) -> datetime:
    """So many business minutes later."""
    at = hours.opening(start)
    while (left := _until_closing(hours, at)) < minutes:
        minutes -= left
        at = hours.opening(hours.closing(at))
    return at + timedelta(minutes=minutes)


def worked(hours: Hours, start: datetime, end: datetime) -> int:
    """The business minutes between two moments."""
    total, at = 0, hours.opening(start)
    while at < end:
        closes = hours.closing(at)
        total += int((min(end, closes) - at).total_seconds()) // 60
        at = hours.opening(closes)
    return total


def _until_closing(hours: Hours, at: datetime) -> int:
    return int((hours.closing(at) - at).total_seconds()) // 60
