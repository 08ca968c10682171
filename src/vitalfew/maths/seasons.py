"""Whether a series has a season, and which."""

from typing import Final

import numpy as np
from scipy.special import gammaincc

from vitalfew.maths.arrays import Floats
from vitalfew.maths.arrays import blocks as pieces

YEARS: Final = 3
"""Fewer years prove no season."""
LEAST_FACTOR: Final = 0.05
BLOCK: Final = 20_000


def factors(total: Floats, season: int = 12, level: float = 0.05) -> Floats | None:
    """What each place of the season is of its year's mean, where the places differ beyond chance (`friedman`).

    ``total`` are the periods of one series, the last one last; what exceeds whole years at its beginning is not used. The
    factors belong to the last ``season`` periods, in their order. ``None`` for fewer than three years, a year at or below
    0, and where no season is proven.

    >>> factors(np.tile([2.0, 4, 6], 3) , season=3)
    array([0.5, 1. , 1.5])
    """
    years = total.size // season
    if years < YEARS:
        return None
    book = total[-years * season :].reshape(years, season)
    means = book.mean(axis=1, keepdims=True)
    if (means <= 0).any() or friedman(book) >= level:
        return None
    return np.asarray(np.maximum((book / means).mean(axis=0), LEAST_FACTOR))


def factors_of_each(totals: Floats, otherwise: Floats) -> Floats:
    """Each row's season (`factors`) from its first value above 0 on; another where none is proven. For a few hundred rows."""
    found = (factors(row[(row > 0).argmax() :], otherwise.size) for row in totals)
    return np.array([otherwise if each is None else each for each in found]).reshape(len(totals), otherwise.size)


def friedman(blocks: Floats) -> float:
    """Do the columns differ, whatever the level of each row.

    Ranks ``r`` within each of ``n`` rows of ``k`` values (ties averaged), with rank sums ``R_j``:
    ``Q = (12/(n k (k+1)) sum R_j^2 - 3 n (k+1)) / (1 - sum(t^3 - t)/(n (k^3 - k)))`` over groups of ``t`` ties, compared
    with chi-squared of ``k - 1`` degrees of freedom. Gives p; 1.0 where nothing differs at all.

    >>> import numpy as np
    >>> round(friedman(np.array([[1.0, 2, 3], [1, 3, 5], [2, 4, 9], [0, 1, 2]])), 4)
    0.0183

    Friedman, M. (1937). The use of ranks to avoid the assumption of normality. JASA 32(200).
    """
    return float(friedman_of_each(blocks[None])[0])


def friedman_of_each(blocks: Floats) -> Floats:
    """The same of many at once: p for each of ``blocks``, of as many rows each.

    >>> friedman_of_each(np.array([[[1.0, 2, 3], [1, 3, 5], [2, 4, 9], [0, 1, 2]], np.ones((4, 3))])).round(4).tolist()
    [0.0183, 1.0]
    """
    _many, n, k = blocks.shape
    return np.concatenate([_friedman(blocks[some], n, k) for some in pieces(len(blocks), BLOCK)] or [np.empty(0)])


def _friedman(blocks: Floats, n: int, k: int) -> Floats:
    lower = (blocks[..., :, None] > blocks[..., None, :]).sum(axis=-1)
    equal = (blocks[..., :, None] == blocks[..., None, :]).sum(axis=-1)
    sums = (lower + (equal + 1) / 2).sum(axis=-2)
    q = 12 / (n * k * (k + 1)) * (sums**2).sum(axis=-1) - 3 * n * (k + 1)
    correction = 1 - (equal**2 - 1).sum(axis=(-2, -1)) / (n * (k**3 - k))
    some = correction > 0
    p = gammaincc((k - 1) / 2, np.maximum(q, 0.0) / np.where(some, correction, 1.0) / 2)
    return np.where(some, p, 1.0)
