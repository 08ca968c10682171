from types import ModuleType

import numpy as np
import pytest
from scipy.special import betainc
from scipy.stats import nbinom

from vitalfew.maths import bg_cnbd_k, bg_nbd, mbg_nbd, pareto_nbd
from vitalfew.maths.beta_geometric_counts import _events
from vitalfew.maths.beta_geometric_forecast import phases
from vitalfew.maths.counts import at_least, interval

SHOP = {"r": 0.6, "alpha": 4.0, "a": 0.8, "b": 2.5, "s": 0.6, "beta": 12.0, "k": 2.0}
BUSY = {"r": 2.0, "alpha": 8.0, "a": 0.2, "b": 6.0, "s": 0.5, "beta": 60.0, "k": 2.0}


def lived(
    model: ModuleType, truth: dict[str, float], ages: np.ndarray, later: float, rng: np.random.Generator
) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray, np.ndarray]:
    """Histories up to their ages, and the purchases in the time that follows."""
    rate = rng.gamma(truth["r"], 1 / truth["alpha"], ages.size)
    leaving = rng.beta(truth["a"], truth["b"], ages.size)
    end = np.full(ages.size, np.inf)
    if model is pareto_nbd:
        end = rng.exponential(1.0, ages.size) / rng.gamma(truth["s"], 1 / truth["beta"], ages.size)
    k = truth["k"] if model is bg_cnbd_k else 1.0
    x, t_x, future, now, logs = (np.zeros(ages.size) for _ in range(5))
    here = rng.random(ages.size) >= leaving if model in {mbg_nbd, bg_cnbd_k} else np.ones(ages.size, dtype=bool)
    while here.any():
        wait = rng.gamma(k, 1.0, ages.size) / rate
        now = now + wait
        here &= (now < end) & (now <= ages + later)
        seen = here & (now <= ages)
        x, t_x, logs = x + seen, np.where(seen, now, t_x), logs + np.where(seen, np.log(wait), 0.0)
        future += here & (now > ages)
        if model is not pareto_nbd:
            here &= rng.random(ages.size) >= leaving
    return (x, t_x, ages), future, logs


@pytest.mark.parametrize("truth", [SHOP, BUSY])
@pytest.mark.parametrize("model", [bg_nbd, mbg_nbd, pareto_nbd, bg_cnbd_k])
def test_ninety_percent_ranges_hold_ninety_percent(model: ModuleType, truth: dict[str, float]) -> None:
    held = []
    for seed, size in enumerate([150] * 4 + [5_000]):
        rng = np.random.default_rng(seed)
        rows, future, logs = lived(model, truth, rng.uniform(20, 60, size), 30.0, rng)
        fit = model.fit(*rows, logs) if model is bg_cnbd_k else model.fit(*rows)
        low, high = model.predictive_interval(fit, 30.0, *rows, n_draws=20)
        held.extend((future >= low) & (future <= high))

    assert 0.87 <= np.mean(held) <= 0.93


def test_tails_are_those_of_the_negative_binomial() -> None:
    n, ratio = np.array([0.3, 5.0, 2_000.0]), np.array([2.0, 0.1, 3.0])
    tails = at_least(n, ratio)

    for y in range(50):
        assert next(tails) == pytest.approx(nbinom.sf(y - 1, n, 1 / (1 + ratio)), rel=1e-6, abs=1e-12)


def test_range_of_a_sure_nought() -> None:
    assert interval(np.array([[1.0], [0.01]]), 0.9) == (0, 0)


def test_thousands_of_purchases_have_a_range() -> None:
    low, high = bg_nbd.predictive_interval(BUSY, 52, [0.0, 3, 5_000], [0.0, 9, 99.99], 100.0)

    assert low[2] < 2_400 < high[2]
    assert high[2] < 4_000


def test_uncertain_parameters_are_mixed_in_and_always_alike() -> None:
    rng = np.random.default_rng(8)
    rows, *_ = lived(bg_nbd, BUSY, rng.uniform(20, 60, 40), 30.0, rng)
    fit = bg_nbd.fit(*rows)

    sure, unsure, again = (bg_nbd.predictive_interval(fit, 30.0, *rows, n_draws=n) for n in (0, 200, 200))

    assert not np.array_equal(sure.high, unsure.high)
    assert np.array_equal(unsure.high, again.high)


def test_a_coverage_is_a_share() -> None:
    with pytest.raises(ValueError, match="coverage"):
        bg_nbd.predictive_interval(SHOP, 30.0, 1.0, 1.0, 2.0, coverage=1.0)


@pytest.mark.parametrize(("n", "ratio"), [(0.3, 0.02), (40.0, 1.5), (4000.0, 0.8)])
def test_the_chance_of_a_count_or_more_is_the_incomplete_beta_function(n: float, ratio: float) -> None:
    """The last one's first chance, 2.6 to the power of -1020, is too small to be written."""
    tails = at_least(np.array([n]), np.array([ratio]))
    found = np.array([next(tails)[0] for _each in range(4001)])

    numbers = np.arange(1, 4001)
    assert found[0] == 1
    assert np.abs(found[1:] - betainc(numbers, n, ratio / (1 + ratio))).max() < 1e-10


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_each_event_is_the_last_of_its_phases(k: int) -> None:
    n, ratio, share = (np.array(column) for column in ([2.0, 90.0], [0.7, 0.4], [0.3, 0.8]))
    terms, z = phases(n, share, k), ratio / (1 + ratio)

    for last, found in zip(range(k, 40 * k, k), _events(n, ratio, share, k), strict=False):
        wanted = sum(term * betainc(last - j, n + j, z) for j, term in enumerate(terms)) / sum(terms)
        assert np.abs(found - wanted).max() < 1e-12
