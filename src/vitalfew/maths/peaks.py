"""In which months of the year a series stands above its average, year after year.

Of each year, a month's index is what a day of it brings over what a day of the whole year brings. The year takes the level out,
so that what is left between the years of one month is chance: its variance is pooled over the twelve months, with
``11 (years - 1)`` degrees of freedom. A month is a peak where its mean index is at least ``least`` and the lower end of its
interval, with the confidence shared out among twelve months (Bonferroni), is above 1, as its index was in every single year.

    three years, December 1.9 2.1 2.0, all other months about .9   →   a peak: 2.0 (1.8-2.2)

Years apart tell nothing of chance where there is one alone: fewer than two are no answer.

Scheffé, H. (1959). The Analysis of Variance, chapter 4 (two-way layout, one observation a cell). Wiley.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtrit

from vitalfew.maths.arrays import Bools, Floats, Ints

MONTHS: Final = 12
FEWEST_YEARS: Final = 2


@dataclass(frozen=True)
class Season:
    """Of each series: its index by month, half the width of its interval, the years it rests on, and what it does not explain."""

    index: Floats
    deviation: Floats
    """Of a single month of a single year."""
    lowest: Floats
    """Of each month, the index of the year in which it was lowest."""
    years: Ints
    unexplained: Floats
    """Which part of all variation of the index is chance; NaN where nothing varies or too few years tell."""
    confidence: float

    def half(self, months: int = 1) -> Floats:
        """Half the width of the interval of so many months' mean index."""
        freedom = np.maximum((MONTHS - 1) * (self.years - 1), 1)
        quantile = stdtrit(freedom, 1 - (1 - self.confidence) / 2 / MONTHS)
        return np.asarray(quantile * self.deviation / np.sqrt(np.maximum(self.years, 1) * months))

    def peaks(self, least: float) -> Bools:
        """Series × months."""
        low = self.index - self.half()[:, None]
        return np.asarray(
            (self.years[:, None] >= FEWEST_YEARS) & (self.index >= least) & (low > 1.0) & (self.lowest > 1.0)
        )


def season(quantities: Floats, days: Floats, confidence: float) -> Season:
    """Series × years × months, and the days of each month; a year in which nothing was sold does not count."""
    rate = quantities / days
    level = quantities.sum(axis=2) / days.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(level[:, :, None] > 0, rate / level[:, :, None], np.nan)
    years = (level > 0).sum(axis=1)
    mean = np.nansum(index, axis=1) / np.maximum(years, 1)[:, None]
    chance = np.nansum((index - mean[:, None, :]) ** 2, axis=(1, 2))
    whole = chance + years * ((mean - 1.0) ** 2).sum(axis=1)
    told = years >= FEWEST_YEARS
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt(chance / ((MONTHS - 1) * (years - 1)))
        unexplained = chance / whole
    lowest = np.nan_to_num(index, nan=np.inf).min(axis=1, initial=np.inf)
    return Season(
        mean,
        np.where(told, deviation, 0.0),
        lowest,
        years,
        np.where(told & (whole > 0), unexplained, np.nan),
        confidence,
    )


def runs(peak: Bools) -> list[tuple[int, int]]:
    """Months next to each other as one, across the turn of the year, too: the first (from 0), and how many.

    >>> runs(np.array([1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1], dtype=bool))
    [(4, 2), (11, 2)]
    """
    if peak.all():
        return []
    starts = np.flatnonzero(peak & ~np.roll(peak, 1))
    return [(int(start), _length(peak, int(start))) for start in starts]


def _length(peak: Bools, start: int) -> int:
    return next(n for n in range(1, MONTHS + 1) if not peak[(start + n) % MONTHS])
