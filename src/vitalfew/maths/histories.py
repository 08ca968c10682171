"""Purchase histories as the models of repeat buying read them, checked and folded to what they need.

A customer is told by three numbers: how often it bought again (``x``), when it last did (``t_x``) and how long it has
been known (``T``), the two times counted from its first purchase in one unit. Customers who never bought again differ
by ``T`` alone, so they are folded to distinct ages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Floats, blocks, floats

_MOST: Final = 1_000_000
_BLOCK: Final = 8_192


class Seen(NamedTuple):
    """What is known of some customers, arrays of one shape: frequency, recency and age."""

    x: Floats
    recency: Floats
    age: Floats


def seen(x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Seen:
    """The three as arrays of one shape."""
    return Seen(*np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in (x, t_x, age))))


class Rows(NamedTuple):
    """Some customers' frequency, recency, age and weight."""

    x: Floats
    recency: Floats
    age: Floats
    weight: Floats


@dataclass(frozen=True)
class Histories:
    """Those who bought again row by row, those who did not by age, and how many customers have each frequency."""

    x: Floats
    recency: Floats
    age: Floats
    weight: Floats | None
    idle_age: Floats
    idle_weight: Floats
    frequencies: Floats
    frequency_weight: Floats

    @property
    def n(self) -> float:
        """How many customers there are, by weight."""
        return float(self.frequency_weight.sum())

    @property
    def purchases(self) -> float:
        """How many repeat purchases there are."""
        return float(self.frequencies @ self.frequency_weight)

    @property
    def time(self) -> float:
        """How much time all customers have been known together."""
        again = self.age.sum() if self.weight is None else self.weight @ self.age
        return float(again + self.idle_weight @ self.idle_age)

    def blocks(self, size: int = _BLOCK) -> Iterator[Rows]:
        """Those who bought again, so many at a time that what is worked on stays in the processor's cache."""
        ones = np.ones(size)
        for part in blocks(self.x.size, size):
            weight = ones[: part.stop - part.start] if self.weight is None else self.weight[part]
            yield Rows(self.x[part], self.recency[part], self.age[part], weight)

    def every(self, step: int) -> "Histories":
        """A sample: each ``step``-th of those who bought again, standing for the others too."""
        x, t_x, age = (np.ascontiguousarray(column[::step]) for column in (self.x, self.recency, self.age))
        weight = np.ones(x.size) if self.weight is None else self.weight[::step]
        again = self.x.size if self.weight is None else self.weight.sum()
        weight = weight * (again / weight.sum())
        counted, by_frequency = _counted(x, weight)
        idle = self.idle_weight.sum()
        frequencies = np.concatenate([[0.0], counted])
        frequency_weight = np.concatenate([[idle], by_frequency])
        return Histories(x, t_x, age, weight, self.idle_age, self.idle_weight, frequencies, frequency_weight)


def histories(frequency: Floats, recency: Floats, age: Floats, weights: Floats | None = None) -> Histories:
    """Check the three numbers of each customer and fold them; ``weights`` says how many customers a row stands for.

    Refuses (``ValueError``): arrays of different length, none at all, anything not finite or negative, frequencies
    that are no whole numbers or above a million, recency beyond age, a recency with no repeat purchase or a repeat
    purchase without.

    >>> known = histories(np.array([0.0, 2, 0]), np.array([0.0, 5, 0]), np.array([9.0, 9, 9]))
    >>> known.idle_weight, known.x
    (array([2.]), array([2.]))
    """
    columns = [floats(column) for column in (frequency, recency, age, *([] if weights is None else [weights]))]
    if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
        raise ValueError("frequency, recency, age and weights are lists of one length")
    if columns[0].size == 0 or (weights is not None and not columns[3].sum() > 0):
        raise ValueError("there is no customer")
    (x, t_x, ages, *weight), idle = _checked(columns)
    idle_age, idle_weight = _folded(*idle)
    frequencies, frequency_weight = _counted(columns[0], *columns[3:])
    return Histories(x, t_x, ages, weight[0] if weight else None, idle_age, idle_weight, frequencies, frequency_weight)


def _checked(columns: list[Floats]) -> tuple[list[Floats], list[Floats]]:
    """The columns of those who bought again, and age (and weight) of those who did not; refuses what cannot be."""
    again = [np.empty(np.count_nonzero(columns[0])) for _ in columns]
    idle = [np.empty(columns[0].size - again[0].size) for _ in columns[2:]]
    filled = passed = 0
    for part in blocks(columns[0].size, _BLOCK):
        rows = [column[part] for column in columns]
        check(*rows)
        bought = rows[0] > 0
        yes, no = np.flatnonzero(bought), np.flatnonzero(~bought)
        for source, target in zip(rows, again, strict=True):
            target[filled : filled + yes.size] = source[yes]
        for source, target in zip(rows[2:], idle, strict=True):
            target[passed : passed + no.size] = source[no]
        filled, passed = filled + yes.size, passed + no.size
    return again, idle


def check(x: Floats, t_x: Floats, age: Floats, weight: Floats | None = None) -> None:
    """Refuse (``ValueError``) what cannot be a set of purchase histories, saying which rule is broken."""
    if not np.isfinite(x.sum() + t_x.sum() + age.sum()):
        raise ValueError("frequency, recency and age are finite numbers")
    if x.min() < 0 or x.max() > _MOST or np.any(np.rint(x) != x):
        raise ValueError("a frequency is a whole number from 0 to a million")
    if t_x.min() < 0 or np.any(t_x > age):
        raise ValueError("a recency lies between 0 and the age")
    if np.any((x > 0) != (t_x > 0)):
        raise ValueError("a recency above 0 goes with at least one repeat purchase, and the reverse")
    if weight is not None and not (weight.min() >= 0 and np.isfinite(weight.sum())):
        raise ValueError("a weight is a finite number and not negative")


def _folded(ages: Floats, weight: Floats | None = None) -> tuple[Floats, Floats]:
    if weight is None:
        distinct, count = np.unique(ages, return_counts=True)
        return distinct, count.astype(np.float64)
    distinct, place = np.unique(ages, return_inverse=True)
    return distinct, np.asarray(np.bincount(place, weight, distinct.size), dtype=np.float64)


def _counted(x: Floats, weight: Floats | None = None) -> tuple[Floats, Floats]:
    sums = np.bincount(x.astype(np.intp), weight)
    present = np.flatnonzero(sums > 0)
    return present.astype(np.float64), np.asarray(sums[present], dtype=np.float64)
