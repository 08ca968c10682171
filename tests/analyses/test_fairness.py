"""Small accounts served worse: by hand, and in the demo book, whose small ones were neglected on purpose."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.demobook import generate
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

LARGE, SMALL = ("L1", "L2", "L3"), tuple(f"S{n}" for n in range(8))


def two_years(late=()):
    """Three large and eight small accounts, an order a month; the small in ``late`` get theirs late."""
    rows, promised, delivered = [], [], []
    for code in (*LARGE, "M1", *SMALL):
        for month in range(24):
            day = date(2024 + month // 12, month % 12 + 1, 10)
            rows.append((code, day.isoformat(), 1000 if code in LARGE else 100 if code == "M1" else 10))
            promised.append(day + timedelta(days=5))
            delivered.append(day + timedelta(days=9 if code in late else 5))
    return lines(*rows, promised_on=promised, delivered_on=delivered)


def complaint(number, customer, received, days, category="quality"):
    first = date.fromisoformat(received)
    return {
        "complaint_id": number, "customer": customer, "received_on": first, "category": category,
        "first_reply_on": first + timedelta(days=days),
    }  # fmt: skip


def test_who_gets_its_goods_late_is_named():
    rows = by_account(ask("fairness", two_years(late=("S6", "S7")), "2025-12-31", large=0.25))

    assert (rows["S6"]["size"], rows["S6"]["on_time"], rows["S6"]["sign"]) == ("small", 0.0, "late")
    assert {code for code, row in rows.items() if row["neglected"]} == {"S6", "S7"}
    assert {rows[code]["size"] for code in LARGE} == {"large"}


def test_slow_replies_and_what_it_says_itself():
    complaints = pa.Table.from_pylist(
        [
            complaint("1", "L1", "2025-05-02", 1), complaint("2", "S2", "2025-05-02", 12),
            complaint("3", "S3", "2025-05-02", 1, "fairness"), complaint("4", "S4", "2025-05-02", 3),
        ]
    )  # fmt: skip
    rows = by_account(ask("fairness", two_years(), "2025-12-31", complaints=complaints, large=0.25))

    assert {code: row["sign"] for code, row in rows.items() if row["neglected"]} == {
        "S2": "slow_reply",
        "S3": "says_so",
    }


def test_visited_before_and_no_more_while_it_buys_on():
    visits = [
        ("S5", date(2025, 1, 15)),
        ("S5", date(2025, 3, 15)),
        ("S6", date(2025, 3, 15)),
        ("S6", date(2025, 11, 1)),
    ]
    costs = pa.table(
        {
            "entry_id": [str(n) for n in range(4)],
            "customer": [code for code, _ in visits],
            "spent_on": [day for _, day in visits],
            "activity": ["visit"] * 4,
            "cost": [1.0] * 4,
        }
    )
    rows = by_account(ask("fairness", two_years(), "2025-12-31", service_costs=costs, large=0.25))

    assert {code: row["sign"] for code, row in rows.items() if row["neglected"]} == {"S5": "not_visited"}
    assert rows["S6"]["visits"] == 2


def shared_out(*lines):
    names = ("customer", "decided_on", "needed", "given")
    return pa.Table.from_pylist(
        [dict(zip(names, (code, date.fromisoformat(on), *amounts), strict=True)) for code, on, *amounts in lines]
    )


def test_who_is_cut_more_often_than_accounts_like_it_is_named():
    allotted = shared_out(
        ("S2", "2025-03-01", 10, 7), ("S2", "2025-06-01", 10, 0), ("S2", "2025-09-01", 10, 12), ("S2", "2024-12-01", 10, 0),
        ("S3", "2025-03-01", 10, 8), ("S4", "2025-03-01", 10, 7.9), ("L1", "2025-03-01", 10, 9), ("L2", "2025-03-01", 10, 10),
        ("strange", "2025-03-01", 10, 0), ("S5", "2025-03-01", 0, 0),
    )  # fmt: skip

    result = ask("fairness", two_years(), "2025-12-31", allotted=allotted, large=0.25)
    rows, figures = by_account(result), result.meta["figures"]

    assert (rows["S2"]["cuts"], rows["S2"]["cuts_alike"], rows["S2"]["sign"]) == (2, 0.5, "cut")
    assert rows["S2"]["allotted"] == pytest.approx((0.7 + 0 + 1) / 3)
    assert (rows["S3"]["cuts"], rows["S4"]["cuts"], rows["L1"]["cuts_alike"], rows["S5"]["cuts"]) == (0, 1, 0, None)
    assert {code for code, row in rows.items() if row["neglected"]} == {"S2"}
    assert figures["allotted_large"] == pytest.approx(0.95)
    assert figures["allotted_small"] == pytest.approx(((0.7 + 0 + 1) / 3 + 0.8 + 0.79) / 3)


def test_where_all_of_a_size_are_cut_as_often_no_one_of_them_is_named_for_it():
    allotted = shared_out(*((code, day, 10, 1) for code in SMALL for day in ("2025-03-01", "2025-06-01")))

    rows = by_account(ask("fairness", two_years(), "2025-12-31", allotted=allotted, large=0.25))

    assert (rows["S2"]["cuts"], rows["S2"]["cuts_alike"], rows["S2"]["neglected"]) == (2, 2, False)


def test_what_is_alike_is_not_called_worse():
    result = ask("fairness", two_years(), "2025-12-31", large=0.25)

    assert result.meta["figures"]["on_time_difference"] == 0
    assert result.meta["figures"]["neglected"] == 0
    assert "not surely served worse" in result.meta["headline"]
    assert any("days to the first reply" in warning for warning in result.meta["warnings"])


def test_the_neglect_planted_in_the_demo_book_is_found():
    book, engine = generate(), DuckEngine()
    result = start(FromTables(engine, book.tables), engine).result("fairness")
    figures, rows = result.meta["figures"], by_account(result)
    planted = [
        row for row in book.truth.to_pylist()
        if row["cause"] == "neglect_small" and row["customer"] in rows and rows[row["customer"]]["size"] == "small"
    ]  # fmt: skip

    assert figures["reply_days_low"] > 0
    assert figures["on_time_high"] < 0
    assert figures["lost_low"] > 0
    assert "3 of 3" in result.meta["headline"]
    assert planted
    assert all(rows[row["customer"]]["neglected"] for row in planted)


def test_too_few_accounts_are_refused_in_words():
    with pytest.raises(Refusal, match="too few"):
        ask("fairness", lines(("A", "2025-01-05", 10), ("B", "2025-02-05", 10)), "2025-12-31")
