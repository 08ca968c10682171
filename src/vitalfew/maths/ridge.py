"""Regressions of a yes or no, of a count and of a loss, with coefficients drawn towards zero.

    logistic   ln(p / (1 - p)) = offset + X b          poisson   ln(mean) = offset + X b
    hazards    ln r = X b, P(lost now) = 1 - exp(-r c), P(not lost before) = exp(-r C)

``b`` makes the log-likelihood less ``sum penalty_j b_j² / 2`` largest: a coefficient the data say little of stays near
zero, and the offset (what is believed beforehand) stands. Columns with a penalty of 0 are free. Found by Fisher's
scoring; the covariance is the inverse of the penalised information.

    4 of 10 yes, no penalty    →   b = ln(4/6) = -.405, standard error (10 × .4 × .6)^-.5 = .645

Hoerl, A. E. & Kennard, R. W. (1970). Ridge regression. Technometrics 12(1). le Cessie, S. & van Houwelingen, J. C.
(1992). Ridge estimators in logistic regression. Applied Statistics 41(1). Nelder, J. A. & Wedderburn, R. W. M. (1972).
Generalized linear models. JRSS A 135(3). Prentice, R. L. & Gloeckler, L. A. (1978). Biometrics 34(1) (hazards).
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from scipy.special import expit

from vitalfew.maths.arrays import Floats

_ROUNDS: Final = 60
_NEAR: Final = 1e-9
_STEP: Final = 2.0
_LARGEST: Final = 30.0
_LEAST_WEIGHT: Final = 1e-9
_SURE: Final = 500.0


class Ridge(NamedTuple):
    """Coefficients and their covariance."""

    coefficients: Floats
    covariance: Floats


def logistic(columns: Floats, yes: Floats, offset: Floats, penalty: Floats) -> Ridge:
    """The regression of ``yes`` (0 or 1, or a share) on the columns.

    >>> found = logistic(np.ones((10, 1)), np.repeat([1.0, 0.0], [4, 6]), np.zeros(10), np.zeros(1))
    >>> round(float(found.coefficients[0]), 4), round(float(found.covariance[0, 0]) ** 0.5, 4)
    (-0.4055, 0.6455)
    """

    def moments(linear: Floats) -> tuple[Floats, Floats]:
        p = expit(linear)
        return np.asarray(p), np.asarray(p * (1 - p))

    return _scored(columns, yes, offset, penalty, moments)


def poisson(columns: Floats, counts: Floats, offset: Floats, penalty: Floats) -> Ridge:
    """The regression of counts on the columns.

    >>> found = poisson(np.ones((4, 1)), np.array([0.0, 1, 2, 5]), np.log([1.0, 1, 1, 1]), np.zeros(1))
    >>> round(float(np.exp(found.coefficients[0])), 4)
    2.0
    """

    def moments(linear: Floats) -> tuple[Floats, Floats]:
        mean = np.exp(linear)
        return mean, mean

    return _scored(columns, counts, offset, penalty, moments)


def hazards(columns: Floats, lost: Floats, before: Floats, now: Floats, penalty: Floats) -> Ridge:
    """The regression of how many times the base hazard each has: ``before`` survived, lost or not ``now``.

    Nine lost of twenty, half the chance each of them had: p .5 → .45, r = ln .55/ln .5.

    >>> lost = np.repeat([1.0, 0.0], [9, 11])
    >>> found = hazards(np.ones((20, 1)), lost, np.where(lost, 0, np.log(2)), np.full(20, np.log(2)), np.zeros(1))
    >>> round(float(np.exp(found.coefficients[0])), 4), round(float(np.log(0.55) / np.log(0.5)), 4)
    (0.8625, 0.8625)
    """

    def moments(linear: Floats) -> tuple[Floats, Floats]:
        risk = np.exp(linear)
        through, step = risk * before, np.clip(risk * now, _LEAST_WEIGHT, _SURE)
        rest = step / np.expm1(step)
        return lost - (lost * rest - through), through + lost * rest * (step + rest - 1)

    return _scored(columns, lost, np.zeros(lost.size), penalty, moments)


def _scored(
    columns: Floats, seen: Floats, offset: Floats, penalty: Floats, moments: Callable[[Floats], tuple[Floats, Floats]]
) -> Ridge:
    b = np.zeros(columns.shape[1])
    information = np.diag(penalty)
    for _ in range(_ROUNDS):
        mean, weight = moments(np.clip(columns @ b + offset, -_LARGEST, _LARGEST))
        weighted = columns * np.maximum(weight, _LEAST_WEIGHT)[:, None]
        information = columns.T @ weighted + np.diag(penalty)
        step = _solved(information, columns.T @ (seen - mean) - penalty * b, penalty)
        b += np.clip(step, -_STEP, _STEP)
        if np.abs(step).max(initial=0.0) < _NEAR:
            break
    return Ridge(b, np.asarray(np.linalg.pinv(information)))


def _solved(information: Floats, towards: Floats, penalty: Floats) -> Floats:
    """The step; of least length where columns that are not drawn towards 0 may say the same."""
    if (penalty[1:] > 0).all() and information[0, 0] > _LEAST_WEIGHT:
        return np.asarray(np.linalg.solve(information, towards))
    return np.asarray(np.linalg.lstsq(information, towards, rcond=None)[0])
