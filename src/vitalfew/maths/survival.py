"""How long until something happens, when for some it has not happened yet.

    S(t) = prod over times up to t of (1 - d/n)        n at risk, d to whom it happened then (Kaplan & Meier)
    Var S(t) = S(t)² sum d / (n (n - d))               Greenwood
    interval   exp(-exp( ln(-ln S) ± z se )),  se = sqrt(sum d/(n(n-d))) / |ln S|: never leaves 0 to 1
    log-rank   (O - E)²/V of one group against the other, chi-squared of one degree

    times 1 2 2+ 3 5+ (+ not yet)  →  S = .8 .6 .3 after 1, 2, 3

Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. JASA 53. Greenwood, M. (1926).
Mantel, N. (1966). Evaluation of survival data and two new rank order statistics. Cancer Chemotherapy Reports 50.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import gammaincc, ndtri

from vitalfew.maths.arrays import Bools, Floats, Ints


class Survival(NamedTuple):
    """One entry a time at which it happened to somebody."""

    time: Floats
    survival: Floats
    error: Floats
    low: Floats
    high: Floats
    at_risk: Ints

    def at(self, time: Floats) -> Floats:
        """The share to whom it has not happened by each time; beyond the last at which it did, as then: no later one is known."""
        place = np.searchsorted(self.time, time, side="right")
        return np.concatenate([[1.0], self.survival])[place]


def kaplan_meier(times: Floats, happened: Bools, confidence: float = 0.95) -> Survival:
    """The survival curve; refuses (``ValueError``) no times at all.

    >>> found = kaplan_meier(np.array([1.0, 2, 2, 3, 5]), np.array([True, True, False, True, False]))
    >>> found.time.tolist(), found.survival.round(3).tolist()
    ([1.0, 2.0, 3.0], [0.8, 0.6, 0.3])
    """
    if not times.size:
        raise ValueError("there is no time to count from")
    distinct, deaths = np.unique(times[happened], return_counts=True)
    at_risk = times.size - np.searchsorted(np.sort(times), distinct, side="left")
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - deaths / at_risk)
        summed = np.cumsum(deaths / (at_risk * (at_risk - deaths)))
        error = np.where(survival > 0, survival * np.sqrt(summed), 0.0)
        centre = np.log(-np.log(survival))
        half = float(ndtri((1 + confidence) / 2)) * np.sqrt(summed) / np.abs(np.log(survival))
        low, high = np.exp(-np.exp(centre + half)), np.exp(-np.exp(centre - half))
    gone = survival <= 0
    columns = (survival, error, np.where(gone, 0.0, low), np.where(gone, 0.0, high))
    told, spread, lowest, highest = (np.asarray(each, dtype=np.float64) for each in columns)
    return Survival(distinct, told, spread, lowest, highest, at_risk)


def log_rank(times: Floats, happened: Bools, first: Bools) -> float | None:
    """The p-value of no difference between the group and the others; ``None`` where nothing happened or a group is empty.

    >>> round(log_rank(np.array([1.0, 2, 3, 4, 5, 6]), np.ones(6, bool), np.array([1, 1, 1, 0, 0, 0], bool)), 4)
    0.0246
    """
    distinct = np.unique(times[happened])
    if not distinct.size or first.all() or not first.any():
        return None
    n, n_1 = (_at_risk(times[group], distinct) for group in (np.ones(first.size, dtype=bool), first))
    d, d_1 = (_deaths(times[happened & group], distinct) for group in (np.ones(first.size, dtype=bool), first))
    expected = d * n_1 / n
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(n > 1, expected * (1 - n_1 / n) * (n - d) / (n - 1), 0.0).sum()
    if variance <= 0:
        return None
    return float(gammaincc(0.5, float((d_1 - expected).sum()) ** 2 / variance / 2))


def _at_risk(times: Floats, distinct: Floats) -> Floats:
    return (times.size - np.searchsorted(np.sort(times), distinct, side="left")).astype(np.float64)


def _deaths(times: Floats, distinct: Floats) -> Floats:
    return np.asarray(np.bincount(np.searchsorted(distinct, times), minlength=distinct.size), dtype=np.float64)
