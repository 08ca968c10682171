"""Whether a series rises or falls, and how fast: answers that a few odd periods cannot overturn.

Many series are taken at once, as the rows of a matrix whose columns are evenly spaced periods; a missing period is NaN.
A million series of 36 periods take seconds, and memory that does not grow with them.

Theil, H. (1950). A rank-invariant method of linear and polynomial regression analysis. Indagationes Math. 12.
Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau. JASA 63(324).
Mann, H. B. (1945). Nonparametric tests against trend. Econometrica 13(3).
Kendall, M. G. (1975). Rank Correlation Methods, 4th ed. Griffin.
"""

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.special import erfc, ndtri

from vitalfew.maths.arrays import Floats, blocks, side_by_side
from vitalfew.maths.remembered import remembered

FEWEST: Final = 4
"""With fewer periods no test is made."""

_CACHE: Final = 200_000
"""Pairs worked on at a time: what stays in the processor's cache."""


@dataclass(frozen=True)
class Trends:
    """Per series: Theil-Sen slope a period with its interval, Mann-Kendall S and two-sided p, periods seen."""

    slope: Floats
    low: Floats
    high: Floats
    s: Floats
    p: Floats
    n: Floats


@remembered(Trends, by_row=True)
def trends(series: Floats, confidence: float = 0.95) -> Trends:
    """Whether each series rises or falls, and by how much a period.

    The slope is the median of ``(y_j - y_i)/(j - i)`` over all pairs ``i < j`` (Theil 1950); its interval takes the
    ordered slopes of rank ``(N ∓ z sd(S))/2`` (Sen 1968, eq. 2.6). ``S = sum sign(y_j - y_i)`` over the same pairs,
    ``18 var(S) = n(n-1)(2n+5) - sum t(t-1)(2t+5)`` over groups of ``t`` ties, ``z = (S - sign S)/sd(S)`` (Kendall).

    ``series``: (series, periods), or one series. Every field of the answer has one entry per series. With fewer than
    four periods slope, interval and p are NaN. A series that never changes has slope 0 and p = 1. A seasonal series
    must be compared with the year before first: the test takes a season for a trend.

    >>> found = trends(np.array([[1.0, 2, 4, 3, 5, 7]]))
    >>> float(found.slope[0]), float(found.s[0]), round(float(found.p[0]), 4)
    (1.0, 13.0, 0.0242)
    """
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    pairs = max(1, rows.shape[1] * (rows.shape[1] - 1) // 2)
    z = float(ndtri((1 + confidence) / 2))
    answer = Trends(*(np.full(rows.shape[0], np.nan) for _ in fields(Trends)))

    def work(part: slice) -> None:
        for field, values in zip(fields(Trends), _trends(rows[part], z), strict=True):
            getattr(answer, field.name)[part] = values

    side_by_side(work, blocks(rows.shape[0], max(1, _CACHE // pairs)))
    return answer


def _trends(rows: Floats, z: float) -> tuple[Floats, ...]:
    n = np.count_nonzero(~np.isnan(rows), axis=1).astype(np.float64)
    slopes = _pair_slopes(rows)
    s = ((slopes > 0).sum(axis=0) - (slopes < 0).sum(axis=0)).astype(np.float64)
    deviation = np.sqrt(_variance(rows, n))
    ordered = np.ascontiguousarray(slopes.T)
    ordered.sort(axis=1)
    few = n < FEWEST
    ends = (np.where(few, np.nan, end) for end in _middle_and_ends(ordered, n * (n - 1.0) / 2.0, z * deviation))
    p = erfc(np.maximum(np.abs(s) - 1.0, 0.0) / np.where(deviation > 0, deviation, 1.0) / np.sqrt(2.0))
    return *ends, s, np.where(few, np.nan, p), n


def _pair_slopes(rows: Floats) -> Floats:
    """Every pair's slope, a row per pair and a column per series; NaN where one of the two is missing."""
    length = rows.shape[1]
    columns = np.ascontiguousarray(rows.T)
    slopes = np.empty((length * (length - 1) // 2, rows.shape[0]))
    start = 0
    for lag in range(1, length):
        part = slopes[start : start + length - lag]
        np.subtract(columns[lag:], columns[:-lag], out=part)
        part *= 1.0 / lag
        start += length - lag
    return slopes


def _middle_and_ends(ordered: Floats, count: Floats, reach: Floats) -> tuple[Floats, Floats, Floats]:
    """The median of each row's ``count`` slopes and those ``reach / 2`` ranks below and above it."""
    middle = (_ranked(ordered, (count - 1.0) // 2.0, count) + _ranked(ordered, count // 2.0, count)) / 2.0
    low = _ranked(ordered, np.rint((count - reach) / 2.0) - 1.0, count)
    high = _ranked(ordered, np.rint((count + reach) / 2.0), count)
    return middle, low, high


def _variance(rows: Floats, n: Floats) -> Floats:
    """The variance of S; a tie growing to ``t`` members takes another ``6 (t-1)(t+1)`` eighteenths away."""
    columns = np.sort(rows, axis=1).T
    run, ties = np.ones(rows.shape[0]), np.zeros(rows.shape[0])
    for before, now in pairwise(columns):
        run = np.where(now == before, run + 1.0, 1.0)
        ties += 6.0 * (run - 1.0) * (run + 1.0)
    return np.asarray((n * (n - 1.0) * (2.0 * n + 5.0) - ties) / 18.0)


def _ranked(ordered: Floats, rank: Floats, count: Floats) -> Floats:
    """The slope of that rank in each row, the nearest there is."""
    if ordered.shape[1] == 0:
        return np.full(rank.size, np.nan)
    index = np.clip(rank, 0.0, np.maximum(count - 1.0, 0.0)).astype(np.int64)
    return np.take_along_axis(ordered, index[:, None], axis=1)[:, 0]
