"""Worked examples of the methods, as their pages print them."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.language import say_kept


def every(customer, start, gap, times, amount=100, cost=None):
    first = date.fromisoformat(start)
    tail = () if cost is None else (cost,)
    return [(customer, (first + timedelta(days=gap * n)).isoformat(), amount, *tail) for n in range(times)]


def test_whale_curve_of_the_worked_example():
    values = [400, 120, 60, 50, 15, 5, 0, -20, -80, -150]
    rows = lines(*((f"C{n:02d}", "2025-01-05", 1000, 1000 - value) for n, value in enumerate(values)))

    figures = ask("whale-curve", rows).meta["figures"]

    assert (figures["peak"], figures["peak_accounts"], figures["total"], figures["destroyed"]) == (650, 6, 400, 250)
    assert figures["peak_share"] == pytest.approx(1.625)


def test_contribution_of_the_worked_example():
    rows = lines(("A", "2025-01-05", 800, 600), ("A", "2025-01-06", 200))
    service = pa.table({"entry_id": ["1"], "customer": ["A"], "spent_on": [date(2025, 1, 20)], "cost": [50.0]})

    row = by_account(ask("contribution", rows, "2025-01-31", service_costs=service))["A"]

    assert (row["revenue"], row["gross_margin"], row["contribution"], row["costed_share"]) == (1000, 200, 150, 0.8)


def test_contribution_without_any_cost_is_not_told():
    result = ask("contribution", lines(("A", "2025-01-05", 800)))

    assert by_account(result)["A"]["contribution"] is None
    assert result.meta["figures"]["contribution"] is None


def test_rfm_scores_of_the_worked_example():
    days = {"E": 5, "D": 30, "C": 30, "B": 90, "A": 400}
    rows = lines(*((code, (date(2025, 12, 31) - timedelta(days=gone)).isoformat(), 10) for code, gone in days.items()))

    scores = {code: row["r"] for code, row in by_account(ask("rfm", rows, "2025-12-31")).items()}

    assert scores == {"E": 5, "D": 3, "C": 3, "B": 2, "A": 1}


def test_tiers_without_wallets_leave_growth_unknown():
    amounts = {"A": 60, "B": 25, "C": 10, "D": 5, "E": -3}
    rows = lines(*((code, "2025-11-05", 100, 100 - value) for code, value in amounts.items()))

    tiers = {code: row["tier"] for code, row in by_account(ask("tiers", rows, "2025-12-31")).items()}

    assert tiers == {"A": "mvc", "B": "mvc", "C": "unknown", "D": "unknown", "E": "bz"}


def test_an_account_whose_own_costs_are_unknown_is_not_called_below_zero():
    rows = lines(("A", "2025-11-05", 100, 40), ("B", "2025-11-05", 5000))

    result = ask("tiers", rows, "2025-12-31")

    row = by_account(result)["B"]
    assert (row["tier"], row["actual"], row["strategic"]) == ("unknown", None, None)
    assert by_account(result)["A"]["tier"] == "mvc"
    assert "1 account no cost is known" in result.meta["warnings"][0]


def service(currency=None, **costs):
    return pa.table(
        {
            "entry_id": list(costs), "customer": list(costs), "spent_on": [date(2025, 11, 20)] * len(costs),
            "cost": [float(cost) for cost in costs.values()], "currency": pa.array([currency] * len(costs), pa.string()),
        }
    )  # fmt: skip


def test_who_was_served_and_ordered_nothing_is_a_loss():
    rows = lines(("A", "2025-11-05", 100, 40), ("B", "2024-01-05", 100, 40))
    costs = service(A=10, B=30, C=5)

    result = ask("contribution", rows, "2025-12-31", service_costs=costs, months=12)

    told = {code: row["contribution"] for code, row in by_account(result).items()}
    assert told == {"A": 50, "B": -30, "C": -5}
    figures = result.meta["figures"]
    assert (figures["accounts"], figures["below_zero"], figures["cost_to_serve"]) == (3, 2, 45)
    assert by_account(ask("tiers", rows, "2025-12-31", service_costs=costs))["B"]["tier"] == "bz"
    assert ask("whale-curve", rows, "2025-12-31", service_costs=costs).meta["figures"]["below_zero"] == 1
    lost = by_account(ask("negative-assets", rows, "2025-12-31", service_costs=costs))["B"]
    assert (lost["earned"], lost["reason"], lost["revenue"]) == (-30, "service", 0)


def test_without_any_cost_of_goods_service_alone_makes_no_loss():
    rows = lines(("A", "2025-11-05", 100), ("B", "2024-01-05", 100))

    result = ask("contribution", rows, "2025-12-31", service_costs=service(A=10, B=30), months=12)

    assert {row["contribution"] for row in by_account(result).values()} == {None}


def test_service_for_who_buys_in_another_currency_is_no_loss():
    rows = lines(
        ("A", "2025-11-05", 100, 40),
        ("B", "2025-11-05", 100, 40),
        ("U", "2025-11-05", 100, 40),
        currency=["CNY", "CNY", "USD"],
    )

    result = ask("contribution", rows, "2025-12-31", service_costs=service("CNY", A=10, U=30))

    assert {code: row["contribution"] for code, row in by_account(result).items()} == {"A": 50, "B": 60}


def test_without_costs_nobody_is_called_below_zero():
    rows = lines(("A", "2025-11-05", 100), ("B", "2025-11-05", 20), ("C", "2025-11-05", 5), ("C", "2025-11-06", -9))

    result = ask("tiers", rows, "2025-12-31")

    assert {code: row["tier"] for code, row in by_account(result).items()} == {
        "A": "mvc",
        "B": "unknown",
        "C": "unknown",
    }
    assert result.meta["headline"].endswith("who costs more than it brings cannot be told")
    assert ask("contribution", rows, "2025-12-31").meta["headline"].startswith("What 3 accounts earn us cannot be told")


def test_tiers_with_wallets_tell_who_can_grow():
    rows = lines(("A", "2025-11-05", 100, 40), ("B", "2025-11-05", 100, 90), ("C", "2025-11-05", 100, 95))
    wallet = pa.table({"customer": ["B", "C"], "period": ["2025-11", "2025-11"], "total_spend": [1000.0, 110.0]})

    tiers = {code: row["tier"] for code, row in by_account(ask("tiers", rows, "2025-12-31", wallet=wallet)).items()}

    assert tiers == {"A": "mvc", "B": "mgc", "C": "other"}


def test_retention_of_the_worked_example():
    rows = lines(
        ("A", "2024-03-05", 100), ("B", "2024-03-05", 50), ("C", "2024-01-05", 50),
        ("A", "2025-03-05", 120), ("C", "2025-03-05", 25), ("D", "2025-03-05", 80),
    )  # fmt: skip

    figures = ask("retention", rows, "2025-12-31").meta["figures"]

    assert figures["logo_retention"] == pytest.approx(2 / 3)
    assert figures["gross_revenue_retention"] == pytest.approx(0.625)
    assert figures["net_revenue_retention"] == pytest.approx(0.725)
    assert (figures["kept"], figures["lost"], figures["won"]) == (2, 1, 1)


def test_retention_of_a_book_shorter_than_two_years_is_refused():
    with pytest.raises(Refusal, match="12 months"):
        ask("retention", lines(("A", "2025-11-05", 10)), "2025-12-31")


def test_trend_of_the_worked_example():
    amounts = [1, 2, 4, 3, 5, 7]
    rows = lines(*(("A", f"2025-{month:02d}-10", amount) for month, amount in enumerate(amounts, 1)))

    row = by_account(ask("trend", rows, "2025-06-30"))["A"]

    assert (row["slope"], round(row["p_value"], 3), row["direction"]) == (1.0, 0.024, "steady")


def test_a_falling_account_is_called_falling():
    rows = lines(*(("A", f"2025-{month:02d}-10", 130 - 10 * month) for month in range(1, 13)))

    row = by_account(ask("trend", rows, "2025-12-31"))["A"]

    assert row["direction"] == "falling"
    assert row["slope"] == pytest.approx(-10)


def test_kinds_of_cooperation():
    seasonal = [("S", f"{year}-{month:02d}-10", 50) for year in (2022, 2023, 2024, 2025) for month in (5, 6, 7)]
    rows = lines(
        ("O", "2023-01-10", 100),
        ("U", "2025-12-01", 100),
        *every("L", "2023-01-05", 30, 36),
        *every("D", "2025-03-05", 30, 10),
        *every("P", "2023-01-05", 20, 6), *every("P", "2025-08-05", 20, 6),
        *seasonal,
    )  # fmt: skip

    kinds = {code: row["kind"] for code, row in by_account(ask("cooperation", rows, "2025-12-31")).items()}

    assert kinds == {
        "O": "one_off", "U": "undetermined", "L": "long_term", "D": "developing", "P": "phased", "S": "seasonal",
    }  # fmt: skip


def test_less_than_two_years_is_never_seasonal():
    rows = lines(*(("S", f"{year}-{month:02d}-10", 50) for year in (2024, 2025) for month in (5, 6, 7)))

    assert by_account(ask("cooperation", rows, "2025-12-31"))["S"]["kind"] != "seasonal"


def test_two_phases_in_other_months_of_the_same_half_year_are_no_season():
    """By the directions of its months alone it would be one."""
    bought = {2022: (1, 4, 5, 6, 7, 8), 2023: (4,), 2024: (2, 3, 5, 6), 2025: (5, 6)}
    rows = lines(*(("P", f"{year}-{month:02d}-10", 50) for year, months in bought.items() for month in months))

    told = by_account(ask("cooperation", rows, "2025-12-31"))["P"]

    assert (told["season_p"] < 0.01, told["season_length"] > 0.5) == (True, True)
    assert told["months_p"] > 0.05
    assert told["kind"] == "phased"


def test_the_test_on_months_is_asked_from_three_whole_years_on():
    def seasonal(first):
        days = [(year, month) for year in range(first, 2026) for month in (5, 6, 7)]
        return lines(*(("S", f"{year}-{month:02d}-10", 50) for year, month in days))

    three, two = (by_account(ask("cooperation", seasonal(first), "2025-10-31"))["S"] for first in (2022, 2023))

    assert three["months_p"] < 0.05
    assert two["months_p"] is None
    assert {three["kind"], two["kind"]} == {"seasonal"}


def test_an_unusually_long_silence_becomes_a_question():
    rows = lines(*every("A", "2024-06-01", 30, 15), *every("B", "2024-06-01", 30, 19))

    result = ask("anomalies", rows, "2025-11-30")
    found = result.table.to_pylist()

    assert found[0]["expected"] == by_account(ask("cooperation", rows, "2025-11-30"))["A"]["median_gap"]
    assert result.meta["headline"].endswith("0 with an unusually high one")
    assert [(row["customer"], row["kind"]) for row in found] == [("A", "silence")]
    assert found[0]["question"].startswith("You have not ordered")


def test_who_is_silent_is_asked_about_the_silence_only_whatever_came_before_it():
    usual = [
        (f"{2024 + month // 12}-{month % 12 + 1:02d}-{day:02d}", 100) for month in range(15) for day in (3, 13, 23)
    ]
    much = [("2025-04-03", 5000), ("2025-04-13", 5000)]
    rows = lines(*(("A", *each) for each in (*usual, *much)), ("B", "2025-05-28", 10))

    found = ask("anomalies", rows, "2025-05-28").table.to_pylist()

    assert [(row["customer"], row["kind"]) for row in found] == [("A", "silence")]


def test_a_silence_of_over_a_year_is_lost_and_no_question_any_more():
    rows = lines(*every("A", "2020-01-01", 130, 8), *every("B", "2020-01-01", 10, 140))
    last = date.fromisoformat("2020-01-01") + timedelta(days=130 * 7)

    asked = {n: ask("anomalies", rows, (last + timedelta(days=n)).isoformat()).table.to_pylist() for n in (360, 380)}

    assert {n: [row["customer"] for row in found] for n, found in asked.items()} == {360: ["A"], 380: []}


def test_a_month_far_below_usual_becomes_a_question():
    usual = [
        ("A", f"{2024 + month // 12}-{month % 12 + 1:02d}-{day:02d}", 100) for month in range(15) for day in (3, 13, 23)
    ]
    rows = lines(*usual, *(("A", f"2025-04-{day}", 1) for day in ("03", "13", "23")))

    found = ask("anomalies", rows, "2025-04-30").table.to_pylist()

    assert ("A", "drop") in [(row["customer"], row["kind"]) for row in found]


def test_beside_the_rule_stands_what_the_counts_say():
    rows = lines(
        *every("EVEN", "2022-01-03", 14, 100),
        *(("SEASON", f"{year}-{month:02d}-{day:02d}", 9) for year in (2022, 2023, 2024, 2025) for month in (5, 6, 7)
          for day in (3, 17)),
        *every("PHASED", "2022-01-03", 14, 20), *every("PHASED", "2025-03-03", 14, 20),
        *every("FEW", "2025-03-03", 30, 4),
    )  # fmt: skip

    result = ask("cooperation", rows, "2025-12-31")
    found = by_account(result)

    assert {code: (row["kind"], row["course"]) for code, row in found.items()} == {
        "EVEN": ("long_term", "even"), "SEASON": ("seasonal", "season"), "PHASED": ("phased", "phases"),
        "FEW": ("phased", "unknown"),
    }  # fmt: skip
    assert found["EVEN"]["course_bic"] == 0
    assert found["SEASON"]["course_bic"] > 20
    assert found["FEW"]["course_bic"] is None
    assert result.meta["figures"]["course_differs"] == 0


def test_a_running_contract_says_more_than_orders():
    rows = lines(
        *every("LONG", "2023-01-05", 30, 6), *every("NEW", "2023-01-05", 30, 6), *every("OVER", "2023-01-05", 30, 6),
        *every("SERVICE", "2023-01-05", 30, 6),
    )  # fmt: skip
    contracts = pa.table(
        {
            "customer": ["LONG", "NEW", "OVER", "SERVICE", "nobody"],
            "started_on": [date(2021, 1, 1), date(2025, 6, 1), *[date(2021, 1, 1)] * 3],
            "ended_on": pa.array([None, date(2026, 5, 31), date(2024, 1, 1), None, None], pa.date32()),
            "covers": [None, "", "purchases", "service", None],
        }
    )

    result = ask("cooperation", rows, "2025-12-31", contracts=contracts)

    assert {code: (row["kind"], row["basis"]) for code, row in by_account(result).items()} == {
        "LONG": ("long_term", "contract"), "NEW": ("developing", "contract"), "OVER": ("phased", "orders"),
        "SERVICE": ("phased", "orders"),
    }  # fmt: skip
    assert result.meta["figures"]["under_contract"] == 2


def test_who_buys_in_season_stays_seasonal_under_contract():
    rows = lines(*(("S", f"{year}-{month:02d}-10", 9) for year in (2022, 2023, 2024, 2025) for month in (5, 6, 7)))
    contracts = pa.table({"customer": ["S"], "started_on": [date(2021, 1, 1)]})

    row = by_account(ask("cooperation", rows, "2025-12-31", contracts=contracts))["S"]

    assert (row["kind"], row["basis"]) == ("seasonal", "orders")


def test_each_pause_is_dated():
    rows = lines(
        *every("P", "2022-01-03", 14, 10), *every("P", "2023-01-02", 14, 5), *every("P", "2024-06-03", 14, 8),
        *every("Q", "2025-01-06", 14, 25), ("ONE", "2022-01-05", 9),
    )  # fmt: skip

    result = ask("cooperation", rows, "2025-12-31")
    found = by_account(result)

    assert {code: row["pauses"] for code, row in found.items()} == {"P": 3, "Q": 0, "ONE": 1}
    assert say_kept(found["P"]["dated"], "en") == (
        "No purchase since 9 September 2024. No purchase from 27 February 2023 to 3 June 2024. "
        "No purchase from 9 May 2022 to 2 January 2023."
    )
    assert found["Q"]["dated"] is None
