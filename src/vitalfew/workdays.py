"""Which days are worked: the country's festivals and the days it moves, and what the firm itself closes or opens.

    works(day) = opened by the firm, or neither closed by it, nor a festival, nor a weekend that was not made a working day
    between(start, end) = working days after start, up to end;   between(day, after(day, n)) = n

In China a festival's long holiday is made by working on a weekend before or after it; the State Council tells which, once a
year and for the year that follows. Up to ``known_until`` that is known; beyond it count the festivals as the law has them and
the weekends, and nothing is moved. A country that is not known has its weekends alone.

    2026: Thursday 1 January and Friday 2 January are free, Sunday 4 January is worked.  after(31 December 2025, 1) = 4 January
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
LONGEST: Final = 1100
"""Days in a row after which it is said that no working day follows."""
LOOKED_BACK: Final = 6
"""Years with days of their own among which the last that moved some is sought."""
TONGUES: Final = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "en": "en_US"}


class NeverWorked(ValueError):
    """No working day follows for years."""


@dataclass(frozen=True)
class Calendar:
    """The working days of a country (ISO 3166, two letters) and of the firm; what the firm opens, it also opens on a festival."""

    country: str = "CN"
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        return day in self.opened or (day not in self.closed and day in _worked(self.country, day.year))

    def on_or_after(self, day: date) -> date:
        """The day itself where it is worked, else the next one that is."""
        for each in (day + DAY * n for n in range(LONGEST)):
            if self.works(each):
                return each
        raise NeverWorked(day.isoformat())

    def after(self, day: date, n: int) -> date:
        """``n`` working days later; the day itself for 0."""
        for _each in range(n):
            day = self.on_or_after(day + DAY)
        return day

    def between(self, start: date, end: date) -> int:
        """The working days after ``start`` up to ``end``; none where it lies before."""
        return sum(1 for _each in self.days(start + DAY, end))

    def days(self, since: date, until: date) -> Iterator[date]:
        """The working days from one day to another, both included."""
        spanned = (since + DAY * n for n in range((until - since).days + 1))
        return (day for day in spanned if self.works(day))

    @property
    def known_until(self) -> date | None:
        """The last day of which the moved days are announced; None where nothing is known of the country."""
        return _known_until(self.country)

    def festival(self, day: date, language: str = "en") -> str:
        """What is celebrated that day, or why it is free; empty on others."""
        found = _festivals(self.country, day.year, TONGUES.get(language, ""))
        return str(found.get(day, "")) if found is not None else ""

    def moved(self, day: date) -> bool:
        """Whether the country made a working day of it, a weekend though it is."""
        found = _festivals(self.country, day.year)
        return found is not None and day in found.weekend_workdays


def is_known(country: str) -> bool:
    """Whether the country's festivals are known."""
    return _country(country) is not None


@cache
def _country(country: str) -> Any:
    """The package's class of the country."""
    import holidays

    return getattr(holidays, country, None) if country in holidays.list_supported_countries() else None


@cache
def _festivals(country: str, year: int, tongue: str = "") -> Any:
    """The days of one year, where they are known; in the country's own language where it has not the one asked for."""
    kind = _country(country)
    if kind is None or not kind.start_year <= year <= kind.end_year:
        return None
    return kind(
        years=year, expand=False, language=tongue if tongue in kind.supported_languages else kind.default_language
    )


@cache
def _worked(country: str, year: int) -> frozenset[date]:
    festivals, first = _festivals(country, year), date(year, 1, 1)
    every = (first + DAY * n for n in range((date(year, 12, 31) - first).days + 1))
    if festivals is None:
        return frozenset(day for day in every if day.weekday() < SATURDAY)
    return frozenset(day for day in every if festivals.is_working_day(day))


@cache
def _known_until(country: str) -> date | None:
    """Where days are moved to weekends, the last year of which that was told; else as far as the festivals are known."""
    kind = _country(country)
    if kind is None:
        return None
    told = sorted(getattr(kind(expand=False), "special_public_holidays", None) or ())[-LOOKED_BACK:]
    moving = [year for year in told if any(day.year == year for day in _festivals(country, year).weekend_workdays)]
    return date(max(moving, default=kind.end_year), 12, 31)
