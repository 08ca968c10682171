"""Cost to serve by the time it takes: hours at the rate of the capacity, and what nobody used told apart."""

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal

BOOK = lines(("A", "2025-03-05", 100_000, 60_000), ("B", "2025-03-06", 50_000, 30_000), currency=["CNY"] * 2)


def served(*rows):
    """(customer, hours, cost)."""
    return pa.table(
        {
            "entry_id": [str(number) for number, _row in enumerate(rows)],
            "customer": [row[0] for row in rows],
            "spent_on": ["2025-03-10"] * len(rows),
            "hours": pa.array([row[1] for row in rows], pa.float64()),
            "cost": [row[2] for row in rows],
            "currency": ["CNY"] * len(rows),
        }
    )


def told(rows, **options):
    return ask("contribution", BOOK, "2025-12-31", service_costs=served(*rows), **options)


def test_kaplans_hours_cost_what_the_capacity_costs_and_the_rest_is_told_apart():
    """560,000 for 700,000 minutes; 578,600 of them used."""
    hours = 578_600 / 60
    result = told([("A", hours - 100, 1), ("B", 100, 1)], capacity_cost=560_000, capacity_hours=700_000 / 60)

    figures = result.meta["figures"]
    assert figures["hour_cost"] == pytest.approx(48)
    assert figures["cost_to_serve"] == pytest.approx(462_880)
    assert figures["capacity_unused"] == pytest.approx(97_120)
    assert by_account(result)["B"]["cost_to_serve"] == pytest.approx(4_800)
    assert any("spread over no account" in said for said in result.meta["warnings"])


def test_entries_without_hours_cost_what_they_say():
    found = by_account(told([("A", 10, 1), ("A", None, 700), ("B", None, 30)], capacity_cost=1_000, capacity_hours=20))

    assert (found["A"]["cost_to_serve"], found["B"]["cost_to_serve"]) == (pytest.approx(1_200), pytest.approx(30))


def test_more_hours_than_there_are_is_said_and_leaves_the_rate():
    result = told([("A", 30, 1)], capacity_cost=1_000, capacity_hours=20)

    assert by_account(result)["A"]["cost_to_serve"] == pytest.approx(1_500)
    assert any("overtime" in said for said in result.meta["warnings"])


def test_a_capacity_without_hours_is_refused():
    with pytest.raises(Refusal, match="give both"):
        told([("A", 30, 1)], capacity_cost=1_000)


def test_as_entered_where_no_capacity_is_given():
    result = told([("A", 30, 444)])

    assert by_account(result)["A"]["cost_to_serve"] == pytest.approx(444)
    assert "hour_cost" not in result.meta["figures"]
