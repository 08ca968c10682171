import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.rebates import Steps, break_even

STEPS = Steps(np.array([100.0, 200.0]), np.array([0.01, 0.02]))
EXCESS = Steps(STEPS.thresholds, STEPS.rates, whole=False)
AMOUNTS = st.lists(st.floats(-500, 5000), min_size=1, max_size=20).map(np.array)


def test_the_example() -> None:
    amount, none = np.array([190.0]), np.zeros(1)

    assert STEPS.rebate(amount, none).tolist() == pytest.approx([1.9])
    assert STEPS.following(amount, none).tolist() == [200]
    assert STEPS.rebate(np.array([200.0]), none).tolist() == [4]
    even = break_even(np.array([1.9]), amount, np.array([0.25]), np.array([0.01]))
    assert even[0] == pytest.approx(0.01 / 0.24)


def test_growing_by_the_break_even_pays_the_rebate() -> None:
    """Nagle's d/(m − d): the margin of the growth is the whole rebate, at the amount grown to."""
    amount, margin = np.array([150.0]), np.array([0.25])
    u = break_even(STEPS.rebate(amount, np.zeros(1)), amount, margin, np.array([0.01]))
    grown = amount * (1 + u)

    assert (margin * (grown - amount)).tolist() == pytest.approx(STEPS.rebate(grown, np.zeros(1)).tolist())


def test_a_floor_must_be_reached_too() -> None:
    amount, floor = np.array([190.0, 190.0, 50.0]), np.array([195.0, 190.0, 60.0])

    assert STEPS.rebate(amount, floor).tolist() == pytest.approx([0, 1.9, 0])
    assert STEPS.following(amount, floor).tolist() == [195, 200, 100]


@given(AMOUNTS)
def test_more_bought_is_never_less_paid(amount: np.ndarray) -> None:
    none = np.zeros(amount.size)

    for steps in (STEPS, EXCESS):
        assert (steps.rebate(amount + 10, none) >= steps.rebate(amount, none)).all()
        assert (steps.rebate(amount, none) >= 0).all()


@given(AMOUNTS)
def test_the_excess_never_pays_more_than_the_whole(amount: np.ndarray) -> None:
    none = np.zeros(amount.size)

    assert (EXCESS.rebate(amount, none) <= STEPS.rebate(amount, none) + 1e-9).all()


@given(AMOUNTS, st.floats(0.1, 1000))
def test_another_currency_changes_nothing_but_the_unit(amount: np.ndarray, factor: float) -> None:
    none = np.zeros(amount.size)
    off = np.abs(amount[:, None] - STEPS.thresholds).min(axis=1) > 1e-6
    other = Steps(STEPS.thresholds * factor, STEPS.rates)

    assert np.allclose(other.rebate(amount * factor, none)[off], STEPS.rebate(amount, none)[off] * factor)
