"""Sharing out too little so that the least served get as much as can be.

    x_i = min(d_i, w_i λ)      with λ the level at which all that there is is given out

Nobody gets more than asked for; what one leaves goes to the others. Raising anybody's share (by weight) would lower that of one
who has no more: max-min fair. Splitting one claim into two with half the weight each changes nothing; with full weight
each it pays, so weights belong to accounts, not to their orders.

    demands 2, 2.6, 4, 5 of 10          →   2, 2.6, 2.7, 2.7
    demands 10, 10, 10 of 15, weights 3:2:1   →   7.5, 5, 2.5

Keshav, S. (1997). An Engineering Approach to Computer Networking, chapter 9. Bertsekas, D. & Gallager, R. (1992). Data
Networks, 2nd ed., section 6.5. Jain, R., Chiu, D. & Hawe, W. (1984). A quantitative measure of fairness. DEC-TR-301.
"""

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Floats


def maxmin(demands: ArrayLike, capacity: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """What each claim gets; the last axis are claims, ``capacity`` has one entry for each of the others.

    >>> maxmin([2, 2.6, 4, 5], 10).round(4)
    array([2. , 2.6, 2.7, 2.7])
    >>> maxmin([10, 10, 10], 15, [3, 2, 1])
    array([7.5, 5. , 2.5])
    """
    asked = np.asarray(demands, dtype=np.float64)
    weight = np.broadcast_to(1.0 if weights is None else np.asarray(weights, dtype=np.float64), asked.shape)
    if (asked < 0).any() or (weight <= 0).any():
        raise ValueError("demands are not negative, weights above 0")
    available = np.maximum(np.asarray(capacity, dtype=np.float64), 0.0)
    if not asked.shape[-1]:
        return asked.copy()
    return np.where(
        (asked.sum(axis=-1) <= available)[..., None],
        asked,
        np.minimum(asked, weight * _level(asked, weight, available)),
    )


def _level(asked: Floats, weight: Floats, available: Floats) -> Floats:
    """λ: claims in the order of demand over weight are filled one after the other, until what is left is shared by weight."""
    order = np.argsort(asked / weight, axis=-1)
    ordered, heavy = (np.take_along_axis(each, order, axis=-1) for each in (asked, weight))
    before = np.cumsum(ordered, axis=-1) - ordered
    rest = np.flip(np.cumsum(np.flip(heavy, axis=-1), axis=-1), axis=-1)
    level = (available[..., None] - before) / rest
    filled = ordered / heavy <= level
    last = np.minimum(filled.sum(axis=-1, keepdims=True), asked.shape[-1] - 1)
    return np.take_along_axis(level, last, axis=-1)


def whole_packs(shares: Floats, demands: Floats, pack: float) -> Floats:
    """Shares (claims on the last axis) as whole packs.

    Each is rounded down; what that leaves goes pack by pack to those that lost most by it, never beyond their demand.

    >>> whole_packs(np.array([2.5, 2.5, 5.0]), np.array([4.0, 4.0, 5.0]), 1.0)
    array([3., 2., 5.])
    """
    if pack <= 0:
        raise ValueError("a pack holds something")
    whole = np.floor(shares / pack + 1e-9) * pack
    spare = np.floor((shares.sum(axis=-1) - whole.sum(axis=-1)) / pack + 1e-9)
    able = whole + pack <= demands + 1e-9
    lost = np.where(able, shares - whole, -1.0)
    rank = np.argsort(np.argsort(-lost, axis=-1, kind="stable"), axis=-1, kind="stable")
    return np.asarray(whole + np.where(able & (rank < spare[..., None]), pack, 0.0))


def jain(shares: Floats) -> float | None:
    """How alike the shares are: ``(Σx)²/(n Σx²)``, 1 when all are equal, ``1/n`` when one has everything; None for none.

    >>> jain(np.array([1.0, 1.0, 0.0, 0.0]))
    0.5
    """
    squares = float(np.square(shares).sum())
    return float(shares.sum() ** 2 / (shares.size * squares)) if squares > 0 else None
