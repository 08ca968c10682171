"""Whether two groups differ in their means, when they differ in size and spread too.

Welch, B. L. (1947). The generalization of 'Student's' problem when several different population variances are involved.
Biometrika 34.
Liang, K.-Y. & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika 73(1).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from vitalfew.maths.arrays import Floats, Ints


class Mean(NamedTuple):
    """A mean, the variance of that mean, and from how many independent groups of values it comes."""

    mean: float
    variance: float
    groups: int


class Difference(NamedTuple):
    """First mean less second, its interval, the two-sided p, and the degrees of freedom."""

    mean: float
    low: float
    high: float
    p: float
    freedom: float


def mean_of(values: Floats) -> Mean | None:
    """The mean of independent values; ``None`` for fewer than two."""
    return mean_of_clusters(np.arange(values.size), values)


def mean_of_clusters(group: Ints, values: Floats) -> Mean | None:
    """The mean of all values when those of one group hang together: ``var = m/(m-1) sum_g (sum_i (x_i - mean))² / n²``.

    ``None`` for fewer than two groups. Liang & Zeger 1986.

    >>> mean_of_clusters(np.array([0, 0, 1, 1]), np.array([1.0, 1, 3, 3]))
    Mean(mean=2.0, variance=1.0, groups=2)
    """
    groups, row = np.unique(group, return_inverse=True)
    if groups.size < 2:  # noqa: PLR2004 -- a spread needs two
        return None
    mean = float(values.mean())
    sums = np.bincount(row, values - mean)
    return Mean(mean, float((sums**2).sum() / values.size**2 * groups.size / (groups.size - 1)), int(groups.size))


def difference(first: Mean | None, second: Mean | None, confidence: float = 0.95) -> Difference | None:
    """Welch's t-test of two means: ``t = (m1 - m2)/sqrt(v1 + v2)`` with Satterthwaite's degrees of freedom.

    ``None`` where a mean is missing, or neither has any spread.
    """
    if first is None or second is None or first.variance + second.variance <= 0:
        return None
    total = first.variance + second.variance
    freedom = total**2 / (first.variance**2 / (first.groups - 1) + second.variance**2 / (second.groups - 1))
    mean, error = first.mean - second.mean, float(np.sqrt(total))
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * error
    return Difference(mean, mean - half, mean + half, float(2 * stdtr(freedom, -abs(mean) / error)), freedom)


def welch(first: Floats, second: Floats, confidence: float = 0.95) -> Difference | None:
    """Welch's t-test of two groups of independent values; ``None`` where one has fewer than two, or neither any spread.

    >>> found = welch(np.array([5.0, 6, 7, 8]), np.array([3.0, 4, 4, 5, 6]))
    >>> round(found.mean, 2), round(found.p, 4), round(found.freedom, 2)
    (2.1, 0.0426, 6.12)
    """
    return difference(mean_of(first), mean_of(second), confidence)
