"""How well a score puts those to whom it happens before those to whom it does not.

    AUC          the share of pairs (one it happened to, one it did not) that are put the right way round; ties half
    interval     DeLong's variance, from the mean place of each one among the others, on the scale of ln(AUC/(1-AUC))
    precision@k  the share of the k first that it happened to          recall@k   the share of all of them among the k
    lift@k       precision@k / base rate

    scores .8 .3 .6 .1, happened 1 0 0 1   →   AUC 2/4

DeLong, E. R., DeLong, D. M. & Clarke-Pearson, D. L. (1988). Comparing the areas under two or more correlated ROC
curves. Biometrics 44(3). Hanley, J. A. & McNeil, B. J. (1982). Radiology 143(1).
"""

from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from vitalfew.maths.arrays import Floats

_FEWEST = 2


class Area(NamedTuple):
    """The area under the curve, its standard error and the ends of its interval."""

    auc: float
    error: float
    low: float
    high: float


class First(NamedTuple):
    """What the ``k`` put first hold."""

    precision: float
    recall: float
    lift: float


def auc(score: Floats, happened: Floats, confidence: float = 0.95) -> Area | None:
    """The area with its interval; ``None`` with fewer than two on either side.

    >>> found = auc(np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4]), np.array([1.0, 1, 0, 1, 0, 0]))
    >>> round(found.auc, 4), round(found.error, 4)
    (0.8889, 0.1571)
    """
    yes = happened > 0
    n, others = int(yes.sum()), int((~yes).sum())
    if min(n, others) < _FEWEST:
        return None
    from scipy.stats import rankdata

    ranks = rankdata(score)
    area = (ranks[yes].sum() - n * (n + 1) / 2) / (n * others)
    beaten = (ranks[yes] - rankdata(score[yes])) / others
    beating = 1 - (ranks[~yes] - rankdata(score[~yes])) / n
    error = sqrt(beaten.var(ddof=1) / n + beating.var(ddof=1) / others)
    return Area(float(area), error, *_ends(float(area), error, confidence))


def _ends(area: float, error: float, confidence: float) -> tuple[float, float]:
    if not 0 < area < 1:
        return area, area
    centre, half = log(area / (1 - area)), float(ndtri((1 + confidence) / 2)) * error / (area * (1 - area))
    low, high = (1 / (1 + exp(-end)) for end in (centre - half, centre + half))
    return low, high


def first(score: Floats, happened: Floats, k: int) -> First | None:
    """Precision, recall and lift of the ``k`` with the highest score; ``None`` where it happened to nobody, or k is 0.

    Ties go by place in the list.

    >>> first(np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 0, 1, 0]), 1)
    First(precision=1.0, recall=0.5, lift=2.0)
    """
    yes = happened > 0
    if not yes.any() or k <= 0:
        return None
    chosen = np.argsort(-score, kind="stable")[:k]
    found = float(yes[chosen].mean())
    return First(found, float(yes[chosen].sum() / yes.sum()), found / float(yes.mean()))
