from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.language import say_kept
from vitalfew.panels import Panel
from vitalfew.phrases.contribution import way_out
from vitalfew.sentences import kept

END = "2025-12-31"


def served(**costs):
    """One service entry an account, or several given as a list."""
    rows = [(code, cost) for code, each in costs.items() for cost in (each if isinstance(each, list) else [each])]
    return pa.table(
        {
            "entry_id": [str(number) for number in range(len(rows))],
            "customer": [row[0] for row in rows],
            "spent_on": [date(2025, 6, 20)] * len(rows),
            "cost": [float(row[1]) for row in rows],
        }
    )


def earning(n=6):
    """Accounts with a margin of 20 % that cost 10 % of their net sales to serve."""
    return [(f"E{number}", "2025-06-05", 1000, 800) for number in range(n)], {f"E{number}": 100 for number in range(n)}


def assets(rows, costs, **more):
    return ask("negative-assets", lines(*rows), END, service_costs=served(**costs), **more)


def test_the_worked_example():
    rows, costs = earning()

    row = by_account(assets([*rows, ("L", "2025-06-05", 1000, 1010)], {**costs, "L": 40}))["L"]

    assert (row["earned"], row["reason"], row["way_out"]) == (-50, "price", "reprice")
    assert (row["price"], row["service"], row["price_rise"]) == (210, -60, 0.05)


def test_service_is_the_reason_and_serving_for_less_the_way_out():
    rows, costs = earning()

    row = by_account(assets([*rows, ("L", "2025-06-05", 1000, 800)], {**costs, "L": [50] * 5}))["L"]

    assert (row["earned"], row["reason"], row["service"]) == (-50, "service", 150)
    assert (row["way_out"], row["service_less"]) == ("serve_less", 50)


def test_returns_are_the_reason_where_much_comes_back():
    rows, costs = earning()
    lossy = [("L", "2025-06-05", 2000, 1600), ("L", "2025-07-05", -1500, -1200)]

    row = by_account(assets([*rows, *lossy], {**costs, "L": 110}))["L"]

    assert (row["earned"], row["reason"]) == (-10, "returns")
    assert row["returns"] == pytest.approx(1500 * 0.2)
    assert (row["way_out"], row["returns_less"]) == ("fewer_returns", pytest.approx(10 / 300, abs=1e-6))


def test_money_that_waits_is_the_reason_where_it_waits_long():
    rows, costs = earning()
    payments = pa.table(
        {
            "invoice_id": ["1"], "customer": ["L"], "invoiced_on": [date(2025, 1, 10)], "paid_on": [date(2025, 12, 26)],
            "amount": [1000.0],
        }
    )  # fmt: skip

    row = by_account(
        assets([*rows, ("L", "2025-06-05", 1000, 800)], {**costs, "L": 110}, payments=payments, capital_rate="0.2")
    )["L"]

    assert row["reason"] == "credit"
    assert row["earned"] == pytest.approx(90 - 1000 * 350 / 365 * 0.2, abs=1e-3)
    assert (row["way_out"], row["days_less"]) == ("shorter_terms", 186)


def test_goods_far_below_cost_are_turned_quickly_or_let_go():
    rows, costs = earning()

    row = by_account(assets([*rows, ("L", "2025-06-05", 1000, 1400)], costs))["L"]

    assert (row["reason"], row["way_out"], row["price_rise"]) == ("price", "let_go", 0.4)


def test_positive_and_negative_sums_by_reason():
    rows, costs = earning()
    losers = [("L", "2025-06-05", 1000, 1010), ("M", "2025-06-05", 1000, 800)]

    figures = assets([*rows, *losers], {**costs, "L": 40, "M": 250}).meta["figures"]

    assert (figures["positive_sum"], figures["negative_sum"], figures["below_zero"]) == (600, -100, 2)
    assert figures["ratio"] == pytest.approx(1 / 6)
    assert (figures["lost_by_price"], figures["lost_by_service"]) == (50, 50)


def test_nobody_below_zero_is_said():
    result = assets(*earning())

    assert (len(result.table), result.meta["headline"]) == (0, "No account costs more than it brings")


def test_a_book_in_which_nobody_earns_has_no_ratio():
    result = assets([("L", "2025-06-05", 100, 200)], {"L": 1})

    assert result.meta["figures"]["ratio"] is None
    assert "none earned anything" in result.meta["headline"]


def test_without_costs_it_is_refused_in_words():
    with pytest.raises(Refusal, match="No cost is known"):
        ask("negative-assets", lines(("A", "2025-06-05", 10)), END)


def test_returns_alone_are_no_division_by_zero():
    rows, costs = earning()

    row = by_account(assets([*rows, ("L", "2025-06-05", -100, -50)], {**costs, "L": 5}))["L"]

    assert row["earned"] == -55
    assert row["price_rise"] is None


def spent(*entries):
    """(account, activity, cost) each."""
    table = served(**{f"x{number}": entry[2] for number, entry in enumerate(entries)})
    table = table.set_column(1, "customer", pa.array([entry[0] for entry in entries]))
    return table.append_column("activity", pa.array([entry[1] for entry in entries]))


def test_the_way_out_names_the_activity_that_cost_most():
    rows, costs = earning()
    entries = [*((code, "visit", cost) for code, cost in costs.items()), ("L", "freight", 90), ("L", "freight", 90)]
    entries += [("L", "visit", 70)]

    found = ask("negative-assets", lines(*rows, ("L", "2025-06-05", 1000, 800)), END, service_costs=spent(*entries))

    row = by_account(found)["L"]
    panel = Panel(found.table.filter(pc.equal(found.table["customer"], "L")))
    assert (row["way_out"], row["activity"]) == ("serve_less", "freight")
    assert [say_kept(each[0].as_py(), "en") for each in map(kept, way_out(panel, "CNY")) if each[0].is_valid] == [
        "Serving it for ¥50 less would end the loss; what cost most: Freight, ¥180."
    ]


def test_an_activity_of_ones_own_is_named_as_it_is():
    panel = Panel(
        pa.table(
            {"customer": ["L", "M"], "way_out": ["serve_less"] * 2, "activity": ["上门安装", None]}
            | {
                "price_rise": [0.1] * 2,
                "service_less": [30, 20],
                "activity_cost": [90, None],
                "returns_less": [None, 0.2],
                "days_less": [1, 1],
            }
        )
    )

    said = kept(*way_out(panel, "CNY"))

    assert [say_kept(each, "en") for each in said.to_pylist()] == [
        "Serving it for ¥30 less would end the loss; what cost most: 上门安装, ¥90.",
        "Serving it for ¥20 less would end the loss.",
    ]


def test_entries_of_unlike_activities_are_never_counted_as_one():
    """Twelve large bookings of one activity and many small ones of another: the way out is money, not a number of them."""
    rows, costs = earning()
    entries = [*((code, "visit", cost) for code, cost in costs.items()), *(("L", "support", 25),) * 12]
    entries += [("L", "visit", 0.5)] * 60

    row = by_account(
        ask("negative-assets", lines(*rows, ("L", "2025-06-05", 1000, 800)), END, service_costs=spent(*entries))
    )["L"]

    assert (row["service_less"], row["activity"], row["activity_cost"]) == (130, "support", 300)
