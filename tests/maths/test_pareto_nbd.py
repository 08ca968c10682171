import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaln, hyperu

from vitalfew.maths import pareto_nbd
from vitalfew.maths.histories import histories
from vitalfew.maths.pareto_nbd_likelihood import mean_log_likelihood

from .checks import gradient_error, regime
from .conftest import Customers

EXAMPLE = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
TURNED = {"r": 0.553, "alpha": 5.0, "s": 0.606, "beta": 40.0}
BOTH = pytest.mark.parametrize("model", [EXAMPLE, TURNED])


def test_derivatives_are_those_of_the_likelihood(cdnow: Customers) -> None:
    known = histories(cdnow.x, cdnow.t_x, cdnow.age, 1.0 + np.arange(cdnow.x.size) % 2)

    for place in np.random.default_rng(2).normal(size=(3, 4)) + np.array([0, 2, 0, 2]):
        assert max(gradient_error(lambda at: mean_log_likelihood(known, at), place)) < 2e-8


@BOTH
@pytest.mark.parametrize(("x", "t_x", "age"), [(0, 0, 30), (2, 30.43, 38.86), (7, 1, 39), (300, 200, 900)])
def test_likelihood_is_its_integral(model: dict[str, float], x: float, t_x: float, age: float) -> None:
    r, alpha, s, beta = model.values()
    n = r + x

    def relative(y: float) -> float:
        return ((alpha + t_x) / (alpha + y)) ** n * ((beta + t_x) / (beta + y)) ** s / (beta + y)

    left = s * quad(relative, t_x, age, epsabs=0, epsrel=1e-11, points=[t_x + (alpha + t_x) / n])[0]
    stayed = relative(age) * (beta + age)
    counted = gammaln(n) - gammaln(r) + r * np.log(alpha / (alpha + t_x)) - x * np.log(alpha + t_x)
    expected = counted + s * np.log(beta / (beta + t_x)) + np.log(stayed + left)

    assert pareto_nbd.log_likelihood_each(model, x, t_x, age) == pytest.approx(expected, rel=1e-10)
    assert pareto_nbd.p_alive(model, x, t_x, age) == pytest.approx(stayed / (stayed + left), rel=1e-8)


def test_printed_forecasts() -> None:
    assert pareto_nbd.p_alive(EXAMPLE, 2, 30.43, 38.86) == pytest.approx(0.869, abs=5e-4)
    assert pareto_nbd.expected_purchases(EXAMPLE, 39, 2, 30.43, 38.86) == pytest.approx(1.455, abs=5e-4)
    assert pareto_nbd.discounted_expected_purchases(EXAMPLE, 7, 35, 39, rate=0.0027) == pytest.approx(20.56, abs=5e-3)


@BOTH
def test_endless_discounting_is_the_closed_form(model: dict[str, float]) -> None:
    r, alpha, s, beta = model.values()
    x, t_x, age, rate = 7, 35, 39, 0.0027
    likelihood = pareto_nbd.log_likelihood_each(model, x, t_x, age)
    front = r * np.log(alpha) + s * np.log(beta) + gammaln(r + x + 1) - gammaln(r) - (r + x + 1) * np.log(alpha + age)
    closed = np.exp(front - likelihood) * rate ** (s - 1) * hyperu(s, s, rate * (beta + age))

    found = pareto_nbd.discounted_expected_purchases(model, x, t_x, age, rate=rate)
    assert found == pytest.approx(closed, rel=1e-9)
    assert pareto_nbd.discounted_expected_purchases(model, x, t_x, age, horizon=1e7, rate=rate) == pytest.approx(found)


def test_no_discount_is_the_plain_forecast() -> None:
    plain = pareto_nbd.expected_purchases(EXAMPLE, 52, 2, 30, 39)

    assert pareto_nbd.discounted_expected_purchases(EXAMPLE, 2, 30, 39, horizon=52, rate=0) == pytest.approx(plain)
    with pytest.raises(ValueError, match="end the sum"):
        pareto_nbd.discounted_expected_purchases(EXAMPLE, 2, 30, 39, rate=0)


@BOTH
def test_forecast_is_the_sum_of_the_chances(model: dict[str, float]) -> None:
    x, t_x, age = np.array([0.0, 2, 12]), np.array([0.0, 30, 36]), np.array([39.0, 39, 39])
    tails = pareto_nbd.purchases_at_least(model, 39.0, x, t_x, age)
    summed = sum(next(tails) for _ in range(400)) - 1.0

    assert pareto_nbd.expected_purchases(model, 39, x, t_x, age) == pytest.approx(summed, rel=1e-7)


def test_s_of_one_is_no_gap() -> None:
    near = [float(pareto_nbd.expected_new(EXAMPLE | {"s": s}, 52)) for s in (1 - 1e-7, 1.0, 1 + 1e-7)]

    assert near == pytest.approx([near[1]] * 3, rel=1e-6)
    assert near[1] == pytest.approx(0.553 * 11.669 / 10.578 * np.log1p(52 / 11.669))


def test_new_customers_buy_as_simulated() -> None:
    rng = np.random.default_rng(5)
    made = pareto_nbd.simulate(EXAMPLE, np.full(200_000, 40.0), rng)

    deviation = made.frequency.std() / np.sqrt(made.frequency.size)
    assert abs(made.frequency.mean() - pareto_nbd.expected_new(EXAMPLE, 40)) < 4 * deviation
    alive = pareto_nbd.p_alive(EXAMPLE, made.frequency, made.recency, made.age)
    assert alive.mean() == pytest.approx(made.alive.mean(), abs=0.004)


@pytest.mark.parametrize("name", ["shop", "wholesale", "almost nobody leaves", "most leave at once"])
def test_no_small_portfolio_fails(name: str) -> None:
    truth = regime(name)
    for seed in range(4):
        rng = np.random.default_rng(seed)
        made = pareto_nbd.simulate(truth, rng.uniform(10, 100, 60), rng)
        rows = (made.frequency, made.recency, made.age)
        fit = pareto_nbd.fit(*rows)

        assert fit.converged
        assert fit.log_likelihood >= pareto_nbd.log_likelihood_each(truth, *rows).sum()
        assert np.isfinite(pareto_nbd.expected_purchases(fit, 50, *rows)).all()
        assert fit.identified or fit.notes


def test_thousands_of_purchases_stay_finite() -> None:
    x = np.array([50.0, 500, 5_000])

    assert np.isfinite(pareto_nbd.log_likelihood_each(EXAMPLE, x, 99.0, 100.0)).all()
    assert np.isfinite(pareto_nbd.expected_purchases(EXAMPLE, 52, x, [99.0, 50, 1], 100.0)).all()


def test_chances_fall_with_silence() -> None:
    assert (np.diff(pareto_nbd.p_alive(EXAMPLE, 3, 20, np.arange(20.0, 200, 5))) < 0).all()


def test_moments_ahead_are_those_of_the_chances_of_each_count() -> None:
    model = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
    known = np.array([[0.0, 2, 7], [0.0, 30.43, 35], [20.0, 38.86, 39]])
    tails = pareto_nbd.purchases_at_least(model, 39.0, *known)
    next(tails)
    chances = np.array([next(tails) for _ in range(200)])
    odd = 2 * np.arange(1, 201) - 1

    any_, mean, square = pareto_nbd.moments_ahead(model, 39.0, *known)

    assert any_ == pytest.approx(chances[0])
    assert mean == pytest.approx(chances.sum(axis=0), rel=1e-6)
    assert square == pytest.approx(odd @ chances, rel=1e-6)
