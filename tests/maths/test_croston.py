import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.croston import CLASSES, classes, croston, intermittent

SERIES = st.lists(st.integers(0, 9), min_size=1, max_size=30)


def plainly(series: list[float], alpha: float, beta: float) -> tuple[float, float, float]:
    """The definitions word by word, for one series."""
    size = interval = chance = 0.0
    waited, started = 0, False
    for sold in series:
        waited += 1
        if started:
            chance += beta * ((sold > 0) - chance)
        if sold > 0 and not started:
            size, interval, chance, started, waited = sold, waited, 1 / waited, True, 0
        elif sold > 0:
            size, interval, waited = size + alpha * (sold - size), interval + beta * (waited - interval), 0
    rate = size / interval if started else 0.0
    return rate, rate * (1 - beta / 2), size * chance


def test_the_worked_example() -> None:
    found = croston(np.array([[0.0, 2, 0, 0, 3, 0, 1]]), 0.1, 0.1)

    assert [float(each[0]) for each in found[:3]] == pytest.approx([0.952153, 0.904545, 0.947728], abs=5e-7)


@given(SERIES, st.floats(0.05, 1), st.floats(0.05, 1))
def test_all_series_at_once_are_each_as_defined(series: list[int], alpha: float, beta: float) -> None:
    found = croston(np.array([series, series], dtype=float), alpha, beta)

    assert [float(each[1]) for each in found[:3]] == pytest.approx(plainly(series, alpha, beta))


@given(SERIES)
def test_months_before_anybody_looked_change_nothing(series: list[int]) -> None:
    late = np.array([[np.nan, np.nan, *series]])

    assert [each[0] for each in croston(late)] == pytest.approx([each[0] for each in croston(late[:, 2:])])


def test_no_demand_is_a_forecast_of_nothing() -> None:
    assert [float(each[0]) for each in croston(np.zeros((1, 5)))] == [0.0] * 5


def test_the_unit_of_demand_scales_the_forecast() -> None:
    series = np.array([[0.0, 2, 0, 5, 1]])

    assert intermittent(series * 12, "tsb") == pytest.approx(12 * intermittent(series, "tsb"))


@pytest.mark.parametrize("weight", [0.0, 1.5, -0.1])
def test_weights_outside_their_range_are_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        croston(np.ones((1, 3)), weight)


def test_the_four_classes_and_none() -> None:
    series = [[5, 5, 5, 6, 5, 5], [1, 9, 1, 20, 1, 1], [0, 5, 0, 0, 5, 5], [0, 1, 0, 0, 20, 1], [0] * 6]

    kinds = [CLASSES[kind] for kind in classes(np.array(series, dtype=float)).kind]

    assert kinds == ["smooth", "erratic", "intermittent", "lumpy", "none"]


def test_ten_thousand_series_in_a_blink() -> None:
    rng = np.random.default_rng(3)
    series = rng.poisson(4.0, (10_000, 60)) * (rng.random((10_000, 60)) < 0.3).astype(float)

    took = []
    for _round in range(5):
        began = time.process_time()
        croston(series)
        took.append(time.process_time() - began)

    assert min(took) < 0.15, "the goal is 15 ms on a quiet machine"
