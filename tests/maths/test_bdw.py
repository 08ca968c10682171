"""The beta-discrete-Weibull, and which model of three speaks for how long contracts last."""

import numpy as np
import pytest
from scipy.special import betaln

from vitalfew.maths import bdw, sbg
from vitalfew.maths.contract_lifetime import BDW, CONSTANT, SBG, lasting

from .checks import gradient_error

HIGH_END = np.array([100, 86.9, 74.3, 65.3, 59.3])
REGULAR = np.array([1000.0, 631, 468, 382, 326, 289, 262, 241])


def counted(left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return -np.diff(left), left[:-1]


def test_the_published_segment_as_other_packages_fit_it() -> None:
    """The four renewals that R's foretell and Python's retenmod show, with what they print."""
    found = bdw.fit(*counted(HIGH_END))

    assert list(found.parameters.values()) == pytest.approx([0.25933745, 1.72255566, 1.58435482], abs=2e-5)
    assert found.log_likelihood == pytest.approx(-122.27493182418434, abs=1e-8)
    projected = [86.91465993, 74.19282362, 65.47843633, 59.29329063, 54.66104739, 51.03690317, 48.10443553, 45.66884023]
    assert 100 * bdw.survival(found, range(1, 9)) == pytest.approx(projected, abs=1e-4)


def test_with_c_at_one_it_is_the_shifted_beta_geometric() -> None:
    even, whole = bdw.fit_even(*counted(REGULAR)), sbg.fit(REGULAR)

    assert even.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-8)
    assert even.parameters == pytest.approx(whole.parameters, rel=1e-6)
    like = {**whole.parameters, "c": 1.0}
    assert bdw.survival(like, range(12)) == pytest.approx(sbg.survival(whole, range(12)))
    assert bdw.discounted_residual_lifetime(like, [1, 2, 9], 0.1) == pytest.approx(
        sbg.discounted_residual_lifetime(whole, [1, 2, 9], 0.1), abs=1e-8
    )


def test_payments_to_come_are_their_sum() -> None:
    model = {"alpha": 0.5, "beta": 2.0, "c": 1.4}
    survival = np.exp(betaln(0.5, 2.0 + np.arange(4000.0) ** 1.4) - betaln(0.5, 2.0))
    expected = (survival[3:] / survival[2] * 1.05 ** -np.arange(3997.0)).sum()

    assert bdw.discounted_residual_lifetime(model, 3, 0.05) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("place", [[0.5, 2.0, 1.3], [3.0, 9.0, 0.6], [0.2, 0.4, 1.0]])
@pytest.mark.parametrize("free", [2, 3])
def test_derivatives_are_those_of_the_value(place: list[float], free: int) -> None:
    lost, there = counted(REGULAR)

    off = gradient_error(lambda at: bdw.mean_log_likelihood(lost, there, at), np.log(place[:free]))

    assert max(off) < 1e-6


def test_what_was_planted_is_found() -> None:
    rng = np.random.default_rng(4)
    theta = rng.beta(1.5, 8.0, 40_000)
    left = np.array([40_000.0, *((rng.random(40_000) < (1 - theta) ** (t**1.6)).sum() for t in range(1, 9))])
    left = np.minimum.accumulate(left)

    found = bdw.fit(*counted(left)).parameters

    assert found["c"] == pytest.approx(1.6, abs=0.15)


def test_the_simplest_model_that_the_losses_speak_for() -> None:
    regular, many = lasting(*counted(REGULAR)), lasting(*counted(100 * HIGH_END))
    flat = np.array([900.0, 810, 729, 656, 590])

    assert (regular.way, many.way, lasting(flat / 10, flat).way) == (SBG, BDW, CONSTANT)
    assert regular.bic[SBG] < regular.bic[BDW] < regular.bic[CONSTANT]
    assert regular.new(0.1) == pytest.approx(3.6951, abs=5e-4)
    assert regular.payments([1, 2, 3, 5], 0.1) == pytest.approx([2.9647, 4.1035, 4.8701, 5.8944], abs=1e-3)


def test_one_share_for_all_renewals_undervalues_those_that_lasted() -> None:
    found = lasting(*counted(REGULAR))

    kept = 1 - 759 / REGULAR[:-1].sum()
    assert found.payments([2], 0.1, CONSTANT)[0] == pytest.approx(sum(kept**t * 1.1 ** -(t - 1) for t in range(1, 400)))
    assert found.payments([2], 0.1, CONSTANT)[0] < found.payments([2], 0.1)[0]


def test_a_single_renewal_with_losses_says_no_more_than_a_share() -> None:
    found = lasting(np.array([10.0, 0]), np.array([100.0, 80]))

    assert (found.way, found.kept) == (CONSTANT, pytest.approx(1 - 10 / 180))


@pytest.mark.parametrize(
    ("lost", "there"), [([5.0], [3.0]), ([-1.0], [3.0]), ([0.0], [0.0]), ([1.0, 1.0], [3.0]), ([np.nan], [3.0])]
)
def test_impossible_counts_are_refused(lost: list[float], there: list[float]) -> None:
    with pytest.raises(ValueError, match="at risk"):
        bdw.fit(np.array(lost), np.array(there))


def test_without_a_loss_nothing_is_said() -> None:
    with pytest.raises(ValueError, match="loss"):
        lasting(np.zeros(3), np.full(3, 9.0))
    assert not bdw.fit(np.zeros(3), np.full(3, 9.0)).identified
