"""Which course the monthly counts of each customer follow: even, by the season of the year, or in phases.

Counts are Poisson; ``Y`` purchases in ``n`` months, ``Y_m`` of them in the ``N_m`` months that were the m-th of a year:

    even      lambda                                                 1 parameter
    season    lambda_t = exp(a + b cos(j w t) + c sin(j w t))        3, w a year's frequency, j 1 or 2 seasons a year
    phases    lambda while it buys, 0 in pauses                      1 and a date for each beginning and end of a pause

The lowest BIC = -2 ln L + p ln n tells the course. Against even counts the likelihood gains

    season    sum Y_m h_m − Y ln( sum N_m exp(h_m) / n )  at its largest, h the exponent without a
    phases    Y ln( n / months without pauses )

    24 months, 12 purchases, all in June to August: season by far; in the first and the last six months: phases

Where counts vary more than Poisson's (several orders a visit) season and phases are found too easily: purchase days, not orders.

Schwarz, G. (1978). Annals of Statistics 6(2). Cameron, A. C. & Trivedi, P. K. (2013). Regression Analysis of Count Data, 2nd ed.
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, Ints, blocks, side_by_side

EVEN, SEASON, PHASES = range(3)
_MONTHS: Final = 12
_BLOCK: Final = 4_096
_ROUNDS: Final = 30
_STEP: Final = 5.0
_FARTHEST: Final = 80.0
_STILL, _FLAT = 1e-6, 1e-9


class Courses(NamedTuple):
    """For each customer: the BIC of each course less that of even counts, and the course of the lowest."""

    bic: Floats

    @property
    def course(self) -> Ints:
        return np.asarray(self.bic.argmin(axis=1), dtype=np.int64)


def courses(counts: Floats, months: Floats, pauses: Floats, switches: Floats) -> Courses:
    """The courses of customers by their counts and months (customers, 12), months in pauses, and dates of pauses.

    Refuses (``ValueError``) purchases in months that were none, and pauses as long as all.

    >>> counts, months = np.zeros((2, 12)), np.full((2, 12), 3.0)
    >>> counts[0, 5:8], counts[1] = 8.0, 2.0
    >>> courses(counts, months, np.array([0.0, 12]), np.array([0.0, 2])).course.tolist()
    [1, 2]
    """
    n, total = months.sum(axis=1), counts.sum(axis=1)
    if (counts[months == 0] > 0).any() or (pauses >= n).any():
        raise ValueError("purchases lie in months that were there, and pauses do not take all of them")
    log = np.log(n)
    season = np.maximum(*(_gain(counts, months, times) for times in (1, 2)))
    paused = total * np.log(n / (n - pauses))
    even = np.zeros(n.size)
    return Courses(np.stack([even, 2 * log - 2 * season, switches * log - 2 * paused], axis=1))


def _gain(counts: Floats, months: Floats, times: int) -> Floats:
    """What season gains in likelihood, so many of them a year; worked out in pieces that stay in the processor's cache."""
    answer = np.empty(len(counts))

    def piece(part: slice) -> None:
        answer[part] = _climbed(counts[part], months[part], times)

    side_by_side(piece, blocks(len(counts), _BLOCK))
    return answer


def _climbed(counts: Floats, months: Floats, times: int) -> Floats:
    """By Newton's steps: what is climbed is concave, and flat far out where all is bought in one month."""
    angle = 2 * np.pi * times * (np.arange(_MONTHS) + 0.5) / _MONTHS
    waves = np.stack([np.cos(angle), np.sin(angle)])
    squares = np.stack([waves[0] ** 2, waves[0] * waves[1], waves[1] ** 2]).T
    total, seen, n = counts.sum(axis=1), counts @ waves.T, months.sum(axis=1)
    place, gain = np.zeros((2, len(counts))), np.zeros(len(counts))
    for _round in range(_ROUNDS):
        height = place.T @ waves
        top = height.max(axis=1)
        weight = months * np.exp(height - top[:, None])
        whole = weight.sum(axis=1)
        fresh = (seen.T * place).sum(axis=0) - total * (top + np.log(whole / n))
        moved, gain = float(np.abs(fresh - gain).max(initial=0.0)), np.maximum(fresh, gain)
        if _round and moved < _STILL:
            break
        place = np.clip(place + _step(weight / whole[:, None], waves, squares, seen, total), -_FARTHEST, _FARTHEST)
    return gain


def _step(share: Floats, waves: Floats, squares: Floats, seen: Floats, total: Floats) -> Floats:
    """Newton's step of both coefficients, shortened where it leaps."""
    mean, second = (share @ waves.T).T, (share @ squares).T
    slope = seen.T - total * mean
    a = total * (second[0] - mean[0] ** 2) + _FLAT
    b = total * (second[1] - mean[0] * mean[1])
    c = total * (second[2] - mean[1] ** 2) + _FLAT
    step = np.stack([c * slope[0] - b * slope[1], a * slope[1] - b * slope[0]]) / (a * c - b**2)
    return np.asarray(step * np.minimum(1.0, _STEP / np.maximum(np.hypot(*step), _FLAT)))
