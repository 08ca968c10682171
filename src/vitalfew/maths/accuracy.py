"""How good forecasts were, in figures that can be compared between series.

Arrays are (series, periods), or one series; the answer has one entry per series. A figure that is undefined (nothing
sold, a history that never changes) is NaN, never 0 or infinite.

    beer, quarters, forecast = the same quarter of the year before   →   MAE 13.40, RMSE 14.31, MAPE 3.17 %, MASE 0.94

Hyndman, R. J. & Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of Forecasting
22(4). Gneiting, T. & Raftery, A. E. (2007). Strictly proper scoring rules. JASA 102(477) (interval and quantile scores).
"""

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Bools, Floats


def _rows(values: ArrayLike) -> Floats:
    return np.atleast_2d(np.asarray(values, dtype=np.float64))


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _mean(values: Floats) -> Floats:
    """The mean of what is known in each row; NaN where nothing is."""
    known = ~np.isnan(values)
    return _ratio(np.nansum(values, axis=1), known.sum(axis=1).astype(np.float64))


def mae(actual: ArrayLike, forecast: ArrayLike) -> Floats:
    """Mean absolute error."""
    return _mean(np.abs(_rows(actual) - _rows(forecast)))


def rmse(actual: ArrayLike, forecast: ArrayLike) -> Floats:
    """Root of the mean squared error."""
    return np.asarray(np.sqrt(_mean((_rows(actual) - _rows(forecast)) ** 2)))


def mape(actual: ArrayLike, forecast: ArrayLike) -> Floats:
    """Mean absolute error as a share of what came; NaN where any actual is 0.

    >>> float(mape([10.0, 20.0], [11.0, 18.0])[0])
    0.1
    """
    came = _rows(actual)
    share = np.abs((came - _rows(forecast)) / np.where(came == 0, np.nan, came))
    return np.where((came == 0).any(axis=1), np.nan, _mean(share))


def scale(history: ArrayLike, season: int = 1) -> Floats:
    """What the naive forecast misses within the history: ``mean |y_t − y_{t−m}|`` over ``t > m``; NaN if never or 0.

    >>> float(scale([1.0, 2, 4, 7])[0])
    2.0
    """
    rows = _rows(history)
    if rows.shape[1] <= season:
        return np.full(rows.shape[0], np.nan)
    found = _mean(np.abs(rows[:, season:] - rows[:, :-season]))
    return np.where(found > 0, found, np.nan)


def mase(actual: ArrayLike, forecast: ArrayLike, history: ArrayLike, season: int = 1) -> Floats:
    """Mean absolute error over the history's naive error (`scale`): below 1 is better than naive was in sample.

    >>> float(mase([8.0, 9.0], [8.0, 8.0], [1.0, 2, 4, 7])[0])
    0.25
    """
    return mae(actual, forecast) / scale(history, season)


def wape(actual: ArrayLike, forecast: ArrayLike) -> Floats:
    """All absolute errors over all that came, ``Σ|e| / Σy``: for amounts that may be 0 in single periods.

    >>> float(wape([0.0, 10.0], [2.0, 9.0])[0])
    0.3
    """
    came, told = _rows(actual), _rows(forecast)
    return _ratio(np.nansum(np.abs(came - told), axis=1), np.nansum(np.where(np.isnan(told), 0.0, came), axis=1))


def bias(actual: ArrayLike, forecast: ArrayLike) -> Floats:
    """``(Σf − Σy)/Σy``: above 0 the forecasts were too high.

    >>> float(bias([10.0, 10.0], [11.0, 11.0])[0])
    0.1
    """
    came, told = _rows(actual), _rows(forecast)
    return _ratio(np.nansum(told - came, axis=1), np.nansum(np.where(np.isnan(told), 0.0, came), axis=1))


def pinball(actual: ArrayLike, forecast: ArrayLike, quantile: float) -> Floats:
    """Mean quantile loss, ``q max(y − f, 0) + (1 − q) max(f − y, 0)``: least, in expectation, at the true quantile.

    >>> float(pinball([10.0, 10.0], [8.0, 12.0], 0.9)[0])
    1.0
    """
    if not 0 < quantile < 1:
        raise ValueError("a quantile lies between 0 and 1")
    miss = _rows(actual) - _rows(forecast)
    return _mean(np.maximum(quantile * miss, (quantile - 1.0) * miss))


def coverage(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """The share of what came that lay within its interval, ends included.

    >>> float(coverage([1.0, 5.0], [0.0, 0.0], [2.0, 2.0])[0])
    0.5
    """
    came = _rows(actual)
    inside: Bools = (came >= _rows(low)) & (came <= _rows(high))
    return _mean(np.where(np.isnan(came) | np.isnan(_rows(low)), np.nan, inside.astype(np.float64)))


def seasonal_naive(history: ArrayLike, periods: int, season: int = 1) -> Floats:
    """The last season again and again: (series, periods) ahead.

    >>> seasonal_naive([1.0, 2, 3], 3, season=2)
    array([[2., 3., 2.]])
    """
    rows = _rows(history)
    return rows[:, -season:][:, np.arange(periods) % season]
