from types import ModuleType

import numpy as np
import pytest

from vitalfew.maths import beta_geometric_forecast as forecast
from vitalfew.maths import bg_nbd, mbg_nbd
from vitalfew.maths.beta_geometric import Kind, Shape, mean_log_likelihood
from vitalfew.maths.beta_geometric_counts import expected_purchases
from vitalfew.maths.dropping_out import purchases_before_leaving
from vitalfew.maths.histories import Seen, histories

from .checks import gradient_error, regime
from .conftest import Customers

MODELS = pytest.mark.parametrize("model", [bg_nbd, mbg_nbd])
REGIMES = pytest.mark.parametrize("name", ["shop", "wholesale", "almost nobody leaves", "most leave at once"])
EXAMPLE = {"r": 0.5, "alpha": 4.0, "a": 1.2, "b": 2.0}


@pytest.mark.parametrize("kind", [Kind(1, 0), Kind(1, 1), Kind(3, 0), Kind(4, 1)])
def test_derivatives_are_those_of_the_likelihood(cdnow: Customers, kind: Kind) -> None:
    known = histories(cdnow.x, cdnow.t_x, cdnow.age, 1.0 + np.arange(cdnow.x.size) % 2)

    for place in np.random.default_rng(2).normal(size=(3, 4)):
        assert max(gradient_error(lambda at: mean_log_likelihood(known, at, kind), place)) < 2e-8


def test_mbg_example() -> None:
    assert mbg_nbd.p_alive(EXAMPLE, [0, 2], [0, 20], 30) == pytest.approx([0.36373, 0.58254], abs=5e-6)
    assert mbg_nbd.expected_purchases(EXAMPLE, 10, 2, 20, 30) == pytest.approx(0.39064, abs=5e-6)
    assert mbg_nbd.log_likelihood_each(EXAMPLE, 2, 20, 30) == pytest.approx(-8.93892, abs=5e-6)
    assert mbg_nbd.expected_new(EXAMPLE, 10) == pytest.approx(0.54461, abs=5e-6)


def test_who_never_bought_again_is_alive_in_bg_alone() -> None:
    assert bg_nbd.p_alive(EXAMPLE, 0, 0, [1, 1e6]).tolist() == [1.0, 1.0]
    assert mbg_nbd.p_alive(EXAMPLE, 0, 0, 1e6) < 0.01


@MODELS
@REGIMES
@pytest.mark.parametrize("size", [60, 200])
def test_no_small_portfolio_fails(model: ModuleType, name: str, size: int) -> None:
    truth = regime(name)
    for seed in range(4):
        rng = np.random.default_rng(seed)
        made = model.simulate(truth, rng.uniform(10, 100, size), rng)
        fit = model.fit(made.frequency, made.recency, made.age)

        assert fit.converged
        assert fit.log_likelihood >= model.log_likelihood_each(truth, made.frequency, made.recency, made.age).sum()
        assert np.isfinite(model.expected_purchases(fit, 50, made.frequency, made.recency, made.age)).all()
        assert fit.identified or fit.notes


@MODELS
def test_parameters_are_found_again(model: ModuleType) -> None:
    truth = regime("wholesale")
    rng = np.random.default_rng(3)
    made = model.simulate(truth, rng.uniform(20, 300, 20_000), rng)

    fit = model.fit(made.frequency, made.recency, made.age)

    for name in fit.names:
        assert abs(fit.parameters[name] - truth[name]) < 4 * fit.standard_errors[name]


def test_a_sample_first_does_not_change_the_answer() -> None:
    rng = np.random.default_rng(4)
    made = bg_nbd.simulate(EXAMPLE, rng.integers(30, 700, 90_000).astype(float), rng)
    known = histories(made.frequency, made.recency, made.age)

    fit = bg_nbd.fit(made.frequency, made.recency, made.age)
    point = mean_log_likelihood(known, np.log(list(fit.parameters.values())), bg_nbd.KIND)

    assert known.x.size > 40_000
    assert np.abs(point.gradient).max() < 1e-8
    assert point.value * known.n == pytest.approx(fit.log_likelihood, abs=1e-6)


@MODELS
def test_nobody_bought_again(model: ModuleType) -> None:
    fit = model.fit(np.zeros(50), np.zeros(50), np.linspace(1, 9, 50))

    assert not fit.identified
    assert "no_repeats" in fit.notes


@MODELS
def test_closed_form_is_the_sum_of_the_chances(model: ModuleType) -> None:
    x, t_x, age = np.array([0.0, 1, 4, 30]), np.array([0.0, 3, 38, 30]), np.array([9.0, 30, 40, 31])
    summed = expected_purchases(Shape(**EXAMPLE), model.KIND, 25.0, Seen(x, t_x, age))

    assert model.expected_purchases(EXAMPLE, 25, x, t_x, age) == pytest.approx(summed, rel=1e-9)


