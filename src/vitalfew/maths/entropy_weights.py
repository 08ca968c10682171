"""Weights from the figures themselves: a criterion that tells the alternatives apart weighs more than one that does not.

    p_ij = x_ij / sum_i x_ij     e_j = −(1/ln m) sum_i p_ij ln p_ij     w_j = (1 − e_j) / sum (1 − e_j)

Columns (1, 2, 3) and (10, 10, 40) have e = .92062 and .78969, hence weights .27402 and .72598. The weights say how much
a criterion differs between alternatives, not how much it matters to the firm.

Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27.
Hwang, C.-L. & Yoon, K. (1981). Multiple Attribute Decision Making, ch. 3. Springer.
"""

from typing import Final, Literal

import numpy as np

from vitalfew.maths.arrays import Floats, floats

Variant = Literal["plain", "min-max"]
_NOTHING: Final = 1e-12


def entropies(values: Floats, variant: Variant = "plain") -> Floats:
    """The entropy of each criterion, 1 where all alternatives are alike.

    ``values``: (alternatives, criteria), at least two alternatives. The plain variant refuses (``ValueError``) negative
    values; the other first spreads each criterion from 0 to 1, so that its worst alternative has no share, and gives other
    weights: say which was taken.

    >>> entropies(np.array([[1.0, 10], [2, 10], [3, 40]])).round(5)
    array([0.92062, 0.78969])
    """
    table = floats(values)
    if table.ndim != 2 or table.shape[0] < 2:  # noqa: PLR2004 -- ln 1 = 0
        raise ValueError("entropy needs two alternatives")
    if variant == "min-max":
        low, high = table.min(axis=0), table.max(axis=0)
        table = (table - low) / np.where(high > low, high - low, 1.0)
    elif (table < 0).any():
        raise ValueError("the plain variant takes no negative values")
    total = table.sum(axis=0)
    share = table / np.where(total > 0, total, 1.0)
    logs = np.log(np.where(share > 0, share, 1.0))
    found = -(share * logs).sum(axis=0) / np.log(table.shape[0])
    return floats(np.where(np.ptp(table, axis=0) > 0, found, 1.0))


def entropy_weights(values: Floats, variant: Variant = "plain") -> Floats:
    """Weights by ``1 - entropy``, summing to 1; equal ones where no criterion tells the alternatives apart.

    >>> entropy_weights(np.array([[1.0, 10], [2, 10], [3, 40]])).round(5)
    array([0.27402, 0.72598])
    """
    spread = np.maximum(1.0 - entropies(values, variant), 0.0)
    spread[spread < _NOTHING] = 0.0
    total = spread.sum()
    return floats(spread / total if total > 0 else np.full(spread.size, 1.0 / spread.size))


def combined(judged: Floats, found: Floats, theta: float | None = None) -> Floats | None:
    """Weights that people gave and those the figures gave, as one: ``a_j e_j`` summed to 1, or ``theta a_j + (1 - theta) e_j``.

    ``None`` where the product of all is 0.

    >>> combined(np.array([0.5, 0.5]), np.array([0.8, 0.2])), combined(np.array([0.5, 0.5]), np.array([0.8, 0.2]), 0.5)
    (array([0.8, 0.2]), array([0.65, 0.35]))
    """
    mixed = judged * found if theta is None else theta * judged + (1.0 - theta) * found
    return floats(mixed / mixed.sum()) if mixed.sum() > 0 else None
