"""The likelihood of the beta-geometric family of repeat buying, with its exact first and second derivatives.

Customers buy at their own rate, gamma(r, alpha) over the customers, waiting Erlang-k times; after each purchase they
may leave for good with their own probability, beta(a, b). BG/NBD has ``k = 1`` and nobody leaves before the first
repeat (``early = 0``); in MBG/NBD one may leave after the very first purchase too (``early = 1``); the CNBD-k models
have ``k > 1``. With ``n = r + k x`` and ``B = b + x + early`` one customer's likelihood is

    L = C(x) alpha^r B(a, B)/B(a, b) [ S (alpha + T)^-n + a/(B - 1) (alpha + t_x)^-n ],   C(x) = Γ(n)/Γ(r) Γ(k)^-x,
    S = sum_{j<k} Γ(n + j)/(Γ(n) j!) ((T - t_x)/(alpha + T))^j,

the second term only if the customer can have left. What depends on ``x`` alone is summed over the distinct ``x``.

Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). "Counting your customers" the easy way. Marketing Science 24(2).
Batislam, E. P., Denizel, M. & Filiztekin, A. (2007). Int. J. of Research in Marketing 24(3).
Reutterer, T., Platzer, M. & Schröder, N. (2021). Leveraging purchase regularity for predicting customer behavior the
easy way. Int. J. of Research in Marketing 38(1).
"""

from functools import partial
from typing import Final, NamedTuple

import numpy as np
from scipy.special import gammaln

from vitalfew.maths.arrays import Floats
from vitalfew.maths.fits import Fit, fit_histories
from vitalfew.maths.histories import Histories, Rows
from vitalfew.maths.maximise import Point
from vitalfew.maths.pieces import add, in_logarithms, rise

NAMES: Final = ("r", "alpha", "a", "b")

_STARTS: Final = ((0.5, 0.5, 0.8, 2.5), (2.0, 2.0, 0.2, 4.0), (0.1, 0.1, 1.5, 1.5), (5.0, 5.0, 0.05, 5.0))


class Kind(NamedTuple):
    """Which member of the family: Erlang order, and 1 if customers may leave before their first repeat purchase."""

    k: int
    early: int


class Shape(NamedTuple):
    """The four parameters."""

    r: float
    alpha: float
    a: float
    b: float


def fit(known: Histories, kind: Kind) -> Fit:
    """The parameters under which the histories are most likely."""
    return fit_histories(known, partial(mean_log_likelihood, kind=kind), NAMES, _STARTS)


def mean_log_likelihood(known: Histories, place: Floats, kind: Kind) -> Point:
    """The mean log-likelihood a customer and its derivatives in the parameters' logarithms."""
    shape = Shape(*np.exp(place).tolist())
    total = _of_frequencies(known, shape, kind)
    for rows in known.blocks():
        total = add(total, _of_rows(rows, shape, kind, can_leave=True))
    none = np.zeros(known.idle_age.size)
    idle = Rows(none, none, known.idle_age, known.idle_weight)
    total = add(total, _of_rows(idle, shape, kind, can_leave=kind.early > 0))
    return in_logarithms(total, np.array(shape), known.n)


def _of_frequencies(known: Histories, shape: Shape, kind: Kind) -> Point:
    """What depends on the number of purchases alone."""
    r, alpha, a, b = shape
    x, weight, n = known.frequencies, known.frequency_weight, known.n
    left = x + kind.early
    rises = [(r, kind.k * x, 1.0), (b, left, 1.0), (a + b, left, -1.0)]
    value, first, second = np.array([rise(start, by, weight) for start, by, _ in rises]).T * [s for *_, s in rises]
    constant = n * r * np.log(alpha) - weight @ x * gammaln(kind.k)
    gradient = np.array([first[0] + n * np.log(alpha), n * r / alpha, first[2], first[1] + first[2]])
    hessian = np.zeros((4, 4))
    hessian[:2, :2] = [[second[0], n / alpha], [n / alpha, -n * r / alpha**2]]
    hessian[2:, 2:] = [[second[2], second[2]], [second[2], second[1] + second[2]]]
    return Point(float(value.sum() + constant), gradient, hessian)


class _Staying(NamedTuple):
    """Per customer: log of what staying explains more than leaving at ``t_x``; derivatives by r and alpha."""

    value: Floats
    r: Floats
    alpha: Floats
    rr: Floats | float
    r_alpha: Floats
    alpha_alpha: Floats


