"""Fitting exponential smoothing to many series at once by least squares.

    −2 log L = n log Σe²                          error added
    −2 log L = n log Σ(e/f)² + 2 Σ log|f|         error multiplied,  = n log Σ r²  with  r = e/f · exp(mean log|f|)

Either is a sum of squares, so that Levenberg's and Marquardt's method fits both. Weights stay within their bounds; the
best of a few usual weights is where the fit starts. Series are scaled to a mean of about one, which shifts the likelihood
by ``2 n log scale`` and nothing else.

Marquardt, D. W. (1963). Journal of the Society for Industrial and Applied Mathematics 11(2).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.ets_filter import LEAST, MOST, PHI, Form, derivatives, forecasts

CLOSE: Final = 1e-4
"""A fit stands when −2 log L falls by less than this, and the step was nearly a full one."""
_STARTS: Final = (
    (0.1, 0.02, 0.02),
    (0.3, 0.05, 0.1),
    (0.6, 0.1, 0.02),
    (0.9, 0.02, 0.02),
    (0.5, 0.4, 0.3),
    (0.02, 0.1, 0.4),
)


@dataclass(frozen=True)
class Fit:
    """One form fitted to some series: columns of the recursion, sum of squares, how bold the next step is."""

    x: Floats
    squares: Floats
    damping: Floats
    done: Bools

    @property
    def size(self) -> int:
        return self.squares.size


def start(form: Form, series: Floats, season: int) -> Fit:
    """The best of a few usual weights, with states from a line and the mean of each season about it."""
    states = _states(form, series, season)
    periods = np.ascontiguousarray(series.T)
    best, least = np.empty((0,)), np.full(series.shape[0], np.inf)
    for alpha, beta, gamma in _STARTS:
        usual = {"alpha": alpha, "beta": beta, "gamma": gamma, "phi": 0.95}
        columns = [np.full(series.shape[0], usual[name]) for name in form.weights]
        x = np.column_stack([*columns, states])
        squares = sum_of_squares(form, periods, x, season)
        better = squares < least
        best = np.where(better[:, None], x, best) if best.size else x
        least = np.where(better, squares, least)
    return Fit(best, least, np.full(least.size, 1e-2), ~np.isfinite(least))


def sum_of_squares(form: Form, periods: Floats, x: Floats, season: int) -> Floats:
    """Σ r² of each series; infinite where a multiplied error or season meets a forecast at or below 0."""
    told, _states_after = forecasts(form, periods, x, season)
    with np.errstate(all="ignore"):
        if form.error == "A":
            return _finite(np.square(periods - told).sum(axis=0))
        found = np.square(periods / told - 1.0).sum(axis=0) * np.exp(2.0 * np.log(told).mean(axis=0))
    return _finite(np.where((told > 0).all(axis=0), found, np.inf))


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.inf)


def improved(form: Form, series: Floats, fit: Fit, season: int, rounds: int) -> Fit:
    """So many rounds more, for the series whose fit doesn't stand yet."""
    x, squares, damping, done = fit.x.copy(), fit.squares.copy(), fit.damping.copy(), fit.done.copy()
    for _round in range(rounds):
        live = np.flatnonzero(~done)
        if not live.size:
            break
        periods = np.ascontiguousarray(series[live].T)
        tried = _step(form, periods, x[live], damping[live], season)
        found = sum_of_squares(form, periods, tried, season)
        better = found < squares[live]
        with np.errstate(all="ignore"):
            gain = len(periods) * np.log(squares[live] / found)
        won = live[better]
        x[won], squares[won] = tried[better], found[better]
        stands = (better & (gain < CLOSE) & (damping[live] < 1.0)) | (~better & (damping[live] > 1e4))  # noqa: PLR2004  (no step is left)
        damping[live] = np.where(better, np.maximum(damping[live] * 0.2, 1e-7), damping[live] * 8.0)
        done[live] = stands
    return Fit(x, squares, damping, done)


