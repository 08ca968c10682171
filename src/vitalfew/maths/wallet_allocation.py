"""What part of a customer's spending a supplier gets, by its rank in the customer's eyes alone.

Keiningham, T. L., Aksoy, L., Buoye, A. & Cooil, B. (2011). Customer loyalty isn't enough. Grow your share of wallet. Harvard
Business Review 89(10).
"""

import numpy as np

from vitalfew.maths.arrays import Floats, floats


def allocation(rank: Floats, suppliers: Floats) -> Floats:
    """The share of the supplier of that rank among so many: ``(1 - rank/(n + 1)) 2/n``; all of them sum to 1.

    Ties have the mean of their ranks. NaN where the rank lies outside 1 … n. Holds for customers that really buy from
    several suppliers.

    >>> allocation(np.array([1.0, 2, 3]), np.array([3.0])).round(3)
    array([0.5  , 0.333, 0.167])
    """
    n = floats(suppliers)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (1.0 - rank / (n + 1.0)) * 2.0 / n
    return floats(np.where((rank >= 1) & (rank <= n), share, np.nan))
