"""How unevenly a total is spread over those who make it up.

All functions take one value per member in any order and in any unit: multiplying every value changes nothing. Negative
values would let these measures leave their range, so they count as 0; who calls says so beside the figure. Where the
total is 0, or nobody is there, the answer is ``None``.

    values 1, 2, 3, 4   →   Gini .25, small-sample Gini .3333, HHI .30, effective number 3.33

Gini, C. (1912). Variabilità e mutabilità. Bologna.
Hirschman, A. O. (1945). National Power and the Structure of Foreign Trade. Berkeley.
Herfindahl, O. C. (1950). Concentration in the Steel Industry. Columbia University.
"""

import numpy as np

from vitalfew.maths.arrays import Floats


def shares(values: Floats) -> Floats | None:
    """What part of the total each member makes: ``s_i = max(v_i, 0) / sum max(v, 0)``, in the order given.

    >>> shares(np.array([3.0, 1.0]))
    array([0.75, 0.25])
    """
    positive = np.maximum(np.asarray(values, dtype=np.float64), 0.0)
    total = positive.sum()
    return positive / total if total > 0 else None


def gini(values: Floats) -> float | None:
    """How far the spread is from equal shares: 0 when all are equal, ``1 - 1/n`` when one member holds everything.

    ``G = 2 sum_i i x_(i) / (n sum x) - (n + 1)/n`` with ``x`` ascending. Gini 1912.

    >>> round(gini(np.array([1.0, 2, 3, 4])), 4)
    0.25
    """
    part = shares(values)
    if part is None:
        return None
    n = part.size
    ranks = np.arange(1, n + 1)
    return float(2.0 * ranks @ np.sort(part) / n - (n + 1) / n)


def gini_small_sample(values: Floats) -> float | None:
    """The Gini coefficient that reaches 1 when one of few members holds everything: ``G n/(n - 1)``; needs two members.

    >>> round(gini_small_sample(np.array([1.0, 2, 3, 4])), 4)
    0.3333
    """
    plain = gini(values)
    n = np.size(values)
    return None if plain is None or n < 2 else plain * n / (n - 1)  # noqa: PLR2004 -- a spread needs two


def hhi(values: Floats) -> float | None:
    """How concentrated the total is: the Herfindahl-Hirschman index ``sum s_i²``, from ``1/n`` to 1.

    In print it is often multiplied by 10,000. Hirschman 1945, Herfindahl 1950.

    >>> round(hhi(np.array([30.0, 30, 20, 20])) * 10_000)
    2600
    """
    part = shares(values)
    return None if part is None else float(part @ part)


def effective_number(values: Floats) -> float | None:
    """How many members of equal size would be as concentrated: ``1 / HHI``.

    >>> effective_number(np.array([5.0, 5.0]))
    2.0
    """
    index = hhi(values)
    return None if index is None else 1.0 / index
