import pytest
from books import ask, lines
from pyarrow import table

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"


def book(*years):
    """An order each in January: (account, contribution) of 2025, of 2024, of 2023; costs are such that so much is left."""
    return lines(
        *((name, f"{2025 - back}-01-10", 1000, 1000 - left) for back, year in enumerate(years) for name, left in year)
    )


THREE = book(
    [("A", 100), ("B", -20), ("C", 0), ("D", 0)],
    [("A", 64), ("B", 0), ("C", 0), ("D", 0), ("E", 0)],
    [("A", 1), ("B", 1), ("C", 1), ("D", 1), ("F", 1)],
)


def equity(rows, **more):
    return ask("customer-equity", rows, NOW, discount_rate=0.12, **more)


def test_the_worked_example():
    found = equity(THREE).meta["figures"]

    assert found["multiple"] == pytest.approx(2.5)
    assert (found["retention"], found["accounts"]) == (0.8, 4)
    assert (found["equity"], found["positive_sum"], found["negative_sum"]) == pytest.approx((200, 250, -50))
    assert (found["opening_equity"], found["profit"]) == pytest.approx((160, 80))
    assert (found["return_on_customer"], found["preservation"]) == pytest.approx((0.75, 1.25))
    assert (found["negative_ratio"], found["below_zero"]) == (pytest.approx(0.2), 1)


def test_the_interval_moves_with_the_rate_of_staying():
    found = equity(THREE).meta["figures"]
    low, high = (80 * r / (1.12 - r) for r in (found["retention_low"], found["retention_high"]))

    assert (found["equity_low"], found["equity_high"]) == pytest.approx((low, high))
    assert found["retention_low"] == pytest.approx(0.3755, abs=5e-4)


def test_an_improvement_is_the_difference_of_two_equities():
    rows = {row["driver"]: row for row in equity(THREE, percent=0.1, cost=50).table.to_pylist()}

    kept, margin = rows["retention_rate"], rows["gross_margin"]
    assert kept["change"] == pytest.approx(80 * (0.88 / 0.24 - 2.5), abs=1e-3)
    assert kept["roi"] == pytest.approx((80 * (0.88 / 0.24 - 2.5) - 50) / 50, abs=1e-4)
    assert margin["change"] == pytest.approx(0.1 * 80 * 2.5)
    assert "cost_to_serve" not in rows


def test_service_is_taken_off_and_is_a_driver():
    spent = table(
        {"entry_id": ["1", "2"], "customer": ["A", "A"], "spent_on": ["2025-06-10", "2019-01-01"], "cost": [30.0, 9.0]}
    )

    result = equity(THREE, service_costs=spent, percent=0.1)

    rows = {row["driver"]: row["change"] for row in result.table.to_pylist()}
    assert result.meta["figures"]["equity"] == pytest.approx((80 - 30) * 2.5)
    assert rows["cost_to_serve"] == pytest.approx(0.1 * 30 * 2.5)


def test_two_years_give_a_worth_but_no_return():
    result = ask("customer-equity", book([("A", 10)], [("A", 10), ("B", 5)]), NOW)

    assert result.meta["figures"]["equity"] is not None
    assert result.meta["figures"]["return_on_customer"] is None
    assert any("three whole years" in warning for warning in result.meta["warnings"])


def test_a_return_on_less_than_nothing_is_none():
    losing = book([("A", 10)], [("A", -10)], [("A", -10)])

    result = equity(losing)

    assert result.meta["figures"]["return_on_customer"] is None
    assert any("no meaning" in warning for warning in result.meta["warnings"])


def test_a_rate_that_moved_is_told_apart_from_the_rest():
    moved = book(
        [(name, 10) for name in "ABCD"], [(name, 10) for name in "ABCDEFGH"], [(name, 10) for name in "ABCDEFGH"]
    )

    found = equity(moved).meta["figures"]

    opening, closing = 80 * 1 / 0.12, 40 * 0.5 / 0.62
    assert found["return_on_customer"] == pytest.approx((40 + closing - opening) / opening)
    assert found["return_at_same_retention"] == pytest.approx((40 + closing - 80 * 0.5 / 0.62) / (80 * 0.5 / 0.62))


def test_accounts_without_a_cost_are_left_out_and_told():
    rows = lines(
        ("A", "2023-01-05", 9, 5), ("A", "2024-05-05", 9, 5), ("A", "2025-05-05", 9, 5), ("B", "2025-05-05", 9)
    )

    result = equity(rows)

    assert result.meta["figures"]["accounts"] == 1
    assert any("1 account that buys has no known cost" in warning for warning in result.meta["warnings"])


