from datetime import date, timedelta

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.language import say_kept

NOW = "2025-12-31"
BOOK = lines(("A", "2025-03-01", 1000, 700), ("A", "2025-09-01", 3000, 2000), ("B", "2025-05-01", 4000, 3000))
ANNUITY = 2.60922
"""Three years at 10 %."""


def invoices(*rows):
    """(customer, invoiced on, days to payment or None, amount)."""
    day = [date.fromisoformat(row[1]) for row in rows]
    return pa.table(
        {
            "invoice_id": [f"I{number}" for number in range(len(rows))],
            "customer": [row[0] for row in rows],
            "invoiced_on": day,
            "paid_on": pa.array(
                [None if row[2] is None else on + timedelta(days=row[2]) for on, row in zip(day, rows, strict=True)],
                pa.date32(),
            ),
            "amount": [float(row[3]) for row in rows],
        }
    )


def facts(*rows):
    """(customer, kind, worth[, since[, until[, source]]])."""
    full = [(*row, *(date(2025, 1, 1), None, "contract")[len(row) - 3 :]) for row in rows]
    names = ("customer", "kind", "worth", "since", "until", "source")
    columns = {name: [row[place] for row in full] for place, name in enumerate(names)}
    return pa.table({**columns, **{name: pa.array(columns[name], pa.date32()) for name in ("since", "until")}})


def costs(*rows):
    return pa.table(
        {
            "entry_id": [str(number) for number in range(len(rows))],
            "customer": [row[0] for row in rows],
            "spent_on": ["2025-06-01"] * len(rows),
            "cost": [float(row[1]) for row in rows],
        }
    )


def value(**tables):
    return ask("transaction-value", BOOK, NOW, **tables)


def test_the_worked_example():
    paid = [("A", "2025-03-01", 30, 250_000)] * 4 + [("B", "2025-03-01", 60, 10_000)] * 4

    row = by_account(value(payments=invoices(*paid)))["A"]

    assert (row["paid_days"], row["others_days"]) == (30, 60)
    assert row["payment"] == pytest.approx(4110, abs=1)
    assert row["value"] == pytest.approx(10_723, abs=2)
    assert row["low"] == row["value"] == row["high"]


def test_days_are_weighted_by_amount_and_have_an_interval():
    paid = [("A", "2025-03-01", 10, 100), ("A", "2025-03-01", 40, 300), ("A", "2025-04-01", 20, 100),
            *[("B", "2025-03-01", 60, 100)] * 3]  # fmt: skip

    row = by_account(value(payments=invoices(*paid)))["A"]

    assert row["paid_days"] == pytest.approx((10 + 3 * 40 + 20) / 5)
    assert row["low"] < row["value"] < row["high"]


def test_what_is_unpaid_has_waited_until_today():
    paid = [("A", "2025-12-01", None, 100)] * 3 + [("B", "2025-03-01", 30, 100)] * 3

    assert by_account(value(payments=invoices(*paid)))["A"]["payment"] == 0


def test_a_payment_after_the_day_is_not_known_yet():
    paid = [("A", "2025-12-21", 40, 100)] * 3 + [("B", "2025-03-01", 30, 100)] * 3

    assert by_account(value(payments=invoices(*paid)))["A"]["paid_days"] == 10


def test_two_invoices_are_too_few():
    result = value(payments=invoices(*[("A", "2025-03-01", 10, 100)] * 2, *[("B", "2025-03-01", 60, 100)] * 3))

    rows = by_account(result)
    assert rows["A"]["payment"] is None
    assert rows["B"]["paid_days"] == 60


def test_handling_compares_with_what_serving_the_others_costs():
    rows = by_account(value(service_costs=costs(("A", 100), ("B", 400))))

    assert rows["A"]["handling"] == pytest.approx(400 / 4000 * 4000 - 100)
    assert rows["B"]["handling"] == pytest.approx(100 / 4000 * 4000 - 400)
    assert rows["A"]["value"] == pytest.approx(300 * ANNUITY, rel=1e-4)
    assert (rows["A"]["order_size"], rows["B"]["order_size"]) == (2000, 4000)


def test_capacity_counts_only_if_given():
    without = value(service_costs=costs(("A", 1)))
    given = value(service_costs=costs(("A", 1)), fixed_cost=800.0)

    assert by_account(without)["A"]["capacity"] is None
    assert by_account(given)["A"]["capacity"] == 400


def test_facts_in_force_count_up_to_their_end_and_are_told_with_their_source():
    result = value(
        transaction_facts=facts(
            ("A", "entry", 100.0), ("A", "capacity", 50.0, date(2025, 1, 1), date(2026, 12, 31), None),
            ("A", "terms", 900.0, date(2024, 1, 1), date(2025, 6, 30)), ("C", "odd", 10.0, date(2026, 5, 1)),
            ("N", "odd", 7.0, None, None, "memo"),
        )
    )  # fmt: skip

    rows = by_account(result)
    assert rows["A"]["facts"] == 150
    assert rows["A"]["value"] == pytest.approx(100 * ANNUITY + 50 * 0.9533, rel=1e-3)
    said = say_kept(rows["A"]["evidence"], "en")
    assert said == (
        "Entry to other accounts: 100 a year, since 1 January 2025 (contract). Volume that fills capacity: 50 a year; no source."
    )
    assert say_kept(rows["N"]["evidence"], "en") == "Other worth of the relation: 7 a year (memo)."
    assert "C" not in rows
    assert rows["B"]["facts"] is None


def test_nothing_to_go_by_is_refused_with_what_to_bring():
    with pytest.raises(Refusal, match="capacity kept busy"):
        value()
