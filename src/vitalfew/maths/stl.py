"""Season, trend and rest of many series at once: STL, and how strong season and trend are.

    y = S + T + R        F_S = max(0, 1 − Var R / Var(S + R))        F_T = max(0, 1 − Var R / Var(T + R))

``S`` comes from each month's own series by loess, less its low-pass part; ``T`` by loess of what is left (Cleveland et al.
1990, without the robustness weights). Loess of evenly spaced periods is a fixed matrix, and so is all of it: season and
trend of many series are two products. A strength of 0.64 and more is usually taken as a season. Series shorter than two
seasons can't be decomposed.

    a pure sine of twelve months   →   F_S = 1

Cleveland, R. B., Cleveland, W. S., McRae, J. E. & Terpenning, I. (1990). STL. Journal of Official Statistics 6(1). Wang, X.,
Smith, K. & Hyndman, R. J. (2006). Characteristic-based clustering for time series data. Data Mining & Knowl. Discovery 13(3).
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats

STRONG: Final = 0.64
_INNER: Final = 5
_NEAR, _FAR = 0.001, 0.999
_ROUNDING: Final = 1e-12


class Parts(NamedTuple):
    """Season, trend and rest, (series, periods) each."""

    season: Floats
    trend: Floats
    rest: Floats

    @property
    def seasonal_strength(self) -> Floats:
        return self._strength(self.season)

    def _strength(self, part: Floats) -> Floats:
        """1 − Var R / Var(part + R), at least 0; NaN where nothing varies beyond rounding."""
        whole = (part + self.rest).var(axis=1)
        varies = whole > np.square(_ROUNDING * np.abs(self.season + self.trend + self.rest).max(axis=1))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(varies, np.maximum(0.0, 1.0 - self.rest.var(axis=1) / whole), np.nan)


def stl(series: Floats, period: int = 12, window: int = 7) -> Parts:
    """The parts of each series (series, periods); ``window`` years of a month are smoothed together (odd, 7 or more).

    >>> sine = np.sin(2 * np.pi * np.arange(48) / 12)[None, :]
    >>> round(float(stl(sine).seasonal_strength[0]), 3)
    1.0
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    length = rows.shape[1]
    if length < 2 * period:
        raise ValueError("two whole seasons are needed")
    season, trend = (rows @ part for part in _decomposing(length, period, window))
    return Parts(season, trend, rows - season - trend)


@cache
def _decomposing(length: int, period: int, window: int) -> tuple[Floats, Floats]:
    """The matrices that make season and trend of a series: what becomes of a single 1 in each period.

    Season and trend are found from each other in a few rounds.
    """
    rows = np.eye(length)
    season, trend = np.zeros_like(rows), np.zeros_like(rows)
    low, smooth = _loess(length, _odd(period)), _loess(length, _odd(1.5 * period / (1 - 1.5 / window)))
    for _round in range(_INNER):
        cycles = _cycles(rows - trend, period, window)
        season = cycles[:, period:-period] - _low_pass(cycles, period) @ low.T
        trend = (rows - season) @ smooth.T
    return season, trend


def _odd(width: float) -> int:
    """The next odd whole number."""
    up = int(np.ceil(width))
    return up if up % 2 else up + 1


def _cycles(rows: Floats, period: int, window: int) -> Floats:
    """Each month's series smoothed, and drawn out by one season at either end."""
    drawn = np.empty((rows.shape[0], rows.shape[1] + 2 * period))
    for place in range(period):
        month = rows[:, place::period]
        drawn[:, place::period] = month @ _loess(month.shape[1], window, 1).T
    return drawn


def _low_pass(rows: Floats, period: int) -> Floats:
    """Moving averages over a season, a season and three periods."""
    for width in (period, period, 3):
        sums = np.cumsum(rows, axis=1)
        rows = (sums[:, width - 1 :] - np.column_stack([np.zeros(len(rows)), sums[:, :-width]])) / width
    return rows


@cache
def _loess(length: int, width: int, beyond: int = 0) -> Floats:
    """The matrix that smooths ``length`` periods by local lines, told for ``beyond`` periods more at either end."""
    return np.array([_weights(length, width, float(at)) for at in range(-beyond, length + beyond)])


def _weights(length: int, width: int, at: float) -> Floats:
    """What each period counts in the local line's value at one place: tricube weights of the nearest ``width``."""
    places = np.arange(length, dtype=np.float64)
    first = int(np.clip(at - (width - 1) // 2, 0, max(length - width, 0)))
    inside = (places >= first) & (places < first + width)
    reach = max(at - first, min(first + width, length) - 1 - at) + (max(width - length, 0) // 2)
    distance = np.abs(places - at)
    weight = np.where(distance <= _NEAR * reach, 1.0, (1.0 - np.minimum(distance / max(reach, 1e-9), 1.0) ** 3) ** 3)
    weight = np.where(inside & (distance <= _FAR * reach), weight, 0.0)
    weight /= weight.sum()
    mean = (weight * places).sum()
    spread = (weight * (places - mean) ** 2).sum()
    if np.sqrt(spread) <= _NEAR * (length - 1.0):
        return weight
    return np.asarray(weight * (1.0 + (at - mean) * (places - mean) / spread))
