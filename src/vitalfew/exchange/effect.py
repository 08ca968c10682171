"""Whether a figure is another since an exchange of data was agreed on, without a database.

Figures are of four weeks each, so that one hangs little together with the next:

    same season   each four weeks since, beside the same four weeks (364 days, or a multiple) before: the mean of the
                  differences, with Student's interval
    else          four weeks since beside the last four weeks before, with Welch's interval: the season may be part of it

From fewer than three on either side nothing is told. Before and after is no proof: what else changed is not taken out.

    since 8, 9, 10, a year before 12, 12, 13   →   -3.33 (-4.77 to -1.90)

Law, A. M. (2015). Simulation Modeling and Analysis, 5th ed., 9.5: batch means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import Final

from vitalfew.exchange.words import Verdict

FEWEST: Final = 3
MOST: Final = 13
"""Four weeks so often make a year."""
DAYS: Final = 28
WEEKS: Final = 4
YEAR: Final = 364


@dataclass(frozen=True)
class Compared:
    """A figure before and since, its change with the interval; where it can't be told, how many four weeks there are."""

    since: int
    before: int
    same_season: bool = False
    mean_since: float | None = None
    mean_before: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def verdict(self) -> Verdict:
        if self.low is None or self.high is None:
            return Verdict.FEW
        return Verdict.LESS if self.high < 0 else Verdict.MORE if self.low > 0 else Verdict.UNSURE


def compared(since: Mapping[int, float], season: Mapping[int, float], before: Sequence[float]) -> Compared:
    """``since`` and ``season`` by the number of the four weeks, the same number in the same season; ``before`` the last ones.

    >>> found = compared({0: 8.0, 1: 9.0, 2: 10.0}, {0: 12.0, 1: 12.0, 2: 13.0}, [])
    >>> round(found.change, 2), round(found.low, 2), found.verdict
    (-3.33, -4.77, <Verdict.LESS: 'less'>)
    """
    pairs = [(figure, season[number]) for number, figure in since.items() if number in season]
    if len(pairs) >= FEWEST:
        means = [fmean(side) for side in zip(*pairs, strict=True)]
        low, high = interval([after - earlier for after, earlier in pairs])
        return Compared(len(pairs), len(pairs), True, means[0], means[1], means[0] - means[1], low, high)
    if min(len(since), len(before)) < FEWEST:
        return Compared(len(since), max(len(before), len(pairs)))
    return _apart(list(since.values()), before)


def _apart(since: Sequence[float], before: Sequence[float]) -> Compared:
    import numpy as np

    from vitalfew.maths.welch import welch

    found = welch(np.array(since), np.array(before))
    means = fmean(since), fmean(before)
    change = means[0] - means[1]
    low, high = (found.low, found.high) if found else (change, change)
    return Compared(len(since), len(before), False, *means, change, low, high)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Between which values the mean lies, with 95 per cent: Student's.

    >>> [round(end, 2) for end in interval([-4.0, -3.0, -3.0])]
    [-4.77, -1.9]
    """
    from scipy.special import stdtrit

    mean, n = fmean(values), len(values)
    variance = sum((each - mean) ** 2 for each in values) / (n - 1)
    half = float(stdtrit(n - 1, 0.975)) * sqrt(variance / n)
    return mean - half, mean + half
