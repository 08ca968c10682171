"""How much customers spend a purchase, when each is known by a few purchases only: gamma-gamma.

Spending of a purchase is gamma(p, nu) with a scale of each customer's own, nu ~ gamma(q, gamma) over the customers, and
does not depend on how often it buys. A customer is told by ``x`` purchases and their mean value ``m``. The model's
parameters are called ``p q v`` (``v`` is the paper's gamma); functions take a `Fit` or a mapping of them.

    CDNOW, 946 repeat buyers   →   p 6.25, q 3.74, v 15.44; 35.2 a purchase over all customers
    m = 40, x = 2              →   39.14: the little seen is drawn towards the mean of all

Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). RFM and CLV. Journal of Marketing Research 42(4).
Fader, P. S. & Hardie, B. G. S. (2013). The gamma-gamma model of monetary value. Note.
"""

from functools import partial
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, psi, zeta

from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.fits import Fit, Model, Note, fitted, values
from vitalfew.maths.maximise import Box, Point, maximise
from vitalfew.maths.pieces import in_logarithms

NAMES: Final = ("p", "q", "v")

_STARTS: Final = ((4.0, 4.0), (1.0, 2.0), (20.0, 10.0), (0.5, 1.5))
_DEPENDENT: Final = 0.3


class _Spending(NamedTuple):
    """Customers who spent: purchases, their logarithmic mean value, total, weight; and the distinct numbers of them."""

    x: Floats
    log_mean: Floats
    total: Floats
    weight: Floats
    frequencies: Floats
    frequency_weight: Floats


def fit(frequency: Floats, monetary: Floats, weights: Floats | None = None) -> Fit:
    """The parameters ``p q v`` under which the customers' mean values are most likely.

    Customers without a purchase, or whose mean value is not above 0, tell nothing and are left out: ``n`` says how many
    are in. The log-likelihood is eq. 1a of the note, climbed with exact first and second derivatives in logarithms, so
    the currency does not matter. Refused (``ValueError``): arrays of different length, values that are not finite, a
    negative frequency or weight, nobody left. Told in ``notes``: frequency and value correlated above .3 (the model
    holds them apart), and ``q`` at or below 1, where the mean over all customers is infinite.

    >>> found = fit(np.array([1, 2, 3, 4.0] * 10), np.array([30, 50, 45, 20.0] * 10))
    >>> found.converged, found.n
    (True, 40.0)
    """
    started = perf_counter()
    known = _spending(floats(frequency), floats(monetary), weights)
    n = float(known.weight.sum())
    mean = float(known.weight @ (known.total / known.x)) / n
    starts = [np.log([p, q, mean * max(q - 1.0, 0.1) / p]) for p, q in _STARTS]
    unit = np.array([0.0, 0.0, np.log(mean)])
    optimum = maximise(partial(_mean_log_likelihood, known), starts, Box(unit - 9.0, unit + 9.0))
    return fitted(optimum, NAMES, n, perf_counter() - started, *_warnings(known, float(np.exp(optimum.place[1]))))


def log_likelihood_each(model: Model, x: ArrayLike, m: ArrayLike) -> Floats:
    """The log-likelihood of each customer's mean value ``m`` of ``x`` purchases, both above 0."""
    p, q, v = values(model, NAMES)
    x, m = np.asarray(x, dtype=np.float64), np.asarray(m, dtype=np.float64)
    shape, total = p * x, np.log(v + m * x)
    counted = gammaln(shape + q) - gammaln(shape) - gammaln(q)
    return np.asarray(counted + q * np.log(v) + shape * np.log(m * x) - np.log(m) - (shape + q) * total)


