from types import ModuleType

import numpy as np
import pytest

from vitalfew.maths import bg_cnbd_k, bg_nbd, mbg_nbd
from vitalfew.maths.regularity import wheat_morrison

from .conftest import Customers

EXAMPLE = {"r": 1.0, "alpha": 3.0, "a": 0.5, "b": 1.0, "k": 2.0}
REGULAR = {"r": 1.3, "alpha": 2.8, "a": 0.4, "b": 2.0, "k": 3.0}


def test_example() -> None:
    assert bg_cnbd_k.log_likelihood_each(EXAMPLE, 3, 20, 30, 4.2) == pytest.approx(-11.95369, abs=5e-6)
    assert bg_cnbd_k.p_alive(EXAMPLE, 3, 20, 30) == pytest.approx(0.66609, abs=5e-6)


@pytest.mark.parametrize("early", [0, 1])
def test_regularity_and_parameters_are_found_again(early: int) -> None:
    rng = np.random.default_rng(1)
    made = bg_cnbd_k.simulate(REGULAR, rng.uniform(20, 80, 4_000), rng, early=early)
    rows = (made.frequency, made.recency, made.age)

    fit = bg_cnbd_k.fit(*rows, made.log_intervals, early=early)

    assert fit.parameters["k"] == 3
    for name in fit.names:
        assert abs(fit.parameters[name] - REGULAR[name]) < 4 * fit.standard_errors[name]
    each = bg_cnbd_k.log_likelihood_each(fit, *rows, made.log_intervals, early=early)
    assert each.sum() == pytest.approx(fit.log_likelihood)
    assert bg_cnbd_k.p_alive(REGULAR, *rows, early=early).mean() == pytest.approx(made.alive.mean(), abs=0.03)


def test_random_purchases_have_k_of_one(cdnow: Customers) -> None:
    waits = np.where(
        cdnow.x > 0, cdnow.x * np.log(np.maximum(cdnow.t_x, 1) / np.maximum(cdnow.x, 1)) - 0.6 * cdnow.x, 0
    )

    fit = bg_cnbd_k.fit(cdnow.x, cdnow.t_x, cdnow.age, waits, early=0)

    assert fit.parameters["k"] == 1
    assert fit.log_likelihood == pytest.approx(bg_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age).log_likelihood)


@pytest.mark.parametrize(("early", "plain"), [(0, bg_nbd), (1, mbg_nbd)])
def test_k_of_one_is_the_plain_model(early: int, plain: ModuleType) -> None:
    x, t_x, age = np.array([0.0, 3, 9]), np.array([0.0, 20, 29]), 30.0
    one = EXAMPLE | {"k": 1.0}

    assert bg_cnbd_k.expected_purchases(one, 20, x, t_x, age, early=early) == pytest.approx(
        plain.expected_purchases(EXAMPLE, 20, x, t_x, age)
    )
    assert bg_cnbd_k.expected_new(one, [5.0, 50], early=early) == pytest.approx(plain.expected_new(EXAMPLE, [5.0, 50]))
    ours = bg_cnbd_k.discounted_expected_purchases(one, x, t_x, age, horizon=90, rate=0.01, early=early)
    assert ours == pytest.approx(plain.discounted_expected_purchases(EXAMPLE, x, t_x, age, horizon=90, rate=0.01))


@pytest.mark.parametrize("early", [0, 1])
def test_new_customers_buy_as_simulated(early: int) -> None:
    rng = np.random.default_rng(2)
    made = bg_cnbd_k.simulate(REGULAR, np.full(100_000, 12.0), rng, early=early)

    deviation = made.frequency.std() / np.sqrt(made.frequency.size)
    assert abs(made.frequency.mean() - bg_cnbd_k.expected_new(REGULAR, 12.0, early=early)) < 4 * deviation


def test_a_regular_customer_is_missed_sooner() -> None:
    random, regular = (bg_cnbd_k.p_alive(REGULAR | {"k": k, "alpha": 2.8 * k}, 10, 50, 60) for k in (1.0, 4.0))

    assert regular < random


def test_logarithms_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one for each customer"):
        bg_cnbd_k.fit(np.ones(3), np.ones(3), np.full(3, 2.0), np.zeros(2))


def test_wheat_morrison_example() -> None:
    assert wheat_morrison(np.array([10.0, 8, 20, 14]), np.array([12.0, 15, 9, 14])) == pytest.approx(5.63, abs=5e-3)
    assert wheat_morrison(np.array([1.0]), np.array([2.0])) is None
    assert wheat_morrison(np.ones(5), np.ones(5)) is None


@pytest.mark.parametrize("k", [1, 2, 5])
def test_wheat_morrison_finds_the_order_of_the_waits(k: int) -> None:
    waits = np.random.default_rng(k).gamma(k, 1.0, (2, 50_000))

    assert wheat_morrison(*waits) == pytest.approx(k, rel=0.05)
