"""Repeat purchases on fixed occasions, when customers may leave unnoticed: BG/BB.

On each occasion (a yearly tender, a monthly call-off) a customer buys with its own probability, beta(alpha, beta), and
before each occasion it may leave for good with its own, beta(gamma, delta). It is told by three whole numbers: ``x``
purchases on ``n`` occasions, the last of them the ``t_x``-th. Functions take a `Fit` or a mapping of ``alpha beta gamma
delta``, and numbers or arrays that broadcast.

    alpha 1, beta 1, gamma .5, delta 3;  n = 4, x = 2, t_x = 3
    →   there on the fifth occasion with probability .772; 1.094 purchases expected on the next three

Fader, P. S., Hardie, B. G. S. & Shang, J. (2010). Customer-base analysis in a discrete-time noncontractual setting.
Marketing Science 29(6), 1086-1108.
"""

from functools import partial
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, hyp2f1, logsumexp, psi, zeta

from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.fits import Fit, Model, Note, fitted, values
from vitalfew.maths.histories import Seen, seen
from vitalfew.maths.maximise import Box, Point, maximise
from vitalfew.maths.pieces import in_logarithms

NAMES: Final = ("alpha", "beta", "gamma", "delta")

_STARTS: Final = ((1.0, 1.0, 0.5, 3.0), (0.5, 2.0, 0.2, 1.0), (3.0, 3.0, 1.0, 1.0), (1.0, 5.0, 0.1, 5.0))


class _Shape(NamedTuple):
    alpha: float
    beta: float
    gamma: float
    delta: float


def fit(x: Floats, t_x: Floats, n: Floats, weights: Floats | None = None) -> Fit:
    """The parameters under which the purchases on their occasions are most likely.

    One entry per customer, or with ``weights`` per kind of customer. Refused (``ValueError``): arrays of different
    length, nobody, numbers that are not whole, more purchases than occasions up to the last of them.

    >>> found = fit(np.array([0, 1, 2, 3.0]), np.array([0, 1, 3, 4.0]), np.full(4, 4.0), np.array([40, 20, 10, 9.0]))
    >>> found.converged
    True
    """
    started = perf_counter()
    weight = np.ones(np.size(x)) if weights is None else floats(weights)
    rows = Seen(floats(x), floats(t_x), floats(n))
    _refuse(rows, weight)
    kinds, place = np.unique(np.stack(rows), axis=1, return_inverse=True)
    counts = np.asarray(np.bincount(place.ravel(), weight), dtype=np.float64)
    box, starts = Box(np.full(4, -9.0), np.full(4, 7.0)), [np.log(start) for start in _STARTS]
    optimum = maximise(partial(_mean_log_likelihood, Seen(*kinds), counts), starts, box)
    notes = () if rows.x.any() else (Note.NO_REPEATS,)
    return fitted(optimum, NAMES, float(weight.sum()), perf_counter() - started, *notes)


