import numpy as np
import pytest

from vitalfew.maths.circular import month_angles, rayleigh, rayleigh_of_sums

SUMMER = np.array([5, 6, 7, 5, 6, 7, 8, 6], dtype=float)


def test_summer_months_gather() -> None:
    found = rayleigh(month_angles(SUMMER))

    assert found.length == pytest.approx(0.87722, abs=5e-6)
    assert found.p == pytest.approx(0.00061, abs=5e-6)
    assert 5 < found.direction / (2 * np.pi) * 12 + 0.5 < 7


def test_all_months_spread_evenly() -> None:
    found = rayleigh(month_angles(np.arange(1.0, 13)))

    assert found.length == pytest.approx(0.0, abs=1e-12)
    assert found.p > 0.99


def test_p_is_close_to_how_often_chance_does_it() -> None:
    angles = np.random.default_rng(4).uniform(0, 2 * np.pi, (20_000, 12))

    assert np.mean(rayleigh(angles).p < 0.05) == pytest.approx(0.05, abs=0.005)


def test_two_seasons_show_when_angles_are_doubled() -> None:
    angles = month_angles(np.array([3.0, 9, 3, 9, 3, 9, 3, 9]))

    assert rayleigh(angles).p > 0.9
    assert rayleigh(2 * angles).p < 0.01


def test_sums_give_the_same_and_empty_samples_are_undefined() -> None:
    angles = month_angles(SUMMER)
    sums = rayleigh_of_sums(
        np.array([8.0, 0]), np.array([np.cos(angles).sum(), 0]), np.array([np.sin(angles).sum(), 0])
    )

    assert sums.p[0] == pytest.approx(rayleigh(angles).p)
    assert np.isnan([sums.length[1], sums.p[1], sums.direction[1]]).all()