def _step(form: Form, periods: Floats, x: Floats, damping: Floats, season: int) -> Floats:
    """Where Marquardt's step leads, kept within the bounds of the weights."""
    residual, jacobian = _residuals(form, periods, x, season)
    low, high = _bounds(form, x.shape[1])
    gradient = np.matmul(residual[:, None, :], jacobian)[:, 0]
    held = ((x <= low) & (gradient > 0)) | ((x >= high) & (gradient < 0))
    jacobian = np.where(held[:, None, :], 0.0, jacobian)
    normal = np.matmul(jacobian.transpose(0, 2, 1), jacobian)
    places = np.arange(x.shape[1])
    diagonal = normal[:, places, places]
    normal[:, places, places] += damping[:, None] * diagonal + 1e-10 * diagonal.max(axis=1, keepdims=True) + 1e-300
    step = np.linalg.solve(normal, np.where(held, 0.0, gradient)[:, :, None])[:, :, 0]
    return np.clip(x - step, low, high)


def _residuals(form: Form, periods: Floats, x: Floats, season: int) -> tuple[Floats, Floats]:
    """``r`` (series, periods) and its derivatives (series, periods, columns)."""
    told, bent = derivatives(form, periods, x, season)
    came, told = periods.T, told.T
    if form.error == "A":
        return came - told, -bent
    scale = np.exp(np.log(told).mean(axis=1))[:, None]
    relative = came / told - 1.0
    bent /= told[:, :, None]
    d_scale = bent.mean(axis=1, keepdims=True)
    jacobian = relative[:, :, None] * d_scale - (came / told)[:, :, None] * bent
    return scale * relative, scale[:, :, None] * jacobian


def _bounds(form: Form, columns: int) -> tuple[Floats, Floats]:
    low, high = np.full(columns, -np.inf), np.full(columns, np.inf)
    low[: len(form.weights)], high[: len(form.weights)] = LEAST, MOST
    if form.damped:
        low[form.column("phi")], high[form.column("phi")] = PHI
    return low, high


def _states(form: Form, series: Floats, season: int) -> Floats:
    """Level and slope of a line through the first periods, season's terms about a line through all."""
    adjusted, terms = series, np.empty((series.shape[0], 0))
    if form.seasonal:
        effects = _effects(series, season)
        level = np.maximum(series.mean(axis=1, keepdims=True), 1e-9)
        multiplied = np.maximum(1.0 + effects / level, 0.05)
        terms = multiplied * season / multiplied.sum(axis=1, keepdims=True) if form.season == "M" else effects
        repeated = terms[:, np.arange(series.shape[1]) % season]
        adjusted = series / repeated if form.season == "M" else series - repeated
    first = adjusted[:, : max(10, min(season, series.shape[1]))]
    level, slope = _line(first)
    if not form.trended:
        return np.column_stack([first.mean(axis=1), terms[:, :-1]])
    kept = np.where(level > 0, level, first.mean(axis=1)) if form.error == "M" else level
    return np.column_stack([kept, np.where(kept == level, slope, 0.0), terms[:, :-1]])


def _line(rows: Floats) -> tuple[Floats, Floats]:
    """The line through each row: its value one period before the first, and its slope."""
    t = np.arange(1.0, rows.shape[1] + 1)
    slope = (rows @ (t - t.mean())) / np.square(t - t.mean()).sum()
    return rows.mean(axis=1) - slope * t.mean(), slope


def _effects(series: Floats, season: int) -> Floats:
    """How far each season's place lies from a line, by least squares with both at once; adding to 0."""
    n = series.shape[1]
    place = np.arange(n) % season
    design = np.column_stack([np.arange(n), np.eye(season)[place]])
    solved = np.asarray((np.linalg.pinv(design) @ series.T).T[:, 1:])
    return np.asarray(solved - solved.mean(axis=1, keepdims=True))


def chosen(fit: Fit, places: Ints) -> Fit:
    """The fit of some of the series."""
    return Fit(fit.x[places], fit.squares[places], fit.damping[places], fit.done[places])
