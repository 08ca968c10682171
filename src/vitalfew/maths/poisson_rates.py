"""How much more or less often something happens than before, of few events: the ratio of two Poisson rates.

Given how many happened in all, those of the second time are binomial with the share ``p = R t₁ / (R t₁ + t₀)``; the exact ends of
p (Clopper and Pearson) are turned into those of R. Przyborowski, J. & Wilenski, H. (1940). Homogeneity of results in testing
samples from Poisson series. Biometrika 31(3/4). Clopper, C. J. & Pearson, E. S. (1934). The use of confidence or fiducial
limits. Biometrika 26(4).
"""

from math import inf
from typing import NamedTuple

from scipy.special import betaincinv


class RateRatio(NamedTuple):
    """The second rate by the first, and between which values it lies; the upper end is infinite where the first time saw none."""

    ratio: float
    low: float
    high: float


def rate_ratio(events: int, exposure: float, events_0: int, exposure_0: float, confidence: float = 0.95) -> RateRatio:
    """``(events / exposure) / (events_0 / exposure_0)`` with its exact interval.

    Refuses (``ValueError``) exposures that are not above nothing, fewer than no events, and no events at all.

    >>> [round(end, 6) for end in rate_ratio(11, 800, 21, 3011)]
    [1.971488, 0.858426, 4.277266]
    """
    if min(exposure, exposure_0) <= 0 or min(events, events_0) < 0:
        raise ValueError("an exposure is above nothing, and a count is not below it")
    if events + events_0 == 0:
        raise ValueError("nothing happened in either time")
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    tail, scale = (1 - confidence) / 2, exposure_0 / exposure
    low = float(betaincinv(events, events_0 + 1, tail)) if events else 0.0
    high = float(betaincinv(events + 1, events_0, 1 - tail)) if events_0 else 1.0
    ratio = events / events_0 * scale if events_0 else inf
    return RateRatio(ratio, _odds(low) * scale, _odds(high) * scale)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf
