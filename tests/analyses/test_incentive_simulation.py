"""Rebates tried on the past year: the worked example, who is near, what the assumption does, and what makes no sense."""

from datetime import date

import numpy as np
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal, catalogue

NOW = "2025-12-31"


def year(amounts, cost=0.75, of=2025):
    """(customer, day, amount, cost): each account's year in twelve equal months."""
    return [
        (
            code,
            date(of, month, 15).isoformat(),
            round(amount / 12, 4),
            None if cost is None else round(cost * amount / 12, 4),
        )
        for code, amount in amounts.items()
        for month in range(1, 13)
    ]


def run(amounts, before=None, cost=0.75, **options):
    rows = year(amounts, cost) + (year(before, cost, 2024) if before else [])
    if cost is None:
        rows = [row[:3] for row in rows]
    given = {"thresholds": "120, 240", "rates": "0.01, 0.02", **options}
    return ask("incentive-simulation", lines(*rows), NOW, **given)


def test_the_worked_example():
    """Steps 100 and 200 in the text; here with twelfths that come out even: 228 is 12 short of 240."""
    result = run({"A": 228})

    row = by_account(result)["A"]
    assert row["rebate"] == pytest.approx(2.28)
    assert row["break_even"] == pytest.approx(0.01 / 0.24, abs=1e-6)
    assert (row["next_step"], row["gap"], row["near"]) == (240, 12, True)
    extra = 0.25 * 12 - (4.8 - 2.28)
    assert row["gain"] == pytest.approx(0.3 * extra - 2.28)
    assert (row["gain_low"], row["gain_high"]) == (pytest.approx(0.1 * extra - 2.28), pytest.approx(0.5 * extra - 2.28))
    assert result.meta["figures"]["brought"] == pytest.approx(0.3 * extra)


def test_the_texts_own_figures():
    row = by_account(run({"A": 192}, thresholds="100, 202", rates="1%, 2%"))["A"]

    assert row["rebate"] == pytest.approx(1.92)
    assert row["gap"] == pytest.approx(10)


def test_who_is_just_below_a_step():
    rows = by_account(run({"A": 114, "B": 120, "C": 228, "D": 240, "E": 84}))

    assert {code for code, row in rows.items() if row["near"]} == {"A", "C"}
    assert rows["A"]["gap"] == pytest.approx(6)
    assert rows["E"]["gap"] == pytest.approx(36)
    assert rows["D"]["next_step"] is None
    assert {code: row["rate"] for code, row in rows.items()} == {"A": 0, "B": 0.01, "C": 0.01, "D": 0.02, "E": 0}


def test_what_would_have_come_anyway_is_told():
    figures = run({"A": 240, "B": 228}).meta["figures"]

    assert figures["cost"] == pytest.approx(4.8 + 2.28)
    assert figures["cost_expected"] == pytest.approx(7.08 + 0.3 * 2.52)
    assert figures["anyway_share"] == pytest.approx(7.08 / (7.08 + 0.756))
    assert figures["gain_low"] <= figures["gain"] <= figures["gain_high"]


def test_without_a_response_all_of_it_is_for_what_comes_anyway():
    figures = run({"A": 240, "B": 228}, response=0.0, response_low=0.0, response_high=0.0).meta["figures"]

    assert figures["anyway_share"] == 1
    assert figures["gain"] == figures["gain_low"] == figures["gain_high"] == pytest.approx(-7.08)


def test_on_the_excess_only_what_lies_above_is_paid_for():
    rows = by_account(run({"A": 360}, on="excess"))

    assert rows["A"]["rebate"] == pytest.approx(0.01 * 120 + 0.02 * 120)


def test_with_a_growth_target_only_those_that_grew_are_paid():
    rows = by_account(run({"A": 264, "B": 240, "C": 240}, before={"A": 240, "B": 240}, growth=0.1))

    assert rows["A"]["rebate"] == pytest.approx(0.02 * 264)
    assert (rows["B"]["rebate"], rows["B"]["next_step"], rows["B"]["near"]) == (0, pytest.approx(264), True)
    assert rows["C"]["rebate"] == pytest.approx(4.8)  # bought nothing the year before


