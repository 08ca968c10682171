"""The base hazard of renewals: the published cohort, and what is left out of account."""

import numpy as np
import pytest
from scipy.optimize import minimize

from vitalfew.maths import sbg
from vitalfew.maths.renewal_hazard import Renewals, base

LEFT = np.array([1000, 631, 468, 382, 326, 289, 262, 241])


def cohort(first: int = 0) -> Renewals:
    """The published cohort one by one, those lost up to the ``first`` renewal left out."""
    seen = np.append(np.repeat(np.arange(1, 8), -np.diff(LEFT)), np.full(LEFT[-1], 7))
    lost = np.arange(seen.size) < LEFT[0] - LEFT[-1]
    watched = seen > first
    return Renewals(np.full(seen.size, first), seen, np.full(seen.size, 7), lost).of(watched)


def test_contracts_all_alike_give_the_published_parameters_and_hazards() -> None:
    found = base(cohort(), np.ones(1000), 8)
    plain = sbg.fit(LEFT.astype(float))

    assert (found.alpha, found.beta) == pytest.approx((0.704, 1.182), abs=5e-4)
    assert 1 - np.exp(-found.hazard) == pytest.approx(1 - sbg.retention(plain, np.arange(1, 9)), rel=1e-5)
    assert np.exp(-found.between(np.zeros(1, int), np.array([8])))[0] == pytest.approx(0.2201, abs=5e-5)


def test_renewals_that_were_not_watched_leave_the_later_hazards_as_they_are() -> None:
    whole, late = cohort(), cohort(2)
    all_of_it, rest = base(whole, np.ones(1000), 8), base(late, np.ones(late.lost.size), 8)

    assert late.lost.size == 468
    assert rest.hazard[2:] == pytest.approx(all_of_it.hazard[2:], abs=0.01)


def test_losses_at_a_steady_rate_are_told_by_one_rate() -> None:
    rng = np.random.default_rng(5)
    seen = rng.geometric(0.2, 400)
    lost = seen <= 6
    found = base(Renewals(0 * seen, np.minimum(seen, 6), np.full(400, 6), lost), np.ones(400), 7)

    assert found.alpha is None
    assert np.ptp(found.hazard) == 0
    assert found.error.max() == 0
    assert 1 - np.exp(-found.hazard[0]) == pytest.approx(0.2, abs=0.03)


def test_risks_that_are_known_explain_the_fall_of_the_hazard() -> None:
    """Half leave with .5, half with .1, at each renewal: the base is the same at all."""
    risk = np.repeat([np.log(0.5) / np.log(0.9), 1.0], 2000)
    rng = np.random.default_rng(7)
    gone = rng.geometric(1 - 0.9**risk)
    watched = Renewals(np.zeros(4000, int), np.minimum(gone, 6), np.full(4000, 6), gone <= 6)

    assert base(watched, np.ones(4000), 7).alpha is not None
    known = base(watched, risk, 7)
    assert 1 - np.exp(-known.hazard) == pytest.approx(np.full(7, 0.1), abs=0.015)


def test_the_error_of_the_shape_is_that_of_the_likelihood() -> None:
    """Beside the curvature of the log-likelihood by differences."""
    found = base(cohort(), np.ones(1000), 8)
    lost = np.append(-np.diff(LEFT), 0.0)

    def loss(place: np.ndarray) -> float:
        h = 1 / (1 + (np.exp(place[1]) + np.arange(7)) / np.exp(place[0]))
        return -float(lost[:7] @ np.log(h) + (LEFT[:7] - lost[:7]) @ np.log1p(-h))

    optimum = minimize(loss, np.log([found.alpha, found.beta]), method="BFGS", options={"gtol": 1e-7})

    def shape(place: np.ndarray) -> np.ndarray:
        hazard = np.log(np.log1p(np.exp(place[0]) / (np.exp(place[1]) + np.arange(8))))
        return hazard - hazard @ lost / lost.sum()

    slope = np.array([(shape(optimum.x + e) - shape(optimum.x - e)) / 2e-4 for e in 1e-4 * np.eye(2)])
    step = 1e-3
    curve = np.array(
        [
            [
                sum(
                    i * j * loss(optimum.x + step * (i * np.eye(2)[a] + j * np.eye(2)[b]))
                    for i in (1, -1)
                    for j in (1, -1)
                )
                for b in range(2)
            ]
            for a in range(2)
        ]
    ) / (4 * step**2)
    expected = np.sqrt(np.einsum("ik,ij,jk->k", slope, np.linalg.inv(curve), slope))

    assert found.error == pytest.approx(expected, rel=0.02)
