"""Who has one thing, has another too: how much more often than chance, and how sure that is.

Of ``N`` baskets ``n_b`` hold b, ``n_c`` hold c, ``n_bc`` both.

    lift       (n_bc / n_b) / (n_c / N):  1 where the two have nothing to do with each other
    interval   exp(ln lift ± z se),  se² = 1/n_bc − 1/n_b − 1/n_c + (2 lift − 1)/N      (b's holders are among the N)
    likely     (n_bc + m p_c)/(n_b + m),  p_c = n_c/N: the share of b's holders with c, drawn towards everybody's by m baskets

so that two of two don't count as certain. ``m`` is found from all pairs by moments: the less the shares differ beyond what
chance makes differ, the larger it is.

    N 100, b 20, c 30, both 12   →   lift 2.0, from 1.42 to 2.81

Brin, S., Motwani, R., Ullman, J. D. & Tsur, S. (1997). Dynamic itemset counting. SIGMOD. Rao, C. R. (1973).
Linear Statistical Inference, 2nd ed., sec. 6a (delta method). Efron, B. & Morris, C. (1975). JASA 70(350).
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtri

from vitalfew.maths.arrays import Floats

LEAST, MOST = 2.0, 200.0
FEWEST: Final = 3
"""Fewer baskets with both tell no lift."""


class Associations(NamedTuple):
    """Matrices (b, c): how many baskets hold both, lift and its interval (NaN: too few), likely share of b's with c."""

    both: Floats
    lift: Floats
    low: Floats
    high: Floats
    likely: Floats
    weight: float
    """m: how many baskets everybody's share counts for."""


def associations(baskets: Floats, confidence: float = 0.95) -> Associations:
    """All pairs of things of the baskets (baskets, things), 1 where a basket holds a thing.

    >>> b = np.repeat([[1.0, 1], [1, 0], [0, 1], [0, 0]], [12, 8, 18, 62], axis=0)
    >>> found = associations(b)
    >>> [round(float(each[0, 1]), 2) for each in (found.lift, found.low, found.high)]
    [2.0, 1.42, 2.81]
    """
    total = float(len(baskets))
    both = baskets.T @ baskets
    single = np.diag(both).copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = both * total / np.outer(single, single)
        alone = 1 / single[:, None] + 1 / single[None, :]
        error = np.sqrt(np.maximum(1 / both - alone + (2 * lift - 1) / total, 0.0))
        reach = np.exp(float(ndtri((1 + confidence) / 2)) * error)
        enough = both >= FEWEST
        middle, low, high = (np.asarray(np.where(enough, end, np.nan)) for end in (lift, lift / reach, lift * reach))
    share = single / max(total, 1.0)
    weight = _weight(both, single, share)
    likely = (both + weight * share[None, :]) / (single[:, None] + weight)
    return Associations(both, middle, low, high, likely, weight)


def _weight(both: Floats, single: Floats, share: Floats) -> float:
    """By moments: the squared difference of shares beyond what chance makes of so few baskets."""
    off = ~np.eye(len(single), dtype=bool) & (single[:, None] > 1) & (share[None, :] > 0) & (share[None, :] < 1)
    if not off.any():
        return MOST
    n = np.broadcast_to(single[:, None], both.shape)[off]
    p = np.broadcast_to(share[None, :], both.shape)[off]
    squares = np.square(both[off] / n - p) / (p * (1 - p))
    beyond = float(np.sum(n * squares - 1.0) / np.sum(n - 1.0))
    return float(np.clip(1.0 / beyond - 1.0 if beyond > 0 else MOST, LEAST, MOST))
