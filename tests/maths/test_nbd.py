"""NBD: buying without leaving."""

import numpy as np
import pytest
from scipy.special import gammaln
from scipy.stats import nbinom

from vitalfew.maths import buying, nbd
from vitalfew.maths.buying import Known
from vitalfew.maths.histories import histories

from .checks import gradient_error
from .conftest import Customers


def test_expectations_as_printed_for_groceries() -> None:
    told = nbd.expected_purchases({"r": 0.420, "alpha": 5.245}, 52, [1, 2, 3, 4, 5], 52)

    assert told == pytest.approx([1.290, 2.199, 3.107, 4.015, 4.924], abs=1e-3)  # from rounded parameters


def test_what_is_expected_is_the_mean_of_the_rate_given_the_past() -> None:
    """By simulation: of customers drawn from the model, those with three purchases buy on as the formula has it."""
    rng = np.random.default_rng(5)
    rate = rng.gamma(0.8, 1 / 6.0, 400_000)
    before, after = rng.poisson(rate * 20), rng.poisson(rate * 30)

    told = float(nbd.expected_purchases({"r": 0.8, "alpha": 6.0}, 30, 3, 20))

    assert after[before == 3].mean() == pytest.approx(told, rel=0.02)


def test_the_shop_is_fitted_as_by_the_counts_alone(cdnow: Customers) -> None:
    found = nbd.fit(cdnow.x, cdnow.t_x, cdnow.age)
    r, alpha = found.parameters.values()
    counts = nbinom.logpmf(cdnow.x, r, alpha / (alpha + cdnow.age)).sum()
    times = counts + (gammaln(cdnow.x + 1) - cdnow.x * np.log(cdnow.age)).sum()

    assert (r, alpha) == pytest.approx((0.3848, 12.0721), abs=5e-4)
    assert found.log_likelihood == pytest.approx(times, abs=1e-6)
    assert found.converged
    assert found.identified


def test_leaving_is_proven_for_the_shop(cdnow: Customers) -> None:
    known = Known(cdnow.x, cdnow.t_x, cdnow.age)

    stays, leaves = nbd.fit(*known.seen), buying.fit("bg-nbd", known)

    assert buying.bic(stays) > buying.bic(leaves) + 300


def test_derivatives_are_those_of_the_value() -> None:
    known = histories(np.array([0.0, 2, 5, 0]), np.array([0.0, 4, 9, 0]), np.array([9.0, 9, 12, 3]))

    off = gradient_error(lambda place: nbd.mean_log_likelihood(known, place), np.log([0.7, 3.0]))

    assert max(off) < 1e-7


def test_weights_stand_for_customers_and_the_unit_of_time_does_not_matter() -> None:
    x, t_x, age = np.array([0.0, 3, 1]), np.array([0.0, 8, 2]), np.array([9.0, 10, 7])
    weighed = nbd.fit(x, t_x, age, np.array([4.0, 2, 3]))
    counted = nbd.fit(*(np.repeat(each, [4, 2, 3]) for each in (x, 7 * t_x, 7 * age)))

    assert weighed.parameters["r"] == pytest.approx(counted.parameters["r"], rel=1e-6)
    assert 7 * weighed.parameters["alpha"] == pytest.approx(counted.parameters["alpha"], rel=1e-6)


def test_without_a_second_purchase_nothing_is_learned() -> None:
    found = nbd.fit(np.zeros(5), np.zeros(5), np.full(5, 9.0))

    assert not found.identified
    assert "no_repeats" in {note.value for note in found.notes}
