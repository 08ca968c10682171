import numpy as np
import pytest
from scipy.optimize import minimize

from vitalfew.maths.customer_equity import (
    Spending,
    answer_to_spending,
    best_budget,
    cohorts_value,
    equity_per_prospect,
    preservation,
    return_on_customer,
    return_on_marketing,
)


def test_the_curve_of_blattberg_and_deighton() -> None:
    curve = answer_to_spending(0.40, 5.0, 0.15)

    assert curve.steepness == pytest.approx(0.094001, abs=5e-7)
    assert curve.reached(5.0) == pytest.approx(0.15)
    assert curve.reached(0.0) == 0


def test_a_prospect_is_worth_what_its_periods_sum_to() -> None:
    won, kept, rate = 0.15, 0.5, 0.1
    periods = np.arange(1, 400)
    alive, before = kept**periods, kept ** (periods - 1.0)

    later = ((100 * alive - 10 * before) * (1 + rate) ** -periods).sum()

    assert equity_per_prospect(100, 5, won, 10, kept, rate) == pytest.approx(won * (100 + later) - 5)


@pytest.mark.parametrize("margin", [50.0, 100.0, 1000.0])
def test_no_other_budget_is_better(margin: float) -> None:
    winning, keeping = answer_to_spending(0.4, 5, 0.15), Spending(0.7, 0.1)

    def loss(spent: np.ndarray) -> float:
        won, kept = winning.reached(spent[0]), keeping.reached(spent[1])
        return -equity_per_prospect(margin, spent[0], won, spent[1], kept, 0.1)

    best = best_budget(margin, winning, keeping, 0.1)
    found = minimize(loss, [10.0, 10.0], method="L-BFGS-B", bounds=[(0, None)] * 2)

    assert best.equity == pytest.approx(-found.fun, rel=1e-6)
    assert (best.acquisition, best.keeping) == pytest.approx(tuple(found.x), abs=0.02)


def test_what_never_pays_is_not_spent() -> None:
    assert best_budget(1.0, Spending(0.4, 0.01), Spending(0.7, 0.01), 0.1) == (0.0, 0.0, 0.0)
    assert best_budget(-5.0, Spending(0.4, 0.1), Spending(0.7, 0.1), 0.1).acquisition == 0


def test_cohorts_are_each_worth_their_own_start() -> None:
    margins, periods = 10.0, np.arange(600)
    one = (margins * 0.8**periods * 1.1**-periods).sum()

    value = cohorts_value(np.array([100.0, 20, 30]), margins, 0.8, 0.1, np.array([0.0, 15, 15]))

    assert value == pytest.approx(100 * one + 20 * (one - 15) / 1.1 + 30 * (one - 15) / 1.21)


def test_retention_moves_value_more_than_margin_and_margin_more_than_acquisition() -> None:
    counts, costs = np.full(5, 100.0), np.array([0.0, 4, 4, 4, 4])
    now = cohorts_value(counts, 10, 0.8, 0.12, costs)

    better = [
        cohorts_value(counts, 10, 0.8 * 1.01, 0.12, costs),
        cohorts_value(counts, 10 * 1.01, 0.8, 0.12, costs),
        cohorts_value(counts, 10, 0.8, 0.12, costs * 0.99),
    ]

    retention, margin, acquisition = (value / now - 1 for value in better)
    assert retention > 2 * margin > 10 * acquisition > 0


def test_a_printed_return_on_marketing() -> None:
    assert return_on_marketing(101.3, 70) == pytest.approx(0.447, abs=5e-4)
    assert return_on_marketing(101.3, 0) is None


def test_returns_are_undefined_unless_something_was_there() -> None:
    assert return_on_customer(20, 100, 95) == pytest.approx(0.15)
    assert preservation(100, 95) == pytest.approx(0.95)
    assert [preservation(0, 5), return_on_customer(1, -3, 5)] == [None, None]


@pytest.mark.parametrize(("ceiling", "spend", "rate"), [(0.4, 5, 0.4), (1.2, 5, 0.1), (0.4, 0, 0.1), (0.4, 5, 0)])
def test_no_curve_passes_there(ceiling: float, spend: float, rate: float) -> None:
    with pytest.raises(ValueError, match="ceiling"):
        answer_to_spending(ceiling, spend, rate)
