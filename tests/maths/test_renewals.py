"""Running contracts valued by those before: the published cohort, and by hand."""

import numpy as np
import pytest

from vitalfew.maths import renewals, sbg
from vitalfew.maths.renewal_hazard import Renewals
from vitalfew.maths.renewals import Contracts

LEFT = np.array([1000, 631, 468, 382, 326, 289, 262, 241])


def cohort():
    """The cohort's contracts one by one: at which renewal each ended, or that it runs after seven."""
    ended = np.repeat(np.arange(1, 8), -np.diff(LEFT))
    seen = np.concatenate([ended, np.full(LEFT[-1], 7)])
    return Renewals(0 * seen, seen, np.full(seen.size, 7), np.arange(seen.size) < ended.size)


def test_contracts_one_by_one_give_the_published_parameters():
    found = renewals.fit(cohort())

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
    seen = np.array([1, 3])

    assert renewals.fit(Renewals(0 * seen, seen, seen, np.zeros(2, dtype=bool))) is None


def test_renewals_that_nobody_watched_are_not_taken_for_survived():
    """Those still there are known from their beginning, those lost only since the fourth year: hazards stay what they are."""
    every, known = cohort(), cohort()
    late = (known.seen > 3) | ~known.lost
    part = Renewals(np.full(known.seen.size, 3), known.seen, known.due, known.lost).of(late)

    whole, cut = renewals.fit(every).parameters, renewals.fit(part).parameters

    assert sbg.retention(cut, [5, 6, 7]) == pytest.approx(sbg.retention(whole, [5, 6, 7]), abs=0.02)
    blind = renewals.fit(Renewals(0 * part.first, part.seen, part.due, part.lost)).parameters
    assert sbg.retention(blind, [5])[0] > sbg.retention(whole, [5])[0] + 0.02


@pytest.mark.parametrize("model", [{"alpha": 0.704, "beta": 1.182}, {"alpha": 1.5, "beta": 9.0}])
def test_the_range_of_what_a_contract_pays_holds_nine_in_ten(model):
    """Contracts drawn from the model that have survived two renewals, over the five years after the third falls due."""
    rng = np.random.default_rng(11)
    lost_at = rng.geometric(rng.beta(model["alpha"], model["beta"], 200_000))
    years = np.clip(lost_at[lost_at > 2] - 3, 0, 6)
    paid = np.concatenate([[0.0], np.cumsum(1.1 ** -np.arange(6.0))])[years]

    expected, low, high = sbg.payments_until(model, 3, 0.0, 5.0, 0.1)

    assert paid.mean() == pytest.approx(float(expected), rel=0.01)
    assert np.mean((paid >= low - 1e-9) & (paid <= high + 1e-9)) >= 0.9
