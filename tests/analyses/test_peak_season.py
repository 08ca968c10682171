from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

import vitalfew
from vitalfew.catalogue import Refusal

END = date(2025, 12, 31)
FESTIVALS = tuple(
    date.fromisoformat(day)
    for day in ("2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29")
)
NEXT = date(2026, 2, 17)


def lines(weight, years=4, customer="A", seed=3):
    """A line a day, its quantity about what ``weight`` says of the day."""
    rng = np.random.default_rng(seed)
    days = [END - timedelta(days=n) for n in range(round(365.25 * years))][::-1]
    quantities = [max(round(100 * weight(day) * rng.normal(1, 0.1)), 1) for day in days]
    return pa.table(
        {
            "order_id": [f"{customer}{n}" for n in range(len(days))], "line_no": ["1"] * len(days),
            "customer": [customer] * len(days), "product": ["P"] * len(days), "ordered_on": days,
            "quantity": [float(each) for each in quantities], "amount": [float(each) for each in quantities],
        }
    )  # fmt: skip


def ask(table, **options):
    products = pa.table({"product": ["P"], "name": ["Fan"], "category": ["Fans"]})
    return vitalfew.analyse("peak-season", as_of=END, order_lines=table, products=products, options=options)


def before_spring_festival(day):
    return 2.0 if any(0 < (each - day).days <= 28 for each in (*FESTIVALS, NEXT)) else 1.0


def test_a_peak_of_the_common_calendar_is_found_with_its_interval_and_its_next_day():
    row = ask(lines(lambda day: 2.0 if day.month == 6 else 1.0)).table.to_pylist()[0]

    assert (row["category"], row["follows"], row["months"], row["years"]) == ("Fans", "common", "6", 4)
    assert row["index"] == pytest.approx(2 / (1 + 30 / 365.25), rel=0.03)
    assert 1 < row["low"] < row["index"] < row["high"]
    assert [np.datetime64(row[name], "D") for name in ("begins", "ends")] == [
        np.datetime64("2026-06-01"), np.datetime64("2026-06-30")
    ]  # fmt: skip


def test_a_peak_before_spring_festival_moves_with_it():
    row = ask(lines(before_spring_festival, years=5)).table.to_pylist()[0]

    assert (row["follows"], row["months"]) == ("chinese", "12")
    assert np.datetime64(row["ends"], "D") == np.datetime64(NEXT - timedelta(days=1))


def test_a_year_alone_tells_no_season():
    with pytest.raises(Refusal, match="two whole years"):
        ask(lines(before_spring_festival, years=1.5))


def test_chance_is_no_peak():
    rng = np.random.default_rng(5)

    assert ask(lines(lambda _day: rng.gamma(0.5, 2.0))).table.num_rows == 0


def test_months_across_the_turn_of_the_year_are_one_peak_that_runs():
    rows = ask(lines(lambda day: 2.5 if day.month in {12, 1} else 1.0)).table.to_pylist()

    assert [(row["months"], np.datetime64(row["begins"], "D")) for row in rows] == [
        ("12-1", np.datetime64("2025-12-01"))
    ]


def test_one_large_order_a_year_is_no_season():
    table = lines(lambda _day: 1.0)
    rare = table.filter([(each.month, each.day) in {(6, 10), (10, 3)} for each in table["ordered_on"].to_pylist()])

    with pytest.raises(Refusal, match="two whole years"):
        ask(rare)


def test_a_month_that_was_high_in_one_year_alone_is_no_peak():
    assert ask(lines(lambda day: 9.0 if (day.year, day.month) == (2024, 6) else 1.0)).table.num_rows == 0
