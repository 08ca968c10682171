from datetime import date

import numpy as np
import pyarrow as pa
import pytest

import vitalfew
from vitalfew.catalogue import Refusal

JAN, FEB = (int(np.datetime64(day, "D").astype(int)) for day in ("2026-01-01", "2026-02-01"))


def needs(*rows):
    """(customer, product, period, quantity)"""
    names = ("customer", "product", "period", "mean")
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


def stocked(quantity, product="P", on_order=0.0):
    return pa.table(
        {
            "product": [product],
            "place": ["W"],
            "counted_on": ["2025-12-31"],
            "quantity": [quantity],
            "on_order": [on_order],
        }
    )


def tiered(**tiers):
    return pa.table({"customer": list(tiers), "tier": list(tiers.values())})


def share(demand, stock, **more):
    tables = {name: more.pop(name) for name in list(more) if isinstance(more[name], pa.Table)}
    tables.setdefault("tiers", tiered(**dict.fromkeys(demand["customer"].to_pylist(), "other")))
    return vitalfew.analyse("allocation", as_of="2025-12-31", demand=demand, stock=stock, options=more, **tables)


def given_to(result):
    return {(row["customer"], row["period"]): row["allocated"] for row in result.table.to_pylist()}


def test_the_worked_example():
    result = share(
        needs(*(("ABCD"[n], "P", JAN, need) for n, need in enumerate([2, 2.6, 4, 5]))), stocked(10.0), floor=0.0
    )

    assert list(given_to(result).values()) == pytest.approx([2, 2.6, 2.7, 2.7])
    assert result.meta["figures"]["served"] == pytest.approx(10 / 13.6)


def test_tiers_are_served_in_turn_and_what_that_costs_is_told():
    demand = needs(("A", "P", JAN, 8.0), ("B", "P", JAN, 8.0))
    lines = pa.table(
        {
            "order_id": ["1"], "line_no": ["1"], "customer": ["A"], "product": ["P"], "ordered_on": ["2025-01-05"],
            "quantity": [2.0], "amount": [10.0],
        }
    )  # fmt: skip

    result = share(demand, stocked(10.0), tiers=tiered(A="bz", B="mvc"), order_lines=lines, floor=0.0)

    rows = {row["customer"]: row for row in result.table.to_pylist()}
    assert (rows["A"]["allocated"], rows["B"]["allocated"]) == (2.0, 8.0)
    assert (rows["A"]["equal_share"], rows["A"]["moved"], rows["B"]["moved"]) == (5.0, -15.0, 15.0)
    figures = result.meta["figures"]
    assert (figures["moved_money"], figures["gaining"], figures["losing"]) == (15.0, 1, 1)
    assert figures["fairness"] < figures["fairness_without_priority"] == 1.0


def test_a_floor_keeps_small_accounts_from_neglect():
    demand = needs(("A", "P", JAN, 8.0), ("B", "P", JAN, 8.0))

    result = share(demand, stocked(10.0), tiers=tiered(A="bz", B="mvc"), floor=0.5)

    assert list(given_to(result).values()) == pytest.approx([4.0, 6.0])


def test_contract_minimums_come_first():
    demand = needs(("A", "P", JAN, 8.0), ("B", "P", JAN, 8.0))
    promised = pa.table({"customer": ["A"], "product": ["P"], "period": ["2026-01-01"], "minimum": [7.0]})

    result = share(demand, stocked(10.0), tiers=tiered(A="bz", B="mvc"), commitments=promised, floor=0.0)

    assert list(given_to(result).values()) == pytest.approx([7.0, 3.0])
    assert result.meta["figures"]["promises_broken"] == 0


def test_promises_that_collide_are_named():
    demand = needs(("A", "P", JAN, 8.0), ("B", "P", JAN, 8.0))
    promised = pa.table({"customer": ["A", "B"], "product": ["P"] * 2, "period": [JAN] * 2, "minimum": [8.0, 6.0]})

    result = share(demand, stocked(10.0), commitments=promised)

    assert list(given_to(result).values()) == pytest.approx([5.0, 5.0])
    assert result.meta["figures"]["promises_broken"] == 2
    assert any("collide: 4 of 14" in warning and "A, B" in warning for warning in result.meta["warnings"])


def test_later_needs_of_a_higher_tier_are_kept_for_it():
    demand = needs(("A", "P", JAN, 10.0), ("B", "P", FEB, 9.0))

    result = share(demand, stocked(10.0), tiers=tiered(A="bz", B="mvc"), floor=0.0, periods=2)

    assert given_to(result) == {("A", JAN): 1.0, ("B", FEB): 9.0}


