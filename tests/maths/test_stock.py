import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri

from vitalfew.maths import stock

RNG = np.random.default_rng(6)


def test_safety_stock_with_a_lead_time_that_varies() -> None:
    """Chopra & Meindl: demand 2,500 a day, sd 500, lead time 7 days, sd 7, 90 %."""
    mean, deviation = stock.over_lead_time(2500, 500, 7, 7)

    assert mean == 17_500
    assert ndtri(0.9) * deviation == pytest.approx(22_491, abs=0.5)


def test_fill_rate_as_printed() -> None:
    """Chopra & Meindl: 1,000 kept beyond a lead time's demand of sd 500 √2, orders of 10,000."""
    deviation = 500 * 2**0.5

    assert stock.chance_enough(7_000, deviation, 8_000) == pytest.approx(0.921, abs=5e-4)
    assert stock.expected_shortage(1_000, deviation) == pytest.approx(25.13, abs=5e-3)
    assert stock.fill_rate(1_000, deviation, 10_000) == pytest.approx(0.9975, abs=5e-5)


def test_shortage_is_the_mean_of_what_is_missing() -> None:
    demand = RNG.normal(100, 30, 400_000)

    assert stock.expected_shortage(10, 30) == pytest.approx(np.maximum(demand - 110, 0).mean(), rel=0.02)


@pytest.mark.parametrize(("mean", "deviation"), [(100.0, 20.0), (100.0, 80.0), (3.0, 9.0)])
def test_a_quantile_is_enough_as_often_as_asked(mean: float, deviation: float) -> None:
    kept = stock.quantile(mean, deviation, 0.95)

    assert stock.chance_enough(mean, deviation, kept) == pytest.approx(0.95)


def test_wide_demand_is_gamma_distributed() -> None:
    assert stock.quantile(10.0, 8.0, 0.9) == pytest.approx(stats.gamma.ppf(0.9, (10 / 8) ** 2, scale=64 / 10))


def test_what_nobody_asks_for_needs_no_stock() -> None:
    assert stock.quantile(0.0, 0.0, 0.95) == 0.0
    assert stock.safety_stock(0.0, 0.0, 0.95) == 0.0
    assert np.isnan(stock.fill_rate(1.0, 1.0, 0.0))


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_no_level_is_certain(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        stock.quantile(1.0, 1.0, level)