def _of_rows(rows: Rows, shape: Shape, kind: Kind, *, can_leave: bool) -> Point:
    """What depends on the times: ``-n ln(alpha + t_x) + ln(exp(staying) + leaving)``."""
    x, t_x, age, weight = rows
    n = kind.k * x + shape.r
    early, late = t_x + shape.alpha, age + shape.alpha
    logarithm, inverse = np.log(early), np.reciprocal(early)
    staying = _staying(n, logarithm - np.log(late), inverse, np.reciprocal(late))
    if kind.k > 1:
        staying = _with_phases(staying, n, (age - t_x) / late, late, kind.k)
    others = x + (shape.b - 1.0 + kind.early)
    value, gradient, hessian = _or_left(staying, others, shape.a, weight) if can_leave else _stayed(staying, weight)
    n *= weight
    gradient[:2] -= weight @ logarithm, n @ inverse
    hessian[0, 1] = hessian[1, 0] = hessian[0, 1] - weight @ inverse
    inverse *= inverse
    hessian[1, 1] += n @ inverse
    return Point(value - float(n @ logarithm), gradient, hessian)


def _staying(n: Floats, shrinking: Floats, at_recency: Floats, at_age: Floats) -> _Staying:
    """``n ln((alpha + t_x)/(alpha + T))``."""
    fewer = at_recency - at_age
    scaled = n * fewer
    at_age += at_recency
    at_age *= scaled
    return _Staying(n * shrinking, shrinking, scaled, 0.0, fewer, np.negative(at_age, out=at_age))


def _with_phases(plain: _Staying, n: Floats, share: Floats, late: Floats, k: int) -> _Staying:
    """Add ``ln S``: the silence may hold up to ``k - 1`` phases of the wait for the next purchase."""
    sums = np.zeros((6, n.size))
    term, first, second = np.ones(n.size), np.zeros(n.size), np.zeros(n.size)
    for j in range(k):
        by_alpha = -j / late
        parts = (1.0, first, by_alpha, first * first - second, first * by_alpha, (j + 1) * j / late**2)
        sums += [term * part for part in parts]
        term = term * share * (n + j) / (j + 1)
        first, second = first + 1.0 / (n + j), second + 1.0 / (n + j) ** 2
    _, r, alpha, rr, r_alpha, alpha_alpha = sums / sums[0]
    added = (np.log(sums[0]), r, alpha, rr - r * r, r_alpha - r * alpha, alpha_alpha - alpha * alpha)
    return _Staying(*(one + other for one, other in zip(plain, added, strict=True)))


def _stayed(staying: _Staying, weight: Floats) -> tuple[float, Floats, Floats]:
    """The sum of ``staying`` and its derivatives by r, alpha, a and b."""
    gradient, hessian = np.zeros(4), np.zeros((4, 4))
    gradient[:2] = weight @ staying.r, weight @ staying.alpha
    hessian[:2, :2] = _second(staying, weight)
    return float(weight @ staying.value), gradient, hessian


def _or_left(staying: _Staying, others: Floats, a: float, weight: Floats) -> tuple[float, Floats, Floats]:
    """The sum of ``ln(exp(staying) + a/others)`` and its derivatives by r, alpha, a and b."""
    pull = np.empty((4, others.size))
    pull[0], pull[1], pull[2] = staying.r, staying.alpha, -1.0 / a
    inverse = np.reciprocal(others, out=pull[3])
    leaving = inverse * a
    both = np.exp(staying.value)
    both += leaving
    gone = np.divide(leaving, both, out=leaving)
    away = gone * weight
    here = weight - away
    gone *= here
    hessian = (pull * gone) @ pull.T
    hessian[:2, :2] += _second(staying, here)
    left, by_b = away.sum() / a, away * inverse
    hessian[2, 2] -= left / a
    hessian[3, 3] += by_b @ inverse
    gradient = np.array([here @ staying.r, here @ staying.alpha, left, -by_b.sum()])
    return float(weight @ np.log(both, out=both)), gradient, hessian


def _second(staying: _Staying, weight: Floats) -> Floats:
    across = weight @ staying.r_alpha
    twice = 0.0 if isinstance(staying.rr, float) else weight @ staying.rr
    return np.array([[twice, across], [across, weight @ staying.alpha_alpha]])
