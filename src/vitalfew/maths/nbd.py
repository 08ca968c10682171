"""Repeat purchases of customers of whom nobody leaves: NBD, the yardstick of all that have customers leave.

Each customer buys at random at its own rate, gamma(r, alpha) over the customers, for ever. It is told by two numbers in one
unit of time: ``x`` repeat purchases in the time ``T`` that it has been known. What is left of a forecast without leaving, once
leaving is reckoned with, is what leaving takes.

    ln L = ln Γ(r + x) - ln Γ(r) + r ln alpha - (r + x) ln(alpha + T)
    E    = (r + x)/(alpha + T) t                                             expected in the next t

    r .420, alpha 5.245, T = 52, t = 52;  x = 1 … 5   →   1.290 2.198 3.107 4.015 4.923
    CDNOW, 2,357 customers, weeks                     →   r .385, alpha 12.07

The likelihood is that of the times of the purchases, as `bg_nbd` and the others have it, so they can be compared by `bic`
of `buying`. Who has been silent for long is foretold too much: that is what the others are for.

Ehrenberg, A. S. C. (1959). The pattern of consumer purchases. Applied Statistics 8(1), 26-41. Morrison, D. G. &
Schmittlein, D. C. (1988). Generalizing the NBD model for customer purchases. J. Business & Economic Statistics 6(2).
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Floats
from vitalfew.maths.fits import Fit, Model, fit_histories, values
from vitalfew.maths.histories import Histories, histories
from vitalfew.maths.maximise import Point
from vitalfew.maths.pieces import in_logarithms, rise

NAMES: Final = ("r", "alpha")
_STARTS: Final = ((0.6, 0.6), (3.0, 3.0), (0.2, 0.2))


def fit(frequency: Floats, recency: Floats, age: Floats, weights: Floats | None = None) -> Fit:
    """The parameters ``r alpha`` under which the counts are most likely; refuses what `histories` refuses.

    >>> found = fit(np.array([0, 1, 3.0] * 20), np.array([0, 2, 9.0] * 20), np.array([9, 9, 10.0] * 20))
    >>> found.converged, round(found.log_likelihood, 2)
    (True, -235.62)
    """
    return fit_histories(histories(frequency, recency, age, weights), mean_log_likelihood, NAMES, _STARTS)


def expected_purchases(model: Model, t: float, x: ArrayLike, age: ArrayLike) -> Floats:
    """How many purchases each customer will make in the next ``t`` if it stays: ``(r + x)/(alpha + T) t``.

    >>> expected_purchases({"r": 0.420, "alpha": 5.245}, 52, [1, 2, 3, 4, 5], 52).round(3).tolist()
    [1.29, 2.198, 3.107, 4.015, 4.923]
    """
    r, alpha = values(model, NAMES)
    return np.asarray((r + np.asarray(x, dtype=np.float64)) / (alpha + np.asarray(age, dtype=np.float64)) * t)


def mean_log_likelihood(known: Histories, place: Floats) -> Point:
    """The mean log-likelihood a customer and its derivatives in the parameters' logarithms."""
    r, alpha = np.exp(place).tolist()
    up, by_r, bend = rise(r, known.frequencies, known.frequency_weight)
    again = np.ones(known.x.size) if known.weight is None else known.weight
    time = alpha + np.concatenate([known.age, known.idle_age])
    weight = np.concatenate([again, known.idle_weight])
    counted = weight * (r + np.concatenate([known.x, np.zeros(known.idle_age.size)]))
    logs = np.log(time / alpha)
    value = up - float(counted @ logs) - known.purchases * np.log(alpha)
    gradient = np.array([by_r - weight @ logs, r * known.n / alpha - counted @ (1 / time)])
    across = known.n / alpha - float(weight @ (1 / time))
    hessian = np.array([[bend, across], [across, counted @ time**-2 - r * known.n / alpha**2]])
    return in_logarithms(Point(value, gradient, hessian), np.array([r, alpha]), known.n)
