"""Needs of months put into days, days into weeks, and what is left of a stock.

What a month needs is spread evenly over its working days. Stock counted before the first week is used by the days between; goods
come at the beginning of their week. A need that is not met is lost, so that stock never falls below nothing.

    stock 10; 4 a week are needed; 2 come in the third   →   left 6, 2, 0 (nothing short), then 4 short in the fourth
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from math import floor
from typing import Final

from vitalfew.workdays import Calendar

WEEKS: Final = 12
DAY: Final = timedelta(days=1)
LENGTH: Final = 7


def first_week(as_of: date) -> date:
    """The Monday after the figures' day."""
    return as_of + DAY * (LENGTH - as_of.weekday())


def down(quantity: float) -> Decimal:
    """To the hundredth, and never up.

    >>> down(19.999999999), down(0.999)
    (Decimal('20.00'), Decimal('0.99'))
    """
    return (Decimal(floor(quantity * 100 + 1e-6)) / 100).quantize(Decimal("0.01"))


def first_of(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date) -> date:
    return (month + 31 * DAY).replace(day=1)


@dataclass(frozen=True)
class Daily:
    """What is needed a day, by months: the mean and the upper end."""

    months: Mapping[date, tuple[float, float]]
    calendar: Calendar

    def of(self, day: date, *, upper: bool = False) -> float:
        """Of a month that was not foretold, what the nearest one needs a working day."""
        if not self.months or not self.calendar.works(day):
            return 0.0
        month = min(max(first_of(day), min(self.months)), max(self.months))
        return self.months[month][upper] / max(1, self._worked(month))

    def between(self, since: date, until: date, *, upper: bool = False) -> float:
        """Until the day before ``until``."""
        return sum(self.of(since + DAY * n, upper=upper) for n in range((until - since).days))

    def _worked(self, month: date) -> int:
        return sum(self.calendar.works(month + DAY * n) for n in range((month_after(month) - month).days))


@dataclass(frozen=True)
class Step:
    """A week of a product."""

    since: date
    need: float
    high: float
    coming: float
    left: float
    short: float
    weeks: float | None


@dataclass(frozen=True)
class Course:
    """How a product's stock goes week by week."""

    steps: tuple[Step, ...]
    empty_on: date | None

    @property
    def there(self) -> list[float]:
        """All goods that are there until the end of each week, whoever takes them."""
        first = self.steps[0]
        goods = [first.left + first.need - first.short, *(step.coming for step in self.steps[1:])]
        return list(accumulate(goods))

    @property
    def missing(self) -> float:
        return sum(step.short for step in self.steps)


def course(
    opening: float, needs: Sequence[tuple[float, float]], coming: Sequence[float], since: date, daily: Daily
) -> Course:
    """From what is there as the first week begins."""
    steps, left, empty = list[Step](), max(opening, 0.0), None
    for place, (need, high) in enumerate(needs):
        there, start = left + coming[place], since + DAY * LENGTH * place
        short = max(need - there, 0.0)
        if short > 0 and empty is None:
            empty = _emptied(there, start, daily)
        left = max(there - need, 0.0)
        steps.append(Step(start, need, high, coming[place], left, short, _lasting(there, needs[place:])))
    return Course(tuple(steps), empty)


def _emptied(there: float, start: date, daily: Daily) -> date:
    """The day of the week on which what is there is used up."""
    for n in range(LENGTH):
        there -= daily.of(start + DAY * n)
        if there < 0:
            return start + DAY * n
    return start + DAY * (LENGTH - 1)


def _lasting(there: float, needs: Sequence[tuple[float, float]]) -> float | None:
    """For how many weeks it will do; None where that is beyond those known.

    >>> _lasting(5.0, [(4.0, 4.0), (2.0, 2.0), (2.0, 2.0)])
    1.5
    """
    for place, (need, _high) in enumerate(needs):
        if there < need:
            return place + there / need
        there -= need
    return None
