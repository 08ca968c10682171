"""Running contracts valued by those before: the published cohort, and by hand."""

import numpy as np
import pytest

from vitalfew.maths import renewals, sbg
from vitalfew.maths.renewals import Contracts

LEFT = np.array([1000, 631, 468, 382, 326, 289, 262, 241])


def cohort():
    """The cohort's contracts one by one: when each ended, or that it runs after seven renewals."""
    ended = np.repeat(np.arange(1, 8), -np.diff(LEFT)).astype(float)
    years = np.concatenate([ended, np.full(LEFT[-1], 7.3)])
    return years, np.concatenate([np.ones(ended.size, dtype=bool), np.zeros(LEFT[-1], dtype=bool)])


def test_contracts_one_by_one_give_the_published_parameters():
    found = renewals.fit(*cohort())

    assert found.parameters["alpha"] == pytest.approx(0.704, abs=5e-4)
    assert found.parameters["beta"] == pytest.approx(1.182, abs=5e-4)
    assert found.log_likelihood == pytest.approx(-1680.27, abs=0.005)


def test_a_long_horizon_comes_to_the_published_residual_lifetime():
    """A payment due now in its third year: DERL(3) = 4.8701 at ten percent."""
    model = {"alpha": 0.704, "beta": 1.182}
    expected, low, high = sbg.payments_until(model, 3, 0.0, 600, 0.1)

    assert float(expected) == pytest.approx(4.8701, abs=2e-3)
    assert low <= expected <= high


def test_two_contracts_of_a_customer_add_and_one_that_is_over_counts_nothing():
    model = {"alpha": 0.704, "beta": 1.182}
    account, years = np.array([0, 0, 1]), np.array([0.5, 0.5, 2.0])
    found = renewals.worth(
        model, Contracts(account, years, np.array([0, 0, 1], dtype=bool), np.full(3, 100.0)), 3, 3, 0.1
    )
    single = renewals.worth(
        model, Contracts(account[:1], years[:1], np.zeros(1, dtype=bool), np.full(1, 100.0)), 1, 3, 0.1
    )

    assert found.value[0] == pytest.approx(2 * single.value[0])
    assert np.isnan(found.value[1:]).all()


def test_without_a_loss_nothing_is_fitted():
    assert renewals.fit(np.array([1.5, 3.0]), np.zeros(2, dtype=bool)) is None
