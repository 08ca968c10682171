"""Exponential smoothing: fifteen forms fitted to many series at once, the best of each chosen, forecasts with intervals.

A form is named by error, trend, season (``ANN`` simple, ``AAN`` Holt, ``MAdM`` damped with a multiplied season …). Errors are
added or multiplied, trends none, added or damped, seasons none, added or multiplied; an added error with a multiplied
season is left out, since its variance has no bound. The form is chosen by

    AICc = −2 log L + 2 k + 2 k (k + 1)/(n − k − 1)        k = columns of the recursion, and the variance

``−2 log L`` without its constants, as other packages print it. Multiplied forms ask for positive series. Series of fewer than
five periods, and such as never change, keep the last value with no form.

Forecasts are means with the variance of Hyndman, Koehler, Ord & Snyder (2008), section 6.3: exact for added errors; for
multiplied seasons as derived there, held against simulation by a test. Intervals take the errors as normal: they are too
narrow where large errors are common.

    5 5 5 5 5 5 5 5 6  →  ANN, forecast between 5 and 6

Not for demand that comes now and then: see ``croston``.

Hyndman, R. J., Koehler, A. B., Snyder, R. D. & Grose, S. (2002). International Journal of Forecasting 18(3). Hyndman, R. J.,
Koehler, A. B., Ord, J. K. & Snyder, R. D. (2008). Forecasting with Exponential Smoothing: The State Space Approach. Springer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints, blocks
from vitalfew.maths.ets_ahead import ahead
from vitalfew.maths.ets_filter import Form
from vitalfew.maths.ets_fit import Fit, chosen, improved, start

FORMS: Final = tuple(
    Form(error, trend, season)
    for error in ("A", "M")
    for trend in ("N", "A", "Ad")
    for season in ("N", "A", "M")
    if (error, season) != ("A", "M")
)
FEWEST: Final = 5
_BLOCK: Final = 2_048
_FIRST_ROUNDS, _ROUNDS = 4, 30
_MARGIN: Final = 8.0
"""Forms this far above the best after a few rounds are not followed further."""


@dataclass(frozen=True)
class Chosen:
    """The form of each series (its place in `FORMS`, −1 none), its AICc, and for each form its series and their columns."""

    form: Ints
    aicc: Floats
    fits: Sequence[tuple[Form, Ints, Floats]]


@dataclass(frozen=True)
class Forecast:
    """Means and deviations of the coming periods, and the forms they come from."""

    mean: Floats
    deviation: Floats
    chosen: Chosen


def choose(series: Floats, season: int = 12, forms: Sequence[Form] = FORMS) -> Chosen:
    """The form with the least AICc for each of the series (series, periods), all of one length.

    >>> found = choose(np.array([[5.0, 5, 5, 5, 5, 5, 5, 5, 6]]))
    >>> FORMS[found.form[0]].name in {"ANN", "MNN"}
    True
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    form, aicc = np.full(rows.shape[0], -1), np.full(rows.shape[0], np.nan)
    kept: dict[int, list[tuple[Ints, Floats]]] = {place: [] for place in range(len(FORMS))}
    able = _able(rows)
    for part in blocks(able.size, _BLOCK):
        places = able[part]
        best, least, found = _best(rows[places], season, forms)
        form[places], aicc[places] = best, least
        for number, (mine, x) in found.items():
            kept[number].append((places[mine], x))
    fits = [
        (FORMS[number], np.concatenate([places for places, _x in parts]), np.concatenate([x for _places, x in parts]))
        for number, parts in kept.items()
        if parts
    ]
    return Chosen(form, aicc, fits)


def _able(rows: Floats) -> Ints:
    """The series that some form can be fitted to."""
    if rows.shape[1] < FEWEST:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero((np.ptp(rows, axis=1) > 0) & np.isfinite(rows).all(axis=1))


