from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal

END = date(2025, 12, 31)


def invoiced(*rows):
    """(customer, invoiced on, due on, paid on, amount)"""
    names = ("customer", "invoiced_on", "due_on", "paid_on", "amount")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    for name in ("invoiced_on", "due_on", "paid_on"):
        columns[name] = pa.array([day and date.fromisoformat(day) for day in columns[name]], pa.date32())
    return pa.table({"invoice_id": [str(number) for number in range(len(rows))], **columns})


def master(**limits):
    return pa.table(
        {
            "customer": list(limits),
            "name": ["x"] * len(limits),
            "credit_limit": [float(each) for each in limits.values()],
        }
    )


def sold(*codes, amount=100):
    return lines(*((code, f"2025-{month:02d}-10", amount) for code in codes for month in range(1, 13)))


def watch(payments, rows=None, **more):
    return ask("credit-watch", rows or sold("A"), END.isoformat(), payments=payments, **more)


def monthly(code, late, amount=100.0):
    """An invoice a month due on the first of the next, paid so many days after; the last month is November."""
    made = []
    for back, days in enumerate(reversed(late)):
        month = np.datetime64("2025-11", "M") - back
        due = (month + 1).astype("datetime64[D]").astype(object)
        made.append((code, f"{month}-01", due.isoformat(), (due + timedelta(days=int(days))).isoformat(), amount))
    return made


def test_an_account_that_pays_later_and_later():
    row = by_account(watch(invoiced(*monthly("A", [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]))))["A"]

    assert (row["sign"], row["slope"], row["owed"]) == ("slower", 2.0, 0.0)
    assert row["p_value"] < 0.001
    assert row["late_days"] == pytest.approx(np.mean([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]))


def test_what_is_unpaid_and_long_past_due_is_gravest():
    payments = invoiced(("A", "2025-10-01", "2025-11-01", None, 300.0), ("A", "2025-12-20", "2026-01-20", None, 50.0))

    row = by_account(watch(payments, customers=master(A=200)))["A"]

    assert (row["sign"], row["owed"], row["overdue"], row["oldest"]) == ("overdue", 350, 300, 60)
    assert row["used"] == 1.75


def test_more_than_its_limit():
    payments = invoiced(("A", "2025-12-20", "2026-01-20", None, 500.0))

    row = by_account(watch(payments, customers=master(A=400)))["A"]

    assert (row["sign"], row["overdue"], row["used"], row["late_days"]) == ("over_limit", 0, 1.25, None)


def test_who_grew_over_the_year_does_not_buy_less():
    payments = invoiced(*monthly("A", [20] * 12))
    before = [("A", f"2024-{month:02d}-10", 50) for month in range(1, 13)]
    halves = [("A", f"2025-{month:02d}-10", 100 if month < 7 else 60) for month in range(1, 13)]

    assert by_account(watch(payments, lines(*before, *halves)))["A"]["sign"] == "late"


def test_late_and_buying_less_is_graver_than_late():
    falling = lines(*(("A", f"2025-{month:02d}-10", 100 if month < 7 else 60) for month in range(1, 13)))
    payments = invoiced(*monthly("A", [20, 19, 21, 20, 20, 20]))

    assert by_account(watch(payments, falling))["A"]["sign"] == "falling"
    assert by_account(watch(payments))["A"]["sign"] == "late"


def test_who_pays_in_time_is_left_in_peace():
    row = by_account(watch(invoiced(*monthly("A", [-3, 0, 1, -2, 0, 2, 0, 1, 0, 0]))))["A"]

    assert row["sign"] == "none"


def test_payment_terms_stand_in_for_a_due_date():
    payments = invoiced(("A", "2025-10-01", None, "2025-12-10", 100.0))
    customers = master(A=500).append_column("payment_terms_days", pa.array([60]))

    assert by_account(watch(payments, customers=customers))["A"]["late_days"] == 10
    assert by_account(watch(payments))["A"]["late_days"] == 40


def test_a_payment_after_the_day_asked_about_has_not_come_yet():
    payments = invoiced(("A", "2025-11-01", "2025-12-01", "2026-02-01", 100.0))

    row = by_account(watch(payments))["A"]

    assert (row["owed"], row["overdue"], row["oldest"]) == (100, 100, 30)


def test_what_goes_with_the_largest():
    rows = lines(("A", "2025-06-05", 600, 500), ("B", "2025-06-05", 400, 100))
    payments = invoiced(("A", "2025-12-20", "2026-01-20", None, 80.0), ("B", "2025-12-20", "2026-01-20", None, 1.0))

    result = watch(payments, rows)

    figures = result.meta["figures"]
    assert (figures["largest"], figures["largest_sales"], figures["largest_contribution"]) == ("A", 0.6, 0.25)
    assert (figures["largest_owes"], figures["effective_accounts"]) == (80.0, pytest.approx(1 / 0.52))
    assert any("60.0 % of sales and 25.0 % of contribution" in warning for warning in result.meta["warnings"])


def test_a_largest_that_loses_takes_its_loss_along():
    rows = lines(("A", "2025-06-05", 600, 700), ("B", "2025-06-05", 400, 100))

    warnings = watch(invoiced(("A", "2025-12-20", None, None, 80.0)), rows).meta["warnings"]

    assert any("also a loss" in warning for warning in warnings)


def test_without_limits_nobody_exceeds_one_and_that_is_said():
    warnings = watch(invoiced(("A", "2025-12-20", None, None, 80.0))).meta["warnings"]

    assert any("No credit limit is known" in warning for warning in warnings)


def test_no_invoices_are_refused_in_words():
    with pytest.raises(Refusal, match="Invoices and their payment"):
        ask("credit-watch", sold("A"), END.isoformat())
