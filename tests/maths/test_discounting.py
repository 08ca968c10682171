import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.discounting import (
    Diverges,
    Timing,
    berger_nasr,
    lifetime_value,
    margin_multiple,
    npv,
)


def test_multiples_of_gupta_and_lehmann() -> None:
    assert margin_multiple(0.8, 0.12) == pytest.approx(2.5)
    assert margin_multiple(0.8, 0.12, growth=0.05) == pytest.approx(2.857, abs=5e-4)


def test_first_case_of_berger_and_nasr() -> None:
    assert berger_nasr(260, 50, 0.75, 0.20, 10) == pytest.approx(568.78, abs=5e-3)


def test_five_points_of_retention() -> None:
    now, better = (margin_multiple(r, 0.1, timing=Timing.START) for r in (0.90, 0.95))

    assert better / now - 1 == pytest.approx(1 / 3)
    assert margin_multiple(0.95, 0.1) / margin_multiple(0.90, 0.1) - 1 == pytest.approx(0.407, abs=5e-4)


@given(st.floats(0, 0.95), st.floats(0.01, 0.5), st.floats(-0.2, 0.03))
def test_a_multiple_is_its_sum(retention: float, rate: float, growth: float) -> None:
    if retention * (1 + growth) > 0.97 * (1 + rate):
        return
    margins = (1 + growth) ** np.arange(1_500.0)

    summed = lifetime_value(margins, retention, rate)
    later = npv(margins * retention ** np.arange(1.0, 1_501), rate)

    assert margin_multiple(retention, rate, growth, Timing.START) == pytest.approx(summed)
    assert margin_multiple(retention, rate, growth) == pytest.approx(later)


@pytest.mark.parametrize("growth", [0.15, 0.5])
def test_margins_that_outgrow_the_discount_are_refused(growth: float) -> None:
    with pytest.raises(Diverges):
        margin_multiple(1.0, 0.1, growth)


def test_timings_are_half_a_period_apart() -> None:
    start, middle, end = (npv(np.array([50.0, 50, 50]), 0.21, timing) for timing in Timing)

    assert start / middle == pytest.approx(1.1)
    assert middle / end == pytest.approx(1.1)


def test_rates_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="above -1"):
        npv(np.ones(2), -1.0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        lifetime_value(np.ones(2), 1.2, 0.1)
    with pytest.raises(ValueError, match="start or at the end"):
        margin_multiple(0.5, 0.1, timing=Timing.MIDDLE)
