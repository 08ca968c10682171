"""The recursion behind exponential smoothing, for many series at once, with its derivatives.

With ``q = l + phi b`` the level expected, ``s`` the season's term and ``e = y − f`` the miss,

    season none or added         f = q + s    l ← q + alpha e      b ← phi b + beta e      s ← s + gamma e
    season multiplied            f = q s      l ← q + alpha e/s    b ← phi b + beta e/s    s ← s + gamma e/q

An error that is a share of the forecast changes the likelihood, not these recursions (Hyndman, Koehler, Ord & Snyder 2008,
chapter 2). The columns of ``x``, one row per series, are alpha, ``beta/alpha`` where there is a trend, ``gamma/(1 − alpha)``
where there is a season, phi where the trend is damped; then the level and slope before the first period, and all terms of
the season but the last, which makes them add to 0 (added) or to their number (multiplied).

Hyndman, R. J., Koehler, A. B., Ord, J. K. & Snyder, R. D. (2008). Forecasting with Exponential Smoothing. Springer.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats

LEAST, MOST = 1e-4, 0.9999
PHI: Final = (0.8, 0.98)


@dataclass(frozen=True)
class Form:
    """Error added or multiplied, trend none, added or damped, season none, added or multiplied."""

    error: Literal["A", "M"]
    trend: Literal["N", "A", "Ad"]
    season: Literal["N", "A", "M"]

    @property
    def name(self) -> str:
        return self.error + self.trend + self.season

    @property
    def trended(self) -> bool:
        return self.trend != "N"

    @property
    def damped(self) -> bool:
        return self.trend == "Ad"

    @property
    def seasonal(self) -> bool:
        return self.season != "N"

    @cached_property
    def weights(self) -> tuple[str, ...]:
        """The smoothing parameters, in the order of their columns."""
        asked = (("alpha", True), ("beta", self.trended), ("gamma", self.seasonal), ("phi", self.damped))
        return tuple(name for name, there in asked if there)

    def parameters(self, season: int) -> int:
        """How many columns ``x`` has."""
        return len(self.weights) + 1 + self.trended + (season - 1) * self.seasonal

    def column(self, name: str) -> int:
        """Where a smoothing parameter, the level, the slope or the first seasonal term stands."""
        if name in self.weights:
            return self.weights.index(name)
        return len(self.weights) + {"level": 0, "slope": 1, "season": 1 + self.trended}[name]


class States(NamedTuple):
    """Level, slope (None: no trend) and seasonal terms (None: no season) of each series; terms are (season, series)."""

    level: Floats
    slope: Floats | None
    season: Floats | None


class Weights(NamedTuple):
    """What the recursion is run with, one entry per series."""

    alpha: Floats
    beta: Floats
    gamma: Floats
    phi: Floats


def weights(form: Form, x: Floats) -> Weights:
    alpha = x[:, 0]
    nothing = np.zeros_like(alpha)
    beta = alpha * x[:, form.column("beta")] if form.trended else nothing
    gamma = (1.0 - alpha) * x[:, form.column("gamma")] if form.seasonal else nothing
    phi = x[:, form.column("phi")] if form.damped else np.ones_like(alpha)
    return Weights(alpha, beta, gamma, phi)


def beginning(form: Form, x: Floats, season: int) -> States:
    """The states before the first period."""
    level = x[:, form.column("level")].copy()
    slope = x[:, form.column("slope")].copy() if form.trended else None
    if not form.seasonal:
        return States(level, slope, None)
    terms = np.empty((season, x.shape[0]))
    terms[:-1] = x[:, form.column("season") :].T
    terms[-1] = (season if form.season == "M" else 0.0) - terms[:-1].sum(axis=0)
    return States(level, slope, terms)


def forecasts(form: Form, periods: Floats, x: Floats, season: int) -> tuple[Floats, States]:
    """Each period's forecast from those before it, (periods, series), and the states after the last."""
    weight = weights(form, x)
    level, slope, terms = beginning(form, x, season)
    told = np.empty_like(periods)
    with np.errstate(all="ignore"):
        for t, came in enumerate(periods):
            expected = level if slope is None else level + weight.phi * slope
            term = None if terms is None else terms[t % season]
            told[t] = expected if term is None else expected * term if form.season == "M" else expected + term
            miss = came - told[t]
            shift = miss / term if form.season == "M" else miss
            level = expected + weight.alpha * shift
            if slope is not None:
                slope = weight.phi * slope + weight.beta * shift
            if terms is not None:
                terms[t % season] += weight.gamma * (miss / expected if form.season == "M" else miss)
    return told, States(level, slope, terms)


