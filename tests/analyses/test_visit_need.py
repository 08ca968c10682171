from datetime import date

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.demobook import generate
from vitalfew.language import say_kept
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

END = "2025-12-31"
ORDERS = lines(("A", "2025-11-05", 1000, 600), ("B", "2025-11-05", 1000, 900), ("C", "2025-11-05", 1000, 1200))


def visited(*rows):
    return pa.table(
        {
            "entry_id": [str(number) for number in range(len(rows))],
            "customer": [row[0] for row in rows],
            "spent_on": [date.fromisoformat(row[1]) for row in rows],
            "activity": ["visit"] * len(rows),
            "cost": [1.0] * len(rows),
        }
    )


def test_the_need_is_the_product_of_its_columns():
    complaints = pa.table(
        {"complaint_id": ["1", "2"], "customer": ["B", "A"], "received_on": [date(2025, 12, 1)] * 2,
         "closed_on": pa.array([None, date(2025, 12, 5)], pa.date32())}
    )  # fmt: skip
    visits = visited(("A", "2024-01-01"), ("A", "2025-12-30"))
    rows = by_account(ask("visit-need", ORDERS, END, service_costs=visits, complaints=complaints, visits="4"))

    assert (rows["A"]["worth"], rows["A"]["overdue"], rows["A"]["need"]) == (400, 0, 400)
    assert (rows["B"]["open_complaints"], rows["B"]["overdue"], rows["B"]["need"]) == (1, 1, 300)
    assert (rows["C"]["worth"], rows["C"]["proposed"]) == (0, 0)
    assert rows["A"]["proposed"] + rows["B"]["proposed"] == 4
    assert rows["A"]["proposed"] >= rows["B"]["proposed"]


def test_the_budget_is_the_last_quarters_visits_unless_said():
    seen = visited(("A", "2025-12-01"), ("A", "2025-12-20"), ("B", "2025-01-05"))

    result = ask("visit-need", ORDERS, END, service_costs=seen)

    assert result.meta["figures"]["budget"] == 2
    assert sum(result.table["proposed"].to_pylist()) == 2
    assert by_account(result)["A"]["visits"] == 2


def test_the_next_visit_is_due_a_share_of_the_quarter_after_the_last():
    row = by_account(ask("visit-need", ORDERS, END, service_costs=visited(("A", "2025-12-21")), visits="2", most="1"))[
        "A"
    ]

    assert (row["proposed"], row["next_by"]) == (1, (date(2025, 12, 21) - date(1970, 1, 1)).days + 91)


def test_effect_is_what_the_curve_says_of_the_change():
    result = ask("visit-need", ORDERS, END, service_costs=visited(("A", "2025-12-21")), visits="3")

    assert set(result.meta["fit"]) == {"least", "most", "shape", "half"}
    assert result.meta["figures"]["effect"] == pytest.approx(sum(result.table["effect"].to_pylist()), abs=0.01)
    assert any("opinion" in warning for warning in result.meta["warnings"])


def test_where_visits_are_kept_since_yesterday_nobody_is_overdue():
    young = by_account(ask("visit-need", ORDERS, END, service_costs=visited(("A", "2025-12-30")), visits="4"))
    old = by_account(
        ask("visit-need", ORDERS, END, service_costs=visited(("A", "2024-01-01"), ("A", "2025-12-30")), visits="4")
    )

    assert (young["B"]["last_visit"], young["B"]["overdue"]) == (None, 0)
    assert (old["B"]["last_visit"], old["B"]["overdue"]) == (None, 1)


def test_executives_are_held_against_a_third_of_their_days():
    touches = pa.table(
        {"customer": ["A"] * 50, "contact": ["1"] * 50, "our_person": ["Boss"] * 50, "channel": ["visit"] * 50,
         "our_level": ["executive"] * 50, "touched_on": [date(2025, 1 + n // 25, 1 + n % 25) for n in range(50)]}
    )  # fmt: skip

    result = ask("visit-need", ORDERS, END, touches=touches, visits="3")

    assert result.meta["figures"]["executive_share"] == pytest.approx(0.2)
    assert any("about a third" in warning for warning in result.meta["warnings"])


def test_two_of_ours_who_met_two_of_theirs_on_a_day_made_one_visit():
    there = [("Wang", "1"), ("Wang", "2"), ("Boss", "1"), ("Boss", "2")]
    touches = pa.table(
        {"customer": ["A"] * 4, "contact": [each[1] for each in there], "our_person": [each[0] for each in there],
         "channel": ["visit"] * 4, "our_level": ["manager"] * 4, "touched_on": [date(2025, 12, 1)] * 4}
    )  # fmt: skip

    row = by_account(ask("visit-need", ORDERS, END, touches=touches, visits="3"))["A"]

    assert row["visits"] == 1


def test_without_a_visit_it_asks_for_the_number():
    with pytest.raises(Refusal, match="how many visits"):
        ask("visit-need", ORDERS, END)


def test_answers_that_fall_are_refused_in_words():
    with pytest.raises(Refusal, match="have to rise"):
        ask("visit-need", ORDERS, END, visits="3", none="0.9", half="0.8")


def test_the_demo_book_keeps_its_budget():
    engine = DuckEngine()
    result = start(FromTables(engine, generate().tables), engine).result("visit-need")

    assert sum(result.table["proposed"].to_pylist()) == result.meta["figures"]["budget"] > 0
    assert result.meta["figures"]["short_of_best"] == 0
    assert max(result.table["proposed"].to_pylist()) <= 12


def test_fewer_visits_than_now_say_why_they_cost_margin_here():
    orders = lines(("A", "2025-11-05", 1000, 600), ("B", "2025-11-05", 50000, 900))
    often = visited(*(("A", f"2025-{month:02d}-10") for month in range(1, 13)), ("B", "2025-12-01"))

    rows = by_account(ask("visit-need", orders, END, service_costs=often, visits="3"))

    assert rows["A"]["effect"] < 0 < rows["B"]["effect"]
    assert say_kept(rows["A"]["because"], "en") == (
        f"Fewer visits than now are proposed, {rows['A']['proposed']} instead of 3.0 a quarter: "
        "they bring more at other accounts."
    )
    assert rows["B"]["because"] is None