def expected_spend(model: Model, x: ArrayLike, m: ArrayLike) -> Floats:
    """How much each customer will spend a purchase on average: ``p (v + m x)/(p x + q - 1)`` (2013, eq. 5).

    Where ``x`` is 0 it is the mean of all, ``p v/(q - 1)``; NaN where ``p x + q`` is not above 1, as no mean exists.

    >>> expected_spend({"p": 6.25, "q": 3.74, "v": 15.44}, [2, 3, 0], [40, 25, 0]).round(2).tolist()
    [39.14, 26.3, 35.22]
    """
    p, q, v = values(model, NAMES)
    x, m = np.asarray(x, dtype=np.float64), np.asarray(m, dtype=np.float64)
    below = p * x + q - 1.0
    return np.asarray(p * (v + np.where(x > 0, m * x, 0.0)) / np.where(below > 0, below, np.nan))


def _spending(x: Floats, m: Floats, weights: Floats | None) -> _Spending:
    weight = np.ones(x.size) if weights is None else floats(weights)
    if not x.shape == m.shape == weight.shape or x.ndim != 1:
        raise ValueError("frequency, mean value and weights are lists of one length")
    if not np.isfinite(x.sum() + m.sum() + weight.sum()) or x.min(initial=0.0) < 0 or weight.min(initial=0.0) < 0:
        raise ValueError("frequency, mean value and weights are finite numbers, frequency and weights not negative")
    spent = np.flatnonzero((x > 0) & (m > 0) & (weight > 0))
    if spent.size == 0:
        raise ValueError("nobody spent anything")
    x, m, weight = x[spent], m[spent], weight[spent]
    frequencies, place = np.unique(x, return_inverse=True)
    counts = np.asarray(np.bincount(place, weight), dtype=np.float64)
    return _Spending(x, np.log(m), m * x, weight, frequencies, counts)


def _warnings(known: _Spending, q: float) -> list[Note]:
    deviation_x, deviation_m = (
        column - np.average(column, weights=known.weight) for column in (known.x, np.exp(known.log_mean))
    )
    spread = np.sqrt((known.weight @ deviation_x**2) * (known.weight @ deviation_m**2))
    dependent = spread > 0 and abs(known.weight @ (deviation_x * deviation_m)) > _DEPENDENT * spread
    return [note for note, holds in ((Note.DEPENDENT, dependent), (Note.NO_MEAN, q <= 1.0)) if holds]


def _mean_log_likelihood(known: _Spending, place: Floats) -> Point:
    p, q, v = np.exp(place).tolist()
    x, log_mean, total, weight, _, _ = known
    whole, each = v + total, weight * x
    logarithm, inverse = np.log(whole), 1.0 / whole
    counted = _of_frequencies(known, p, q)
    shape = weight * (p * x + q)
    n = weight.sum()
    value = p * (each @ np.log(total)) - weight @ log_mean + n * q * np.log(v) - shape @ logarithm
    gradient = np.array(
        [each @ (np.log(total) - logarithm), n * np.log(v) - weight @ logarithm, n * q / v - shape @ inverse]
    )
    across = [-(each @ inverse), n / v - weight @ inverse, -n * q / v**2 + shape @ inverse**2]
    hessian = np.array([[0.0, 0.0, across[0]], [0.0, 0.0, across[1]], across])
    summed = Point(value + counted.value, gradient + counted.gradient, hessian + counted.hessian)
    return in_logarithms(summed, np.array([p, q, v]), n)


def _of_frequencies(known: _Spending, p: float, q: float) -> Point:
    """The part ``ln Γ(p x + q) - ln Γ(p x) - ln Γ(q)`` with its derivatives by p and q."""
    x, weight = known.frequencies, known.frequency_weight
    both, one = p * x + q, p * x
    first = psi(both) - psi(one), psi(both) - psi(q)
    second = zeta(2.0, both) - zeta(2.0, one), zeta(2.0, both), zeta(2.0, both) - zeta(2.0, q)
    hessian = np.zeros((3, 3))
    hessian[0, 0], hessian[1, 1] = weight @ (x * x * second[0]), weight @ second[2]
    hessian[0, 1] = hessian[1, 0] = weight @ (x * second[1])
    value = weight @ (gammaln(both) - gammaln(one) - gammaln(q))
    return Point(float(value), np.array([weight @ (x * first[0]), weight @ first[1], 0.0]), hessian)
