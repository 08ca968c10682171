import numpy as np
import pytest

from vitalfew.maths.stl import stl

RNG = np.random.default_rng(7)
SALES = np.array(
    [
        [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
         145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166]
    ],
    dtype=float,
)  # fmt: skip
"""Airline passengers, thousands a month, 1949 to 1951 (Box & Jenkins 1976, series G)."""


def test_parts_are_those_of_statsmodels() -> None:
    """STL(period=12, seasonal=7).fit() of statsmodels 0.15: the first season's terms, the last trend, the strength."""
    parts = stl(SALES)

    assert parts.season[0, :4] == pytest.approx([-12.6901, -5.5532, 6.0932, 3.3795], abs=5e-5)
    assert parts.trend[0, -3:] == pytest.approx([179.2372, 181.7473, 184.2565], abs=5e-5)
    assert parts.seasonal_strength[0] == pytest.approx(0.980529, abs=5e-7)


def test_parts_add_to_the_series() -> None:
    series = RNG.gamma(3, 9, (20, 41))

    parts = stl(series)

    assert parts.season + parts.trend + parts.rest == pytest.approx(series)


def test_noise_is_weaker_in_season_than_a_season() -> None:
    noise = RNG.normal(0, 1, (200, 60))
    season = 4 * np.sin(2 * np.pi * np.arange(60) / 12)

    assert np.median(stl(noise).seasonal_strength) < 0.64 < np.median(stl(noise + season).seasonal_strength)


def test_a_constant_series_has_no_strength() -> None:
    assert stl(np.zeros((1, 30))).seasonal_strength[0] != 1


def test_currency_changes_no_strength() -> None:
    series = RNG.gamma(3, 9, (5, 36))

    assert stl(series * 8).seasonal_strength == pytest.approx(stl(series).seasonal_strength)


def test_less_than_two_seasons_are_refused() -> None:
    with pytest.raises(ValueError, match="two whole seasons"):
        stl(np.ones((1, 23)))


def test_what_never_varies_has_no_season() -> None:
    assert np.isnan(stl(np.full((1, 36), 5.1)).seasonal_strength).all()
