"""The calendar of a Chinese appliance maker: the months of the book, working days, Spring Festival, National Day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Flags, Ints, Reals

EPOCH: Final = date(1970, 1, 1)

# Lunar New Year's Day, 2012 … 2040.
_SPRING_FESTIVALS: Final = (
    "2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 "
    "2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 "
    "2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12"
)
_WEEKDAYS: Final = np.array([1.0, 1.05, 1.0, 1.0, 0.95, 0.4, 0.1])  # Monday to Sunday
# First and last day, counted from the festival, and what is ordered then compared with a plain day.
_AROUND_SPRING_FESTIVAL: Final = ((-35, -4, 1.3), (-3, 7, 0.06), (8, 16, 0.6))
_THURSDAY: Final = 3  # 1970-01-01
_OCTOBER, _GOLDEN_WEEK = 9, 7
_FIRST_YEAR, _LAST_YEAR = 2016, 2039


def number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def iso(day: int) -> str:
    return str(np.datetime64(day, "D"))


def spring_festivals() -> Ints:
    return np.array([number(date.fromisoformat(day)) for day in _SPRING_FESTIVALS.split()])


def month_of_year(days: Ints) -> Ints:
    """0 for January to 11 for December."""
    month: Ints = _months(days) % 12
    return month


def _months(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


@dataclass(frozen=True)
class Period:
    """The months the book covers, ``start`` to ``end``, both included, in days since 1970-01-01."""

    start: int
    end: int

    @classmethod
    def before(cls, end: date, months: int) -> "Period":
        """The ``months`` months that end on ``end``."""
        if not _FIRST_YEAR <= end.year <= _LAST_YEAR:
            raise ValueError(f"The demo book ends between {_FIRST_YEAR} and {_LAST_YEAR}, not in {end.year}")
        following = np.datetime64(number(end) + 1, "D")
        within = int((following - following.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64))
        first = (following.astype("datetime64[M]") - months).astype("datetime64[D]") + within
        return cls(int(first.astype(np.int64)), number(end))

    @cached_property
    def days(self) -> Ints:
        return np.arange(self.start, self.end + 1)

    @cached_property
    def month(self) -> Ints:
        """For each day, the number of its calendar month within the book, from 0."""
        months = _months(self.days)
        within: Ints = months - months[0]
        return within

    @cached_property
    def month_edges(self) -> Ints:
        """Where in ``days`` each calendar month begins."""
        return np.flatnonzero(np.diff(self.month, prepend=-1))

    @property
    def length(self) -> int:
        return self.end - self.start + 1

    def at(self, share: float) -> int:
        """The day that lies at this share of the book."""
        return self.start + int(share * (self.length - 1))

    @cached_property
    def last_spring_festival(self) -> int:
        festivals = spring_festivals()
        return int(festivals[festivals <= self.end].max())

    @cached_property
    def shortage(self) -> tuple[int, int]:
        """Six weeks before the last Spring Festival, when everybody stocks up and the goods run short."""
        return self.last_spring_festival - 45, self.last_spring_festival - 4


def working(days: Ints) -> Reals:
    """How much is ordered on each day compared with a plain weekday.

    Before Spring Festival everyone orders ahead; around it and around National Day hardly anyone works.
    """
    level = _WEEKDAYS[(days + _THURSDAY) % 7]
    for festival in spring_festivals():
        since = days - festival
        for first, last, factor in _AROUND_SPRING_FESTIVAL:
            level = np.where((since >= first) & (since <= last), level * factor, level)
    return np.where(_national_days(days), level * 0.3, level)


def _national_days(days: Ints) -> Flags:
    dates = days.astype("datetime64[D]")
    since_first = (dates - dates.astype("datetime64[M]")).astype(np.int64)
    national: Flags = np.logical_and(month_of_year(days) == _OCTOBER, since_first < _GOLDEN_WEEK)
    return national
