from math import erf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths import concentration as c

POSITIVE = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=30).map(np.array)


def test_gini_of_one_to_four() -> None:
    values = np.array([4.0, 2, 1, 3])

    assert c.gini(values) == pytest.approx(0.25)
    assert c.gini_small_sample(values) == pytest.approx(1 / 3)


def test_gini_at_its_ends() -> None:
    assert c.gini(np.ones(5)) == pytest.approx(0.0)
    assert c.gini(np.array([0.0, 0, 0, 9])) == pytest.approx(0.75)
    assert c.gini_small_sample(np.array([0.0, 0, 0, 9])) == pytest.approx(1.0)


def test_gini_of_a_lognormal_and_of_a_pareto() -> None:
    grid = (np.arange(200_000) + 0.5) / 200_000
    sigma, a = 0.8, np.log(5) / np.log(4)
    from scipy.stats import norm

    assert c.gini(np.exp(sigma * norm.ppf(grid))) == pytest.approx(erf(sigma / 2), abs=1e-3)
    assert c.gini((1 - grid) ** (-1 / 3)) == pytest.approx(1 / 5, abs=1e-3)
    assert a == pytest.approx(1.16096, abs=5e-6)


def test_herfindahl_of_the_guidelines() -> None:
    shares = np.array([30.0, 30, 20, 20])

    assert c.hhi(shares) == pytest.approx(0.26)
    assert c.effective_number(shares) == pytest.approx(1 / 0.26)


@given(POSITIVE)
def test_currency_and_order_change_nothing(values: np.ndarray) -> None:
    assert c.gini(values[::-1] * 7) == pytest.approx(c.gini(values))
    assert c.hhi(values[::-1] * 7) == pytest.approx(c.hhi(values))


@given(POSITIVE)
def test_effective_number_lies_between_one_and_all(values: np.ndarray) -> None:
    number = c.effective_number(values)

    assert number is not None
    assert 1 - 1e-9 <= number <= values.size + 1e-9


def test_negative_values_count_as_nothing() -> None:
    assert c.gini(np.array([-5.0, 1, 2])) == pytest.approx(c.gini(np.array([0.0, 1, 2])))


@pytest.mark.parametrize("values", [[], [0.0, 0.0], [-1.0]])
def test_without_a_total_nothing_is_defined(values: list[float]) -> None:
    array = np.array(values)

    assert [c.shares(array), c.gini(array), c.gini_small_sample(array)] == [None] * 3
    assert [c.hhi(array), c.effective_number(array)] == [None] * 2
