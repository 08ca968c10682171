import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vitalfew.maths.trends import trends

VALUES = st.lists(st.integers(-5, 5), min_size=4, max_size=14)


@given(VALUES)
@settings(deadline=None)
def test_slope_and_interval_agree_with_scipy(values: list[int]) -> None:
    series = np.array(values, dtype=float)

    found = trends(series)
    slope, _, low, high = stats.theilslopes(series)

    assert found.slope[0] == pytest.approx(slope)
    if np.ptp(series) > 0:
        assert (found.low[0], found.high[0]) == pytest.approx((low, high))


@given(VALUES)
@settings(deadline=None)
def test_s_and_its_variance_agree_with_their_definition(values: list[int]) -> None:
    series = np.array(values, dtype=float)
    n = series.size
    s = sum(np.sign(series[j] - series[i]) for i in range(n) for j in range(i + 1, n))
    ties = np.unique(series, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    z = (s - np.sign(s)) / np.sqrt(variance) if variance else 0.0

    found = trends(series)

    assert found.s[0] == s
    assert found.p[0] == pytest.approx(2 * stats.norm.sf(abs(z)))


def test_missing_periods_count_as_unknown() -> None:
    series = np.array([1.0, np.nan, 3, 4, np.nan, 6, 5])
    known = ~np.isnan(series)
    slope, _, low, high = stats.theilslopes(series[known], np.flatnonzero(known))

    found = trends(series)

    assert (found.slope[0], found.low[0], found.high[0]) == pytest.approx((slope, low, high))
    assert found.n[0] == 5


def test_rows_are_judged_one_by_one_whatever_the_chunks() -> None:
    matrix = np.random.default_rng(1).poisson(3, (3_000, 24)).astype(float)

    together = trends(matrix)

    for row in (0, 724, 725, 2_999):
        alone = trends(matrix[row])
        assert (together.slope[row], together.p[row], together.high[row]) == (alone.slope[0], alone.p[0], alone.high[0])


def test_a_constant_series_has_no_trend() -> None:
    found = trends(np.full(12, 7.0))

    assert (found.slope[0], found.s[0], found.p[0]) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("series", [[], [1.0], [1.0, 2, 3], [1.0, np.nan, 2, 3]])
def test_fewer_than_four_periods_are_not_tested(series: list[float]) -> None:
    found = trends(np.array(series))

    assert np.isnan([found.slope[0], found.low[0], found.p[0]]).all()


def test_no_series_give_no_rows() -> None:
    assert trends(np.empty((0, 12))).slope.shape == (0,)


def test_currency_changes_the_slope_alone() -> None:
    series = np.random.default_rng(2).gamma(2.0, 10.0, (50, 18))

    euro, cent = trends(series), trends(series * 100)

    assert cent.slope == pytest.approx(euro.slope * 100)
    assert cent.p == pytest.approx(euro.p)
