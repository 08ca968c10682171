"""Whose buying has quickened or slowed of late: older purchases count less.

A process of repeat buying holds each customer's rate constant, so it tells a growing account by its average past. Let
what was seen fade by the factor ``w`` a unit of time, and hold it against the usual rate ``u`` that the process tells; one
purchase at the usual pace is added, so that little seen says little:

    x_w = sum over purchases of w^(time since)          T_w = (1 - w^T)/(-ln w)

    pace = (1 + x_w)/(1 + u T_w)

by which the purchases to come are multiplied. How much fades is learned from earlier days: the counts that came after
them, of those that bought at all (who may have left says nothing here), are negative binomial with the size ``1 + x_w``
and the mean ``c u pace`` a unit of time, the level ``c`` of each day being free. Of eight steps the likeliest is taken,
unless a pace of 1 for all, with the size ``1 + x``, lies within 1.92 of its log-likelihood: a 95 % likelihood interval.

    bought 0, 1 and 2 units ago, known for 3, usually once a unit; w = .5  →  x_w 1.75, T_w 1.262, pace 1.216

Not where all purchases of a season fall together: the quiet months look like slowing. Harvey, A. C. & Fernandes, C.
(1989). Time series models for count or qualitative observations. J. Business & Economic Statistics 7(4). Kass, R. E. &
Wasserman, L. (1995). A reference Bayesian test. JASA 90(431) (a prior worth one observation).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import gammaln, polygamma

from vitalfew.maths.arrays import Floats, Ints

KEPT: Final = (0.85, 0.7, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02)
"""What may be left of a purchase's weight after a year."""
ALL: Final = 1.0
FEWEST: Final = 30
_MOST: Final = 5_000
_CLEARLY: Final = 1.92
_LEVEL: Final = 3.0
_TINY: Final = 1e-12


class Repeats(NamedTuple):
    """Repeat purchases, one entry each: whose (customers counted from 0), and how long ago."""

    account: Ints
    ago: Floats


class Seen(NamedTuple):
    """What is left of each customer's purchases and of the time it has been known."""

    x: Floats
    age: Floats


class Lesson(NamedTuple):
    """What was known on a day, with the usual rates, and how many purchases came within ``span`` after it."""

    usual: Floats
    repeats: Repeats
    age: Floats
    span: float
    counts: Floats


def faded(repeats: Repeats, age: Floats, w: float) -> Seen:
    """Purchases and time since the first, older ones counting less.

    >>> seen = faded(Repeats(np.zeros(3, np.int64), np.array([0.0, 1, 2])), np.array([3.0]), 0.5)
    >>> [float(each[0].round(3)) for each in seen]
    [1.75, 1.262]
    """
    if w == ALL:
        return Seen(np.bincount(repeats.account, minlength=age.size).astype(np.float64), age)
    force = -float(np.log(w))
    weight = np.bincount(repeats.account, np.exp(-force * repeats.ago), age.size)
    return Seen(np.asarray(weight), -np.expm1(-force * age) / force)


def pace(usual: Floats, seen: Seen) -> Floats:
    """How many times as fast as usual each customer buys now.

    >>> float(pace(np.array([1.0]), Seen(np.array([1.75]), np.array([1.262])))[0].round(3))
    1.216
    """
    return np.asarray((1.0 + seen.x) / (1.0 + usual * seen.age))


def doubt(seen: Seen, x: Floats) -> Floats:
    """By how much the logarithm of the rate is less sure for what has faded of ``x`` purchases: its deviation.

    That of gamma variables of shape ``1 + x_w`` beyond ``1 + x``.

    >>> doubt(Seen(np.array([0.0, 1.0]), np.ones(2)), np.array([0.0, 9.0])).round(2).tolist()
    [0.0, 0.73]
    """
    return np.sqrt(np.maximum(polygamma(1, 1.0 + seen.x) - polygamma(1, 1.0 + x), 0.0))


def kept(lessons: Sequence[Lesson], year: float) -> tuple[float, dict[float, float]]:
    """What is left of a purchase's weight after a ``year`` (1: every pace is 1), and the log-likelihood of each choice.

    Where fewer than thirty customers bought after an earlier day nothing is learned.
    """
    if sum(int((each.counts > 0).sum()) for each in lessons) < FEWEST:
        return ALL, {}
    told = {keep: sum(log_likelihood(each, keep ** (1 / year)) for each in lessons) for keep in (ALL, *KEPT)}
    best = max(told, key=lambda keep: told[keep])
    return best if told[best] > told[ALL] + _CLEARLY else ALL, told


def log_likelihood(lesson: Lesson, w: float) -> float:
    """Of the counts that came, where any came, at the level of the day that fits best; at ``w = 1`` every pace is 1."""
    some = np.flatnonzero(lesson.counts > 0)
    if not some.size:
        return 0.0
    step = -(-some.size // _MOST)
    some, seen = some[::step], faded(lesson.repeats, lesson.age, w)
    now = np.ones(seen.x.size) if w == ALL else pace(lesson.usual, seen)
    mean, y = (lesson.usual * now)[some] * lesson.span, lesson.counts[some]
    return step * _at_best_level(1.0 + seen.x[some], mean, y)


def _at_best_level(size: Floats, mean: Floats, y: Floats) -> float:
    """The log-likelihood of counts above 0, negative binomial of that size and mean, the means' level being free."""
    from scipy.optimize import minimize_scalar

    constant = gammaln(size + y) - gammaln(size) - gammaln(y + 1)

    def against(level: float) -> float:
        none = size * (np.log(size) - np.log(size + mean * np.exp(level)))
        further = y * np.log(np.maximum(-np.expm1(none / size), _TINY))
        return -float((constant + none + further - np.log(np.maximum(-np.expm1(none), _TINY))).sum())

    found = minimize_scalar(against, bounds=(-_LEVEL, _LEVEL), method="bounded", options={"xatol": 1e-4})
    return -float(found.fun)
