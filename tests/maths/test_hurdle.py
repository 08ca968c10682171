from itertools import product

import numpy as np
import pytest
from scipy.stats import nbinom

from vitalfew.maths.hurdle import Hurdle, dispersion, interval, stated_coverage, whole_numbers


def chances(any_: float, mean: float, theta: float, most: int = 60) -> np.ndarray:
    """P(Y = 0), P(Y = 1) … by SciPy."""
    m = mean / any_ - 1
    further = nbinom.pmf(np.arange(most), 1 / theta, 1 / (1 + theta * m))
    return np.concatenate([[1 - any_], any_ * further])


def test_no_other_whole_numbers_with_that_total_miss_by_less() -> None:
    model = Hurdle(np.array([0.9, 0.6, 0.3, 0.2]), np.array([2.4, 0.9, 0.5, 0.25]), 0.5)
    told = [chances(a, m, 0.5) for a, m in zip(model.any, model.mean, strict=True)]

    def missed(numbers: tuple[int, ...]) -> float:
        return sum(float(p @ np.abs(np.arange(p.size) - n)) for p, n in zip(told, numbers, strict=True))

    best = min((each for each in product(range(5), repeat=4) if sum(each) == 4), key=missed)
    assert missed(tuple(whole_numbers(model))) == pytest.approx(missed(best))
    assert whole_numbers(model).sum() == 4


def test_equal_accounts_add_to_the_total() -> None:
    assert whole_numbers(Hurdle(np.full(10, 0.5), np.full(10, 0.7), 0.5)).tolist() == [1] * 7 + [0] * 3


def test_nobody_expected_is_nobody() -> None:
    assert whole_numbers(Hurdle(np.full(3, 0.01), np.full(3, 0.01), 0.5)).tolist() == [0, 0, 0]


def test_ranges_hold_nine_in_ten() -> None:
    rng = np.random.default_rng(1)
    any_, mean = rng.uniform(0.3, 0.95, 4000), rng.uniform(2, 8, 4000)
    n, m = 1 / 0.4, mean / any_ - 1
    counts = np.where(rng.random(4000) < any_, 1 + rng.negative_binomial(n, n / (n + m)), 0).astype(float)
    low, high = interval(Hurdle(any_, mean, 0.4))

    assert 0.88 < ((counts >= low) & (counts <= high)).mean() < 0.94
    assert dispersion(any_, mean, counts) in (0.35, 0.5)
    assert stated_coverage(Hurdle(any_, mean, 0.4), counts) <= 0.95
    assert stated_coverage(Hurdle(any_, mean, 0.02), counts) > 0.95