@MODELS
def test_new_customers_buy_as_simulated(model: ModuleType) -> None:
    rng = np.random.default_rng(5)
    made = model.simulate(EXAMPLE, np.full(200_000, 40.0), rng)

    deviation = made.frequency.std() / np.sqrt(made.frequency.size)
    assert abs(made.frequency.mean() - model.expected_new(EXAMPLE, 40)) < 4 * deviation
    assert model.p_alive(EXAMPLE, made.frequency, made.recency, made.age).mean() == pytest.approx(
        made.alive.mean(), abs=0.004
    )


@MODELS
def test_chances_fall_with_silence_and_purchases_rise_with_time(model: ModuleType) -> None:
    alive = model.p_alive(EXAMPLE, 3, 20, np.arange(20.0, 200, 5))
    bought = [float(model.expected_purchases(EXAMPLE, t, 3, 20, 30)) for t in (1, 5, 25, 125)]

    assert (np.diff(alive) < 0).all()
    assert (np.diff(bought) > 0).all()


@MODELS
def test_thousands_of_purchases_stay_finite(model: ModuleType) -> None:
    x = np.array([50.0, 500, 5_000])

    assert np.isfinite(model.expected_purchases(EXAMPLE, 52, x, 99.0, 100.0)).all()
    assert np.isfinite(model.log_likelihood_each(EXAMPLE, x, 99.0, 100.0)).all()
    assert (model.p_alive(EXAMPLE, x, [99.0, 50, 1], 100.0) >= 0).all()


@pytest.mark.parametrize("a", [1 - 2e-3, 1 - 1e-9, 1.0, 1 + 1e-9, 1 + 2e-3])
def test_a_of_one_is_no_gap(a: float) -> None:
    beside = [purchases_before_leaving(2.5, 3.0, one, 4.0) for one in (0.99, 1.01)]

    between = beside[0] + (a - 0.99) / 0.02 * (beside[1] - beside[0])
    assert purchases_before_leaving(2.5, 3.0, a, 4.0) == pytest.approx(between, rel=1e-4)


@pytest.mark.parametrize(
    ("n", "ratio", "a", "b"), [(1, 1, 1, 1), (5000.5, 1, 0.8, 5002.5), (0.6, 900, 3.5, 3), (9, 1, 50, 9)]
)
def test_purchases_before_leaving_are_a_mean_over_the_chance_to_leave(
    n: float, ratio: float, a: float, b: float
) -> None:
    p = np.random.default_rng(6).beta(a, b, 500_000)
    each = -np.expm1(-n * np.log1p(ratio * p)) / p

    assert abs(purchases_before_leaving(n, ratio, a, b) - each.mean()) < 4 * each.std() / np.sqrt(p.size)


def test_equal_chances_and_times_give_a_logarithm() -> None:
    assert purchases_before_leaving(1.0, 1.0, 1.0, 1.0) == pytest.approx(np.log(2), rel=1e-12)


@MODELS
def test_discounting_is_the_sum_over_short_times(model: ModuleType) -> None:
    times = np.linspace(0, 200, 4_001)
    bought = [float(model.expected_purchases(EXAMPLE, t, 3, 20, 30)) for t in times]
    summed = np.sum(np.diff(bought) * np.exp(-0.01 * (times[1:] + times[:-1]) / 2))

    assert model.discounted_expected_purchases(EXAMPLE, 3, 20, 30, horizon=200, rate=0.01) == pytest.approx(
        summed, rel=1e-6
    )
    with pytest.raises(ValueError, match="horizon"):
        model.discounted_expected_purchases(EXAMPLE, 3, 20, 30, horizon=np.inf, rate=0.01)


def test_many_customers_are_forecast_as_one_by_one() -> None:
    rng = np.random.default_rng(7)
    made = bg_nbd.simulate(EXAMPLE, rng.integers(30, 400, 9_000).astype(float), rng)
    rows = (made.frequency, made.recency, made.age)

    together = bg_nbd.expected_purchases(EXAMPLE, 52, *rows)
    apart = [bg_nbd.expected_purchases(EXAMPLE, 52, *(column[k] for column in rows)) for k in range(0, 9_000, 300)]

    assert together[::300] == pytest.approx(np.array(apart), rel=1e-12)


def test_missing_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match="alpha"):
        bg_nbd.p_alive({"r": 1.0, "a": 1.0, "b": 1.0}, 1, 1, 1)


def test_phases_of_one_are_the_plain_model() -> None:
    shape, known = Shape(**EXAMPLE), Seen(np.array([3.0]), np.array([20.0]), np.array([30.0]))

    assert forecast.p_alive(shape, Kind(1, 1), known)[0] == pytest.approx(mbg_nbd.p_alive(EXAMPLE, 3, 20, 30))
