"""How good stated probabilities are: Brier score, its parts, log loss, reliability.

    Brier             mean (p - y)²                                 0 is perfect, .25 is a coin's
    skill             1 - Brier / (base rate's Brier)               above 0 beats saying the base rate to all
    log loss          -mean( y ln p + (1 - y) ln(1 - p) )
    reliability table ten bins [k/10, (k+1)/10): how many, mean stated, share that happened
    ECE               sum n_k/n |mean stated - share that happened|

Murphy's parts, over the bins: Brier = reliability - resolution + uncertainty, exact where all of a bin are told the
same probability.

    p .8 .3 .6 .1, y 1 0 1 0   →   Brier (.04 + .09 + .16 + .01)/4 = .075

Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78(1).
Murphy, A. H. (1973). A new vector partition of the probability score. J. Applied Meteorology 12(4).
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, Ints

BINS: Final = 10
_LEAST: Final = 1e-12


class Reliability(NamedTuple):
    """One entry a bin: how many, mean stated probability and share that happened (NaN where there is none)."""

    n: Ints
    stated: Floats
    happened: Floats


class Parts(NamedTuple):
    """Murphy's partition."""

    reliability: float
    resolution: float
    uncertainty: float


def brier(p: Floats, y: Floats) -> float:
    """The mean squared distance of what was said from what happened.

    >>> round(brier(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0])), 6)
    0.075
    """
    return float(np.mean((p - y) ** 2))


def skill(p: Floats, y: Floats) -> float | None:
    """How much better than saying the base rate to all; ``None`` where all or none happened.

    >>> round(skill(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0])), 4)
    0.7
    """
    base = float(np.var(y))
    return 1 - brier(p, y) / base if base > 0 else None


def log_loss(p: Floats, y: Floats) -> float:
    """The mean surprise; certainties are taken a little less sure, so that it stays finite.

    >>> round(log_loss(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0])), 4)
    0.299
    """
    sure = np.clip(p, _LEAST, 1 - _LEAST)
    return float(-np.mean(y * np.log(sure) + (1 - y) * np.log1p(-sure)))


def reliability(p: Floats, y: Floats) -> Reliability:
    """Stated against happened, in ten bins.

    >>> reliability(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0])).n.tolist()
    [0, 1, 0, 1, 0, 0, 1, 0, 1, 0]
    """
    place = _bins(p)
    n = np.bincount(place, minlength=BINS)
    with np.errstate(divide="ignore", invalid="ignore"):
        stated, happened = (np.bincount(place, values, BINS) / n for values in (p, y))
    return Reliability(n, np.asarray(stated), np.asarray(happened))


def calibration_error(p: Floats, y: Floats) -> float:
    """The expected calibration error over the ten bins.

    >>> round(calibration_error(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0])), 4)
    0.25
    """
    n, stated, happened = reliability(p, y)
    return float(np.nansum(n * np.abs(stated - happened)) / n.sum())


def parts(p: Floats, y: Floats) -> Parts:
    """Reliability, resolution and uncertainty.

    >>> [round(part, 4) for part in parts(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0]))]
    [0.075, 0.25, 0.25]
    """
    n, stated, happened = reliability(p, y)
    base, share = float(np.mean(y)), n / n.sum()
    reliable = float(np.nansum(share * (stated - happened) ** 2))
    resolved = float(np.nansum(share * (happened - base) ** 2))
    return Parts(reliable, resolved, base * (1 - base))


def _bins(p: Floats) -> Ints:
    """The bin of each probability; 1 is in the last, and .3 in the fourth though .3 × 10 falls short of 3 in binary."""
    return np.minimum((np.asarray(p) * BINS + 1e-9).astype(np.int64), BINS - 1)
