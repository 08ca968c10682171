"""What is odd about a series of figures, without a database.

    jump      |x − m| > max(5 · 1.4826 · MAD, 0.75 · m, 5),  m and MAD the median and its deviation of the reports before
    balance   stock₁ = stock₀ − sold + deliveries, within a tolerance of what moved; goods delivered at the border of the
              span may have been counted before or after it

The median and its deviation are moved little by the very figures that are looked for; 1.4826 makes the deviation that of a
normal distribution. What nearly never varies is given three quarters of its median and five pieces as leeway.

Leys, C. et al. (2013). Detecting outliers: do not use standard deviation around the mean, use absolute deviation around the
median. Journal of Experimental Social Psychology 49(4), 764-766.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final

FEWEST: Final = 8
MOST: Final = 26
DEVIATIONS: Final = 5.0
NORMAL: Final = 1.4826
SHARE: Final = 0.75
PIECES: Final = 5.0


def jumps(before: Sequence[float], figure: float) -> float | None:
    """The usual figure, where this one lies far from it; None where it does not, or too little is known.

    >>> jumps([10, 12, 9, 11, 10, 12, 10, 11], 120)
    10.5
    >>> jumps([10, 12, 9, 11, 10, 12, 10, 11], 17) is None, jumps([10, 12], 120) is None
    (True, True)
    """
    known = before[-MOST:]
    if len(known) < FEWEST:
        return None
    usual = median(known)
    spread = median(abs(each - usual) for each in known)
    leeway = max(DEVIATIONS * NORMAL * spread, SHARE * abs(usual), PIECES)
    return float(usual) if abs(figure - usual) > leeway else None


def balance(before: float, sold: float, delivered: tuple[float, float], after: float, tolerance: float) -> float | None:
    """By how much the stock lies beside what follows; None where it follows, within the tolerance's share of what moved.

    ``delivered``: at least and at most.

    >>> balance(100, 30, (20, 20), 90, 0.05), balance(100, 30, (20, 20), 60, 0.05), balance(100, 30, (0, 20), 72, 0.05)
    (None, -30, None)
    """
    low, high = (before - sold + each for each in delivered)
    leeway = max(1.0, tolerance * (abs(before) + abs(sold) + delivered[1]))
    beside = after - min(max(after, low), high)
    return beside if abs(beside) > leeway else None
