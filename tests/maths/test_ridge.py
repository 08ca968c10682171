import numpy as np
import pytest
from scipy.optimize import minimize

from vitalfew.maths.ridge import logistic, poisson

RNG = np.random.default_rng(3)
X = np.column_stack([np.ones(200), RNG.normal(size=(200, 3))])
OFFSET = RNG.normal(size=200) / 2
LINEAR = X @ [0.3, 1.0, -0.5, 0.0] + OFFSET
PENALTY = np.array([0.0, 2.0, 2.0, 2.0])


def test_logistic_is_where_the_penalised_likelihood_is_largest() -> None:
    y = (RNG.random(200) < 1 / (1 + np.exp(-LINEAR))).astype(float)

    def loss(b: np.ndarray) -> float:
        eta = X @ b + OFFSET
        return float((np.logaddexp(0, eta) - y * eta).sum() + (PENALTY * b**2).sum() / 2)

    assert logistic(X, y, OFFSET, PENALTY).coefficients == pytest.approx(minimize(loss, np.zeros(4)).x, abs=1e-4)


def test_poisson_is_where_the_penalised_likelihood_is_largest() -> None:
    y = RNG.poisson(np.exp(LINEAR)).astype(float)

    def loss(b: np.ndarray) -> float:
        eta = X @ b + OFFSET
        return float((np.exp(eta) - y * eta).sum() + (PENALTY * b**2).sum() / 2)

    assert poisson(X, y, OFFSET, PENALTY).coefficients == pytest.approx(minimize(loss, np.zeros(4)).x, abs=1e-4)


def test_columns_that_say_the_same_share_the_coefficient() -> None:
    twice = np.column_stack([X[:, 1], X[:, 1]])
    y = (LINEAR > 0).astype(float)

    first, second = logistic(twice, y, np.zeros(200), np.full(2, 1.0)).coefficients

    assert first == pytest.approx(second)


def test_what_is_separated_stays_finite() -> None:
    found = logistic(X[:, 1:2], (X[:, 1] > 0).astype(float), np.zeros(200), np.full(1, 1e-6))

    assert np.isfinite(found.coefficients).all()
    assert np.isfinite(found.covariance).all()
