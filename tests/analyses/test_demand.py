from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from books import ask

from vitalfew.catalogue import Refusal
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.given import read_file
from vitalfew.warehouse.readers import Options
from vitalfew.warehouse.run import day_number, start
from vitalfew.warehouse.sources import FromTables


def needs(amounts, end="2025-12", price=2.0):
    """Order lines of one order a month for each (customer, product): quantities of the months up to the last."""
    rows = [
        (customer, product, np.datetime64(end, "M") - back, quantity)
        for (customer, product), quantities in amounts.items()
        for back, quantity in enumerate(reversed(list(quantities)))
        if quantity
    ]
    return pa.table(
        {
            "order_id": [f"O{number}" for number in range(len(rows))],
            "line_no": ["1"] * len(rows),
            "customer": [row[0] for row in rows],
            "product": [row[1] for row in rows],
            "ordered_on": [f"{row[2]}-15" for row in rows],
            "quantity": [float(row[3]) for row in rows],
            "amount": [round(float(row[3]) * price, 2) for row in rows],
        }
    )


def told(result, customer, product):
    return [row for row in result.table.to_pylist() if (row["customer"], row["product"]) == (customer, product)]


def test_the_worked_example():
    rows = told(ask("demand", needs({("A", "P"): [10, 12, 8, 10, 12, 8]}), "2025-12-31"), "A", "P")

    assert [row["mean"] for row in rows] == [10, 10, 10]
    assert np.datetime64(rows[0]["period"], "D") == np.datetime64("2026-01-01")


def test_returns_are_no_demand():
    rows = needs({("A", "P"): [10, -4, 10, 10, 10, 10]})

    assert told(ask("demand", rows, "2025-12-31"), "A", "P")[0]["low"] < 10


def test_a_new_product_is_needed_as_others_need_it():
    rows = needs({("A", "P"): [10] * 12, ("B", "P"): [20] * 12, ("C", "P"): [5], ("C", "Q"): [50] * 12})

    row = told(ask("demand", rows, "2025-12-31"), "C", "P")[0]

    assert row["method"] == "as_others"
    assert 5 < row["mean"] < 25


def test_a_product_nobody_else_takes_is_not_guessed():
    result = ask("demand", needs({("A", "P"): [10] * 12, ("B", "Q"): [5]}), "2025-12-31")

    assert told(result, "B", "Q")[0]["mean"] is None
    assert any("too young" in warning for warning in result.meta["warnings"])


def test_the_largest_only_and_the_rest_is_told():
    amounts = {("A", "P"): [100] * 12, ("A", "Q"): [50] * 12, ("B", "P"): [10] * 12}

    result = ask("demand", needs(amounts), "2025-12-31", accounts=1, each=1)

    assert {(row["customer"], row["product"]) for row in result.table.to_pylist()} == {("A", "P")}
    assert result.meta["figures"]["left_out"] == pytest.approx(60 / 160)


def test_weeks_begin_on_monday():
    row = ask("demand", needs({("A", "P"): [10] * 24}), "2025-12-31", period="week", horizon=2).table.to_pylist()[0]

    assert np.datetime64(row["period"], "D") == np.datetime64("2025-12-29")


def test_categories_need_products():
    rows = needs({("A", "P"): [10] * 12, ("A", "Q"): [1] * 12})
    products = pa.table({"product": ["P", "Q"], "name": ["p", "q"], "category": ["X", "X"]})

    found = ask("demand", rows, "2025-12-31", by="category", products=products)

    assert told(found, "A", "X")[0]["mean"] == pytest.approx(11)
    with pytest.raises(Refusal, match="products"):
        ask("demand", rows, "2025-12-31", by="category")


@pytest.fixture(scope="module")
def crowd():
    rng = np.random.default_rng(5)
    keys = [(f"A{n:02d}", f"P{m}") for n in range(30) for m in range(6)]
    return {key: rng.poisson(rng.gamma(2, 8), 40) * (rng.random(40) < rng.choice([0.3, 0.7, 1.0])) for key in keys}


def test_it_beats_last_year_and_its_intervals_hold(crowd):
    known = {key: values[:34] for key, values in crowd.items()}
    result = ask("demand", needs(known), "2025-12-31", horizon=6)

    table = result.table.to_pandas()
    keys = list(zip(table["customer"], table["product"], strict=True))
    came, naive = (np.array([crowd[key][at + n % 6] for n, key in enumerate(keys)]) for at in (34, 22))
    assert np.square(table["mean"] - came).sum() < 0.75 * np.square(naive - came).sum()
    assert 0.85 < np.mean((came >= table["low"]) & (came <= table["high"])) < 0.98
    assert result.meta["figures"]["squared_error_against_naive"] < 0.8


def test_every_forecast_lies_within_its_interval(crowd):
    parents = pa.table({"customer": [f"A{n:02d}" for n in range(30)], "name": ["x"] * 30, "parent": ["G1", "G2"] * 15})
    rows = ask("demand", needs(crowd), "2025-12-31", customers=parents).table.to_pylist()

    assert all(row["mean"] is None or row["low"] <= row["mean"] <= row["high"] for row in rows)


def test_pieces_are_whole_and_a_rare_need_lies_within_its_interval():
    rare = [1, *[0] * 25, 1, *[0] * 9]
    rows = ask("demand", needs({("A", "P"): rare, ("B", "Q"): [10, 7] * 18}), "2025-12-31").table.to_pylist()

    assert all(row["low"] <= row["mean"] <= row["high"] for row in rows)
    assert all(row[end] == int(row[end]) for row in rows for end in ("low", "high"))
    assert any(0 < row["mean"] < 1 <= row["high"] for row in rows)


def test_lines_without_a_product_are_refused_in_words():
    rows = needs({("A", "P"): [10] * 12}).drop(["product"])

    with pytest.raises(Refusal, match="product"):
        ask("demand", rows, "2025-12-31")


def test_half_a_by_product_beats_last_year(shared):
    folder = shared / "data" / "online_retail_ii_half_a"
    names = ("year_2009_2010", "year_2010_2011")
    parts = [read_file("order_lines", folder / f"{name}.parquet", Options())[0] for name in names]
    engine = DuckEngine()
    run = start(FromTables(engine, {"order_lines": pa.concat_tables(parts)}), engine, day_number(date(2011, 11, 30)))

    figures = run.result("demand", accounts=100).meta["figures"]

    assert figures["wape"] < figures["wape_naive"]
    assert 0.85 < figures["covered"] < 0.97
