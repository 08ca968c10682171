"""What a plan is asked for, in arrays: the days, the people, the doors, who may call where, and what stands already."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints

NEVER = -np.inf
"""The day of the last visit where there was none."""


class People(NamedTuple):
    """``free``: people × days. ``home``: the region where a day costs no way, -1 for none."""

    free: Bools
    most_a_day: Ints
    most_a_week: Ints
    home: Ints


class Doors(NamedTuple):
    """A row for each account.

    ``need`` is what the first visit counts, in money; ``wanted`` how many there should be at most, what stands included; ``due``
    the day it should be visited by, and ``occasion`` one that is celebrated there (NaN: none); ``spacing`` the least number of
    days between two visits; ``last`` the day of the last one before. Doors whose region is not known share one, -1.
    """

    need: Floats
    wanted: Ints
    region: Ints
    due: Floats
    occasion: Floats
    spacing: Ints
    last: Floats


class Pairs(NamedTuple):
    """Who may call where, and how well that suits, above 0 to 1."""

    person: Ints
    door: Ints
    suits: Floats


class Standing(NamedTuple):
    """Visits that stand, whatever is proposed: several people at one door on one day go together."""

    person: Ints
    door: Ints
    day: Ints


@dataclass(frozen=True)
class Request:
    """``days`` are the worked ones in order, since 1970, ``week`` counts from 0; ``travel`` is what a day in a region costs."""

    days: Ints
    week: Ints
    people: People
    doors: Doors
    pairs: Pairs
    standing: Standing
    travel: float = 0.0

    @cached_property
    def weeks(self) -> int:
        return int(self.week.max()) + 1 if self.week.size else 0

    @cached_property
    def first(self) -> Ints:
        """The first worked day of each week; of one without any, the last worked day before it."""
        ends = np.searchsorted(self.week, np.arange(self.weeks))
        worked = np.isin(np.arange(self.weeks), self.week)
        return np.asarray(self.days[np.where(worked, ends, np.maximum(ends - 1, 0))])

    @cached_property
    def last(self) -> Ints:
        """The last worked day of each week; of one without any, the last worked day before it."""
        return np.asarray(self.days[np.maximum(np.searchsorted(self.week, np.arange(self.weeks), side="right") - 1, 0)])

    @cached_property
    def by_when(self) -> Floats:
        """The day a door should be visited by: the sooner of when it is due and what is celebrated."""
        return np.fmin(self.doors.due, self.doors.occasion)

    @cached_property
    def here(self) -> Bools:
        """Which of the standing visits lie on the days that are planned."""
        return np.isin(self.standing.day, self.days)

    @cached_property
    def stand(self) -> Ints:
        """How many visits to each door stand in these weeks; together counts once."""
        within = (self.standing.day >= self.days[0]) & (self.standing.day <= self.days[-1])
        calls = np.unique(np.column_stack([self.standing.door, self.standing.day])[within], axis=0)
        return np.bincount(calls[:, 0], minlength=self.doors.need.size)
