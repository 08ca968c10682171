"""What a trial with accounts held out says: means made sharper, ratios, shares, and how many accounts it takes.

    CUPED       y - theta (x - mean x)        theta = cov(x, y)/var(x)       variance (1 - rho²) of what it was
    ratio       Fieller's interval of m1/m0   the values r with  (m1 - r m0)² <= t² (v1 + r² v0)
    two shares  p1 - p0 with Newcombe's interval; Fisher's exact test where an expected cell is below 5
    size        n = (z_a sqrt(2 pq) + z_b sqrt(p0 q0 + p1 q1))² / (p1 - p0)²  in each group, p the mean of p0 and p1

    10 % against 12 %, at .05 and with power .8  →  3,841 in each group

Deng, A., Xu, Y., Kohavi, R. & Walker, T. (2013). Improving the sensitivity of online controlled experiments by utilizing
pre-experiment data. WSDM. Fieller, E. C. (1954). Some problems in interval estimation. JRSS B 16(2). Fisher, R. A. (1935).
The logic of inductive inference. JRSS 98(1). Fleiss, J. L. (1981). Statistical Methods for Rates and Proportions. Wiley.
"""

from math import ceil, sqrt
from typing import Final, NamedTuple

import numpy as np
from scipy.special import gammaln, ndtr, ndtri, stdtrit

from vitalfew.maths.arrays import Bools, Floats, floats
from vitalfew.maths.intervals import Interval, newcombe
from vitalfew.maths.welch import Mean

FEW_EXPECTED: Final = 5
"""Below so many expected in a cell, the normal curve is no guide."""
_AS_RARE: Final = 1 + 1e-7


class Sharpened(NamedTuple):
    """Outcomes less what was known before, the factor, and the variance left of what it was."""

    values: Floats
    theta: float
    left: float


class Lift(NamedTuple):
    """A difference of two shares, its interval, the two-sided p, and whether that is Fisher's."""

    difference: float
    low: float
    high: float
    p: float
    exact: bool


def cuped(outcome: Floats, before: Floats, treated: Bools) -> Sharpened:
    """Outcomes freed of what their value before foretold; the mean of all stays.

    Covariance and variance are taken inside the two groups, so that an effect doesn't go into ``theta``. Where the values
    before are all alike, nothing is changed. Deng et al. 2013.

    >>> y, x = np.array([12.0, 21, 29, 42]), np.array([10.0, 20, 30, 40])
    >>> found = cuped(y, x, np.array([True, False, True, False]))
    >>> found.values.round(2).tolist(), round(found.theta, 2), round(found.left, 3)
    ([26.25, 25.75, 24.25, 27.75], 0.95, 0.011)
    """
    y, x = (_inside(values, treated) for values in (outcome, before))
    spread = float(x @ x)
    if spread <= 0 or float(y @ y) <= 0:
        return Sharpened(floats(outcome), 0.0, 1.0)
    theta = float(x @ y) / spread
    values = outcome - theta * (before - before.mean())
    return Sharpened(floats(values), theta, max(0.0, 1 - float(x @ y) ** 2 / (spread * float(y @ y))))


def _inside(values: Floats, treated: Bools) -> Floats:
    """The values less the mean of their group."""
    centred = values.astype(np.float64)
    for group in (treated, ~treated):
        if group.any():
            centred[group] -= centred[group].mean()
    return centred


def ratio(first: Mean, second: Mean, confidence: float = 0.95) -> Interval | None:
    """Between which values the ratio of two independent means lies; ``None`` where the second may well be 0.

    Student's t has Satterthwaite's degrees of freedom of the difference. Fieller 1954.

    >>> [round(end, 3) for end in ratio(Mean(3.0, 0.01, 50), Mean(2.0, 0.01, 50))]
    [1.335, 1.695]
    """
    total = first.variance + second.variance
    if total <= 0 or second.mean <= 0:
        return None
    freedom = total**2 / (first.variance**2 / (first.groups - 1) + second.variance**2 / (second.groups - 1))
    t = float(stdtrit(freedom, (1 + confidence) / 2))
    unsure = t * t * second.variance / second.mean**2
    if unsure >= 1:
        return None
    found = first.mean / second.mean
    inside = first.variance + found**2 * second.variance - unsure * first.variance
    half = t / second.mean * sqrt(max(0.0, inside))
    return Interval((found - half) / (1 - unsure), (found + half) / (1 - unsure))


