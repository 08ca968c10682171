"""When something may be told: working hours, quiet hours, the hour of the digest. All times are those of the house.

working hours between two moments = the part of each working day from 9 to 18 o'clock that lies between them
told at once = now, else the end of the quiet hours, else that hour of the next working day

Friday 17:00, four working hours: one is left on Friday, three follow on Monday until 12:00.
"""

from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from vitalfew.alarms.words import How
from vitalfew.workdays import DAY, Calendar

BEGINS: Final = time(9)
ENDS: Final = time(18)
HOUR: Final = timedelta(hours=1)
FORTNIGHTS: Final = 60
"""Days within which a day that may be told on is sought."""


class Wished(Protocol):
    """How somebody wishes to be told."""

    digest_at: int
    quiet_from: time
    quiet_until: time
    workdays_only: bool
    breaks: bool

    def how(self, urgency: str) -> str: ...


def working_hours(since: datetime, until: datetime, calendar: Calendar) -> float:
    """How many working hours lie between two moments."""
    total = timedelta()
    for day in calendar.days(since.date(), until.date()):
        begin, end = max(since, _at(day, BEGINS, since)), min(until, _at(day, ENDS, since))
        total += max(end - begin, timedelta())
    return total / HOUR


def when(wish: Wished, urgency: str, now: datetime, calendar: Calendar) -> datetime | None:
    """When to write; None where the page is enough."""
    how = wish.how(urgency)
    if how == How.PAGE:
        return None
    if how == How.DIGEST:
        at = _at(now.date(), time(wish.digest_at), now)
        day = now.date() if now <= at else now.date() + DAY
        return _at(_told_on(wish, day, calendar), time(wish.digest_at), now)
    if urgency == "urgent" and wish.breaks:
        return now
    return _loud(wish, now, calendar)


def _loud(wish: Wished, now: datetime, calendar: Calendar) -> datetime:
    """The moment itself, or the first one after it that is not quiet."""
    for _each in range(FORTNIGHTS):
        day = _told_on(wish, now.date(), calendar)
        if day != now.date():
            now = _at(day, time(0), now)
        end = _quiet_ends(wish, now)
        if end is None:
            return now
        now = end
    return now


def _quiet_ends(wish: Wished, at: datetime) -> datetime | None:
    """When the quiet hours end within which it lies."""
    begin, end, hour = wish.quiet_from, wish.quiet_until, at.time()
    if begin == end:
        return None
    if begin < end:
        return _at(at.date(), end, at) if begin <= hour < end else None
    if hour >= begin:
        return _at(at.date() + DAY, end, at)
    return _at(at.date(), end, at) if hour < end else None


def _told_on(wish: Wished, day: date, calendar: Calendar) -> date:
    return calendar.on_or_after(day) if wish.workdays_only else day


def _at(day: date, hour: time, like: datetime) -> datetime:
    return datetime.combine(day, hour, tzinfo=like.tzinfo)