def derivatives(form: Form, periods: Floats, x: Floats, season: int) -> tuple[Floats, Floats]:
    """The forecasts (periods, series) and their derivatives by the columns of ``x``: (series, periods, columns)."""
    weight, by = weights(form, x), _Bends(form, x)
    level, slope, terms = beginning(form, x, season)
    d_level, d_slope, d_terms = _unit_states(form, x, season)
    told, bent = np.empty_like(periods), np.empty((x.shape[0], len(periods), x.shape[1]))
    alpha, beta, gamma, phi = (each[:, None] for each in weight)
    with np.errstate(all="ignore"):
        for t, came in enumerate(periods):
            expected, d_expected = level, d_level
            if slope is not None:
                expected = level + weight.phi * slope
                d_expected = d_level + phi * d_slope
                if form.damped:
                    d_expected[:, by.phi] += slope
            place = t % season
            told[t], d_told = expected, d_expected
            if terms is not None and form.season == "A":
                told[t], d_told = expected + terms[place], d_expected + d_terms[place]
            elif terms is not None:
                told[t] = expected * terms[place]
                d_told = d_expected * terms[place][:, None] + expected[:, None] * d_terms[place]
            bent[:, t] = d_told
            miss, shift, d_shift = came - told[t], came - told[t], -d_told
            turn, d_turn = miss, d_shift
            if terms is not None and form.season == "M":
                shift, turn = miss / terms[place], miss / expected
                d_turn = -(d_told + turn[:, None] * d_expected) / expected[:, None]
                d_shift = -(d_told + shift[:, None] * d_terms[place]) / terms[place][:, None]
            level = expected + weight.alpha * shift
            d_level = d_expected + alpha * d_shift
            d_level[:, 0] += shift
            if slope is not None:
                d_slope = phi * d_slope + beta * d_shift
                by.add_trend(d_slope, slope, shift)
                slope = weight.phi * slope + weight.beta * shift
            if terms is not None:
                terms[place] += weight.gamma * turn
                d_terms[place] += gamma * d_turn
                by.add_season(d_terms[place], turn)
    return told, bent


class _Bends:
    """How beta, gamma and phi move with their columns of ``x``."""

    def __init__(self, form: Form, x: Floats) -> None:
        self.form, self.alpha = form, x[:, 0]
        self.phi = form.column("phi") if form.damped else 0
        self.beta = form.column("beta") if form.trended else 0
        self.gamma = form.column("gamma") if form.seasonal else 0
        self.x = x

    def add_trend(self, d_slope: Floats, slope: Floats, shift: Floats) -> None:
        d_slope[:, 0] += self.x[:, self.beta] * shift
        d_slope[:, self.beta] += self.alpha * shift
        if self.form.damped:
            d_slope[:, self.phi] += slope

    def add_season(self, d_term: Floats, turn: Floats) -> None:
        d_term[:, 0] -= self.x[:, self.gamma] * turn
        d_term[:, self.gamma] += (1.0 - self.alpha) * turn


def _unit_states(form: Form, x: Floats, season: int) -> tuple[Floats, Floats, Floats]:
    """The derivatives of the states before the first period."""
    shape = x.shape
    d_level, d_slope = np.zeros(shape), np.zeros(shape)
    d_level[:, form.column("level")] = 1.0
    if form.trended:
        d_slope[:, form.column("slope")] = 1.0
    d_terms = np.zeros((season if form.seasonal else 0, *shape))
    if form.seasonal:
        first = form.column("season")
        places = np.arange(season - 1)
        d_terms[places, :, first + places] = 1.0
        d_terms[-1, :, first:] = -1.0
    return d_level, d_slope, d_terms
