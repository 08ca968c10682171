"""Would they recommend us, in one figure: promoters less detractors.

Of answers from 0 to 10 those of 9 and 10 are promoters, those up to 6 detractors.

    100 answers, 52 promoters, 18 detractors   →   34;   Wald 19.0 … 49.0;   adjusted 33.0, 18.2 … 47.8

Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review 81(12).
Rocks, B. (2016). Interval estimation for the 'net promoter score'. The American Statistician 70(4).
"""

from math import sqrt
from typing import Final, NamedTuple

from scipy.special import ndtri

from vitalfew.maths.intervals import Interval

PROMOTER, DETRACTOR = 9, 6
"""The lowest answer of a promoter and the highest of a detractor, from 0 to 10."""

_PSEUDO: Final = 0.75
"""Rocks adds three answers: ¾ promoters, 1½ neither, ¾ detractors."""


class Recommendation(NamedTuple):
    """The net score, its Wald interval, and the adjusted one, which holds for few answers too; from -1 to 1."""

    score: float
    wald: Interval
    adjusted: Interval
    adjusted_centre: float


def net_promoters(promoters: float, detractors: float, answers: float, confidence: float = 0.95) -> Recommendation:
    """Promoters less detractors, as a share of all, and how sure it is.

    ``var = (p + d) - (p - d)²``; Wald ``p - d ± z sqrt(var/n)``; adjusted the same with three answers more. Counts may be
    broken (averages inside accounts). Refuses (``ValueError``) no answers, and more than all.

    >>> found = net_promoters(52, 18, 100)
    >>> round(found.score, 2), [round(end, 3) for end in found.adjusted]
    (0.34, [0.182, 0.478])
    """
    if answers <= 0 or promoters < 0 or detractors < 0 or promoters + detractors > answers * (1 + 1e-9):
        raise ValueError("promoters and detractors are part of the answers, and there is one at least")
    z = float(ndtri((1 + confidence) / 2))
    score, wald = _wald(promoters, detractors, answers, z)
    centre, adjusted = _wald(promoters + _PSEUDO, detractors + _PSEUDO, answers + 4 * _PSEUDO, z)
    return Recommendation(score, wald, adjusted, centre)


def _wald(promoters: float, detractors: float, answers: float, z: float) -> tuple[float, Interval]:
    p, d = promoters / answers, detractors / answers
    half = z * sqrt(max((p + d) - (p - d) ** 2, 0.0) / answers)
    return p - d, Interval(max(p - d - half, -1.0), min(p - d + half, 1.0))
