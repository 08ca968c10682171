"""Between which whole numbers a count will lie, when the probability of reaching each number is known.

A range of whole numbers can seldom hold exactly 90 %. The lower end leaves out as near to half of the rest as it can;
the upper end then leaves out as near as it can what is still to be left out. So a count that is nought for sure, or
nearly, has the range 0 … 0, and over many unlike counts the ranges hold what they promise, and not much more.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, Ints

_SMALLEST: Final = -700.0
"""The logarithm of about the smallest number that can be written in full."""
Tails = Callable[[Ints, int | None], Floats]
"""For some customers, a row per number 0, 1, 2 … with the probability to reach it: so many, or as many as matter."""


class Counts(NamedTuple):
    """The lowest and the highest number of each range."""

    low: Ints
    high: Ints


class Sample(NamedTuple):
    """Made-up histories: repeat purchases, time of the last, age, and 1 for those still there."""

    frequency: Floats
    recency: Floats
    age: Floats
    alive: Floats


def interval(tails: Floats, coverage: float) -> Counts:
    """The range of each column of ``tails``, whose row ``y`` has the probability of at least ``y``, until it is nil.

    ``low`` is where ``P(Y < low)`` is nearest to ``(1 - coverage)/2``, ``high`` where ``P(Y > high)`` is nearest to
    what then remains of ``1 - coverage``, at least a quarter of it.

    >>> interval(np.array([[1.0, 1.0], [0.4, 0.98], [0.1, 0.9], [0.01, 0.05]]), 0.9)
    Counts(low=array([0, 1]), high=array([1, 2]))
    """
    outside = 1.0 - coverage
    low = np.abs((1.0 - tails) - outside / 2.0).argmin(axis=0)
    left_out = 1.0 - np.take_along_axis(tails, low[None], axis=0)[0]
    above = np.concatenate([tails[1:], np.zeros((1, tails.shape[1]))])
    high = np.abs(above - np.maximum(outside - left_out, outside / 4.0)).argmin(axis=0)
    return Counts(low, np.maximum(low, high))


def at_least(n: Floats, ratio: Floats) -> Iterator[Floats]:
    """The probability that a negative binomial count reaches 0, 1, 2 …: ``n`` trials to come, odds ``ratio``.

    It is the number of events in a time when their rate is gamma(n, 1) per unit of ``1/ratio``.

    >>> tails = at_least(np.array([1.0]), np.array([1.0]))
    >>> [float(next(tails)[0].round(6)) for _ in range(3)]
    [1.0, 0.5, 0.25]
    """
    none = -n * np.log1p(ratio)
    chances = _in_products if none.min(initial=0.0) > _SMALLEST else _in_logarithms
    reached = np.ones(np.shape(n))
    for chance in chances(n, ratio / (1.0 + ratio), none):
        yield reached
        reached = np.maximum(reached - chance, 0.0)


def _in_products(n: Floats, growth: Floats, none: Floats) -> Iterator[Floats]:
    """The chances of a count of 0, 1, 2 …, each from the one before; ``none`` is the logarithm of the first."""
    chance = np.exp(none)
    for y in count():
        yield chance
        chance = chance * growth * ((n + y) / (y + 1.0))


def _in_logarithms(n: Floats, growth: Floats, none: Floats) -> Iterator[Floats]:
    """The same where the first is too small to be written."""
    logarithm, step = none, np.log(growth)
    for y in count():
        yield np.exp(logarithm)
        logarithm = logarithm + step + np.log((n + y) / (y + 1.0))


def table(tails: Iterator[Floats], smallest: float, rows: int | None = None) -> Floats:
    """The first ``rows`` of the tails below each other, or as many until none is above ``smallest``."""
    found = [next(tails)]
    while len(found) < rows if rows else found[-1].max(initial=0.0) > smallest:
        found.append(next(tails))
    return np.array(found)


def intervals_of_many(tails: list[Tails], expected: Floats, coverage: float) -> Counts:
    """The ranges of many customers, the tails averaged over parameter draws, those with large counts first.

    ``tails`` has one function per draw; ``expected`` is each customer's expected count or more, so that customers of
    similar counts are worked on together.
    """
    if not 0 < coverage < 1:
        raise ValueError("a coverage lies between 0 and 1")
    answer = Counts(np.empty(expected.size, np.int64), np.empty(expected.size, np.int64))
    for some in alike(expected):
        answer.low[some], answer.high[some] = interval(_averaged(tails, some), coverage)
    return answer


def alike(expected: Floats) -> Iterator[Ints]:
    """The customers in groups of similar expected counts, the largest first, small where tails are long."""
    order = np.argsort(-expected, kind="stable")
    start = 0
    while start < order.size:
        size = int(max(8, min(8_192, 2_000_000 / (20.0 + 3.0 * expected[order[start]]))))
        yield order[start : start + size]
        start += size


def _averaged(tails: list[Tails], some: Ints) -> Floats:
    first = tails[0](some, None)
    if len(tails) == 1:
        return first
    rows = int(1.5 * first.shape[0]) + 5
    total = np.zeros((rows, some.size))
    for each in tails:
        total += each(some, rows)
    return total / len(tails)
