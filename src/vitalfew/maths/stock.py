"""How much to keep, for demand and lead times that vary.

    over the lead time   mean μ = L D, deviation σ = sqrt(L sd_D² + D² sd_L²)       (per period: D, sd_D; L, sd_L in periods)
    safety stock         quantile of that demand at the service level, less μ; z σ where it is normal
    fill rate            1 − ESC/Q,  ESC = −ss (1 − Φ(ss/σ)) + σ φ(ss/σ): what is missing a cycle, as a share of an order Q

    service level        critical ratio cu/(cu + co): a piece too few costs cu, a piece too many co (the newsvendor's)

Where σ is half of μ or more, the normal model would allow negative demand: a gamma distribution of the same mean and deviation
is taken instead.

    D 2,500, sd 500, L 7, sd_L 7, level 90 %   →   22,491

Chopra, S. & Meindl, P. (2016). Supply Chain Management, 6th ed., chapters 12 and 13. Silver, E. A., Pyke, D. F. & Thomas, D. J.
(2017). Inventory and Production Management in Supply Chains, 4th ed. (gamma).
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

from vitalfew.maths.arrays import Floats

SKEWED: Final = 0.5
"""From this coefficient of variation on demand is taken as gamma distributed."""


def over_lead_time(
    mean: ArrayLike, deviation: ArrayLike, lead: ArrayLike, lead_deviation: ArrayLike
) -> tuple[Floats, Floats]:
    """Mean and deviation of the demand during a lead time, from those of a period and of the lead time in periods.

    >>> [round(float(each), 1) for each in over_lead_time(2500, 500, 7, 7)]
    [17500.0, 17549.9]
    """
    demand, periods = np.asarray(mean, dtype=np.float64), np.asarray(lead, dtype=np.float64)
    variance = periods * np.square(deviation) + np.square(demand * np.asarray(lead_deviation))
    return np.asarray(demand * periods), np.asarray(np.sqrt(variance))


def quantile(mean: ArrayLike, deviation: ArrayLike, level: float) -> Floats:
    """What is enough with probability ``level``: normal, or gamma where the deviation is half of the mean or more.

    >>> round(float(quantile(100.0, 10.0, 0.975)), 1), round(float(quantile(10.0, 10.0, 0.9)), 2)
    (119.6, 23.03)
    """
    if not 0 < level < 1:
        raise ValueError("a service level lies between 0 and 1")
    mu, sigma = np.broadcast_arrays(np.asarray(mean, dtype=np.float64), np.asarray(deviation, dtype=np.float64))
    with np.errstate(divide="ignore", invalid="ignore"):
        skewed = (sigma >= SKEWED * mu) & (mu > 0)
        shape = np.where(skewed, np.square(mu / sigma), 1.0)
        gamma = gammaincinv(shape, level) * np.square(sigma) / np.where(mu > 0, mu, 1.0)
    return np.where(skewed, gamma, np.where(mu > 0, mu + ndtri(level) * sigma, 0.0))


def critical_ratio(too_few: float, too_many: float) -> float:
    """The service level at which one piece more costs as much as it saves: the smallest stock whose chance to be enough is that.

    >>> round(critical_ratio(55, 5), 3)
    0.917
    """
    if not (too_few > 0 and too_many > 0):
        raise ValueError("both a piece too few and a piece too many cost something")
    return too_few / (too_few + too_many)


def safety_stock(mean: ArrayLike, deviation: ArrayLike, level: float) -> Floats:
    """What to keep beyond the mean demand of the lead time (`over_lead_time`), so that it lasts in ``level`` of all cycles.

    >>> round(float(ndtri(0.9) * over_lead_time(2500, 500, 7, 7)[1]))
    22491
    """
    return np.asarray(quantile(mean, deviation, level) - np.asarray(mean))


def chance_enough(mean: ArrayLike, deviation: ArrayLike, stock: ArrayLike) -> Floats:
    """How likely the stock lasts through the lead time; the inverse of `quantile`.

    >>> round(float(chance_enough(100.0, 10.0, 119.6)), 3)
    0.975
    """
    mu, sigma, kept = (np.asarray(each, dtype=np.float64) for each in (mean, deviation, stock))
    with np.errstate(divide="ignore", invalid="ignore"):
        skewed = (sigma >= SKEWED * mu) & (mu > 0)
        gamma = gammainc(np.where(skewed, np.square(mu / sigma), 1.0), np.maximum(kept, 0.0) * mu / np.square(sigma))
        normal = ndtr((kept - mu) / np.where(sigma > 0, sigma, np.nan))
    sure = np.where(kept >= mu, 1.0, 0.0)
    return np.where(sigma > 0, np.where(skewed, gamma, normal), sure)


def expected_shortage(kept: ArrayLike, deviation: ArrayLike) -> Floats:
    """What is missing in a cycle on average, normal demand, ``kept`` beyond the mean.

    >>> round(float(expected_shortage(1000, 500 * 2**0.5)), 2)
    25.13
    """
    ss, sigma = np.asarray(kept, dtype=np.float64), np.asarray(deviation, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = ss / sigma
        density = np.exp(-0.5 * np.square(ratio)) / np.sqrt(2.0 * np.pi)
        found = sigma * density - ss * ndtr(-ratio)
    return np.where(sigma > 0, found, np.maximum(-ss, 0.0))


def fill_rate(kept: ArrayLike, deviation: ArrayLike, order: ArrayLike) -> Floats:
    """The share of demand met from the shelf, with orders of that size; not below 0.

    >>> round(float(fill_rate(1000, 707, 10_000)), 4)
    0.9975
    """
    size = np.asarray(order, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 1.0 - expected_shortage(kept, deviation) / size
    return np.where(size > 0, np.clip(share, 0.0, 1.0), np.nan)