def lift(seen: int, of: int, seen_0: int, of_0: int, confidence: float = 0.95) -> Lift:
    """By how much a share was higher than that of those held out.

    ``p`` is of the pooled z-test, or Fisher's where an expected cell is below 5. Refuses (``ValueError``) no trials.

    >>> found = lift(8, 10, 3, 10)
    >>> round(found.difference, 2), round(found.p, 4), found.exact
    (0.5, 0.0698, True)
    """
    ends = newcombe(seen, of, seen_0, of_0, confidence)
    both = (seen + seen_0) / (of + of_0)
    exact = min(both, 1 - both) * min(of, of_0) < FEW_EXPECTED
    difference = seen / of - seen_0 / of_0
    p = fisher(seen, of, seen_0, of_0) if exact else _normal(difference / sqrt(both * (1 - both) * (1 / of + 1 / of_0)))
    return Lift(difference, ends.low, ends.high, p, exact)


def _normal(z: float) -> float:
    return float(2 * ndtr(-abs(z)))


def fisher(seen: int, of: int, seen_0: int, of_0: int) -> float:
    """The two-sided p of Fisher's exact test: how likely, with the margins as they are, a table as rare or rarer is.

    >>> round(fisher(3, 4, 1, 4), 4)
    0.4857
    """
    total = seen + seen_0
    possible = np.arange(max(0, total - of_0), min(total, of) + 1, dtype=np.float64)
    chance = np.exp(_ways(of, possible) + _ways(of_0, total - possible) - _ways(of + of_0, np.array([float(total)])))
    own = chance[int(seen - possible[0])]
    return float(min(1.0, chance[chance <= own * _AS_RARE].sum()))


def _ways(of: int, taken: Floats) -> Floats:
    return floats(gammaln(of + 1.0) - gammaln(taken + 1.0) - gammaln(of - taken + 1.0))


def accounts_for_shares(share: float, share_0: float, error: float = 0.05, power: float = 0.8) -> int:
    """How many it takes in each of two groups to tell the shares apart.

    Refuses (``ValueError``) equal shares and those outside 0 … 1. Fleiss 1981.

    >>> accounts_for_shares(0.12, 0.10)
    3841
    """
    if share == share_0 or not (0 <= share <= 1 and 0 <= share_0 <= 1):
        raise ValueError("two different shares between 0 and 1 are needed")
    a, b = _z(error, power)
    mean = (share + share_0) / 2
    spread = a * sqrt(2 * mean * (1 - mean)) + b * sqrt(share * (1 - share) + share_0 * (1 - share_0))
    return ceil(spread**2 / (share - share_0) ** 2)


def accounts_for_means(variance: float, effect: float, error: float = 0.05, power: float = 0.8) -> int | None:
    """How many it takes in each of two groups to see an effect on a mean: ``2 s² (z_a + z_b)²/effect²``.

    ``None`` for no effect.

    >>> accounts_for_means(100.0, 5.0)
    63
    """
    if effect == 0 or not np.isfinite(effect):
        return None
    return ceil(2 * variance * sum(_z(error, power)) ** 2 / effect**2)


def least_effect(variance: float, error: float = 0.05, power: float = 0.8) -> float:
    """The effect that would have been seen, with that variance of the difference: ``(z_a + z_b) sqrt(v)``.

    >>> round(least_effect(4.0), 3)
    5.603
    """
    return sum(_z(error, power)) * sqrt(variance)


def _z(error: float, power: float) -> tuple[float, float]:
    return float(ndtri(1 - error / 2)), float(ndtri(power))
