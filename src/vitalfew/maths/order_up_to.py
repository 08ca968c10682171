"""What to order so that a shelf lasts until the order after next is there: the order-up-to rule of periodic review.

    mean μ = (L + R) D,  deviation σ = sqrt((L + R) sd_D² + D² sd_L²)       (D, sd_D a day's; L, sd_L in days; R between orders)
    S = the service level's quantile of that demand                         (normal, or gamma where σ is half of μ or more)
    order = S − on hand − on order, where that is above zero, in whole pieces

    D 10, sd 4, L 7, R 7, level 95 %, 60 on hand, 20 on order   →   S 164.6, order 85

Silver, E. A., Pyke, D. F. & Thomas, D. J. (2017). Inventory and Production Management in Supply Chains, 4th ed., chapter 6.
"""

from dataclasses import dataclass
from math import ceil

from vitalfew.maths.stock import over_lead_time, quantile


@dataclass(frozen=True)
class Demand:
    """A day's demand and its deviation; the days until goods are there, their deviation, and those between two orders."""

    mean: float
    deviation: float
    lead: float
    lead_deviation: float
    review: float


def level(demand: Demand, service: float) -> float:
    """Up to what is ordered.

    >>> round(level(Demand(10, 4, 7, 0, 7), 0.95), 1)
    164.6
    """
    mean, deviation = over_lead_time(demand.mean, demand.deviation, demand.lead + demand.review, demand.lead_deviation)
    return float(quantile(mean, deviation, service))


def order(demand: Demand, service: float, on_hand: float, on_order: float) -> int:
    """In whole pieces, never below zero.

    >>> order(Demand(10, 4, 7, 0, 7), 0.95, 60, 20), order(Demand(10, 4, 7, 0, 7), 0.95, 200, 0)
    (85, 0)
    """
    return max(0, ceil(round(level(demand, service) - on_hand - on_order, 6)))
