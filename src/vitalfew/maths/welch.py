"""The difference of two means whose spreads need not be alike.

    d ± t sqrt(s1²/n1 + s2²/n2),   df = (s1²/n1 + s2²/n2)² / ( (s1²/n1)²/(n1-1) + (s2²/n2)²/(n2-1) )

    1 2 3 4 against 2 4 6  →  difference -1.5, degrees of freedom 3.24, 95 % interval -5.54 to 2.54

Welch, B. L. (1947). The generalization of 'Student's' problem when several different population variances are
involved. Biometrika 34.
"""

from math import sqrt
from typing import NamedTuple

from scipy.special import stdtrit

from vitalfew.maths.arrays import Floats

_FEWEST = 2


class Difference(NamedTuple):
    """The first mean less the second, with the ends of its interval."""

    difference: float
    low: float
    high: float


def welch(one: Floats, other: Floats, confidence: float = 0.95) -> Difference | None:
    """The difference with its interval; ``None`` with fewer than two on a side, no width where neither varies.

    >>> import numpy as np
    >>> [round(each, 2) for each in welch(np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6]))]
    [-1.5, -5.54, 2.54]
    """
    if min(one.size, other.size) < _FEWEST:
        return None
    parts = [float(each.var(ddof=1)) / each.size for each in (one, other)]
    difference, variance = float(one.mean() - other.mean()), sum(parts)
    if variance <= 0:
        return Difference(difference, difference, difference)
    freedom = variance**2 / sum(part**2 / (each.size - 1) for part, each in zip(parts, (one, other), strict=True))
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * sqrt(variance)
    return Difference(difference, difference - half, difference + half)