def _best(series: Floats, season: int, forms: Sequence[Form]) -> tuple[Ints, Floats, dict[int, tuple[Ints, Floats]]]:
    """Form and AICc of each series of a block, and the winning fits by form."""
    scale = np.abs(series).mean(axis=1)
    scaled = series / scale[:, None]
    n = series.shape[1]
    tried = [form for form in forms if _fits(form, n, season)]
    fits = {form: _fit(form, scaled, season, _FIRST_ROUNDS) for form in tried}
    table = np.array([_aicc(form, fits[form], n, season) for form in tried])
    followed: Bools = np.asarray(table < table.min(axis=0) + _MARGIN)
    for place, form in enumerate(tried):
        fits[form] = _followed(form, scaled, fits[form], np.flatnonzero(followed[place]), season)
        table[place] = _aicc(form, fits[form], n, season)
    winner = table.argmin(axis=0)
    least = table.min(axis=0) + 2.0 * n * np.log(scale)
    numbers = np.array([FORMS.index(form) for form in tried])[winner]
    won = {
        FORMS.index(form): _won(form, fits[form], np.asarray(winner == place), scale)
        for place, form in enumerate(tried)
    }
    return numbers, least, won


def _fits(form: Form, n: int, season: int) -> bool:
    """Whether so many periods carry the form: two seasons, and more periods than figures to be found."""
    return n > form.parameters(season) + 2 and (not form.seasonal or (season > 1 and n >= 2 * season))


def _fit(form: Form, series: Floats, season: int, rounds: int) -> Fit:
    return improved(form, series, start(form, _allowed(form, series), season), season, rounds)


def _allowed(form: Form, series: Floats) -> Floats:
    """Series that the form can't take become unknown, so that its fit is infinitely bad."""
    if form.error == "A":
        return series
    positive = (series > 0).all(axis=1, keepdims=True)
    return np.where(positive, series, np.nan)


def _followed(form: Form, series: Floats, fit: Fit, places: Ints, season: int) -> Fit:
    if not places.size:
        return fit
    more = improved(form, series[places], chosen(fit, places), season, _ROUNDS)
    x, squares = fit.x.copy(), fit.squares.copy()
    x[places], squares[places] = more.x, more.squares
    return Fit(x, squares, fit.damping, fit.done)


def _aicc(form: Form, fit: Fit, n: int, season: int) -> Floats:
    k = form.parameters(season) + 1
    with np.errstate(divide="ignore"):
        return n * np.log(np.maximum(fit.squares, 1e-30)) + 2.0 * k + 2.0 * k * (k + 1) / (n - k - 1)


def _won(form: Form, fit: Fit, mine: Bools, scale: Floats) -> tuple[Ints, Floats]:
    """The series this form won, and their columns in the series' own unit."""
    places = np.flatnonzero(mine)
    x = fit.x[places].copy()
    first = len(form.weights)
    states = slice(first, first + 1 + form.trended if form.season == "M" else x.shape[1])
    x[:, states] *= scale[places, None]
    return places, x


def forecast(series: Floats, periods: int, season: int = 12, forms: Sequence[Form] = FORMS) -> Forecast:
    """Mean and deviation of each of the coming periods, (series, periods), by the form of least AICc.

    A series without a form keeps its last value, with no deviation known (NaN).

    >>> told = forecast(np.array([[5.0, 5, 5, 5, 5, 5, 5, 5, 6]]), 2)
    >>> bool(5 < told.mean[0, 0] < 6), bool(told.deviation[0, 1] >= told.deviation[0, 0] > 0)
    (True, True)
    """
    rows = np.atleast_2d(np.asarray(series, dtype=np.float64))
    found = choose(rows, season, forms)
    mean = np.repeat(rows[:, -1:], periods, axis=1)
    deviation = np.full(mean.shape, np.nan)
    for form, places, x in found.fits:
        mean[places], deviation[places] = ahead(form, rows[places], x, season, periods)
    return Forecast(mean, deviation, found)
