"""Where the level of a series shifted, and how often.

A series is cut into pieces of constant level. Of all ways to cut it, the one is taken with the least

    Σ (y − mean of its piece)²/σ² + 3 ln n · cuts          pieces of at least four periods

found exactly by dynamic programming (Jackson et al. 2005); ``3 ln n`` for a cut is the leading term of the modified BIC of
Zhang & Siegmund (2007). ``σ²`` is half the mean square of the steps from period to period (von Neumann 1941), which a few shifts
hardly widen.

    5 4 5 6 5 4 9 8 9 10 9 9   →   one cut, before the seventh: from 4.83 to 9

A season must be taken out first, else it is cut into pieces; a steady trend too looks like a stair.

von Neumann, J. (1941). Annals of Mathematical Statistics 12(4). Jackson, B. et al. (2005). An algorithm for optimal
partitioning of data on an interval. IEEE Signal Processing Letters 12(2). Zhang, N. R. & Siegmund, D. O. (2007). A modified
Bayes information criterion. Biometrics 63(1). Killick, R., Fearnhead, P. & Eckley, I. A. (2012). JASA 107(500).
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints, blocks, side_by_side
from vitalfew.maths.remembered import remembered

LEAST: Final = 4
_BLOCK: Final = 4_096


class Changes(NamedTuple):
    """How many cuts, the first period of the latest piece (0: no cut), and the levels before and after that cut."""

    cuts: Ints
    latest: Ints
    before: Floats
    after: Floats


@remembered(Changes, by_row=True)
def change_points(series: Floats, least: int = LEAST) -> Changes:
    """The cuts of each series (series, periods); leading NaN is a time before the series began.

    >>> found = change_points(np.array([[5.0, 4, 5, 6, 5, 4, 9, 8, 9, 10, 9, 9]]))
    >>> int(found.cuts[0]), int(found.latest[0]), round(float(found.before[0]), 2), float(found.after[0])
    (1, 6, 4.83, 9.0)
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    found = Changes(*np.zeros((2, len(rows)), dtype=np.int64), *np.full((2, len(rows)), np.nan))

    def work(part: slice) -> None:
        for whole, piece in zip(found, _cut(rows[part], least), strict=True):
            whole[part] = piece

    side_by_side(work, blocks(len(rows), _BLOCK))
    return found


def _cut(rows: Floats, least: int) -> Changes:
    """Best cost up to each period by where its last piece begins; then back from the end."""
    begun = np.isnan(rows).sum(axis=1)
    scaled = np.nan_to_num(rows) / _noise(rows)[:, None]
    sums, squares = (np.column_stack([np.zeros(len(rows)), np.cumsum(part, axis=1)]) for part in (scaled, scaled**2))
    length = rows.shape[1]
    penalty = 3.0 * np.log(np.maximum(length - begun, 2.0))
    cost = np.where(np.arange(length + 1) == begun[:, None], -penalty[:, None], np.inf)
    origin, places = np.zeros((len(rows), length + 1), dtype=np.int64), np.arange(len(rows))
    for end in range(least, length + 1):
        starts = slice(end - least + 1)
        width = end - np.arange(end - least + 1)
        spread = squares[:, end, None] - squares[:, starts] - (sums[:, end, None] - sums[:, starts]) ** 2 / width
        tried = cost[:, starts] + spread + penalty[:, None]
        best = tried.argmin(axis=1)
        origin[:, end] = best
        cost[:, end] = np.minimum(tried[places, best], cost[:, end])
    return _traced(rows, origin, begun)


def _traced(rows: Floats, origin: Ints, begun: Ints) -> Changes:
    places = np.arange(len(rows))
    latest = np.maximum(origin[:, -1], begun)
    count, at = np.zeros(len(rows), dtype=np.int64), latest.copy()
    while (cut := at > begun).any():
        count += cut
        at = np.where(cut, np.maximum(origin[places, at], begun), at)
    before_from = np.where(latest > begun, np.maximum(origin[places, latest], begun), latest)
    periods = np.arange(rows.shape[1])
    after = _level(rows, (periods >= latest[:, None]))
    before = _level(rows, (periods >= before_from[:, None]) & (periods < latest[:, None]))
    return Changes(count, np.where(count > 0, latest, 0), before, np.where(count > 0, after, np.nan))


def _level(rows: Floats, inside: Bools) -> Floats:
    n = inside.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(inside, np.nan_to_num(rows), 0.0).sum(axis=1) / np.where(n > 0, n, np.nan))


def _noise(rows: Floats) -> Floats:
    """The deviation of each series by its steps; 1 where none differ."""
    steps = np.square(np.diff(rows, axis=1))
    n = np.isfinite(steps).sum(axis=1)
    found = np.sqrt(np.nansum(steps, axis=1) / np.maximum(n, 1) / 2.0)
    return np.where(found > 0, found, 1.0)
