"""Forecasts of parts and of their sums, made to agree.

Parts ``b`` (account × product) and sums ``a`` (accounts, products, groups, everything) are each foretold from their
own past. With ``S`` telling which part belongs to which sum and the variances of their errors on the diagonals of ``V``, ``W``,

    b ← b + V S' (W + S V S')⁻¹ (a − S b)

the trace-minimising reconciliation with diagonal variances: each is moved the less, the surer it is. The sums are then those
of the parts.

    parts 4 and 6, sum 12, all equally sure   →   4.67 and 6.67, sum 11.33

Wickramasuriya, S. L., Athanasopoulos, G. & Hyndman, R. J. (2019). Optimal forecast reconciliation for hierarchical and
grouped time series through trace minimization. JASA 114(526).
"""

from typing import TYPE_CHECKING

import numpy as np

from vitalfew.maths.arrays import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def memberships(*groups: Ints) -> "csr_array":
    """``S``: a row for each number of each grouping, a column for each part; a part of a negative number is in none.

    >>> memberships(np.array([0, 0, 1]), np.array([0, 0, 0])).toarray()
    array([[1., 1., 0.],
           [0., 0., 1.],
           [1., 1., 1.]])
    """
    from scipy.sparse import csr_array

    rows, columns, before = [], [], 0
    for group in groups:
        inside = np.flatnonzero(group >= 0)
        rows.append(group[inside] + before)
        columns.append(inside)
        before += int(group.max(initial=-1)) + 1
    places = (np.concatenate(rows), np.concatenate(columns))
    return csr_array((np.ones(places[0].size), places), shape=(before, groups[0].size))


def reconciled(parts: Floats, spread: Floats, sums: Floats, sums_spread: Floats, members: "csr_array") -> Floats:
    """The parts (part, periods) moved so that they suit the sums (sum, periods); ``spread`` are error variances.

    >>> from scipy.sparse import csr_array
    >>> one = csr_array(np.ones((1, 2)))
    >>> moved = reconciled(np.array([[4.0], [6.0]]), np.ones(2), np.array([[12.0]]), np.ones(1), one)
    >>> moved.round(2).ravel()
    array([4.67, 6.67])
    """
    from scipy.sparse import diags_array

    weighed = diags_array(spread) @ members.T
    inner = (members @ weighed).toarray() + np.diag(
        np.maximum(sums_spread, 1e-12 * max(float(spread.max(initial=0)), 1e-12))
    )
    return np.asarray(parts + weighed @ np.linalg.solve(inner, sums - members @ parts))
