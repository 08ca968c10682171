import numpy as np
import pytest

from vitalfew.maths import sbg

from .checks import gradient_error

REGULAR = np.array([1000.0, 631, 468, 382, 326, 289, 262, 241])
PRINTED = {"alpha": 0.704, "beta": 1.182}


def test_regular_segment_of_the_paper() -> None:
    fit = sbg.fit(REGULAR)

    assert list(fit.parameters.values()) == pytest.approx([0.704, 1.182], abs=5e-4)
    assert fit.log_likelihood == pytest.approx(-1680.27, abs=5e-3)
    assert fit.identified
    assert sbg.survival(fit, [8, 9, 10, 11, 12]) == pytest.approx([0.2201, 0.2044, 0.1912, 0.1799, 0.1701], abs=1e-4)


def test_the_first_four_renewals_alone() -> None:
    fit = sbg.fit(REGULAR[:5])

    assert list(fit.parameters.values()) == pytest.approx([0.764, 1.296], abs=5e-4)
    assert fit.log_likelihood == pytest.approx(-1401.56, abs=5e-3)


def test_values_of_the_base() -> None:
    assert sbg.discounted_lifetime(PRINTED, 0.1) == pytest.approx(3.6951, abs=5e-5)
    assert sbg.discounted_residual_lifetime(PRINTED, [1, 2, 3, 5], 0.1) == pytest.approx(
        [2.9647, 4.1035, 4.8701, 5.8944], abs=5e-5
    )


@pytest.mark.parametrize("model", [PRINTED, {"alpha": 1.0, "beta": 3.0}, {"alpha": 40.0, "beta": 9.0}])
@pytest.mark.parametrize("rate", [0.02, 0.1])
def test_values_are_their_sums(model: dict[str, float], rate: float) -> None:
    t = np.arange(3_000.0)
    residual = sbg.survival(model, t + 3) / sbg.survival(model, 2) @ (1 + rate) ** -t

    assert sbg.discounted_lifetime(model, rate) == pytest.approx(sbg.survival(model, t) @ (1 + rate) ** -t)
    assert sbg.discounted_residual_lifetime(model, 3, rate) == pytest.approx(residual)


def test_derivatives_are_those_of_the_likelihood() -> None:
    lost, still = np.array([30.0, 12, 5]), np.array([4.0, 0, 53])

    for place in np.random.default_rng(1).normal(size=(3, 2)):
        error = gradient_error(lambda at: sbg._mean_log_likelihood(lost, still, at), place)
        assert max(error) < 1e-8


def test_retention_rises_and_is_the_ratio_of_survivors() -> None:
    rates = sbg.retention(PRINTED, np.arange(1.0, 20))
    left = sbg.survival(PRINTED, np.arange(20.0))

    assert (np.diff(rates) > 0).all()
    assert rates == pytest.approx(left[1:] / left[:-1])


def test_cohorts_are_counted_together() -> None:
    one = sbg.fit(REGULAR)
    still = np.zeros(7)
    still[-1] = 241

    both = sbg.fit_counts(-2 * np.diff(REGULAR), 2 * still)

    assert both.parameters == pytest.approx(one.parameters)
    assert both.standard_errors["alpha"] == pytest.approx(one.standard_errors["alpha"] / np.sqrt(2))


def test_without_a_loss_nothing_is_estimated() -> None:
    fit = sbg.fit(np.array([100.0, 100, 100]))

    assert not fit.identified
    assert "no_losses" in fit.notes


@pytest.mark.parametrize("survivors", [[100.0], [100.0, 101], [0.0, 0], [5.0, -1]])
def test_what_cannot_be_is_refused(survivors: list[float]) -> None:
    with pytest.raises(ValueError, match="survivors"):
        sbg.fit(np.array(survivors))


def test_a_rate_of_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        sbg.discounted_lifetime(PRINTED, 0.0)
