"""Forecasts that need little history and cost little: for tens of thousands of short series at once.

    levelled     y / season smoothed: level ← level + max(a, 1/t) (y − level); times the season again
    occasional   chance of a demand times its size (Teunter, Syntetos & Babai 2011), from the series' mean size and rate on;
                 sizes taken as gamma distributed
    same season  the same month a year before

The weight ``a`` of each series is the one of a few with the least squared one-step error. NaN before the first known
period is a time before the series began. Low and high are ends of an interval of the asked confidence: for a level,
``mean ± z σ sqrt(1 + (h − 1) a²)``; for occasional demand, the quantiles of 'nothing, or a gamma distributed size'.

    10 12 8 10 12 8, no season  →  levelled 10 a period;   0 0 9 0 0 9  →  occasional 2.5 a period, from 0 up

Gardner, E. S. (2006). Exponential smoothing: the state of the art, part II. International Journal of Forecasting 22(4).
Withycombe, R. (1989). Forecasting with combined seasonal indices. International Journal of Forecasting 5(4).
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import gammaincinv, ndtri

from vitalfew.maths.arrays import Floats
from vitalfew.maths.croston import croston

WEIGHTS: Final = (0.05, 0.1, 0.2, 0.35, 0.6)
FADING: Final = 0.15
PRIOR: Final = 3.0
"""Sizes of a series are taken to vary like all series' together, with the weight of so many demands."""
_WARM: Final = 3


class Told(NamedTuple):
    """Mean, lower and upper end of each coming period, (series, periods) each."""

    mean: Floats
    low: Floats
    high: Floats

    def moved(self, mean: Floats) -> "Told":
        """With another mean, held by the interval; an end at 0 stays there, for nothing may well come."""
        return Told(mean, np.minimum(self.low, mean), np.maximum(self.high, mean))


class Level(NamedTuple):
    """Where each series stands, the weight it was smoothed with, and the deviation of its one-step errors."""

    level: Floats
    weight: Floats
    deviation: Floats


