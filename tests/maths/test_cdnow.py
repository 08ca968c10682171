"""Published figures on the CDNOW sample, and the package most used for them."""

import warnings
from types import ModuleType

import numpy as np
import pytest

from vitalfew.maths import bg_nbd, gamma_gamma, mbg_nbd, pareto_nbd

from .conftest import Customers


def test_bg_nbd_agrees_with_the_paper(cdnow: Customers) -> None:
    fit = bg_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age)

    assert fit.log_likelihood == pytest.approx(-9582.4256, abs=5e-5)
    assert list(fit.parameters.values()) == pytest.approx([0.2426, 4.4137, 0.7930, 2.4262], abs=6e-4)
    assert fit.converged
    assert fit.identified
    assert fit.notes == ()
    assert bg_nbd.expected_purchases(fit, 39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=5e-4)


def test_pareto_nbd_agrees_with_the_papers(cdnow: Customers) -> None:
    fit = pareto_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age)

    assert fit.log_likelihood == pytest.approx(-9594.9739, abs=5e-5)
    assert list(fit.parameters.values()) == pytest.approx([0.553, 10.58, 0.606, 11.66], abs=0.01)
    assert pareto_nbd.expected_new(fit, 52) == pytest.approx(1.4734, abs=5e-4)
    assert pareto_nbd.p_alive(fit, 2, 30.43, 38.86) == pytest.approx(0.869, abs=5e-4)
    assert pareto_nbd.expected_purchases(fit, 39, 2, 30.43, 38.86) == pytest.approx(1.455, abs=5e-4)


def test_mbg_nbd_log_likelihood(cdnow: Customers) -> None:
    assert mbg_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age).log_likelihood == pytest.approx(-9582.1327, abs=5e-5)


def test_gamma_gamma_agrees_with_the_note(cdnow: Customers) -> None:
    fit = gamma_gamma.fit(cdnow.x, cdnow.spend)

    assert fit.n == 946
    assert fit.log_likelihood == pytest.approx(-4055.9232, abs=5e-5)
    assert list(fit.parameters.values()) == pytest.approx([6.25, 3.74, 15.44], abs=0.01)
    assert gamma_gamma.expected_spend({"p": 6.25, "q": 3.74, "v": 15.44}, [0, 2, 3], [0, 40, 25]) == pytest.approx(
        [35.22, 39.14, 26.30], abs=5e-3
    )


def test_deviations_are_those_of_the_curvature(cdnow: Customers) -> None:
    fit = bg_nbd.fit(cdnow.x, cdnow.t_x, cdnow.age)

    assert list(fit.standard_errors.values()) == pytest.approx([0.01256, 0.3782, 0.1857, 0.7053], rel=1e-3)


@pytest.mark.parametrize("unit", [7.0, 7.0 * 86_400, 1 / 52.18])
@pytest.mark.parametrize("model", [bg_nbd, mbg_nbd, pareto_nbd])
def test_the_unit_of_time_does_not_matter(cdnow: Customers, model: ModuleType, unit: float) -> None:
    weeks = model.fit(cdnow.x, cdnow.t_x, cdnow.age)
    other = model.fit(cdnow.x, cdnow.t_x * unit, cdnow.age * unit)

    assert other.parameters["alpha"] / unit == pytest.approx(weeks.parameters["alpha"], rel=1e-8)
    assert other.parameters["r"] == pytest.approx(weeks.parameters["r"], rel=1e-8)
    assert other.log_likelihood + cdnow.x.sum() * np.log(unit) == pytest.approx(weeks.log_likelihood)


@pytest.mark.parametrize("model", [bg_nbd, mbg_nbd, pareto_nbd])
def test_weights_are_repeated_rows_and_order_is_nothing(cdnow: Customers, model: ModuleType) -> None:
    weights = 1.0 + np.arange(cdnow.x.size) % 3
    mixed = np.random.default_rng(1).permutation(np.repeat(np.arange(cdnow.x.size), weights.astype(int)))

    weighted = model.fit(cdnow.x, cdnow.t_x, cdnow.age, weights)
    repeated = model.fit(cdnow.x[mixed], cdnow.t_x[mixed], cdnow.age[mixed])

    assert weighted.n == repeated.n
    assert weighted.log_likelihood == pytest.approx(repeated.log_likelihood)
    assert weighted.parameters == pytest.approx(repeated.parameters, rel=1e-8)


@pytest.mark.parametrize("model", [bg_nbd, mbg_nbd, pareto_nbd])
def test_log_likelihoods_add_up(cdnow: Customers, model: ModuleType) -> None:
    fit = model.fit(cdnow.x, cdnow.t_x, cdnow.age)

    assert model.log_likelihood_each(fit, cdnow.x, cdnow.t_x, cdnow.age).sum() == pytest.approx(fit.log_likelihood)


@pytest.mark.parametrize(
    ("model", "name"), [(bg_nbd, "BetaGeoFitter"), (mbg_nbd, "ModifiedBetaGeoFitter"), (pareto_nbd, "ParetoNBDFitter")]
)
def test_forecasts_agree_with_lifetimes(cdnow: Customers, model: ModuleType, name: str) -> None:
    fit = model.fit(cdnow.x, cdnow.t_x, cdnow.age)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import lifetimes
        import pandas as pd

        peer = getattr(lifetimes, name)()
        peer.params_ = pd.Series(fit.parameters)
        likely = peer.conditional_probability_alive(cdnow.x, cdnow.t_x, cdnow.age)
        bought = peer.conditional_expected_number_of_purchases_up_to_time(39, cdnow.x, cdnow.t_x, cdnow.age)
        new = peer.expected_number_of_purchases_up_to_time(np.array([10.0, 52.0]))

    assert model.p_alive(fit, cdnow.x, cdnow.t_x, cdnow.age) == pytest.approx(np.asarray(likely), rel=1e-8)
    ours = model.expected_purchases(fit, 39, cdnow.x, cdnow.t_x, cdnow.age)
    assert ours == pytest.approx(np.asarray(bought), rel=1e-7)
    assert model.expected_new(fit, [10.0, 52.0]) == pytest.approx(np.asarray(new), rel=1e-8)


def test_the_summary_is_that_of_the_purchases(cdnow: Customers, cdnow_purchases: np.ndarray) -> None:
    customer, date, _ = cdnow_purchases.T
    text = np.char.mod("%d", date)
    iso = [f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in text]
    days = np.array(iso, dtype="datetime64[D]").astype(int)
    end = int(np.datetime64("1997-09-30", "D").astype(int))
    x, t_x, age = [], [], []
    for one in np.unique(customer):
        mine = np.unique(days[(customer == one) & (days <= end)])
        x.append(mine.size - 1)
        t_x.append((mine[-1] - mine[0]) / 7)
        age.append((end - mine[0]) / 7)

    fit = bg_nbd.fit(np.array(x), np.array(t_x), np.array(age))

    assert np.array_equal(x, cdnow.x)
    assert fit.log_likelihood == pytest.approx(-9582.43, abs=0.1)
