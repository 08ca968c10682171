"""Repeat purchases of customers who may leave unnoticed, after the very first purchase too: MBG/NBD.

As `bg_nbd`, but a customer may also leave right after its first purchase, so those who bought once are not held to be
alive for ever. Each customer buys at random at its own rate, gamma(r, alpha) over the customers, and after each
purchase leaves for good with its own probability, beta(a, b). A customer is told by three numbers in one unit of time:
``x`` repeat purchases, the last at ``t_x``, known for ``T``; those without a repeat have ``t_x = 0``. All functions
take a `Fit` or a mapping of ``r alpha a b``, and numbers or arrays that broadcast.

    CDNOW, 2,357 customers, weeks                       →   log-likelihood -9582.13
    r .5, alpha 4, a 1.2, b 2;  x = 0, T = 30           →   alive with probability .364
                                x = 2, t_x = 20, T = 30 →   .583, and .391 purchases expected in the next 10

Batislam, E. P., Denizel, M. & Filiztekin, A. (2007). Empirical validation and comparison of models for customer base
analysis. International Journal of Research in Marketing 24(3), 201-209.
Hoppe, D. & Wagner, U. (2007). Customer base analysis: the case for a central variant of the betageometric/NBD model.
Marketing ZFP 3(2), 75-90.
"""

from typing import Final

from numpy.random import Generator
from numpy.typing import ArrayLike

from vitalfew.maths import beta_geometric
from vitalfew.maths import beta_geometric_forecast as forecast
from vitalfew.maths.arrays import Floats
from vitalfew.maths.beta_geometric import Kind
from vitalfew.maths.beta_geometric_counts import count_interval, simulate_histories
from vitalfew.maths.counts import Counts, Sample
from vitalfew.maths.fits import Fit, Model
from vitalfew.maths.histories import histories, seen

KIND: Final = Kind(k=1, early=1)


def fit(frequency: Floats, recency: Floats, age: Floats, weights: Floats | None = None) -> Fit:
    """The parameters ``r alpha a b`` under which the histories are most likely.

    The log-likelihood is that of `beta_geometric` with ``k = 1``, summed; it is climbed with exact first and second
    derivatives in the parameters' logarithms, so the unit of time does not matter and the answer is always the same.
    ``weights`` says for how many customers each row stands. Refused (``ValueError``) is what `histories` refuses; what
    the data cannot determine is told by ``identified`` and ``notes``.

    >>> import numpy as np
    >>> found = fit(np.array([0, 1, 3.0] * 20), np.array([0, 2, 9.0] * 20), np.array([9, 9, 10.0] * 20))
    >>> found.converged, round(found.log_likelihood, 2)
    (True, -233.34)
    """
    return beta_geometric.fit(histories(frequency, recency, age, weights), KIND)


def log_likelihood_each(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """The log-likelihood of each customer."""
    return forecast.log_likelihood_each(forecast.shape_of(model), KIND, seen(x, t_x, age))


def p_alive(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """How likely each customer is still there.

    ``1/(1 + a/(b + x) ((alpha + T)/(alpha + t_x))^(r+x))``.

    >>> p_alive({"r": 0.5, "alpha": 4, "a": 1.2, "b": 2}, [0, 2], [0, 20], 30).round(5).tolist()
    [0.36373, 0.58254]
    """
    return forecast.p_alive(forecast.shape_of(model), KIND, seen(x, t_x, age))


def expected_purchases(model: Model, t: float, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """How many purchases each customer will make in the next ``t``: alive or not, times what it buys if it is.

    Right at ``a = 1`` too, where the printed formula is 0/0, and for thousands of purchases.

    >>> round(float(expected_purchases({"r": 0.5, "alpha": 4, "a": 1.2, "b": 2}, 10, 2, 20, 30)), 5)
    0.39064
    """
    return forecast.expected_purchases(forecast.shape_of(model), KIND.early, t, seen(x, t_x, age))


def expected_new(model: Model, t: ArrayLike) -> Floats:
    """How many repeat purchases a new customer makes in its first ``t``, on average.

    >>> round(float(expected_new({"r": 0.5, "alpha": 4, "a": 1.2, "b": 2}, 10)), 5)
    0.54461
    """
    return forecast.expected_new(forecast.shape_of(model), KIND.early, t)


def discounted_expected_purchases(
    model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike, *, horizon: float, rate: float
) -> Floats:
    """How many purchases each customer will make up to ``horizon``, one in the time ``t`` counting ``exp(-rate t)``.

    ``rate`` is continuous, a unit of time: 15 % a year is ``ln 1.15/52`` a week. Refused (``ValueError``): a horizon
    that is not above 0 or without end, a negative rate.
    """
    return forecast.discounted_purchases(forecast.shape_of(model), KIND.early, seen(x, t_x, age), horizon, rate)


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
    return count_interval(model, KIND, t, seen(x, t_x, age), coverage, n_draws)


def simulate(model: Model, ages: Floats, rng: Generator) -> Sample:
    """Histories of customers of these ages as the model has them."""
    return Sample(*simulate_histories(forecast.shape_of(model), KIND, ages, rng)[:4])
