"""What makes something happen sooner: proportional hazards, whatever the base hazard's shape.

    h(t | x) = h_0(t) exp(x b)                                                     partial likelihood, ties by Efron:
    ln L = sum over the times something happened  [ sum of x b of the d to whom it did
                                                    - sum for l = 0 … d - 1 of ln(S - l/d D) ]

``S`` is the sum of exp(x b) of all still at risk, ``D`` of those to whom it happened then. The observed information needs no
sum of squares at every time: each one's share in it is exp(x b) times the base hazard summed up to its own time, one weighted
product of the covariates. Covariates are centred and scaled for the climb; of many, a sample is climbed first.

    times 1 2 3 4+, x 1 0 1 0, + not yet  →  b = .9406, hazard ratio 2.56

Whether hazards are proportional is tested for each covariate: its residuals at the times it happened (what it was there less
what was to be expected among those at risk) have no trend over the logarithm of time if they are.

    T = (sum of (g - mean g) r)^2 / (d Var(b) sum of (g - mean g)^2),  r scaled, g = ln t, d events        chi-square, 1

Refuses (``ValueError``) covariates whose coefficients have no finite maximum or do not differ from a sum of others.

Cox, D. R. (1972). Regression models and life tables. J. of the Royal Statistical Society B 34(2). Efron, B. (1977). The
efficiency of Cox's likelihood function for censored data. J. of the American Statistical Association 72. Breslow, N. (1974).
Covariance analysis of censored survival data. Biometrics 30. Grambsch, P. M. & Therneau, T. M. (1994). Proportional hazards
tests and diagnostics based on weighted residuals. Biometrika 81(3). Schoenfeld, D. (1982). Biometrika 69(1).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from scipy.special import chdtrc, ndtri

from vitalfew.maths.arrays import Bools, Floats, Ints, blocks

STEPS: Final = 40
HALVINGS: Final = 30
SETTLED: Final = 1e-13
"""Half the square of the step in units of its own error, below which nothing is left to climb."""
FARTHEST: Final = 12.0
"""A coefficient beyond this, for covariates of unit spread, runs away."""
SAMPLE: Final = 40_000
BLOCK: Final = 65_536
SAME: Final = 1e-12


class NotDetermined(ValueError):
    """The data set no finite coefficient, or cannot tell covariates apart."""


@dataclass(frozen=True, eq=False)
class Cox:
    """Coefficients, their covariance, and the largest log partial likelihood beside that without covariates."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    log_likelihood_without: float
    iterations: int

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def hazard_ratios(self, confidence: float = 0.95) -> tuple[Floats, Floats, Floats]:
        """How many times the hazard is at one more of each covariate, with the lower and upper end of its interval."""
        half = float(ndtri((1 + confidence) / 2)) * self.standard_errors
        return np.exp(self.coefficients), np.exp(self.coefficients - half), np.exp(self.coefficients + half)


