"""Which alternative is nearest to the best and farthest from the worst on all criteria at once.

    r_ij = x_ij / sqrt(sum_i x_ij²)     v = w r     C = d− / (d+ + d−)

``d+`` and ``d−`` are the Euclidean distances from the best and the worst value of every criterion. ``C`` is 1 for an
alternative that is best in everything, 0 for one that is worst in everything. One alternative more or less can turn two
others around (rank reversal), because it moves the best, the worst and the scale.

Hwang, C.-L. & Yoon, K. (1981). Multiple Attribute Decision Making. Springer.
"""

from dataclasses import dataclass

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, floats


@dataclass(frozen=True)
class Closeness:
    """Per alternative: closeness, both distances, and each criterion's part of the closeness (they add up to it)."""

    closeness: Floats
    from_best: Floats
    from_worst: Floats
    parts: Floats


def topsis(values: Floats, weights: Floats, benefit: Bools, reference: Bools | None = None) -> Closeness:
    """Closeness to the best on all criteria, with vector normalisation.

    ``values``: (alternatives, criteria); ``benefit``: whether more is better. ``reference``: the alternatives that set scale,
    best and worst; all when not given. Where all are alike the closeness is .5. A criterion's part is the closeness times
    its share of the squared distance from the worst. Refuses (``ValueError``) values that are not finite.

    >>> topsis(np.array([[1.0, 9], [3, 1]]), np.array([0.5, 0.5]), np.array([True, False])).closeness
    array([0., 1.])
    """
    table = floats(values)
    if not np.isfinite(table).all():
        raise ValueError("every alternative needs a value for every criterion")
    among = np.ones(table.shape[0], dtype=bool) if reference is None else reference
    length = np.sqrt((table[among] ** 2).sum(axis=0))
    weighted = table / np.where(length > 0, length, 1.0) * weights * np.where(benefit, 1.0, -1.0)
    best, worst = weighted[among].max(axis=0), weighted[among].min(axis=0)
    risen = (weighted - worst) ** 2
    from_best, from_worst = np.sqrt(((weighted - best) ** 2).sum(axis=1)), np.sqrt(risen.sum(axis=1))
    total = from_best + from_worst
    closeness = np.where(total > 0, from_worst / np.where(total > 0, total, 1.0), 0.5)
    return Closeness(closeness, from_best, from_worst, _parts(closeness, risen))


def _parts(closeness: Floats, risen: Floats) -> Floats:
    """Of an alternative at the worst point itself, or where all are alike, every criterion has an equal part."""
    whole = risen.sum(axis=1, keepdims=True)
    share = np.where(whole > 0, risen / np.where(whole > 0, whole, 1.0), 1.0 / risen.shape[1])
    return floats(closeness[:, None] * share)
