"""How much more often something is seen with one outcome than with the other.

    ln OR = ln[ (a + ½)(d + ½) / ((b + ½)(c + ½)) ]        se = sqrt( 1/(a+½) + 1/(b+½) + 1/(c+½) + 1/(d+½) )

``a`` of those with the outcome show it and ``b`` do not; ``c`` and ``d`` of those without. The half keeps it finite where
nobody shows it.

    9 of 40 lost, 4 of 100 kept  →  1.8668, standard error .6079

Haldane, J. B. S. (1956). The estimation and significance of the logarithm of a ratio of frequencies. Annals of Human
Genetics 20(4).
"""

from math import log, sqrt
from typing import NamedTuple

from scipy.special import ndtri


class LogOdds(NamedTuple):
    """The log odds ratio, its standard error and the ends of its interval."""

    ratio: float
    error: float
    low: float
    high: float


def log_odds(seen: float, of: int, seen_0: float, of_0: int, confidence: float = 0.95) -> LogOdds:
    """``seen`` of ``of`` with the outcome, ``seen_0`` of ``of_0`` without; what is seen but in part counts for that part.

    Refuses (``ValueError``) more seen than there are.

    >>> [round(each, 4) for each in log_odds(9, 40, 4, 100)]
    [1.8668, 0.6079, 0.6752, 3.0583]
    """
    if not (0 <= seen <= of and 0 <= seen_0 <= of_0):
        raise ValueError("those seen lie between 0 and their number")
    cells = [each + 0.5 for each in (seen, of - seen, seen_0, of_0 - seen_0)]
    ratio = log(cells[0] * cells[3] / (cells[1] * cells[2]))
    error = sqrt(sum(1 / each for each in cells))
    half = float(ndtri((1 + confidence) / 2)) * error
    return LogOdds(ratio, error, ratio - half, ratio + half)
