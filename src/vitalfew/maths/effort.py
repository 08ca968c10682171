"""Whole units of effort shared out so that the sum of what they bring is largest.

Lodish, L. M. (1971). CALLPLAN. Management Science 18(4). Everett, H. (1963). Generalized Lagrange multiplier method for
solving problems of optimum allocation of resources. Operations Research 11(3).
"""

from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, Ints

EXACT_UP_TO = 4_000_000
"""Accounts times units for which every possibility is weighed."""


class Shared(NamedTuple):
    """Units for each, and by how much at most the best sharing could bring more: 0 where it is the best."""

    units: Ints
    short_of_best: float


def shared_out(weight: Floats, gain: Floats, budget: int) -> Shared:
    """``max sum_i w_i g(x_i)`` with ``sum x_i <= budget``, each x among ``0 … len(g)-1``; g(0) = 0.

    Up to ``EXACT_UP_TO`` by dynamic programming, which is exact for S-shaped gains too, where taking the best next unit
    fails; beyond that on the concave hull of g, with the bound that Lagrange's multiplier gives.

    >>> shared_out(np.array([1.0, 1.0]), np.array([0.0, 0.0, 5.0]), 3).units.tolist()
    [2, 0]
    """
    budget = min(int(budget), weight.size * (gain.size - 1))
    if budget <= 0 or not weight.size:
        return Shared(np.zeros(weight.size, dtype=np.int64), 0.0)
    if weight.size * budget <= EXACT_UP_TO:
        return Shared(_weighed(weight, gain, budget), 0.0)
    return _on_hull(weight, gain, budget)


def _weighed(weight: Floats, gain: Floats, budget: int) -> Ints:
    """best_i(b) = max over x of best_(i-1)(b-x) + w_i g(x), the smallest x of equals."""
    best = np.zeros(budget + 1)
    taken = np.zeros((weight.size, budget + 1), dtype=np.int16)
    for place, one in enumerate(weight):
        tried = best.copy()
        for units in range(1, min(gain.size, budget + 1)):
            with_these = best[: budget + 1 - units] + one * gain[units]
            better = with_these > tried[units:] + 1e-12
            tried[units:][better] = with_these[better]
            taken[place, units:][better] = units
        best = tried
    chosen, left = np.zeros(weight.size, dtype=np.int64), budget
    for place in range(weight.size - 1, -1, -1):
        chosen[place] = taken[place, left]
        left -= int(chosen[place])
    return chosen


def _on_hull(weight: Floats, gain: Floats, budget: int) -> Shared:
    """The steepest pieces of the hull first, until the next does not fit."""
    corners = _hull(gain)
    sizes, slopes = np.diff(corners), np.diff(gain[corners]) / np.diff(corners)
    rate = np.outer(weight, slopes)
    order = np.argsort(-rate.ravel(), kind="stable")
    account, piece = np.divmod(order, sizes.size)
    used = np.cumsum(sizes[piece])
    fits = (used <= budget) & (rate.ravel()[order] > 0)
    units = np.bincount(account[fits], sizes[piece[fits]], weight.size).astype(np.int64)
    left = budget - int(units.sum())
    following = rate.ravel()[order[fits.sum()]] if fits.sum() < order.size else 0.0
    return Shared(units, float(max(following, 0.0) * left))


def _hull(gain: Floats) -> Ints:
    """The corners of the least concave curve above g, until it rises no more."""
    corners = [0]
    while corners[-1] < gain.size - 1:
        here = corners[-1]
        slope = (gain[here + 1 :] - gain[here]) / np.arange(1, gain.size - here)
        if slope.max() <= 0:
            break
        corners.append(here + 1 + int(slope.argmax()))
    return np.array(corners, dtype=np.int64)