def test_capacity_for_any_product_is_made_ahead():
    demand = needs(("A", "P", JAN, 2.0), ("A", "Q", FEB, 9.0), ("A", "P", FEB, 3.0))
    capacity = pa.table({"period": ["2026-01-01", "2026-02-01"], "quantity": [7.0, 7.0]})

    result = share(demand, stocked(0.0), capacity=capacity, floor=0.0, periods=2)

    assert result.meta["figures"]["served"] == pytest.approx(1.0)


def test_capacity_bound_to_a_product_serves_no_other():
    demand = needs(("A", "P", JAN, 5.0), ("A", "Q", JAN, 5.0))
    capacity = pa.table({"period": ["2026-01-01"], "quantity": [9.0], "product": ["Q"]})

    rows = {row["product"]: row for row in share(demand, stocked(1.0), capacity=capacity).table.to_pylist()}

    assert (rows["P"]["allocated"], rows["Q"]["allocated"]) == (1.0, 5.0)


def test_packs_are_given_whole():
    demand = needs(("A", "P", JAN, 10.0), ("B", "P", JAN, 10.0))

    result = share(demand, stocked(13.0), packs=pa.table({"product": ["P"], "pack": [4.0]}), floor=0.0)

    assert sorted(given_to(result).values()) == [4.0, 8.0]


def test_a_part_of_the_stock_can_be_kept_back():
    assert share(needs(("A", "P", JAN, 9.0)), stocked(10.0), reserve=0.5).table["allocated"].to_pylist() == [5.0]


def test_enough_for_everybody_is_said_in_one_sentence():
    result = share(needs(("A", "P", JAN, 3.0)), stocked(10.0))

    assert result.meta["headline"].startswith("There is enough")
    assert result.meta["figures"]["moved_money"] == 0


def test_periods_may_be_dates_and_products_numbers_as_a_file_has_them():
    demand = pa.table(
        {"customer": ["A"], "product": [7], "period": pa.array([date(2026, 1, 1)], pa.date32()), "mean": [3.0]}
    )

    row = share(demand, stocked(2.0, product="7")).table.to_pylist()[0]

    assert (row["product"], row["period"], row["allocated"]) == ("7", JAN, 2.0)


def test_no_need_is_refused_in_words():
    with pytest.raises(Refusal, match="nothing to share out"):
        share(needs(("A", "P", JAN, 0.0)), stocked(1.0))


def test_tiers_may_be_served_at_once_by_their_weights():
    demand = needs(("A", "P", JAN, 10.0), ("B", "P", JAN, 10.0), ("C", "P", JAN, 10.0))
    tiers = tiered(A="mvc", B="mgc", C="other")

    result = share(demand, stocked(15.0), tiers=tiers, floor=0.0, rule="weights", tier_weights="3, 2, 1.5，1,1, 1")
    one, two, three = given_to(result).values()

    assert (one, two, three) == pytest.approx((7.5, 5, 2.5))
    in_turn = given_to(share(demand, stocked(15.0), tiers=tiers, floor=0.0))
    assert list(in_turn.values()) == pytest.approx([10, 5, 0])


@pytest.mark.parametrize("capacity", [3.0, 14.0, 20.0, 29.0])
def test_by_weights_too_nobody_gets_more_than_needed_and_more_stock_takes_from_nobody(capacity):
    demand = needs(*((code, "P", JAN, need) for code, need in zip("ABCDE", (9.0, 2.0, 7.0, 4.0, 8.0), strict=True)))
    tiers = tiered(A="mvc", B="mgc", C="other", D="bz", E="mvc")

    less, more = (
        given_to(share(demand, stocked(each), tiers=tiers, rule="weights")) for each in (capacity, capacity + 1)
    )

    assert sum(less.values()) == pytest.approx(min(capacity, 30.0), abs=1e-3)
    assert all(more[key] >= less[key] - 1e-6 for key in less)
    assert all(less[code, JAN] <= need + 1e-6 for code, need in zip("ABCDE", (9, 2, 7, 4, 8), strict=True))


@pytest.mark.parametrize("weights", ["1, 2", "a, b, c, d, e, f", "3, 2, 1, 0, 1, 1", "inf, 1, 1, 1, 1, 1"])
def test_weights_that_are_none_are_refused_in_words(weights):
    with pytest.raises(Refusal, match="Weights of the tiers"):
        share(needs(("A", "P", JAN, 8.0)), stocked(4.0), rule="weights", tier_weights=weights)
