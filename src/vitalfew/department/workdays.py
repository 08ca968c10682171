"""The firm's calendar: its country's working days, and what it closes or opens itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings

from vitalfew.department.models import FirmDays, Works
from vitalfew.workdays import DAY, Calendar

AHEAD = timedelta(days=365)


def calendar() -> Calendar:
    """As it stands now."""
    days: dict[str, set[date]] = {Works.CLOSED: set(), Works.OPEN: set()}
    for row in FirmDays.objects.filter(put_away_at=None):
        days[row.works].update(row.since + DAY * n for n in range((row.until - row.since).days + 1))
    return Calendar(settings.COUNTRY, frozenset(days[Works.CLOSED]), frozenset(days[Works.OPEN]))


@dataclass(frozen=True)
class Stretch:
    """Free days in a row, and what for."""

    since: date
    until: date
    reason: str


def festivals(country: Calendar, since: date, language: str) -> list[Stretch]:
    """The free days around each festival of the year that follows, called as most of them are."""
    found: list[Stretch] = []
    for free, run in groupby(_year(since), lambda day: not country.works(day)):
        days = list(run)
        named = Counter(filter(None, (country.festival(day, language) for day in days)))
        if free and named:
            found.append(Stretch(days[0], days[-1], named.most_common(1)[0][0]))
    return found


def moved(country: Calendar, since: date) -> list[date]:
    """Weekend days of the year that follows that the country works."""
    return [day for day in _year(since) if country.moved(day)]


def _year(since: date) -> Iterator[date]:
    return (since + DAY * n for n in range(AHEAD.days))
