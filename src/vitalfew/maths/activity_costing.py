"""What serving costs, by the time it takes: time-driven activity-based costing.

    rate              cost of the capacity supplied / practical capacity in minutes (80 to 85 % of the theoretical)
    cost of an act    its minutes × rate
    unused capacity   (practical capacity − minutes used) × rate: told apart, never spread over those who are served

Where more minutes are used than there are, the unused capacity is below zero: overtime, or times understated. The rate stays.

    560,000 for 700,000 minutes   →   0.80 a minute; 49,000 orders of 8, 1,400 inquiries of 44, 2,500 credit checks of 50
    minutes   →   578,600 minutes used, 462,880 assigned, 121,400 minutes unused, worth 97,120

Kaplan, R. S. & Anderson, S. R. (2004). Time-driven activity-based costing. Harvard Business Review 82(11).
"""

from typing import NamedTuple

from vitalfew.maths.arrays import Floats


class Costing(NamedTuple):
    """Rate a minute, cost of one act of each kind, all acts' cost by kind, minutes used, minutes unused and their cost."""

    rate: float
    unit_costs: Floats
    assigned: Floats
    used: float
    unused: float
    unused_cost: float


def rate(cost: float, practical_minutes: float) -> float:
    """What a minute costs.

    >>> rate(560_000, 700_000)
    0.8
    """
    if practical_minutes <= 0:
        raise ValueError("a capacity has minutes")
    return cost / practical_minutes


def costing(cost: float, practical_minutes: float, minutes: Floats, done: Floats) -> Costing:
    """The cost of each kind of act, of which ``done`` were done, each of so many ``minutes``.

    >>> import numpy as np
    >>> found = costing(560_000, 700_000, np.array([8.0, 44, 50]), np.array([49_000.0, 1_400, 2_500]))
    >>> found.unit_costs.round(2).tolist(), found.used, round(found.unused_cost)
    ([6.4, 35.2, 40.0], 578600.0, 97120)
    """
    a_minute = rate(cost, practical_minutes)
    used = float((minutes * done).sum())
    unused = practical_minutes - used
    return Costing(a_minute, minutes * a_minute, minutes * done * a_minute, used, unused, unused * a_minute)
