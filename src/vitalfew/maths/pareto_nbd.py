"""Repeat purchases of customers who may leave unnoticed at any moment: Pareto/NBD.

Each customer buys at random at its own rate, gamma(r, alpha) over the customers, and lives for an exponential time
whose rate is its own too, gamma(s, beta). A customer is told by three numbers in one unit of time: ``x`` repeat
purchases, the last at ``t_x``, known for ``T``, both counted from its first purchase; those without a repeat have
``t_x = 0``. All functions take a `Fit` or a mapping of ``r alpha s beta``, and numbers or arrays that broadcast.

    CDNOW, 2,357 customers, weeks   →   r .553, alpha 10.58, s .606, beta 11.66, log-likelihood -9595.0
    x = 2, t_x = 30.43, T = 38.86   →   alive with probability .869; 1.455 purchases expected in the next 39 weeks

Schmittlein, D. C., Morrison, D. G. & Colombo, R. (1987). Counting your customers: who are they and what will they do
next? Management Science 33(1), 1-24.
Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). RFM and CLV: using iso-value curves for customer base analysis.
Journal of Marketing Research 42(4), 415-430.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike
from scipy.special import gammaln

from vitalfew.maths.arrays import Floats, Ints, in_blocks
from vitalfew.maths.counts import Counts, Sample, Tails, at_least, intervals_of_many, table
from vitalfew.maths.fits import Fit, Model, fit_histories, models, values
from vitalfew.maths.histories import Seen, histories, seen
from vitalfew.maths.pareto_nbd_likelihood import NAMES, Shape, mean_log_likelihood, moments
from vitalfew.maths.quadrature import gauss_legendre

_STARTS: Final = ((0.6, 0.6, 0.6, 1.0), (2.0, 2.0, 0.3, 3.0), (0.2, 0.2, 1.5, 3.0), (1.0, 1.0, 3.0, 30.0))
_NOTHING_LEFT: Final = 40.0
_BLOCK: Final = 1_024


def fit(frequency: Floats, recency: Floats, age: Floats, weights: Floats | None = None) -> Fit:
    """The parameters ``r alpha s beta`` under which the histories are most likely.

    The log-likelihood is that of `pareto_nbd_likelihood`, climbed with exact first and second derivatives in the
    parameters' logarithms, so the unit of time does not matter and the answer is always the same. ``weights`` says for
    how many customers each row stands. Refused (``ValueError``) is what `histories` refuses; what the data cannot
    determine is told by ``identified`` and ``notes``.

    >>> found = fit(np.array([0, 1, 3.0] * 20), np.array([0, 2, 9.0] * 20), np.array([9, 9, 10.0] * 20))
    >>> found.converged, round(found.log_likelihood, 2)
    (True, -233.41)
    """
    return fit_histories(histories(frequency, recency, age, weights), mean_log_likelihood, NAMES, _STARTS)


def log_likelihood_each(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """The log-likelihood of each customer."""
    shape = _shape(model)
    r, alpha, s, beta = shape

    def block(x: Floats, t_x: Floats, age: Floats) -> Floats:
        together = np.log(moments(shape, x, t_x, age).weight.sum(axis=0))
        gone = np.log1p(t_x / alpha) * -(r + x) - np.log1p(t_x / beta) * s
        return np.asarray(gammaln(r + x) - gammaln(r) - x * np.log(alpha) + gone + together)

    return in_blocks(block, *seen(x, t_x, age), size=_BLOCK)


def p_alive(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """How likely each customer is still there: what living on explains, out of that and leaving since ``t_x``.

    >>> round(float(p_alive({"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, 2, 30.43, 38.86)), 3)
    0.869
    """
    shape = _shape(model)

    def block(x: Floats, t_x: Floats, age: Floats) -> Floats:
        weight = moments(shape, x, t_x, age).weight
        return np.asarray(weight[0] / weight.sum(axis=0))

    return in_blocks(block, *seen(x, t_x, age), size=_BLOCK)


def expected_purchases(model: Model, t: float, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """How many purchases each customer will make in the next ``t`` (1987, eq. 22).

    ``P(alive) (r + x)/(alpha + T) ∫_0^t (1 + u/(beta + T))^-s du``; at ``s = 1`` the integral is a logarithm.

    >>> model = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
    >>> round(float(expected_purchases(model, 39, 2, 30.43, 38.86)), 3)
    1.455
    """
    r, alpha, s, beta = _shape(model)
    known = seen(x, t_x, age)
    rate = (r + known.x) / (alpha + known.age)
    return np.asarray(p_alive(model, *known) * rate * _time_alive(s, beta + known.age, t))


def expected_new(model: Model, t: ArrayLike) -> Floats:
    """How many repeat purchases a new customer makes in its first ``t``, on average (1987, eq. 17).

    >>> round(float(expected_new({"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, 52)), 3)
    1.473
    """
    r, alpha, s, beta = _shape(model)
    return np.asarray(r / alpha * _time_alive(s, np.asarray(beta), np.asarray(t, dtype=np.float64)))


def discounted_expected_purchases(
    model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike, *, horizon: float = np.inf, rate: float
) -> Floats:
    """How many purchases each customer will make, one in the time ``t`` counting ``exp(-rate t)``; DERT without end.

    ``P(alive) (r + x)/(alpha + T) ∫_0^horizon exp(-rate t) (1 + t/(beta + T))^-s dt``, which for an endless horizon is
    the closed form of Fader, Hardie & Lee (2005) with Tricomi's function. ``rate`` is continuous, a unit of
    time: 15 % a year is ``ln 1.15/52 = .0027`` a week. Refused (``ValueError``): a horizon that is not above 0, a
    negative rate, and no end together with no discount, where the sum need not be finite.

    >>> model = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
    >>> round(float(discounted_expected_purchases(model, 7, 35, 39, rate=0.0027)), 2)
    20.56
    """
    if not horizon > 0 or not rate >= 0 or (rate == 0 and np.isinf(horizon)):
        raise ValueError("the horizon is above 0, the rate not negative, and one of the two must end the sum")
    r, alpha, s, beta = _shape(model)
    known = seen(x, t_x, age)
    buying = (r + known.x) / (alpha + known.age)
    return np.asarray(p_alive(model, *known) * buying * _discounted_time(s, beta + known.age, horizon, rate))


def predictive_interval(
    model: Model,
    t: float,
    x: ArrayLike,
    t_x: ArrayLike,
    age: ArrayLike,
    *,
    coverage: float = 0.9,
    n_draws: int | None = None,
) -> Counts:
    """Between which whole numbers the purchases of the next ``t`` will lie; see `counts.interval` for the rule.

    Given a `Fit`, the parameters' own uncertainty is mixed in by ``n_draws`` draws: by default 50 for up to 5,000
    customers, none beyond, where it no longer matters.
    """
    known = seen(x, t_x, age)
    flat, smallest = Seen(*(column.ravel() for column in known)), (1.0 - coverage) / 8.0
    tails: list[Tails] = [partial(_tails, one, t, flat, smallest) for one in models(model, NAMES, n_draws)]
    r, alpha, _, _ = _shape(model)
    found = intervals_of_many(tails, (r + flat.x) * t / (alpha + flat.age), coverage)
    return Counts(*(end.reshape(known.x.shape) for end in found))


def purchases_at_least(model: Model, t: float, x: Floats, t_x: Floats, age: Floats) -> Iterator[Floats]:
    """The probability that each customer makes 0, 1, 2 … purchases or more in the next ``t``.

    Alive for a time ``u`` of it, a customer makes a negative binomial number of purchases; ``u`` is weighed by Gauss
    and Legendre on a scale on which the hazard of leaving is even.
    """
    r, *_ = _shape(model)
    alive = p_alive(model, x, t_x, age)
    ratio, share = _time_there(model, t, age)
    yield np.ones(x.size)
    tails = at_least(np.broadcast_to(r + x, ratio.shape), ratio)
    next(tails)
    for tail in tails:
        yield np.asarray(alive * np.einsum("uc,uc->c", share, tail))


def moments_ahead(model: Model, t: float, x: Floats, t_x: Floats, age: Floats) -> tuple[Floats, Floats, Floats]:
    """The chance that each customer buys at all in the next ``t``, the mean of its purchases and of their square.

    Those of the negative binomial of `purchases_at_least`: ``n q`` and ``n q + n (n + 1) q²`` with ``q = u/(alpha + T)``.

    >>> model = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
    >>> found = moments_ahead(model, 39.0, *np.array([[2.0], [30.43], [38.86]]))
    >>> [float(each[0].round(3)) for each in found]
    [0.592, 1.455, 5.299]
    """
    n = _shape(model).r + x
    ratio, share = _time_there(model, t, age)
    share = share * p_alive(model, x, t_x, age)
    any_ = (share * -np.expm1(-n * np.log1p(ratio))).sum(axis=0)
    square = n * ratio + n * (n + 1.0) * ratio**2
    return any_, (share * n * ratio).sum(axis=0), (share * square).sum(axis=0)


def _time_there(model: Model, t: float, age: Floats) -> tuple[Floats, Floats]:
    """How long of the next ``t`` a customer alive now is there, over ``alpha + T``: a row for each case, and its weight."""
    _r, alpha, s, beta = _shape(model)
    longest = s * np.log1p(t / (beta + age))
    nodes, weights = np.array(gauss_legendre(12)).T
    left = np.multiply.outer(nodes, longest)
    ratio = np.concatenate([[t / (alpha + age)], (beta + age) * np.expm1(left / s) / (alpha + age)])
    return ratio, np.concatenate([[np.exp(-longest)], np.multiply.outer(weights, longest) * np.exp(-left)])


def simulate(model: Model, ages: Floats, rng: Generator) -> Sample:
    """Histories of customers of these ages as the model has them."""
    r, alpha, s, beta = _shape(model)
    rate, life = rng.gamma(r, 1.0 / alpha, ages.size), rng.exponential(1.0, ages.size)
    life /= np.maximum(rng.gamma(s, 1.0 / beta, ages.size), np.finfo(float).tiny)
    end = np.minimum(life, ages)
    x = rng.poisson(rate * end).astype(np.float64)
    again = x > 0
    t_x = np.zeros(ages.size)
    t_x[again] = end[again] * rng.beta(x[again], 1.0)
    return Sample(x, t_x, np.asarray(ages, dtype=np.float64), (life > ages).astype(np.float64))


def _shape(model: Model) -> Shape:
    return Shape(*values(model, NAMES))


def _time_alive(s: float, late: Floats, t: float | Floats) -> Floats:
    """``∫_0^t (1 + u/late)^-s du``."""
    grown = np.log1p(t / late)
    bent = (1.0 - s) * grown
    return np.asarray(late * grown * np.where(bent == 0, 1.0, np.expm1(bent) / np.where(bent == 0, 1.0, bent)))


def _discounted_time(s: float, late: Floats, horizon: float, rate: float) -> Floats:
    """``∫_0^horizon exp(-rate t) (1 + t/late)^-s dt``, to where nothing is left, on a logarithmic scale."""
    longest = np.log1p(min(horizon, _NOTHING_LEFT / rate if rate > 0 else np.inf) / late)
    total = np.zeros(np.shape(late))
    for node, weight in gauss_legendre(64):
        grown = np.exp(node * longest)
        total += weight * longest * late * np.exp(-rate * late * (grown - 1.0)) * grown ** (1.0 - s)
    return total


def _tails(model: Model, t: float, known: Seen, smallest: float, some: Ints, rows: int | None) -> Floats:  # noqa: PLR0917  (bound but for the last two)
    return table(purchases_at_least(model, t, *(column[some] for column in known)), smallest, rows)
