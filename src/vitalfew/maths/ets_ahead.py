"""What exponential smoothing foretells: mean and deviation of the coming periods.

With ``phi_j = phi + … + phi^j``, ``c_j = alpha + beta phi_j`` and, where a season is added, ``+ gamma`` at whole seasons,

    error added            v_h = σ² (1 + Σ_{j<h} c_j²)
    error multiplied       v_h = (1 + σ²) θ_h − μ_h²                   θ_h = μ_h² + σ² Σ_{j<h} c_j² θ_{h−j}
    season multiplied too  v_h = s² [(1 + σ²)(1 + gamma² σ²)^k θ_h − μ_h²]     μ_h without its season, k whole seasons before h

``σ²`` is the mean squared error within the history, divided by periods less figures found.

Hyndman, Koehler, Ord & Snyder (2008), section 6.3.
"""

import numpy as np

from vitalfew.maths.arrays import Floats
from vitalfew.maths.ets_filter import Form, Weights, forecasts, weights


def ahead(form: Form, series: Floats, x: Floats, season: int, periods: int) -> tuple[Floats, Floats]:
    """Mean and deviation of the periods after the last, (series, periods) each."""
    told, (level, slope, terms) = forecasts(form, np.ascontiguousarray(series.T), x, season)
    weight = weights(form, x)
    reach = _reach(weight.phi, periods)
    course = np.repeat(level[:, None], periods, axis=1) if slope is None else level[:, None] + slope[:, None] * reach
    effect = _effects(form, weight, reach, season)
    noise = _noise(form, series, told.T, x.shape[1])
    if terms is None:
        return course, np.sqrt(_variance(form, course, effect, noise))
    term = terms[(series.shape[1] + np.arange(periods)) % season].T
    if form.season == "A":
        return course + term, np.sqrt(_variance(form, course + term, effect, noise))
    rounds = np.arange(periods) // season
    growth = (1.0 + noise[:, None]) * (1.0 + np.square(weight.gamma)[:, None] * noise[:, None]) ** rounds
    spread = growth * _theta(course, effect, noise) - np.square(course)
    return course * term, np.abs(term) * np.sqrt(np.maximum(spread, 0.0))


def _reach(phi: Floats, periods: int) -> Floats:
    """``phi + … + phi^j`` for j = 1 … periods."""
    return np.cumsum(phi[:, None] ** np.arange(1, periods + 1), axis=1)


def _effects(form: Form, weight: Weights, reach: Floats, season: int) -> Floats:
    """``c_j``: what an error does j periods later."""
    effect = weight.alpha[:, None] + weight.beta[:, None] * reach
    if form.season == "A":
        effect[:, season - 1 :: season] += weight.gamma[:, None]
    return effect


def _noise(form: Form, series: Floats, told: Floats, figures: int) -> Floats:
    error = series - told if form.error == "A" else series / told - 1.0
    return np.asarray(np.square(error).sum(axis=1) / max(series.shape[1] - figures, 1))


def _variance(form: Form, mean: Floats, effect: Floats, noise: Floats) -> Floats:
    if form.error == "A":
        squares = np.cumsum(np.square(effect), axis=1)
        return noise[:, None] * (1.0 + np.column_stack([np.zeros(noise.size), squares[:, :-1]]))
    return np.maximum((1.0 + noise[:, None]) * _theta(mean, effect, noise) - np.square(mean), 0.0)


def _theta(mean: Floats, effect: Floats, noise: Floats) -> Floats:
    theta = np.square(mean)
    for h in range(1, mean.shape[1]):
        theta[:, h] += noise * (np.square(effect[:, :h]) * theta[:, h - 1 :: -1][:, :h]).sum(axis=1)
    return theta