def test_a_book_too_short_is_refused():
    with pytest.raises(Refusal, match="two whole years"):
        ask("customer-equity", lines(("A", "2025-02-01", 5, 1)), NOW)


SERVED = table(
    {"entry_id": ["1", "2"], "customer": ["A", "B"], "spent_on": ["2025-06-10", "2025-06-10"], "cost": [10.0, 10.0]}
)


def test_a_new_account_is_worth_what_berger_and_nasr_print():
    rows = book([("A", 260), ("B", 260), ("C", 260)], [("A", 1), ("B", 1), ("C", 1), ("D", 1)])
    spent = table(
        {"entry_id": ["1", "2", "3"], "customer": ["A", "B", "C"], "spent_on": ["2025-06-10"] * 3, "cost": [50.0] * 3}
    )

    found = ask("customer-equity", rows, NOW, service_costs=spent, discount_rate=0.2).meta["figures"]

    assert found["retention"] == 0.75
    assert found["new_account"] == pytest.approx(568.78, abs=5e-3)


def test_a_new_account_by_when_its_margins_come():
    found = equity(THREE, years=2).meta["figures"]
    start = 20 * (1 + 0.8 / 1.12)

    assert found["new_account_start"] == pytest.approx(start)
    assert found["new_account_middle"] == pytest.approx(start / 1.12**0.5)
    assert found["new_account_end"] == pytest.approx(start / 1.12)
    paid = equity(THREE, years=2, prospect_spend=3, prospect_rate=0.5, prospect_ceiling=0.6, retention_ceiling=0.9)
    assert paid.meta["figures"]["new_account_start"] == pytest.approx(start - 6)


BALANCED = {"prospect_spend": 1, "prospect_rate": 0.15, "prospect_ceiling": 0.4, "retention_ceiling": 0.9}


def test_winning_and_keeping_are_balanced_by_two_judgements():
    result = equity(THREE, service_costs=SERVED, **BALANCED)
    found = result.meta["figures"]

    assert (found["won"], found["kept"], found["keeping_spend"]) == pytest.approx((0.15, 0.8, 5.0))
    assert found["customer_value"] == pytest.approx(20 + (20 * 0.8 - 5) / (1.12 - 0.8))
    assert found["prospect_value"] == pytest.approx(0.15 * found["customer_value"] - 1)
    assert found["best_prospect_value"] > found["prospect_value"]
    assert any("worth most" in warning for warning in result.meta["warnings"])


def test_without_the_judgements_there_is_no_balance():
    assert "prospect_value" not in equity(THREE, service_costs=SERVED).meta["figures"]
    told = equity(THREE, **BALANCED)
    assert "prospect_value" not in told.meta["figures"]
    assert any("cannot be balanced" in warning for warning in told.meta["warnings"])


def test_ceilings_below_what_is_reached_are_refused():
    with pytest.raises(Refusal, match="kept a year"):
        equity(THREE, service_costs=SERVED, **BALANCED | {"retention_ceiling": 0.8})
    with pytest.raises(Refusal, match="could be won"):
        equity(THREE, service_costs=SERVED, **BALANCED | {"prospect_ceiling": 0.15})


@pytest.mark.parametrize("contradicting", [{"prospect_ceiling": 0.15}, {"prospect_rate": 0}])
def test_the_share_won_is_checked_without_service_costs_too(contradicting):
    with pytest.raises(Refusal, match="could be won"):
        equity(THREE, **BALANCED | contradicting)


def test_who_was_won_is_not_told_by_two_years():
    two = equity(book([("A", 10), ("N", 10)], [("A", 10), ("B", 5)]))
    three = equity(book([("A", 10), ("N", 10)], [("A", 10), ("B", 5)], [("N", 1)]))

    assert (two.meta["figures"]["won_in_a_year"], two.meta["figures"]["equity_to_come"]) == (None, None)
    assert any("Who was won" in warning for warning in two.meta["warnings"])
    assert three.meta["figures"]["won_in_a_year"] == 0
    assert not any("Who was won" in warning for warning in three.meta["warnings"])


def test_those_still_to_be_won_are_worth_as_many_as_last_year():
    rows = book([("A", 100), ("N", 100)], [("A", 1), ("B", 1)], [("A", 1), ("B", 1)])

    found = equity(rows, years=3, prospect_spend=5, prospect_rate=0.5, prospect_ceiling=0.9, retention_ceiling=0.9)
    figures = found.meta["figures"]

    each = 100 * 1.12 / (1.12 - 0.5) - 10
    assert (figures["retention"], figures["won_in_a_year"]) == (0.5, 1)
    assert figures["equity_to_come"] == pytest.approx(each * (1 / 1.12 + 1 / 1.12**2 + 1 / 1.12**3))
