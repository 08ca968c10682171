"""Whether a ranking puts those first whom a campaign moves.

    g(k) = t1(k) - c1(k) N_t(k)/N_c(k)       Qini = area under g over k/N, less that under the straight line to g(N)

``t1`` and ``c1`` count the buyers among the first ``k``, treated and held out; ``N_t`` and ``N_c`` how many those are.

    bought 1 0 1 0 0 1, treated 1 0 1 0 1 0, best first  →  g = 1 1 2 2 2 1, Qini .9167

Radcliffe, N. J. (2007). Using control groups to target on predicted lift. Direct Marketing Analytics Journal 1.
"""

import numpy as np

from vitalfew.maths.arrays import Bools, Floats


def gains(bought: Bools, treated: Bools) -> Floats:
    """``g`` after each account, the ranking's first account first.

    >>> gains(np.array([1, 0, 1, 0, 0, 1], bool), np.array([1, 0, 1, 0, 1, 0], bool)).tolist()
    [1.0, 1.0, 2.0, 2.0, 2.0, 1.0]
    """
    buyers_t, buyers_c = np.cumsum(bought & treated), np.cumsum(bought & ~treated)
    held_out = np.cumsum(~treated)
    return np.asarray(buyers_t - buyers_c * np.cumsum(treated) / np.maximum(held_out, 1))


def qini(bought: Bools, treated: Bools) -> float | None:
    """The area between the gains and the straight line; ``None`` without anybody in one of the two groups.

    >>> round(qini(np.array([1, 0, 1, 0, 0, 1], bool), np.array([1, 0, 1, 0, 1, 0], bool)), 6)
    0.916667
    """
    if treated.all() or not treated.any():
        return None
    curve = np.concatenate([[0.0], gains(bought, treated)])
    return float(((curve[1:] + curve[:-1]) / 2).mean() - curve[-1] / 2)
