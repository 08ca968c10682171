from functools import partial

import numpy as np
import pytest

from vitalfew.maths import bg_nbd, pareto_nbd
from vitalfew.maths.fits import Fit, Note, draws
from vitalfew.maths.histories import histories
from vitalfew.maths.maximise import Box, Point, maximise
from vitalfew.maths.pareto_nbd_likelihood import mean_log_likelihood

from .conftest import Customers


@pytest.fixture(scope="module")
def fit(cdnow: Customers) -> Fit:
    return bg_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age)


def test_draws_spread_as_the_covariance_says(fit: Fit) -> None:
    logarithms = np.log(draws(fit, 20_000, seed=1))

    spread = np.sqrt(np.diag(fit.covariance))
    assert np.cov(logarithms.T) / np.outer(spread, spread) == pytest.approx(
        fit.covariance / np.outer(spread, spread), abs=0.04
    )
    assert logarithms.mean(axis=0) == pytest.approx(np.log(list(fit.parameters.values())), abs=0.01)
    assert np.array_equal(draws(fit, 5, seed=1), draws(fit, 5, seed=1))


def test_a_fit_is_always_the_same(cdnow: Customers, fit: Fit) -> None:
    assert bg_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age) == fit


def test_a_parameter_at_its_bound_is_told_and_not_spread() -> None:
    made = bg_nbd.simulate({"r": 2.0, "alpha": 9.0, "a": 0.01, "b": 99.0}, np.full(60, 50.0), np.random.default_rng(1))

    fit = bg_nbd.fit(made.frequency, made.recency, made.age)

    assert fit.converged
    assert not fit.identified
    assert {"at_bound", "flat"} & set(fit.notes)
    assert None in fit.standard_errors.values()
    assert np.isfinite(draws(fit, 50)).all()


def test_few_customers_are_told() -> None:
    made = bg_nbd.simulate({"r": 2.0, "alpha": 9.0, "a": 0.5, "b": 2.0}, np.full(20, 50.0), np.random.default_rng(1))

    assert "few" in bg_nbd.fit(made.frequency, made.recency, made.age).notes


def banana(place: np.ndarray) -> Point:
    x, y = place
    value = -((1 - x) ** 2) - 100 * (y - x * x) ** 2
    gradient = np.array([2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)])
    return Point(value, gradient, np.array([[-2 + 400 * y - 1200 * x * x, 400 * x], [400 * x, -200.0]]))


def test_a_bent_ridge_is_climbed_to_its_top() -> None:
    found = maximise(banana, [np.array([-1.2, 1.0])], Box(np.full(2, -5.0), np.full(2, 5.0)))

    assert found.clean
    assert found.place == pytest.approx([1.0, 1.0])


def test_a_top_outside_the_box_ends_at_its_side() -> None:
    found = maximise(banana, [np.array([-1.2, 1.0])], Box(np.full(2, -5.0), np.array([0.5, 5.0])))

    assert found.converged
    assert found.bound.tolist() == [True, False]
    assert found.place == pytest.approx([0.5, 0.25], abs=2e-3)


def test_a_start_is_needed() -> None:
    with pytest.raises(ValueError, match="start"):
        maximise(banana, [], Box(np.zeros(2), np.ones(2)))


def test_customers_who_all_came_today_teach_nothing() -> None:
    fit = bg_nbd.fit(np.zeros(12), np.zeros(12), np.zeros(12))

    assert Note.NO_REPEATS in fit.notes
    assert not fit.identified


def test_starting_from_a_sample_loses_nothing_where_the_data_do_not_tell_all_parameters() -> None:
    evenly = {"r": 2.0, "alpha": 2.0, "s": 500.0, "beta": 25_000.0}
    made = pareto_nbd.simulate(evenly, np.full(10_500, 50.0), np.random.default_rng(1))
    known = histories(made.frequency, made.recency, made.age)

    fit = pareto_nbd.fit(made.frequency, made.recency, made.age)

    centre = np.array([0.0, np.log(50.0), 0.0, np.log(50.0)])
    every = maximise(partial(mean_log_likelihood, known), [np.log([*evenly.values()])], Box(centre - 9.0, centre + 7.0))
    assert "at_bound" in fit.notes
    assert fit.log_likelihood == pytest.approx(every.point.value * known.n, rel=1e-9)
