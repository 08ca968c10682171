import numpy as np
import pytest
from scipy.stats import ttest_ind

from vitalfew.maths.welch import welch


def test_it_agrees_with_scipy() -> None:
    rng = np.random.default_rng(4)
    one, other = rng.normal(1, 1, 12), rng.normal(0, 4, 30)
    found = welch(one, other)
    expected = ttest_ind(one, other, equal_var=False).confidence_interval(0.95)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_one_on_a_side_says_nothing_and_no_spread_no_width() -> None:
    assert welch(np.array([1.0]), np.array([1.0, 2])) is None
    assert welch(np.ones(3), np.zeros(2)) == (1, 1, 1)
