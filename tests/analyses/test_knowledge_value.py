from datetime import date

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.language import say_kept

NOW = "2025-12-31"
BOOK = lines(("A", "2025-06-01", 10, 5))
NAMES = ("customer", "happened_on", "kind", "probability", "gain", "cost", "evidence", "expected_on")


def events(*rows):
    """(customer, kind, probability, gain[, cost[, evidence[, expected_on[, happened_on]]]])."""
    full = [(*row, *(0.0, "minutes", None, date(2025, 5, 1))[len(row) - 4 :]) for row in rows]
    shuffled = [(row[0], row[7], *row[1:4], row[4], row[5], row[6]) for row in full]
    columns = {name: [row[place] for row in shuffled] for place, name in enumerate(NAMES)}
    dates = {name: pa.array(columns[name], pa.date32()) for name in ("happened_on", "expected_on")}
    numbers = {name: pa.array(columns[name], pa.float64()) for name in ("probability", "gain", "cost")}
    return pa.table({**columns, **dates, **numbers})


def value(*rows, **more):
    return ask("knowledge-value", BOOK, NOW, knowledge_events=events(*rows), **more)


def test_the_worked_example():
    rows = by_account(value(("A", "idea", 0.3, 100_000.0, 5_000.0, "minutes", date(2027, 12, 31))))

    assert rows["A"]["value"] == pytest.approx(0.3 * 82_645 - 5_000, abs=5)
    assert (rows["A"]["low"], rows["A"]["high"]) == pytest.approx((-5_000, 77_645), abs=12)


def test_events_of_an_account_add_up_and_the_total_is_their_sum():
    result = value(("A", "idea", 0.5, 100.0), ("B", "trial", 1.0, 30.0, 40.0), ("A", "feedback", 0.25, 40.0))

    rows = by_account(result)
    assert (rows["A"]["value"], rows["B"]["value"]) == (60, -10)
    assert (rows["A"]["low"], rows["A"]["high"]) == (0, 140)
    assert result.meta["figures"]["total"] == 50
    assert list(rows) == ["A", "B"]


def test_the_largest_events_are_told_with_their_evidence():
    result = value(
        *(("A", "idea", 0.5, float(gain), 0.0, f"note {gain}") for gain in (10, 40, 20, 30)), ("B", "x", 1.0, 9.0)
    )

    rows = by_account(result)
    said = say_kept(rows["A"]["evidence"], "en")
    assert [said.index(f"note {gain}") for gain in (40, 30, 20)] == sorted(
        said.index(f"note {gain}") for gain in (40, 30, 20)
    )
    assert "note 10" not in said
    assert say_kept(rows["B"]["evidence"], "en").startswith(
        "Other knowledge, 1 May 2025: gain 9 with a chance of 100 %"
    )


def test_what_has_no_chance_counts_its_cost_only():
    result = value(("A", "idea", None, 50.0, 7.0), ("A", "idea", 1.5, 50.0, 1.0), ("A", "idea", 0.5, None, 2.0, None))

    row = by_account(result)["A"]
    assert (row["value"], row["low"], row["high"], row["unpriced"], row["unproven"]) == (-10, -10, -10, 3, 1)
    assert any("only their cost" in warning for warning in result.meta["warnings"])
    assert any("opinions" in warning for warning in result.meta["warnings"])


def test_later_events_are_not_known_yet():
    later = ("A", "idea", 1.0, 5.0, 0.0, "x", None, date(2026, 2, 1))

    with pytest.raises(Refusal, match="by this day"):
        value(later)
    assert by_account(value(later, ("A", "idea", 1.0, 3.0)))["A"]["value"] == 3


def test_without_events_it_says_what_to_bring():
    with pytest.raises(Refusal, match="ideas and news"):
        ask("knowledge-value", BOOK, NOW)
    with pytest.raises(Refusal, match="lacks the columns probability, gain"):
        ask(
            "knowledge-value",
            BOOK,
            NOW,
            knowledge_events=events(("A", "idea", 1.0, 1.0)).drop_columns(["probability", "gain"]),
        )
