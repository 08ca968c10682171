"""Repeat purchases of customers who may leave unnoticed after any of them: BG/NBD.

Each customer buys at random at its own rate, gamma(r, alpha) over the customers, and after each repeat purchase leaves
for good with its own probability, beta(a, b). A customer is told by three numbers in one unit of time: ``x`` repeat
purchases, the last at ``t_x``, known for ``T``, both counted from its first purchase; those without a repeat have
``t_x = 0``. All functions take a `Fit` or a mapping of ``r alpha a b``, and numbers or arrays that broadcast.

A customer without any repeat purchase is certainly alive here, whatever its silence: a trait of the model. Where
one-time customers matter take `mbg_nbd`. Of two customers equally silent the one who bought more often is less likely
alive: for it the same silence is more unusual.

    CDNOW, 2,357 customers, weeks   →   r .243, alpha 4.414, a .793, b 2.426, log-likelihood -9582.4
    x = 2, t_x = 30.43, T = 38.86   →   1.226 purchases expected in the next 39 weeks

Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). "Counting your customers" the easy way: an alternative to the
Pareto/NBD model. Marketing Science 24(2), 275-284.
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

KIND: Final = Kind(k=1, early=0)


def fit(frequency: Floats, recency: Floats, age: Floats, weights: Floats | None = None) -> Fit:
    """The parameters ``r alpha a b`` under which the histories are most likely.

    The log-likelihood is eq. 6 of the paper, summed; it is climbed with exact first and second derivatives in the
    parameters' logarithms, so the unit of time does not matter and the answer is always the same. ``weights`` says for
    how many customers each row stands. Refused (``ValueError``) is what `histories` refuses; what the data cannot
    determine is told by ``identified`` and ``notes``.

    >>> import numpy as np
    >>> found = fit(np.array([0, 1, 3.0] * 20), np.array([0, 2, 9.0] * 20), np.array([9, 9, 10.0] * 20))
    >>> found.converged, round(found.log_likelihood, 2)
    (True, -233.38)
    """
    return beta_geometric.fit(histories(frequency, recency, age, weights), KIND)


def log_likelihood_each(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """The log-likelihood of each customer (eq. 6)."""
    return forecast.log_likelihood_each(forecast.shape_of(model), KIND, seen(x, t_x, age))


def p_alive(model: Model, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """How likely each customer is still there.

    ``1/(1 + 1{x>0} a/(b + x - 1) ((alpha + T)/(alpha + t_x))^(r+x))``; 1 where nothing was bought again.

    >>> round(float(p_alive({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, 2, 30.43, 38.86)), 4)
    0.7266
    """
    return forecast.p_alive(forecast.shape_of(model), KIND, seen(x, t_x, age))


def expected_purchases(model: Model, t: float, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Floats:
    """How many purchases each customer will make in the next ``t``: the probability to be alive times eq. 10's rest.

    Right at ``a = 1`` too, where the printed formula is 0/0, and for thousands of purchases.

    >>> round(float(expected_purchases({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, 39, 2, 30.43, 38.86)), 3)
    1.226
    """
    return forecast.expected_purchases(forecast.shape_of(model), KIND.early, t, seen(x, t_x, age))


def expected_new(model: Model, t: ArrayLike) -> Floats:
    """How many repeat purchases a new customer makes in its first ``t``, on average (eq. 9).

    >>> round(float(expected_new({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, 52)), 3)
    1.446
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