def test_counted_in_margin_the_steps_are_of_margin():
    rows = by_account(run({"A": 960}, basis="margin"))

    assert rows["A"]["amount"] == pytest.approx(240)
    assert rows["A"]["rebate"] == pytest.approx(4.8)
    assert rows["A"]["break_even"] == pytest.approx(0.02 / 0.98, abs=1e-6)


def test_winners_and_losers_against_the_present_rule():
    result = run({"A": 240, "B": 120, "C": 60}, present_thresholds="50", present_rates="0.015")

    rows = by_account(result)
    assert [rows[code]["change"] for code in "ABC"] == pytest.approx([4.8 - 3.6, 1.2 - 1.8, -0.9])
    assert (result.meta["figures"]["winners"], result.meta["figures"]["losers"]) == (1, 2)
    assert any("1 account gets more and 2 less" in warning for warning in result.meta["warnings"])


def test_what_it_would_have_cost_the_year_before_is_said():
    result = run({"A": 240}, before={"A": 120})

    assert result.meta["figures"]["cost_year_before"] == pytest.approx(1.2)
    assert any(warning.startswith("In the year before") for warning in result.meta["warnings"])


def test_without_costs_it_costs_and_what_it_brings_is_not_told():
    result = run({"A": 240, "B": 228}, cost=None)

    row = by_account(result)["B"]
    assert row["rebate"] == pytest.approx(2.28)
    assert (row["gain"], row["break_even"]) == (None, None)
    assert "brings" not in result.meta["headline"]
    assert any("what the rule brings cannot be told" in warning for warning in result.meta["warnings"])


def test_steps_of_the_book_reach_half_a_quarter_an_eighth():
    amounts = {f"C{n:02d}": 120.0 * (n + 1) for n in range(64)}

    result = run(amounts, thresholds="", rates="0.01, 0.02, 0.03")

    rates = [row["rate"] for row in result.table.to_pylist()]
    assert [sum(rate >= each for rate in rates) for each in (0.01, 0.02, 0.03)] == [
        32,
        16,
        9,
    ]  # 6,735 is rounded to 6,700


def test_a_margin_below_the_rate_never_pays():
    row = by_account(run({"A": 240}, cost=0.99))["A"]

    assert row["break_even"] is None
    assert row["rebate"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"thresholds": "100, 200, 300"}, "there are 3 steps and 2 rates"),
        ({"thresholds": "200, 100"}, "each larger than the one before"),
        ({"thresholds": "0, 100"}, "above zero"),
        ({"rates": "0.5, 1.5"}, "between 0 and 1"),
        ({"rates": "one, two"}, "no list of numbers"),
        ({"thresholds": "9000, 10000"}, "No account reaches a step"),
        ({"basis": "margin"}, "count by net sales"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(options, said):
    with pytest.raises(Refusal, match=said):
        run({"A": 240}, cost=None, **options)


def test_percent_signs_and_chinese_commas_are_understood():
    assert by_account(run({"A": 240}, thresholds="120，240", rates="1%、2%"))["A"]["rebate"] == pytest.approx(4.8)


def test_it_is_quick_for_a_hundred_thousand_accounts_and_confidential():
    from time import process_time

    import pyarrow as pa

    from vitalfew.warehouse.engines.duck import DuckEngine

    size = 100_000
    codes = pa.array([f"C{n:06d}" for n in range(size)])
    amount = np.random.default_rng(1).lognormal(8, 1.5, size)
    months = {"amount": amount, "costed": amount, "cost": 0.8 * amount, "month": np.full(size, 671)}
    frame = DuckEngine().given("sums", pa.table({"customer": codes, **months}), None)
    began = process_time()

    found = catalogue()["incentive-simulation"].function(frame, as_of=20453, currency="CNY")

    assert found.rows.num_rows == size
    assert process_time() - began < 5
    assert catalogue()["incentive-simulation"].confidential
