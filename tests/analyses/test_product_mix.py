import pyarrow as pa
import pytest

import vitalfew
from vitalfew.catalogue import Refusal


def bought(rows):
    """Order lines from (customer, category, amount); the category is the product."""
    n = len(rows)
    return pa.table(
        {
            "order_id": [str(number) for number in range(n)],
            "line_no": ["1"] * n,
            "customer": [row[0] for row in rows],
            "product": [row[1] for row in rows],
            "ordered_on": ["2025-06-15"] * n,
            "quantity": [1.0 if row[2] > 0 else -1.0 for row in rows],
            "amount": [float(row[2]) for row in rows],
        }
    )


def ask(rows, **more):
    tables = {name: more.pop(name) for name in list(more) if isinstance(more[name], pa.Table)}
    return vitalfew.analyse("product-mix", as_of="2025-12-31", order_lines=bought(rows), options=more, **tables)


def crowd():
    """Thirty buy a and b, evenly; one of their kind buys a only; thirty others buy c."""
    rows = [(f"A{n:02d}", product, 50) for n in range(30) for product in "ab"]
    return [*rows, ("LONE", "a", 200), *((f"C{n:02d}", "c", 70) for n in range(30))]


def test_what_goes_with_what_it_buys_is_missing():
    row = next(row for row in ask(crowd()).table.to_pylist() if row["customer"] == "LONE" and row["category"] == "b")

    assert (row["kind"], row["because"], row["both"], row["bought"]) == ("cross", "a", 30, 0)
    assert row["lift"] == pytest.approx(61 / 31, abs=1e-4)
    assert row["lift_low"] > 1
    assert row["gap"] == pytest.approx(row["likely"] * 0.5 * 200, abs=0.02)
    assert row["breadth"] == 1.0


def test_what_it_buys_less_of_than_its_like():
    rows = [(f"A{n:02d}", product, 50) for n in range(30) for product in "ab"]
    rows += [("LOW", "a", 190), ("LOW", "b", 10)]

    row = next(row for row in ask(rows).table.to_pylist() if row["customer"] == "LOW")

    assert (row["category"], row["kind"], row["bought"]) == ("b", "up", 10)
    assert row["gap"] == pytest.approx((30 / 31) * (100 - 10), abs=0.1)


def test_the_largest_gap_comes_first_and_only_so_many():
    gaps = ask(crowd(), each=1).table

    assert gaps["gap"].to_pylist() == sorted(gaps["gap"].to_pylist(), reverse=True)
    assert len(gaps["customer"]) == len(set(gaps["customer"].to_pylist()))


def test_like_means_of_one_kind():
    rows = crowd()
    customers = pa.table(
        {
            "customer": sorted({row[0] for row in rows}),
            "name": ["x"] * 61,
            "kind": ["distributor" if code[0] in "AL" else "industrial" for code in sorted({row[0] for row in rows})],
        }
    )

    alike = {
        (row["customer"], row["category"]): row["likely"] for row in ask(rows, customers=customers).table.to_pylist()
    }
    all_one = {(row["customer"], row["category"]): row["likely"] for row in ask(rows).table.to_pylist()}

    assert alike["LONE", "c"] < all_one["LONE", "c"]


def test_accounts_that_only_gave_back_are_left_out():
    assert ask([*crowd(), ("BACK", "a", -5)]).meta["figures"]["accounts"] == 61


def test_equal_accounts_leave_no_room():
    result = ask([(f"A{n:02d}", product, 50) for n in range(30) for product in "ab"])

    assert (len(result.table), result.meta["headline"]) == (0, "Every account buys what similar accounts buy")


def test_a_handful_of_accounts_is_refused_in_words():
    with pytest.raises(Refusal, match="At least 10 accounts"):
        ask([("A", "a", 1), ("A", "b", 1)])


def test_the_map_shows_what_is_bought_and_what_is_missing():
    result = ask(crowd())
    spec = result.chart().spec
    cells = {
        (spec["names"][row], spec["columns"][column]): (there, missing)
        for row, column, there, missing in spec["points"]
    }
    gap = next(row["gap"] for row in result.table.to_pylist() if row["customer"] == "LONE" and row["category"] == "b")

    assert spec["names"][0] == "LONE"
    assert len(spec["names"]) == 20
    assert cells["LONE", "a"] == (200, 0)
    assert cells["LONE", "b"] == (0, round(gap))
    assert result.chart().svg()
