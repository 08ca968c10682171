"""From which supplier customers will buy next, what drives it, and what each supplier then earns.

    U_k = b_0 LAST_k + sum_d b_d X_kd          P(k) = exp(U_k) / sum_j exp(U_j)          (conditional logit)

``LAST_k`` is 1 for the supplier bought from last: what is left of habit. Put for every supplier in turn, the P are the rows
of the customer's own switching matrix ``A``; ``B_t = B_0 A^t`` are the chances at the t-th purchase from now.

    A = [.8 .2; .3 .7], last bought from the first   →   B_0 … B_4 of the first: .8 .7 .65 .625 .6125

Rust, R. T., Lemon, K. N. & Zeithaml, V. A. (2004). Return on marketing. J. Marketing 68(1). McFadden, D. (1974). Conditional
logit analysis of qualitative choice behavior. In Zarembka, P., Frontiers in Econometrics. Liang, K.-Y. & Zeger, S. L. (1986).
Biometrika 73(1).
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints

_ROUNDS: Final = 50
_NEAR: Final = 1e-9
_STEP: Final = 2.0
_SEPARATED: Final = 10.0
"""A coefficient by which a usual difference changes the odds more than 20,000 times is no finding."""
_RIDGE: Final = 1.0
_SLOPE_STEP: Final = 1e-4


class Choices(NamedTuple):
    """What each respondent thinks of the suppliers it may choose among, whom it bought from last and will buy from next.

    ``marks``: (respondents, suppliers, drivers); ``last``: the place of a supplier, -1 for none; ``chosen``: the chance of
    each supplier, rows of 1; ``among``: who may be chosen; ``group``: respondents that hang together (of one account).
    """

    marks: Floats
    last: Ints
    chosen: Floats
    among: Bools
    group: Ints

    @property
    def columns(self) -> Floats:
        """Habit, then the drivers."""
        habit = (np.arange(self.among.shape[1]) == self.last[:, None]).astype(np.float64)
        return np.concatenate([habit[:, :, None], self.marks], axis=2)


class Logit(NamedTuple):
    """Coefficients, that of habit first, with the covariance of grouped respondents; whether they had to be drawn to 0."""

    coefficients: Floats
    covariance: Floats
    penalised: bool


def fit(choices: Choices) -> Logit:
    """The coefficients that make what was chosen likeliest.

    Where habit or drivers separate the choices, or say the same, no likeliest ones exist: then each coefficient, in
    standard deviations, is drawn to 0 by a penalty of 1 (ridge), which is told.
    """
    plain = _scored(choices, np.zeros(choices.marks.shape[2] + 1))
    spread = _spread(choices)
    if plain is not None and (np.abs(plain.coefficients) * spread).max() < _SEPARATED:
        return plain
    penalised = _scored(choices, _RIDGE * np.where(spread > 0, spread, 1.0) ** 2)
    if penalised is None:
        raise ValueError("the choices say nothing about habit or any driver")
    return penalised._replace(penalised=True)


def chances(columns: Floats, coefficients: Floats, among: Bools) -> Floats:
    """The chance of each supplier, 0 where it may not be chosen."""
    utility = np.where(among, columns @ coefficients, -np.inf)
    raised = np.exp(utility - utility.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def switching(marks: Floats, coefficients: Floats, among: Bools) -> Floats:
    """Each respondent's matrix: the chance of the column's supplier after the row's; rows sum to 1.

    >>> two = switching(np.zeros((1, 2, 1)), np.array([np.log(4.0), 0.0]), np.ones((1, 2), dtype=bool))
    >>> two[0].round(3).tolist()
    [[0.8, 0.2], [0.2, 0.8]]
    """
    suppliers = among.shape[1]
    utility = (marks @ coefficients[1:])[:, None, :] + coefficients[0] * np.eye(suppliers)
    utility = np.where(among[:, None, :], utility, -np.inf)
    raised = np.exp(utility - utility.max(axis=2, keepdims=True))
    return np.asarray(raised / raised.sum(axis=2, keepdims=True))


def lifetime_values(  # noqa: PLR0917  (the equation has as many)
    matrix: Floats, start: Floats, worth: Floats, frequency: Floats, years: float, rate: float
) -> Floats:
    """What each customer brings each supplier: ``sum_{t=0}^{T f} (1+d)^(-t/f) v B_t`` with ``B_t = B_0 A^t``.

    ``matrix``: (customers, suppliers, suppliers); ``start``: B_0; ``worth``: v, the contribution of a purchase;
    ``frequency``: f, purchases a year from all suppliers together. Rust, Lemon & Zeithaml 2004.

    >>> a = np.array([[[0.8, 0.2], [0.3, 0.7]]])
    >>> round(float(lifetime_values(a, a[:, 0], np.array([5.0]), np.array([2.0]), 2.0, 0.1)[0, 0]), 5)
    15.53136
    """
    discounted = matrix * ((1.0 + rate) ** (-1.0 / frequency))[:, None, None]
    number = np.floor(years * frequency + _NEAR).astype(np.int64) + 1
    summed = _geometric(discounted, number)
    return np.asarray(np.einsum("nj,njk->nk", start, summed) * worth[:, None])


class Market(NamedTuple):
    """Respondents with their choices, and what the customers they speak for buy: (customers,) by ``choices.group``."""

    choices: Choices
    logit: Logit
    worth: Floats
    frequency: Floats
    years: float
    rate: float

    def values(self, coefficients: Floats, raised: tuple[Ints, float, float] | None = None) -> Floats:
        """What each customer brings each supplier, mean of its respondents: (customers, suppliers), the first is us.

        ``raised``: some drivers' places, by how much the first supplier's marks rise, and their top.
        """
        marks, group = self.choices.marks, self.choices.group
        if raised is not None:
            drivers, points, top = raised
            marks = marks.copy()
            marks[:, 0, drivers] = np.minimum(marks[:, 0, drivers] + points, top)
        matrix = switching(marks, coefficients, self.choices.among)
        newcomers = chances(marks, coefficients[1:], self.choices.among)
        last = self.choices.last
        start = np.where((last < 0)[:, None], newcomers, matrix[np.arange(last.size), np.maximum(last, 0)])
        each = lifetime_values(matrix, start, self.worth[group], self.frequency[group], self.years, self.rate)
        count = np.bincount(group, minlength=self.worth.size)
        summed = np.column_stack([np.bincount(group, column, self.worth.size) for column in each.T])
        return np.asarray(summed / count[:, None])

    def error(self, of: Callable[[Floats], float]) -> float:
        """The standard error of a function of the coefficients, by the delta method."""
        b = self.logit.coefficients
        steps = np.diag(np.maximum(np.abs(b), 1.0) * _SLOPE_STEP)
        slope = np.array([(of(b + step) - of(b - step)) / (2 * step.sum()) for step in steps])
        return float(np.sqrt(slope @ self.logit.covariance @ slope))


def _geometric(matrix: Floats, number: Ints) -> Floats:
    """``I + M + … + M^(n-1)`` of each matrix, by doubling."""
    identity = np.broadcast_to(np.eye(matrix.shape[1]), matrix.shape)
    power, total = identity.copy(), np.zeros_like(matrix)
    for bit in reversed(range(int(number.max(initial=0)).bit_length())):
        power, total = power @ power, total + power @ total
        one = ((number >> bit) & 1).astype(bool)[:, None, None]
        power, total = np.where(one, power @ matrix, power), np.where(one, identity + matrix @ total, total)
    return np.asarray(total)


def _spread(choices: Choices) -> Floats:
    """The usual difference of each column among the suppliers of one respondent."""
    weight = choices.among / choices.among.sum(axis=1, keepdims=True)
    columns = choices.columns
    mean = np.einsum("nk,nkd->nd", weight, columns)
    square = np.einsum("nk,nkd->nd", weight, (columns - mean[:, None]) ** 2)
    return np.asarray(np.sqrt(square.mean(axis=0)))


def _scored(choices: Choices, penalty: Floats) -> Logit | None:
    """Newton's steps; ``None`` where they lead nowhere."""
    columns, b = choices.columns, np.zeros(penalty.size)
    for _ in range(_ROUNDS):
        p = chances(columns, b, choices.among)
        scores = np.einsum("nk,nkd->nd", choices.chosen - p, columns)
        information = _information(columns, p) + np.diag(penalty)
        if np.linalg.cond(information) > 1 / _NEAR:
            return None
        step = np.linalg.solve(information, scores.sum(axis=0) - penalty * b)
        b += np.clip(step, -_STEP, _STEP)
        if np.abs(step).max() < _NEAR:
            return Logit(b, _covariance(information, scores, choices.group), False)
    return None


def _information(columns: Floats, p: Floats) -> Floats:
    mean = np.einsum("nk,nkd->nd", p, columns)
    flat = columns.reshape(-1, columns.shape[2])
    return np.asarray((flat * p.reshape(-1, 1)).T @ flat - mean.T @ mean)


def _covariance(information: Floats, scores: Floats, group: Ints) -> Floats:
    """Sandwich of the scores summed by group."""
    groups, row = np.unique(group, return_inverse=True)
    summed = np.column_stack([np.bincount(row, each) for each in scores.T])
    inverse = np.linalg.inv(information)
    small = groups.size / max(groups.size - 1, 1)
    return np.asarray(inverse @ (summed.T @ summed) @ inverse * small)
