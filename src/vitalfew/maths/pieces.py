"""Sums of log-likelihoods with their derivatives, put together piece by piece."""

import numpy as np
from scipy.special import gammaln, psi, zeta

from vitalfew.maths.arrays import Floats
from vitalfew.maths.maximise import Point


def add(one: Point, other: Point) -> Point:
    """The sum of two functions at one place."""
    return Point(one.value + other.value, one.gradient + other.gradient, one.hessian + other.hessian)


def in_logarithms(total: Point, parameters: Floats, n: float) -> Point:
    """A sum over ``n`` customers, derived by the parameters, as a mean derived by their logarithms."""
    gradient = total.gradient * parameters / n
    hessian = total.hessian * np.outer(parameters, parameters) / n + np.diag(gradient)
    return Point(float(total.value / n), gradient, hessian)


def rise(start: float, by: Floats, weight: Floats) -> tuple[float, float, float]:
    """The weighted sum of ``ln Γ(start + by) - ln Γ(start)`` and of its first and second derivative by ``start``.

    >>> [round(part, 6) for part in rise(1.0, np.array([3.0]), np.array([1.0]))]  # ln 3!, 1 + 1/2 + 1/3, ...
    [1.791759, 1.833333, -1.361111]
    """
    return (
        float(weight @ (gammaln(start + by) - gammaln(start))),
        float(weight @ (psi(start + by) - psi(start))),
        float(weight @ (zeta(2.0, start + by) - zeta(2.0, start))),
    )
