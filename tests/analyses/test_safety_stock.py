from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

import vitalfew
from vitalfew.catalogue import Refusal

END = date(2025, 12, 28)


def sold(quantities, product="P", customer="A", late=(), first=7):
    """A line a week, the last on the last day; promised after a week, delivered so many days later."""
    n = len(quantities)
    days = [END - timedelta(days=7 * (n - 1 - week)) for week in range(n)]
    delays = list(late) or [0] * n
    return pa.table(
        {
            "order_id": [f"{customer}{product}{week}" for week in range(n)],
            "line_no": ["1"] * n,
            "customer": [customer] * n,
            "product": [product] * n,
            "ordered_on": days,
            "quantity": [float(q) for q in quantities],
            "amount": [float(q) for q in quantities],
            "promised_on": [day + timedelta(days=first) for day in days],
            "delivered_on": [day + timedelta(days=first + delay) for day, delay in zip(days, delays, strict=True)],
        }
    )


def counted(quantity, product="P", place="W", day=END, on_order=0.0):
    return pa.table(
        {"product": [product], "place": [place], "counted_on": [day], "quantity": [quantity], "on_order": [on_order]}
    )


def ask(lines, stock, **more):
    tables = {name: more.pop(name) for name in list(more) if isinstance(more[name], pa.Table)}
    return vitalfew.analyse("safety-stock", as_of=END, order_lines=lines, stock=stock, options=more, **tables)


def test_days_of_cover_and_the_day_the_shelf_is_empty():
    row = ask(sold([70] * 26), counted(100.0)).table.to_pylist()[0]

    assert (row["customer"], row["daily"], row["deviation"], row["days_of_cover"]) == (None, 10.0, 0.0, 10.0)
    assert np.datetime64(row["empty_on"], "D") == np.datetime64(END + timedelta(days=10))
    assert (row["lead_days"], row["safety_stock"], row["reorder_point"]) == (7.0, 0.0, 70.0)
    assert (row["short"], row["order_now"], row["enough"]) == (0.0, 0.0, 1.0)


def test_the_textbook_example_by_the_week():
    """Mean 2,500 and sd 500 a day, lead time 7 days with sd 7, at 90 %."""
    weekly = 17_500 + 500 * 7**0.5 * np.array([1, -1] * 13) * (25 / 26) ** 0.5
    row = ask(
        sold(weekly.round(4)), counted(0.0), level=0.9, lead_days=7, lead_deviation=7, weeks=26
    ).table.to_pylist()[0]

    assert row["daily"] == pytest.approx(2500)
    assert row["deviation"] == pytest.approx(500, rel=1e-4)
    # the deviation over the lead time is above half of its mean: gamma asks for more than the normal 22,491
    assert row["safety_stock"] > 22_491
    assert (row["short"], row["enough"]) == (17_500, 0.0)


def test_what_is_short_is_the_demand_until_goods_come():
    row = ask(sold([70] * 26), counted(20.0, on_order=10.0)).table.to_pylist()[0]

    assert row["short"] == 10 * (7 - 2) - 10
    assert row["order_now"] == 70 - 20 - 10


def test_places_are_added_and_only_their_latest_counts():
    stock = pa.concat_tables([counted(30.0), counted(40.0, place="V"), counted(999.0, day=END - timedelta(days=14))])

    assert ask(sold([70] * 26), stock).table.to_pylist()[0]["on_hand"] == 70


def test_deliveries_that_vary_ask_for_stock():
    steady = ask(sold([70] * 26), counted(50.0)).table.to_pylist()[0]
    varying = ask(sold([70] * 26, late=[0, 6] * 13), counted(50.0)).table.to_pylist()[0]

    assert varying["lead_days"] == steady["lead_days"] + 3
    assert varying["safety_stock"] > steady["safety_stock"] == 0


def test_a_customers_shelf_goes_by_what_it_sold_on():
    weeks = [END - timedelta(days=7 * back) for back in range(12)]
    sell_out = pa.table(
        {
            "customer": ["A"] * 12,
            "product": ["P"] * 12,
            "date": weeks,
            "quantity": [14.0] * 12,
            "stock_after": [6.0 + back for back in range(12)],
        }
    )

    result = ask(sold([70] * 26), counted(500.0), sell_out=sell_out)
    theirs = result.table.to_pylist()[1]

    assert (theirs["customer"], theirs["on_hand"], theirs["daily"], theirs["days_of_cover"]) == ("A", 6.0, 2.0, 3.0)
    assert theirs["short"] == 2 * (7 - 3)
    assert result.meta["figures"]["short_at_customers"] == 1


def test_a_shelf_long_untold_is_left_out_and_said():
    sell_out = pa.table(
        {
            "customer": ["A"],
            "product": ["P"],
            "date": [END - timedelta(days=90)],
            "quantity": [1.0],
            "stock_after": [5.0],
        }
    )

    result = ask(sold([70] * 26), counted(500.0), sell_out=sell_out)

    assert len(result.table) == 1
    assert any("left out" in warning for warning in result.meta["warnings"])


def test_few_weeks_tell_no_safety_stock():
    result = ask(sold([70] * 3), counted(5.0))

    row = result.table.to_pylist()[0]
    assert (row["safety_stock"], row["order_now"]) == (None, None)
    assert any("fewer than 8 weeks" in warning for warning in result.meta["warnings"])


def test_what_nobody_buys_is_never_empty():
    stock = pa.concat_tables([counted(5.0), counted(9.0, product="Q")])

    rows = {row["product"]: row for row in ask(sold([70] * 26), stock).table.to_pylist()}

    assert (rows["Q"]["daily"], rows["Q"]["days_of_cover"], rows["Q"]["empty_on"]) == (0.0, None, None)


def test_without_stock_it_is_refused_in_words():
    with pytest.raises(Refusal, match="Stock counts"):
        vitalfew.analyse("safety-stock", order_lines=sold([1] * 9))


def test_what_a_piece_costs_sets_the_service_level():
    lines, stock = sold([50, 10, 40, 20] * 7), counted(10.0)
    asked = ask(lines, stock, too_few=55, too_many=5)

    assert asked.meta["figures"]["level"] == pytest.approx(0.917, abs=5e-4)
    assert asked.table.equals(ask(lines, stock, level=55 / 60).table)


def test_half_of_the_costs_is_refused():
    with pytest.raises(Refusal, match="too many"):
        ask(sold([50, 10, 40, 20] * 7), counted(10.0), too_few=55)
