"""Counts of which 'none at all' has a chance of its own: the hurdle negative binomial.

    P(Y = 0) = 1 - q          Y - 1 given Y > 0 is negative binomial with mean  m = mean/q - 1  and variance  m + theta m²

``q`` is the chance of any, ``mean`` the expected count; where ``mean`` is below ``q`` no count above 1 is expected.

Two answers are read from the chances of at least 1, 2, 3 …: a range for each customer, and whole numbers for all
together. For these the most probable 'one more' are taken until the expected total is reached; no other whole numbers
with that total have a smaller expected absolute error.

    chances of 1, 2, 3: A .9 .6 .1, B .5 .2 .1; total 2.4  →  the two most probable are A's first and second: A 2, B 0

Mullahy, J. (1986). Specification and testing of some modified count data models. J. Econometrics 33(3).
"""

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from scipy.special import gammaln

from vitalfew.maths.arrays import Floats, Ints
from vitalfew.maths.counts import Counts, alike, at_least, intervals_of_many, table

_LEAST_MEAN: Final = 0.01
_UNLIKELY: Final = 0.02
THETAS: Final = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 2.5, 5.0)
_WIDER: Final = (0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999)
_ENOUGH: Final = 2_000


class Hurdle(NamedTuple):
    """The chance of any and the expected count of each customer, and how much counts above one vary."""

    any: Floats
    mean: Floats
    theta: float


def dispersion(chance: Floats, mean: Floats, counts: Floats) -> float:
    """The ``theta`` of eleven from .02 to 5 under which counts that came, where any came, are most likely.

    >>> dispersion(np.full(4, 1.0), np.full(4, 4.0), np.array([1.0, 2, 3, 10]))
    1.5
    """
    some = counts > 0
    m, further = _further(chance, mean)[some], counts[some] - 1

    def log_likelihood(theta: float) -> float:
        n = 1 / theta
        counted = gammaln(n + further) - gammaln(n) + further * np.log(theta * m) - (n + further) * np.log1p(theta * m)
        return float(counted.sum())

    return max(THETAS, key=log_likelihood)


def stated_coverage(model: Hurdle, counts: Floats, wanted: float = 0.9) -> float:
    """The smallest coverage, ``wanted`` or more, for which the ranges would have held ``wanted`` of the counts that came.

    >>> stated_coverage(Hurdle(np.full(4, 0.5), np.full(4, 0.6), 0.1), np.array([0.0, 0, 1, 1]))
    0.9
    """
    step = -(-counts.size // _ENOUGH)
    some, counts = Hurdle(model.any[::step], model.mean[::step], model.theta), counts[::step]

    def held(coverage: float) -> float:
        low, high = interval(some, coverage)
        return float(((counts >= low) & (counts <= high)).mean())

    return next((each for each in (wanted, *_WIDER) if held(each) >= wanted), _WIDER[-1])


def interval(model: Hurdle, coverage: float = 0.9) -> Counts:
    """Between which whole numbers each count will lie; see `counts.interval` for the rule.

    >>> interval(Hurdle(np.array([0.5, 1.0]), np.array([0.6, 4.0]), 0.1))
    Counts(low=array([0, 2]), high=array([1, 8]))
    """
    return intervals_of_many([partial(_tails, model, (1 - coverage) / 8)], model.mean, coverage)


def whole_numbers(model: Hurdle) -> Ints:
    """Whole numbers that add to the expected total, each as near to what will come as can be.

    Equal chances go by place in the list.

    >>> whole_numbers(Hurdle(np.array([0.9, 0.5, 0.1]), np.array([1.5, 0.8, 0.1]), 0.1)).tolist()
    [1, 1, 0]
    """
    groups = [(some, _tails(model, _UNLIKELY, some, None)[1:]) for some in alike(model.mean)]
    chances = np.concatenate([tails.ravel() for _some, tails in groups]) if groups else np.empty(0)
    wanted = min(int(model.mean.sum() + 0.5), chances.size)
    answer, tied = np.zeros((2, model.mean.size), dtype=np.int64)
    if wanted == 0:
        return answer
    least = np.partition(chances, chances.size - wanted)[chances.size - wanted]
    for some, tails in groups:
        answer[some] = (tails > least).sum(axis=0)
        tied[some] = (tails == least).sum(axis=0)
    answer[np.repeat(np.arange(tied.size), tied)[: wanted - answer.sum()]] += 1
    return answer


def _further(chance: Floats, mean: Floats) -> Floats:
    """How many are expected beyond the first, if there is a first."""
    return np.maximum(mean / np.maximum(chance, _LEAST_MEAN) - 1, _LEAST_MEAN)


def _tails(model: Hurdle, smallest: float, some: Ints, rows: int | None) -> Floats:
    part = Hurdle(model.any[some], model.mean[some], model.theta)
    return table(_at_least(part), smallest, rows)


def _at_least(model: Hurdle) -> Iterator[Floats]:
    """The chances of 0, 1, 2 … or more."""
    yield np.ones(model.mean.size)
    trials = np.full(model.mean.size, 1 / model.theta)
    for further in at_least(trials, _further(model.any, model.mean) * model.theta):
        yield model.any * further
