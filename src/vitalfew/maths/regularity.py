"""How evenly purchases are spaced, from the two latest waits of each customer.

Wheat, R. D. & Morrison, D. G. (1990). Estimating purchase regularity with two interpurchase times. Journal of Marketing
Research 27(1), 87-93.
"""

import numpy as np

from vitalfew.maths.arrays import Floats


def wheat_morrison(latest: Floats, before: Floats) -> float | None:
    """The order ``k`` of gamma distributed waits: 1 for purchases at random, more for regular ones, less for clumped.

    ``k = (1 - 4 var M)/(8 var M)`` with ``M`` the share of one wait in the two, the variance about its mean with
    ``n - 1``. One entry per customer in each array, in any unit of time; pairs without any wait are left out. ``None``
    for fewer than two pairs, and where all pairs are even. Fewer than thirty pairs say little.

    >>> round(wheat_morrison(np.array([10.0, 8, 20, 14]), np.array([12.0, 15, 9, 14])), 2)
    5.63
    """
    both = np.asarray(latest, dtype=np.float64) + before
    share = latest[both > 0] / both[both > 0]
    if share.size < 2:  # noqa: PLR2004 -- a variance needs two
        return None
    variance = float(np.var(share, ddof=1))
    return (1.0 - 4.0 * variance) / (8.0 * variance) if variance > 0 else None
