import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from vitalfew.maths.scales import latest_change, mean_interval, reach_of_means, scores
from vitalfew.maths.welch import welch

VALUES = st.lists(st.integers(-50, 50), min_size=3, max_size=12, unique=True)


@given(VALUES, VALUES)
def test_agrees_with_scipy(first: list[int], second: list[int]) -> None:
    one, two = np.array(first, dtype=float), np.array(second, dtype=float)
    expected = ttest_ind(one, two, equal_var=False)
    found = welch(one, two)

    assert found is not None
    assert found.p == pytest.approx(expected.pvalue, abs=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval()), abs=1e-6)


def test_what_has_no_spread_is_none() -> None:
    assert welch(np.array([1.0]), np.array([1.0, 2.0])) is None
    assert welch(np.array([1.0, 1.0]), np.array([2.0, 2.0])) is None


def test_a_group_of_one_borrows_the_spread_of_the_others() -> None:
    reach = reach_of_means(np.array([0, 0, 1, 2, 2]), np.array([0.4, 0.6, 0.5, 0.3, 0.7]), 4)

    # inside squares .02 + .08 with 2 degrees of freedom, t = 4.3027
    assert reach[1] == pytest.approx(4.302653 * np.sqrt(0.05))
    assert reach[0] == pytest.approx(reach[1] / np.sqrt(2))
    assert np.isnan(reach[3])
    assert np.isnan(reach_of_means(np.array([0]), np.array([1.0]), 1)).all()


def test_a_mean_of_one_has_no_interval() -> None:
    assert mean_interval(np.array([1.0])) is None


def test_half_of_the_questions_are_enough() -> None:
    answers = np.array([[0.2, np.nan, 0.4, np.nan], [0.2, np.nan, np.nan, np.nan]])

    assert scores(answers, [[0, 1, 2, 3]])[0, 0] == pytest.approx(0.3)
    assert np.isnan(scores(answers, [[0, 1, 2, 3]])[1, 0])


def test_changes_are_between_the_two_latest_times() -> None:
    found = latest_change(np.array([0, 0, 0, 2, 2]), np.array([1, 5, 3, 4, 4]), np.array([9.0, 1, 4, 3, 5]), 3)

    assert found[0] == -3
    assert np.isnan(found[1:]).all()
