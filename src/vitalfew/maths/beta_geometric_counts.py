"""How many purchases the customers of a beta-geometric model may come to make, and customers made up by it.

Given that a customer is alive its rate is gamma(r + k x, alpha + T) and its chance to leave beta(a, B), apart from each
other, so the probability of ``y`` purchases or more is that of enough events times that of not having left before:
``P(Y >= y) = P(alive) P(N >= y) B(a, B + y - 1)/B(a, B)``, ``B = b + x + early``.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.random import Generator

from vitalfew.maths import beta_geometric_forecast as forecast
from vitalfew.maths.arrays import Floats, Ints
from vitalfew.maths.beta_geometric import NAMES, Kind, Shape
from vitalfew.maths.counts import Counts, Tails, alike, at_least, intervals_of_many, table
from vitalfew.maths.fits import Model, models
from vitalfew.maths.histories import Seen

_NOTHING: Final = 1e-9
"""Below this a chance is rounding: tails are differences from 1, and need not come nearer to 0."""


class LoggedSample(NamedTuple):
    """Made-up histories with the logarithms of the waits between purchases added up, too."""

    frequency: Floats
    recency: Floats
    age: Floats
    alive: Floats
    log_intervals: Floats


def count_interval(model: Model, kind: Kind, t: float, seen: Seen, coverage: float, n_draws: int | None) -> Counts:  # noqa: PLR0917  (model, data, and how far)
    """The range of the purchases in the next ``t`` of each customer."""
    flat = Seen(*(column.ravel() for column in seen))
    smallest = (1.0 - coverage) / 8.0
    shapes = [forecast.shape_of(one) for one in models(model, NAMES, n_draws)]
    tails: list[Tails] = [partial(_tails, shape, kind, t, flat, smallest) for shape in shapes]
    found = intervals_of_many(tails, _bought_if_alive(forecast.shape_of(model), kind, t, flat), coverage)
    return Counts(*(end.reshape(seen.x.shape) for end in found))


def expected_purchases(shape: Shape, kind: Kind, t: float, seen: Seen) -> Floats:
    """The expected number of purchases in the next ``t``: the sum of the chances to reach 1, 2, 3 …."""
    flat = Seen(*(column.ravel() for column in seen))
    answer = np.zeros(flat.x.size)
    for some in alike(_bought_if_alive(shape, kind, t, flat)):
        tails = purchases_at_least(shape, kind, t, Seen(*(column[some] for column in flat)))
        next(tails)
        for tail in tails:
            answer[some] += tail
            if tail.max() < _NOTHING:
                break
    return answer.reshape(seen.x.shape)


def _bought_if_alive(shape: Shape, kind: Kind, t: float, seen: Seen) -> Floats:
    return (shape.r / kind.k + seen.x) * t / (shape.alpha / kind.k + seen.age)


def _tails(shape: Shape, kind: Kind, t: float, seen: Seen, smallest: float, some: Ints, rows: int | None) -> Floats:  # noqa: PLR0917  (bound but for the last two)
    part = Seen(*(column[some] for column in seen))
    return table(purchases_at_least(shape, kind, t, part), smallest, rows)


def purchases_at_least(shape: Shape, kind: Kind, t: float, seen: Seen) -> Iterator[Floats]:
    """The probability that each customer makes 0, 1, 2 … purchases or more in the next ``t``."""
    x, t_x, age = seen
    late = shape.alpha + age
    stays = forecast.p_alive(shape, kind, seen)
    yield np.ones(x.size)
    staying = shape.b + x + kind.early
    for y, enough in enumerate(_events(shape.r + kind.k * x, t / late, (age - t_x) / late, kind.k)):
        yield stays * enough
        stays = stays * (staying + y) / (shape.a + staying + y)


def _events(n: Floats, ratio: Floats, share: Floats, k: int) -> Iterator[Floats]:
    """The probability of 1, 2, 3 … events or more, each the last of ``k`` phases, some of which may have passed."""
    terms = forecast.phases(n, share, k)
    whole = np.sum(terms, axis=0)
    reached = [islice(at_least(n + j, ratio), k - j, None, k) for j in range(k)]
    for tails in zip(*reached, strict=True):
        yield np.asarray(sum(term * tail for term, tail in zip(terms, tails, strict=True)) / whole)


def simulate_histories(shape: Shape, kind: Kind, ages: Floats, rng: Generator) -> LoggedSample:
    """Customers of these ages, one purchase of all after the other."""
    r, alpha, a, b = shape
    rate, leaving = rng.gamma(r, 1.0 / alpha, ages.size), rng.beta(a, b, ages.size)
    x, t_x, logs = np.zeros(ages.size), np.zeros(ages.size), np.zeros(ages.size)
    alive = np.ones(ages.size, dtype=bool) if not kind.early else rng.random(ages.size) >= leaving
    going = np.flatnonzero(alive)
    while going.size:
        wait = rng.gamma(kind.k, 1.0, going.size) / np.maximum(rate[going], np.finfo(float).tiny)
        bought = t_x[going] + wait <= ages[going]
        going, wait = going[bought], wait[bought]
        x[going] += 1.0
        t_x[going] += wait
        logs[going] += np.log(wait)
        alive[going] = rng.random(going.size) >= leaving[going]
        going = going[alive[going]]
    return LoggedSample(x, t_x, np.asarray(ages, dtype=np.float64), alive.astype(np.float64), logs)
