"""How sure some plain figures are: a rank correlation, a rate of events, weighted means, the share of the largest.

Spearman, C. (1904). The proof and measurement of association between two things. American J. of Psychology 15(1).
Bonett, D. G. & Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall and Spearman correlations.
Psychometrika 65(1).
Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4).
Beach, C. M. & Davidson, R. (1983). Distribution-free statistical inference with Lorenz curves and income shares. Review of
Economic Studies 50(4).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import gammaincinv, ndtri, stdtrit

from vitalfew.maths.arrays import Floats, floats


class Estimate(NamedTuple):
    """A figure and the ends of its interval."""

    value: float
    low: float
    high: float


def rank_correlation(first: Floats, second: Floats, confidence: float = 0.95) -> Estimate | None:
    """Spearman's rho with ``tanh(atanh(rho) ± z sqrt((1 + rho²/2)/(n - 3)))`` (Bonett & Wright 2000).

    ``None`` for fewer than four pairs, or where one side never differs.

    >>> found = rank_correlation(np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 4, 5]))
    >>> [round(each, 3) for each in found]
    [0.9, -0.169, 0.996]
    """
    from scipy.stats import rankdata

    n = first.size
    if n < 4 or np.ptp(first) == 0 or np.ptp(second) == 0:  # noqa: PLR2004 -- three degrees are lost
        return None
    rho = float(np.corrcoef(rankdata(first), rankdata(second))[0, 1])
    inside = float(np.clip(rho, -1 + 1e-12, 1 - 1e-12))
    reach = _z(confidence) * np.sqrt((1 + rho * rho / 2) / (n - 3))
    return Estimate(rho, float(np.tanh(np.arctanh(inside) - reach)), float(np.tanh(np.arctanh(inside) + reach)))


def event_rate(events: float, exposure: float, confidence: float = 0.95) -> Estimate:
    """Events a unit of exposure with the exact interval of a Poisson count (Garwood 1936).

    Refused (``ValueError``): a negative count, no exposure.

    >>> [round(each, 3) for each in event_rate(4, 2.0)]
    [2.0, 0.545, 5.121]
    """
    if events < 0 or exposure <= 0:
        raise ValueError("a rate needs a count from 0 and an exposure above 0")
    tail = (1 - confidence) / 2
    low = float(gammaincinv(events, tail)) if events > 0 else 0.0
    return Estimate(events / exposure, low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure)


class Weighed(NamedTuple):
    """By group: how many values, and sums of their weights, weighted values, squares ``w²``, ``w² x``, ``w² x²``."""

    n: Floats
    w: Floats
    wx: Floats
    w2: Floats
    w2x: Floats
    w2x2: Floats


def weighted_means(sums: Weighed, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """The weighted mean of each group's values and half its interval: ``t sqrt(n/(n-1) sum w² (x - mean)²) / sum w``.

    Student's t has ``n - 1`` degrees of freedom: of few values the interval is wide. Where weights differ much fewer values
    carry the mean, and the interval is a little narrow. NaN for fewer than two.

    >>> mean, half = weighted_means(Weighed(*(np.array([each]) for each in (3.0, 3.0, 60.0, 3.0, 60.0, 1400.0))))
    >>> float(mean[0]), float(half[0].round(2))  # of 10, 20, 30
    (20.0, 24.84)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums.wx / sums.w
        spread = np.maximum(sums.w2x2 - 2 * mean * sums.w2x + mean**2 * sums.w2, 0.0)
        error = np.sqrt(spread * sums.n / (sums.n - 1)) / sums.w
        half = stdtrit(np.maximum(sums.n - 1, 1), (1 + confidence) / 2) * error
    return np.asarray(mean), np.where(sums.n > 1, half, np.nan)


def largest_share(values: Floats, fraction: float, confidence: float = 0.95) -> Estimate | None:
    """What share of the total the largest ``fraction`` of the members make, as if they were drawn from many such.

    With q between the smallest of the largest and the next, and m the mean, the influence of a value is
    ``((x - q)+ + fraction q - share x)/m`` (Beach & Davidson 1983). ``None`` for fewer than two members or a total at or
    below 0.

    >>> found = largest_share(np.arange(1.0, 101.0), 0.2)
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.358, 0.326, 0.39)
    """
    ordered = np.sort(floats(values))[::-1]
    total, number = float(ordered.sum()), int(np.ceil(fraction * ordered.size - 1e-9))
    if ordered.size < 2 or total <= 0 or number < 1:  # noqa: PLR2004 -- a spread needs two
        return None
    share, edge = float(ordered[:number].sum()) / total, float(ordered[number - 1 : number + 1].mean())
    influence = (np.maximum(ordered - edge, 0.0) + fraction * edge - share * ordered) * (ordered.size / total)
    reach = _z(confidence) * float(influence.std(ddof=1) / np.sqrt(ordered.size))
    return Estimate(share, share - reach, share + reach)


def _z(confidence: float) -> float:
    return float(ndtri((1 + confidence) / 2))