def fit(times: Floats, happened: Bools, covariates: Floats) -> Cox:
    """The coefficients of ``covariates``, one row each of those that ``times`` and ``happened`` tell of.

    >>> found = fit(np.array([1.0, 2, 3, 4]), np.array([True, True, True, False]), np.array([[1.0], [0], [1], [0]]))
    >>> found.coefficients.round(4).tolist(), found.hazard_ratios()[0].round(2).tolist()
    ([0.9406], [2.56])
    """
    if not happened.any():
        raise NotDetermined("it happened to nobody")
    columns, spread = _scaled(covariates)
    start = np.zeros(spread.size)
    if times.size > 2 * SAMPLE:
        some = slice(None, None, times.size // SAMPLE)
        start = _climbed(_Sorted.of(times[some], happened[some], columns[:, some]), start)[0]
    known = _Sorted.of(times, happened, columns)
    del columns
    without = known.at(np.zeros(spread.size), curved=False).value
    place, point, steps = _climbed(known, start)
    return Cox(place / spread, _inverse(point.information) / np.outer(spread, spread), point.value, without, steps)


def proportional(times: Floats, happened: Bools, covariates: Floats, found: Cox) -> Floats:
    """How likely so strong a trend of each covariate's residuals is where hazards are proportional; 1 where it cannot show."""
    columns = np.array(covariates.T, order="C")
    known = _Sorted.of(times, happened, columns)
    moment = np.log(-np.sort(-times[happened]))
    moment -= moment.mean()
    length = float(moment @ moment)
    if length <= SAME:
        return np.ones(columns.shape[0])
    residuals = known.residuals(found.coefficients) @ moment
    scaled = moment.size * found.covariance @ residuals
    return np.asarray(chdtrc(1, scaled**2 / (moment.size * np.diag(found.covariance) * length)))


def _scaled(covariates: Floats) -> tuple[Floats, Floats]:
    """Covariates × rows, centred and of unit spread, and what one unit of each was."""
    columns = np.array(covariates.T, order="C")
    columns -= columns.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", columns, columns) / columns.shape[1])
    if not (spread > SAME * np.abs(covariates).max(axis=0)).all():
        raise NotDetermined("a covariate is the same for all")
    columns /= spread[:, None]
    return columns, np.asarray(spread)


class _Point(NamedTuple):
    value: float
    gradient: Floats
    information: Floats


def _climbed(known: "_Sorted", start: Floats) -> tuple[Floats, _Point, int]:
    """Newton's steps, halved where they overshoot."""
    place, point = start, known.at(start)
    for number in range(1, STEPS):
        step = np.asarray(np.linalg.solve(_regular(point.information), point.gradient), dtype=np.float64)
        gain = float(step @ point.gradient) / 2
        if gain <= SETTLED * max(1.0, abs(point.value)):
            return place, point, number
        place, point = _uphill(known, place, point, step)
        if np.abs(place).max() > FARTHEST:
            break
    raise NotDetermined("a coefficient runs away: something happened to all, or to none, on one side of a covariate")


def _uphill(known: "_Sorted", place: Floats, point: _Point, step: Floats) -> tuple[Floats, _Point]:
    for half in range(HALVINGS):
        there = place + step / 2**half
        found = known.at(there)
        if found.value >= point.value - SETTLED * abs(point.value):
            return there, found
    raise NotDetermined("the likelihood cannot be climbed")


def _regular(information: Floats) -> Floats:
    scale = np.sqrt(np.diag(information))
    if not (scale > 0).all() or np.linalg.eigvalsh(information / np.outer(scale, scale))[0] < 1e-10:  # noqa: PLR2004  (as good as nought)
        raise NotDetermined("covariates cannot be told apart")
    return information


def _inverse(information: Floats) -> Floats:
    return np.asarray(np.linalg.inv(_regular(information)), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Sorted:
    """Rows by time, latest first, so that those at risk at a time are all rows before its end."""

    x: Floats
    """Covariates × rows."""
    ends: Ints
    """How many rows are at risk at each time at which it happened, latest first."""
    died: Ints
    """The rows to whom it happened, in order; those of one time stand together."""
    tied: Ints
    """To how many it happened at each time."""
    times_before: Ints
    """For each row, the first of these times (latest first) that is no later than its own."""

    @classmethod
    def of(cls, times: Floats, happened: Bools, columns: Floats) -> "_Sorted":
        order = np.argsort(-times, kind="stable")
        latest, event = times[order], happened[order]
        died = np.flatnonzero(event)
        distinct, tied = np.unique(-latest[died], return_counts=True)
        ends = np.searchsorted(-latest, distinct, side="right")
        return cls(columns[:, order], ends, died, tied, np.searchsorted(distinct, -latest, side="left"))

    @cached_property
    def first(self) -> Ints:
        """Where each time's deaths begin among all."""
        return np.concatenate([[0], np.cumsum(self.tied)[:-1]])

    @cached_property
    def of_time(self) -> Ints:
        """Each death's time, by number."""
        return np.repeat(np.arange(self.tied.size), self.tied)

    @cached_property
    def share(self) -> Floats:
        """Efron's l/d of each death."""
        return (np.arange(self.died.size) - self.first[self.of_time]) / self.tied[self.of_time]

    def at(self, place: Floats, *, curved: bool = True) -> _Point:
        """The log partial likelihood at these coefficients, its gradient and the observed information."""
        linear = place @ self.x
        top = float(linear.max())
        weight = np.exp(linear - top)
        at_risk = self._left(weight, weight[self.died])
        value = float(linear[self.died].sum() - np.log(at_risk).sum() - top * self.died.size)
        if not curved:
            return _Point(value, place, np.zeros((place.size, place.size)))
        means = self._means(weight, at_risk)
        gradient = self.x[:, self.died].sum(axis=1) - means.sum(axis=1)
        share = weight * self._hazard(at_risk)
        return _Point(value, gradient, self._squares(share) - means @ means.T)

    def residuals(self, place: Floats) -> Floats:
        """Covariates × events, latest first: what it was less what was to be expected (Schoenfeld)."""
        linear = place @ self.x
        weight = np.exp(linear - float(linear.max()))
        means = self._means(weight, self._left(weight, weight[self.died]))
        return np.asarray(self.x[:, self.died] - means)

    def _means(self, weight: Floats, at_risk: Floats) -> Floats:
        means = np.empty((self.x.shape[0], self.died.size))
        for row, mean in zip(self.x, means, strict=True):
            weighted = weight * row
            mean[:] = self._left(weighted, weighted[self.died]) / at_risk
        return means

    def _squares(self, share: Floats) -> Floats:
        total = np.zeros((self.x.shape[0], self.x.shape[0]))
        for some in blocks(share.size, BLOCK):
            total += (self.x[:, some] * share[some]) @ self.x[:, some].T
        return total

    def _left(self, all_rows: Floats, dying: Floats) -> Floats:
        """For each death the sum over those at risk, less Efron's share of those to whom it happens at that time."""
        sums = np.cumsum(all_rows)[self.ends - 1]
        return sums[self.of_time] - self.share * np.add.reduceat(dying, self.first)[self.of_time]

    def _hazard(self, at_risk: Floats) -> Floats:
        """The base hazard summed up to each row's own time; of those who die, less Efron's share of its last step."""
        step = np.add.reduceat(1 / at_risk, self.first)
        from_here = np.append(np.cumsum(step[::-1])[::-1], 0.0)
        hazard = from_here[self.times_before]
        hazard[self.died] -= np.add.reduceat(self.share / at_risk, self.first)[self.of_time]
        return np.asarray(hazard)