def level(series: Floats) -> Level:
    """The smoothed level of each series (series, periods); NaN where nothing is known.

    >>> found = level(np.array([[10.0, 12, 8, 10, 12, 8]]))
    >>> float(found.level[0]), float(found.weight[0])
    (10.0, 0.05)
    """
    periods = np.ascontiguousarray(np.atleast_2d(series).T)
    tried = [_smoothed(periods, weight) for weight in WEIGHTS]
    errors = np.array([squares for _level, squares in tried])
    best = errors.argmin(axis=0)
    place = np.arange(periods.shape[1])
    n = np.maximum((~np.isnan(periods)).sum(axis=0) - _WARM, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt(np.where(n > 1, errors[best, place] / (n - 1), np.nan))
    current = np.array([found for found, _s in tried])[best, place]
    return Level(current, np.array(WEIGHTS)[best], _known_or_usual(deviation, current))


def _known_or_usual(deviation: Floats, current: Floats) -> Floats:
    """Where too few errors tell a deviation: the usual share of the level, all of it if nobody's is known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = deviation / np.abs(current)
    shares = shares[np.isfinite(shares)]
    usual = float(np.median(shares)) if shares.size else 1.0
    return np.where(np.isnan(deviation), usual * np.abs(current), deviation)


def _smoothed(periods: Floats, weight: float) -> tuple[Floats, Floats]:
    """The last level, and the squared one-step errors after the first few periods."""
    current = np.full(periods.shape[1], np.nan)
    squares, seen = np.zeros(periods.shape[1]), np.zeros(periods.shape[1])
    for came in periods:
        known = ~np.isnan(came)
        seen += known
        miss = np.where(seen > 1, came - current, 0.0)
        squares += np.where(known & (seen > _WARM), miss, 0.0) ** 2
        moved = np.where(seen > 1, current + np.maximum(weight, 1.0 / np.maximum(seen, 1.0)) * miss, came)
        current = np.where(known, moved, current)
    return current, squares


def levelled(series: Floats, season: Floats, ahead: Floats, spread: Floats | float) -> Told:
    """Level times season; ``season`` one factor a period of the history, ``ahead`` one a coming period.

    Either may hold a row of factors for each series. ``spread`` is how many deviations the interval reaches to either
    side (1.645: 90 % of normal errors).

    >>> told = levelled(np.array([[10.0, 12, 8, 10, 12, 8]]), np.ones(6), np.array([1.0, 2.0]), 1.0)
    >>> told.mean
    array([[10., 20.]])
    """
    found = level(np.atleast_2d(series) / season)
    later = np.arange(ahead.shape[-1])
    width = np.asarray(spread).reshape(-1, 1) * found.deviation[:, None]
    width = width * np.sqrt(1.0 + later * found.weight[:, None] ** 2) * ahead
    mean = found.level[:, None] * ahead
    return Told(mean, mean - width, mean + width)


def occasional(series: Floats, periods: int, confidence: float = 0.9, fading: float = FADING) -> Told:
    """Demand that comes now and then, the same for every coming period.

    Where it is so rare that the upper end would be nothing, it is the mean: no interval is without its own mean.

    >>> told = occasional(np.array([[0.0, 0, 9, 0, 0, 9]]), 1)
    >>> round(float(told.mean[0, 0]), 1), float(told.low[0, 0])
    (2.5, 0.0)
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    found = croston(rows, fading, fading, _usual(rows))
    shape = 1.0 / _variation(rows)
    tail = (1.0 - confidence) / 2.0
    low, high = (_quantile(found.chance, found.size, shape, end) for end in (tail, 1.0 - tail))
    parts = (found.tsb, np.minimum(low, found.tsb), np.maximum(high, found.tsb))
    return Told(*(np.repeat(each[:, None], periods, axis=1) for each in parts))


def _usual(rows: Floats) -> tuple[Floats, Floats]:
    """Mean size of a demand, and chance of one in the periods after the first, drawn towards that of all series."""
    demands = rows > 0
    n, known = demands.sum(axis=1), (~np.isnan(rows)).sum(axis=1)
    size = np.where(demands, rows, 0.0).sum(axis=1) / np.maximum(n, 1)
    later, after = np.maximum(n - 1, 0), np.maximum(known - 1, 0)
    overall = later.sum() / after.sum() if after.sum() > 0 else 0.5
    return size, (later + overall) / (after + 1.0)


def _variation(rows: Floats) -> Floats:
    """The squared variation of the sizes of demands, each series' own weighed against all of them."""
    demands = rows > 0
    n = demands.sum(axis=1)
    mean = np.where(demands, rows, 0.0).sum(axis=1) / np.maximum(n, 1)
    relative = np.where(demands, rows / np.where(mean > 0, mean, 1.0)[:, None] - 1.0, 0.0)
    squares, free = np.square(relative).sum(axis=1), np.maximum(n - 1, 0)
    pooled = squares.sum() / free.sum() if free.sum() > 0 else 1.0
    return np.asarray(np.maximum((squares + PRIOR * pooled) / (free + PRIOR), 1e-3))


def _quantile(chance: Floats, size: Floats, shape: Floats, quantile: float) -> Floats:
    """The quantile of 'nothing, or a gamma distributed size'."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = np.clip(1.0 - (1.0 - quantile) / np.where(chance > 0, chance, np.nan), 0.0, 1.0)
    return np.asarray(np.nan_to_num(size * gammaincinv(shape, np.nan_to_num(inner)) / shape))


def same_season(series: Floats, periods: int, season: int, spread: Floats | float) -> Told:
    """The last season again; its errors are those of doing so within the history. NaN where a year before is unknown.

    >>> float(same_season(np.array([[1.0, 5, 1, 5, 1, 5]]), 1, 2, 1.0).mean[0, 0])
    1.0
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    if rows.shape[1] < season:
        return Told(*np.full((3, rows.shape[0], periods), np.nan))
    mean = rows[:, -season:][:, np.arange(periods) % season]
    steps = rows[:, season:] - rows[:, :-season]
    known = ~np.isnan(steps)
    n = known.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt(np.where(n > 1, np.nansum(steps**2, axis=1) / n, np.nan))
    width = np.asarray(spread).reshape(-1, 1) * deviation[:, None]
    return Told(mean, mean - width, mean + width)


def error_variance(series: Floats) -> Floats:
    """The variance of each series' one-step errors; where it is unknown, the usual one of all; never 0."""
    squares = np.square(level(series).deviation)
    known = squares[np.isfinite(squares)]
    usual = float(known.mean()) if known.size else 1.0
    return np.asarray(np.maximum(np.where(np.isfinite(squares), squares, usual), 1e-6 * max(usual, 1e-6)))


def normal_spread(confidence: float) -> float:
    """How many deviations hold that share of normal errors.

    >>> round(normal_spread(0.9), 3)
    1.645
    """
    return float(ndtri((1.0 + confidence) / 2.0))


def in_pieces(told: Told, history: Floats) -> Told:
    """With intervals that end on whole pieces, where nothing but whole pieces was ever ordered."""
    whole = bool((np.mod(np.nan_to_num(history), 1.0) == 0).all())
    return Told(told.mean, np.floor(told.low), np.ceil(np.round(told.high, 4))) if whole else told
