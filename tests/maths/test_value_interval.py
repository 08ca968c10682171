"""Ranges of worth: against made-up amounts, at their limits, and widened by what came."""

import numpy as np
import pytest

from vitalfew.maths.value_interval import Coming, Ends, ends, held, spread, total, widened, widening


def coming(none, mean, variance):
    return Coming(*(np.array([float(each)]) for each in (none, mean, variance)))


@pytest.mark.parametrize("rate", [0.3, 1.5, 6.0, 40.0])
def test_nine_in_ten_made_up_worths_lie_in_their_range(rate):
    """Counts from a gamma rate of shape 3; amounts as the gamma-gamma model has them."""
    rng = np.random.default_rng(1)
    counts = rng.poisson(rng.gamma(3.0, rate / 3.0, 40_000))
    means = 25 * 4.0 / rng.gamma(5.0, 1.0, counts.size)
    worth = rng.gamma(np.maximum(counts * 6.0, 1e-9), means / 6.0) * (counts > 0)
    p, q, x = 6.0, 5.0, 0.0

    found = ends(
        np.array([worth.mean()]),
        coming((counts == 0).mean(), counts.mean(), counts.var()),
        spread(p, q, np.array([x]), np.array([counts.mean()])),
    )

    assert 0.86 <= held(worth, found).mean() <= 0.94


def test_what_surely_does_not_come_is_worth_its_value_alone():
    found = ends(np.array([3.0]), coming(0.97, 0.03, 0.03), 0.2)

    assert (found.low[0], found.high[0]) == (0, 3)


def test_a_loss_has_its_range_too():
    gain, loss = (ends(np.array([sign * 100.0]), coming(0.02, 4, 4), 0.2) for sign in (1, -1))

    assert (loss.low[0], loss.high[0]) == pytest.approx((-gain.high[0], -gain.low[0]))


def test_a_faster_pace_brings_more_and_is_less_sure():
    usual, fast = (coming(0.3, 2, 3).at_pace(np.array([pace]), np.array([0.9]), np.array([0.3])) for pace in (1.0, 2.0))

    assert fast.mean[0] == 2 * usual.mean[0]
    assert 0.1 < fast.none[0] < usual.none[0]
    assert fast.variance[0] > usual.variance[0] > 3


def test_ranges_that_held_are_left_as_they_were():
    value, told = np.full(50, 10.0), Ends(np.full(50, 5.0), np.full(50, 15.0))
    by = widening(value, told, np.full(50, 9.0))

    assert (by.by, by.held) == (1, 1)
    assert np.array_equal(widened(value, told, by), told)


def test_ranges_that_did_not_hold_would_have_after_widening():
    rng = np.random.default_rng(2)
    value, came = np.full(500, 10.0), 10 + rng.normal(0, 4, 500)
    told = Ends(np.full(500, 8.0), np.full(500, 12.0))

    by = widening(value, told, came)

    assert by.held < 0.5
    assert held(came, widened(value, told, by)).mean() == pytest.approx(0.9, abs=0.01)


def test_few_teach_nothing():
    assert widening(np.ones(5), Ends(np.zeros(5), np.ones(5)), np.full(5, 9.0)).held is None


def test_independent_spreads_add_as_squares_and_the_level_in_full():
    value, told = np.full(100, 10.0), Ends(np.full(100, 5.0), np.full(100, 15.0))

    assert total(value, told, 0.0) == pytest.approx((1000, 950, 1050))
    assert total(value, told, 0.1)[2] == pytest.approx(1000 + np.hypot(50, 164.49), abs=0.01)