def log_likelihood_each(model: Model, x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> Floats:
    """The log-likelihood of each customer.

    >>> round(float(np.exp(log_likelihood_each({"alpha": 1, "beta": 1, "gamma": 0.5, "delta": 3}, 2, 3, 4))), 7)
    0.025752
    """
    known = seen(x, t_x, n)
    flat = Seen(*(column.ravel() for column in known))
    logarithms = _logarithms(_Shape(*values(model, NAMES)), flat)
    return np.asarray(logsumexp(logarithms, axis=0)).reshape(known.x.shape)


def p_alive(model: Model, x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> Floats:
    """How likely each customer is still there on the next occasion.

    >>> round(float(p_alive({"alpha": 1, "beta": 1, "gamma": 0.5, "delta": 3}, 2, 3, 4)), 6)
    0.772414
    """
    alpha, beta, gamma, delta = values(model, NAMES)
    known = seen(x, t_x, n)
    both = betaln(alpha + known.x, beta + known.age - known.x) + betaln(gamma, delta + known.age + 1.0)
    front = both - betaln(alpha, beta) - betaln(gamma, delta)
    return np.asarray(np.exp(front - log_likelihood_each(model, *known)))


def expected_purchases(model: Model, occasions: int, x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> Floats:
    """How many purchases each customer will make on the next occasions.

    >>> round(float(expected_purchases({"alpha": 1, "beta": 1, "gamma": 0.5, "delta": 3}, 3, 2, 3, 4)), 6)
    1.094054
    """
    *_, gamma, delta = values(model, NAMES)
    known = seen(x, t_x, n)
    total = np.zeros(known.x.shape)
    for further in range(occasions):
        stayed = betaln(gamma, delta + known.age + 1.0 + further) - betaln(gamma, delta + known.age + 1.0)
        total += np.exp(stayed)
    return total * _buying(model, known)


def discounted_expected_purchases(model: Model, x: ArrayLike, t_x: ArrayLike, n: ArrayLike, rate: float) -> Floats:
    """How many purchases each customer will ever make, that of the h-th next occasion counting ``(1 + rate)^-h``: DERT.

    The endless sum is ``2F1(1, delta + n + 1; gamma + delta + n + 1; 1/(1 + rate))/(1 + rate)``. Refused
    (``ValueError``) is a rate not above 0.

    >>> round(float(discounted_expected_purchases({"alpha": 1, "beta": 1, "gamma": 0.5, "delta": 3}, 2, 3, 4, 0.1)), 6)
    2.813957
    """
    if not rate > 0:
        raise ValueError("a discount rate is above 0")
    *_, gamma, delta = values(model, NAMES)
    known = seen(x, t_x, n)
    after = delta + known.age + 1.0
    discount = 1.0 / (1.0 + rate)
    return np.asarray(_buying(model, known) * discount * hyp2f1(1.0, after, gamma + after, discount))


def expected_new(model: Model, occasions: int) -> float:
    """How many purchases a new customer makes on its first occasions, on average.

    >>> round(expected_new({"alpha": 1, "beta": 1, "gamma": 0.5, "delta": 3}, 5), 6)
    1.773893
    """
    alpha, beta, gamma, delta = values(model, NAMES)
    occasion = np.arange(1.0, occasions + 1.0)
    return float(alpha / (alpha + beta) * np.exp(betaln(gamma, delta + occasion) - betaln(gamma, delta)).sum())


def _buying(model: Model, known: Seen) -> Floats:
    """The chance to buy on the next occasion: to be there, times the mean of the chance to buy."""
    alpha, beta, *_ = values(model, NAMES)
    return np.asarray(p_alive(model, *known) * (alpha + known.x) / (alpha + beta + known.age))


def _refuse(rows: Seen, weight: Floats) -> None:
    x, t_x, n = rows
    if not x.shape == t_x.shape == n.shape == weight.shape or x.ndim != 1:
        raise ValueError("purchases, the last of them, occasions and weights are lists of one length")
    if x.size == 0 or not np.isfinite(weight.sum()) or weight.min() < 0 or not weight.sum() > 0:
        raise ValueError("weights are not negative, and somebody is there")
    if any(np.any(np.rint(column) != column) for column in rows):
        raise ValueError("purchases and occasions are whole numbers")
    if x.min() < 0 or np.any(x > t_x) or np.any(t_x > n) or np.any((x > 0) != (t_x > 0)):
        raise ValueError(
            "there are no more purchases than occasions up to the last of them, and no more of those than n"
        )


def _occasions(known: Seen) -> tuple[Floats, Floats, Floats]:
    """Until which occasion a customer may have been there, a row per possibility; whether it left then; whether it may.

    The last possibility of each is to be there on all ``n``.
    """
    _, t_x, n = known
    until = t_x + np.arange(float((n - t_x).max(initial=0.0)) + 1.0)[:, None]
    return np.minimum(until, n), (until < n).astype(np.float64), (until <= n).astype(np.float64)


def _logarithms(shape: _Shape, known: Seen) -> Floats:
    """What each possibility explains."""
    alpha, beta, gamma, delta = shape
    until, left, possible = _occasions(known)
    buying = betaln(alpha + known.x, beta + until - known.x) - betaln(alpha, beta)
    staying = betaln(gamma + left, delta + until) - betaln(gamma, delta)
    return np.asarray(np.where(possible > 0, buying + staying, -np.inf))


def _mean_log_likelihood(known: Seen, weight: Floats, place: Floats) -> Point:
    """A sum over possibilities: its derivatives are means and spreads over them."""
    shape = _Shape(*np.exp(place).tolist())
    logarithms = _logarithms(shape, known)
    each = logsumexp(logarithms, axis=0)
    share = np.exp(logarithms - each) * weight
    pull, bend = _derivatives(shape, known)
    mean = (pull * share).sum(axis=1)
    hessian = (pull * share).reshape(4, -1) @ pull.reshape(4, -1).T - (mean / np.maximum(weight, 1e-300)) @ mean.T
    total = Point(float(weight @ each), mean.sum(axis=1), hessian + np.einsum("ijmc,mc->ij", bend, share))
    return in_logarithms(total, np.array(shape), float(weight.sum()))


def _derivatives(shape: _Shape, known: Seen) -> tuple[Floats, Floats]:
    """First and second derivatives of the logarithms by the four parameters."""
    until, left, _ = _occasions(known)
    bought = np.broadcast_to(known.x, until.shape)
    bend, pull = np.zeros((4, 4, *until.shape)), np.zeros((4, *until.shape))
    for first, (up, down) in ((0, (bought, until - bought)), (2, (left, until))):
        one, other = shape[first], shape[first + 1]
        rises = [(one, up), (other, down), (one + other, up + down)]
        slopes = [psi(start + by) - psi(start) for start, by in rises]
        bends = [zeta(2.0, start + by) - zeta(2.0, start) for start, by in rises]
        pull[first], pull[first + 1] = slopes[0] - slopes[2], slopes[1] - slopes[2]
        bend[first, first], bend[first + 1, first + 1] = bends[0] - bends[2], bends[1] - bends[2]
        bend[first, first + 1] = bend[first + 1, first] = -bends[2]
    return pull, bend


def simulate(model: Model, n: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Purchases and the last occasion of made-up customers with so many occasions each."""
    alpha, beta, gamma, delta = values(model, NAMES)
    buys, leaves = rng.beta(alpha, beta, n.size), rng.beta(gamma, delta, n.size)
    last = np.minimum(rng.geometric(np.maximum(leaves, 1e-12)) - 1.0, n)
    occasion = np.arange(1.0, n.max(initial=0.0) + 1.0)[:, None]
    bought = (rng.random((occasion.size, n.size)) < buys) & (occasion <= last)
    return bought.sum(axis=0).astype(np.float64), (bought * occasion).max(axis=0, initial=0.0)
