import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import poisson

from vitalfew.maths.courses import EVEN, PHASES, SEASON, courses

RNG = np.random.default_rng(2)
ANGLE = 2 * np.pi * (np.arange(12) + 0.5) / 12


def whole_bic(counts: np.ndarray, months: np.ndarray, times: int) -> float:
    """BIC of the wave less that of even counts, by Poisson likelihoods written out in full over cells."""
    n = months.sum()

    def rate(place: np.ndarray) -> np.ndarray:
        return np.exp(place[0] + place[1] * np.cos(times * ANGLE) + place[2] * np.sin(times * ANGLE))

    def off(place: np.ndarray) -> float:
        return -poisson.logpmf(counts, months * rate(place)).sum()

    best = minimize(off, np.zeros(3), method="BFGS", options={"gtol": 1e-9}).fun
    even = -poisson.logpmf(counts, months * counts.sum() / n).sum()
    return 2 * (best - even) + 2 * np.log(n)


def test_the_wave_is_the_most_likely_one() -> None:
    months = RNG.integers(1, 6, (20, 12)).astype(float)
    counts = RNG.poisson(months * np.exp(0.3 + np.cos(ANGLE - RNG.uniform(0, 6, (20, 1))))).astype(float)

    found = courses(counts, months, np.zeros(20), np.zeros(20)).bic[:, SEASON]

    expected = [min(whole_bic(c, m, times) for times in (1, 2)) for c, m in zip(counts, months, strict=True)]
    assert found == pytest.approx(expected, abs=1e-4)


def test_phases_gain_what_pauses_leave_out() -> None:
    found = courses(np.full((1, 12), 2.0), np.full((1, 12), 2.0), np.array([12.0]), np.array([2.0])).bic[0]

    assert found[PHASES] == pytest.approx(2 * np.log(24) - 2 * 24 * np.log(2))
    assert found[EVEN] == 0


def test_each_course_is_told_where_it_was_planted() -> None:
    months = np.full((3, 12), 4.0)
    even, season = RNG.poisson(4.0, 12), RNG.poisson(4 * np.exp(-1 + 2.5 * np.cos(ANGLE - 1)))
    phased = RNG.poisson(4.0, 12)

    found = courses(
        np.stack([even, season, phased]).astype(float), months, np.array([0, 0, 20.0]), np.array([0, 0, 2.0])
    )

    assert found.course.tolist() == [EVEN, SEASON, PHASES]


def test_even_counts_are_seldom_taken_for_a_season() -> None:
    counts = RNG.poisson(3.0, (4000, 12)).astype(float)

    taken = courses(counts, np.full((4000, 12), 3.0), np.zeros(4000), np.zeros(4000)).course == SEASON

    assert taken.mean() < 0.08


def test_all_in_one_month_is_a_season_and_nothing_breaks() -> None:
    counts = np.zeros((1, 12))
    counts[0, 5] = 10

    found = courses(counts, np.full((1, 12), 3.0), np.zeros(1), np.zeros(1)).bic[0]

    assert found[SEASON] == pytest.approx(2 * np.log(36) - 20 * np.log(12), abs=0.01)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="months"):
        courses(np.ones((1, 12)), np.zeros((1, 12)), np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="pauses"):
        courses(np.ones((1, 12)), np.ones((1, 12)), np.full(1, 12.0), np.zeros(1))
