"""Whether two who sort the same cases into the same classes agree beyond chance.

    kappa = (p_o − p_e)/(1 − p_e)        p_o share they agree on,  p_e = sum_k p_k. p_.k  what chance would make of it

0 is chance, 1 full agreement, below 0 less than chance. The interval's standard error is that of Fleiss, Cohen & Everitt. From .6
on agreement is usually called good.

    agreed on 20 yes and 15 no, apart on 5 and 10   →   p_o .7, p_e .5, kappa .4

Kappa falls where nearly all cases are of one class, however often both say so: look at p_o too.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1). Fleiss, J. L.,
Cohen, J. & Everitt, B. S. (1969). Large sample standard errors of kappa and weighted kappa. Psychological Bulletin 72(5).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from vitalfew.maths.arrays import Floats, Ints


class Agreement(NamedTuple):
    """How many cases, the share agreed on, kappa and the ends of its interval."""

    cases: int
    agreed: float
    kappa: float
    error: float
    low: float
    high: float


def kappa(first: Ints, second: Ints, classes: int, confidence: float = 0.95) -> Agreement | None:
    """Agreement of two lists of classes 0 … ``classes`` - 1; ``None`` for no case, and where both know one class only.

    Refuses (``ValueError``) lists of unequal length, and classes out of this range.

    >>> first, second = np.repeat([0, 0, 1, 1], [20, 5, 10, 15]), np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
    >>> found = kappa(first, second, 2)
    >>> found.agreed, round(found.kappa, 6), round(found.error, 4)
    (0.7, 0.4, 0.127)
    """
    cases = int(first.size)
    if second.size != cases:
        raise ValueError("as many cases of the second as of the first")
    if not cases:
        return None
    if min(first.min(), second.min()) < 0 or max(first.max(), second.max()) >= classes:
        raise ValueError(f"classes from 0 to {classes - 1}")
    table = np.bincount(first * classes + second, minlength=classes**2).reshape(classes, classes) / cases
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    agreed, chance = float(np.trace(table)), float(rows @ columns)
    if chance >= 1:
        return None
    value = (agreed - chance) / (1 - chance)
    error = _error(table, rows, columns, value, chance, cases)
    reach = float(ndtri((1 + confidence) / 2)) * error
    return Agreement(cases, agreed, value, error, max(value - reach, -1.0), min(value + reach, 1.0))


def _error(table: Floats, rows: Floats, columns: Floats, value: float, chance: float, cases: int) -> float:  # noqa: PLR0917  (the terms of the formula)
    both = columns[:, None] + rows[None, :]
    same = np.diag(table) * (1 - np.diag(both) * (1 - value)) ** 2
    apart = (1 - value) ** 2 * (table * both**2)
    off = float(apart.sum() - np.trace(apart))
    variance = (float(same.sum()) + off - (value - chance * (1 - value)) ** 2) / ((1 - chance) ** 2 * cases)
    return float(np.sqrt(max(variance, 0.0)))
