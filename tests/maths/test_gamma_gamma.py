from functools import partial

import numpy as np
import pytest

from vitalfew.maths import gamma_gamma

from .checks import gradient_error

TRUTH = {"p": 6.0, "q": 4.0, "v": 15.0}


def simulated(size: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = 1.0 + rng.poisson(2.0, size)
    return x, rng.gamma(TRUTH["p"] * x, 1.0) / x / rng.gamma(TRUTH["q"], 1.0 / TRUTH["v"], size)


def test_derivatives_are_those_of_the_likelihood() -> None:
    known = gamma_gamma._spending(*simulated(200), 1.0 + np.arange(200) % 2)

    for place in np.random.default_rng(2).normal(size=(3, 3)):
        assert max(gradient_error(partial(gamma_gamma._mean_log_likelihood, known), place)) < 2e-7


def test_parameters_are_found_again() -> None:
    fit = gamma_gamma.fit(*simulated(20_000))

    assert fit.identified
    for name, true in TRUTH.items():
        assert abs(fit.parameters[name] - true) < 4 * fit.standard_errors[name]


def test_currency_order_and_weights_change_nothing_else() -> None:
    x, m = simulated(500)

    plain = gamma_gamma.fit(x, m)
    other = gamma_gamma.fit(x[::-1], m[::-1] * 7.8, np.full(500, 3.0))

    assert other.parameters["p"] == pytest.approx(plain.parameters["p"], rel=1e-7)
    assert other.parameters["v"] == pytest.approx(plain.parameters["v"] * 7.8, rel=1e-7)
    assert other.n == 1_500


def test_customers_who_tell_nothing_are_left_out() -> None:
    x, m = simulated(100)

    fit = gamma_gamma.fit(np.append(x, [0, 5]), np.append(m, [0, 0]))

    assert fit.n == 100
    assert fit.parameters == gamma_gamma.fit(x, m).parameters


def test_log_likelihoods_add_up() -> None:
    x, m = simulated(100)
    fit = gamma_gamma.fit(x, m)

    assert gamma_gamma.log_likelihood_each(fit, x, m).sum() == pytest.approx(fit.log_likelihood)


def test_more_purchases_leave_less_to_the_mean_of_all() -> None:
    seen = gamma_gamma.expected_spend(TRUTH, [0, 1, 5, 50, 5_000], 100.0)

    assert seen[0] == pytest.approx(30.0)
    assert (np.diff(seen) > 0).all()
    assert seen[-1] == pytest.approx(100.0, abs=0.1)


def test_value_that_grows_with_frequency_is_told() -> None:
    x, m = simulated(500)

    assert "dependent" in gamma_gamma.fit(x, m * x).notes


def test_a_mean_that_does_not_exist_is_not_given() -> None:
    assert np.isnan(gamma_gamma.expected_spend({"p": 0.5, "q": 0.4, "v": 1.0}, [0, 1], 5.0)).all()


@pytest.mark.parametrize(
    ("x", "m", "reason"),
    [([], [], "nobody"), ([0.0], [5.0], "nobody"), ([1.0], [1.0, 2], "one length"), ([1.0], [np.nan], "finite")],
)
def test_what_cannot_be_is_refused(x: list[float], m: list[float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        gamma_gamma.fit(np.array(x), np.array(m))


def test_equal_spenders_do_not_fail() -> None:
    fit = gamma_gamma.fit(np.array([1.0, 2, 3, 4] * 10), np.full(40, 25.0))

    assert not fit.identified
    assert gamma_gamma.expected_spend(fit, 3, 25.0) == pytest.approx(25.0, rel=1e-2)
