"""Repeat purchases of customers who buy at even distances and may leave unnoticed: BG/CNBD-k and MBG/CNBD-k.

As `bg_nbd` and `mbg_nbd`, but the waits of a customer are Erlang-k: with ``k = 1`` purchases come at random, the larger
``k`` the more evenly. So a silence alarms earlier for customers who buy like clockwork. Beside ``x t_x T`` a customer
is told by the sum of the logarithms of its waits, which says how even they are. Functions take a `Fit` or a mapping of
``r alpha a b k``, and ``early = 1`` where customers may leave right after their first purchase (MBG).

    k = 2, r 1, alpha 3, a .5, b 1;  x = 3, t_x = 20, T = 30, log waits 4.2
    →   log-likelihood -11.954, alive with probability .666

Platzer, M. & Reutterer, T. (2016). Ticking away the moments. Marketing Science 35(5), 779-799.
Reutterer, T., Platzer, M. & Schröder, N. (2021). Leveraging purchase regularity for predicting customer behavior the
easy way. International Journal of Research in Marketing 38(1), 194-215.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from vitalfew.maths import beta_geometric, beta_geometric_counts
from vitalfew.maths import beta_geometric_forecast as forecast
from vitalfew.maths.arrays import Floats, floats
from vitalfew.maths.beta_geometric import Kind
from vitalfew.maths.beta_geometric_counts import LoggedSample, count_interval, simulate_histories
from vitalfew.maths.counts import Counts
from vitalfew.maths.fits import Fit, Model, values
from vitalfew.maths.histories import Seen, histories, seen
from vitalfew.maths.quadrature import gauss_legendre

_LARGEST: Final = 12
_FALLS: Final = 2


def fit(
    frequency: Floats,
    recency: Floats,
    age: Floats,
    log_intervals: Floats,
    weights: Floats | None = None,
    *,
    early: int = 1,
    smallest_k: int = 1,
    largest_k: int = _LARGEST,
) -> Fit:
    """The parameters ``r alpha a b k`` under which the histories are most likely.

    ``log_intervals`` is the sum of ``ln`` of each customer's waits between purchases, 0 where there is none, in the
    unit of the other times. ``k`` goes from ``smallest_k`` until the likelihood has fallen twice, or to ``largest_k``;
    the other parameters are fitted for each. Refused (``ValueError``): what `histories` refuses, and logarithms that
    are not finite or of another length.
    """
    known = histories(frequency, recency, age, weights)
    logs = floats(log_intervals)
    if logs.shape != np.shape(frequency) or not np.isfinite(logs.sum()):
        raise ValueError("the sums of logarithms are finite numbers, one for each customer")
    total = float(logs.sum() if weights is None else floats(weights) @ logs)
    best: Fit | None = None
    falls = 0
    for k in range(smallest_k, largest_k + 1):
        found = beta_geometric.fit(known, Kind(k, early))
        likelihood = found.log_likelihood + (k - 1) * total
        if best is None or likelihood > best.log_likelihood:
            best, falls = replace(found, log_likelihood=likelihood, parameters=found.parameters | {"k": float(k)}), 0
        else:
            falls += 1
        if falls == _FALLS:
            break
    if best is None:
        raise ValueError("the largest k is no smaller than the smallest")
    return best


def log_likelihood_each(
    model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike, log_intervals: ArrayLike, *, early: int = 1
) -> Floats:
    """The log-likelihood of each customer.

    >>> model = {"r": 1, "alpha": 3, "a": 0.5, "b": 1, "k": 2}
    >>> round(float(log_likelihood_each(model, 3, 20, 30, 4.2)), 5)
    -11.95369
    """
    kind = _kind(model, early)
    waits = (kind.k - 1) * np.asarray(log_intervals, dtype=np.float64)
    return waits + forecast.log_likelihood_each(forecast.shape_of(model), kind, seen(x, t_x, age))


def p_alive(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike, *, early: int = 1) -> Floats:
    """How likely each customer is still there.

    >>> round(float(p_alive({"r": 1, "alpha": 3, "a": 0.5, "b": 1, "k": 2}, 3, 20, 30)), 5)
    0.66609
    """
    return forecast.p_alive(forecast.shape_of(model), _kind(model, early), seen(x, t_x, age))


def expected_purchases(
    model: Model, t: float, x: ArrayLike, t_x: ArrayLike, age: ArrayLike, *, early: int = 1
) -> Floats:
    """How many purchases each customer will make in the next ``t``: the sum of its chances to make 1, 2, 3 … or more.

    Exact, with what has passed of the present wait taken into account, where the literature approximates.
    """
    return beta_geometric_counts.expected_purchases(forecast.shape_of(model), _kind(model, early), t, seen(x, t_x, age))


def expected_new(model: Model, t: ArrayLike, *, early: int = 1) -> Floats:
    """How many repeat purchases a new customer makes in its first ``t``, on average."""
    none = Seen(*np.zeros((3, 1)))
    shape, kind = forecast.shape_of(model), _kind(model, early)
    times = np.asarray(t, dtype=np.float64)
    found = [beta_geometric_counts.expected_purchases(shape, kind, float(one), none)[0] for one in times.ravel()]
    return np.array(found).reshape(times.shape)


def discounted_expected_purchases(
    model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike, *, horizon: float, rate: float, early: int = 1
) -> Floats:
    """How many purchases each customer will make up to ``horizon``, one in the time ``t`` counting ``exp(-rate t)``.

    By parts, ``exp(-δH) Y(H) + δ ∫ exp(-δt) Y(t) dt``. Refused (``ValueError``): a horizon that is not above 0 or
    without end, a negative rate.
    """
    if not 0 < horizon < np.inf or not rate >= 0:
        raise ValueError("the horizon is finite and above 0, the discount rate not negative")
    total = np.exp(-rate * horizon) * expected_purchases(model, horizon, x, t_x, age, early=early)
    for node, weight in gauss_legendre(12):
        t = horizon * node**2
        discount = 2.0 * horizon * node * weight * rate * np.exp(-rate * t)
        total += discount * expected_purchases(model, t, x, t_x, age, early=early)
    return np.asarray(total)


def predictive_interval(
    model: Model,
    t: float,
    x: ArrayLike,
    t_x: ArrayLike,
    age: ArrayLike,
    *,
    early: int = 1,
    coverage: float = 0.9,
    n_draws: int | None = None,
) -> Counts:
    """Between which whole numbers the purchases of the next ``t`` will lie; see `counts.interval` for the rule."""
    return count_interval(model, _kind(model, early), t, seen(x, t_x, age), coverage, n_draws)


def simulate(model: Model, ages: Floats, rng: Generator, *, early: int = 1) -> LoggedSample:
    """Histories of customers of these ages as the model has them."""
    return simulate_histories(forecast.shape_of(model), _kind(model, early), ages, rng)


def _kind(model: Model, early: int) -> Kind:
    return Kind(int(values(model, ("k",))[0]), early)
