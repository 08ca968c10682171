"""Second lifetime value: the worked example, who is chased and who is not."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal

END = "2025-12-31"


def book():
    """Sixteen monthly buyers: twelve stay, four stop in May 2025, one of which cost more than it brought."""
    rows = []
    for n in range(16):
        day = date(2024, 1, 2) + timedelta(days=n)
        while day <= (date(2025, 5, 31) if n < 4 else date(2025, 12, 31)):
            rows.append((f"C{n:02d}", day.isoformat(), 100, 120 if n == 3 else 60))
            day += timedelta(days=30)
    return lines(*rows)


def complaint(number, customer, received, category, closed=None):
    day = date.fromisoformat(received)
    return {
        "complaint_id": number, "customer": customer, "received_on": day, "first_reply_on": day, "category": category,
        "closed_on": closed,
    }  # fmt: skip


COMPLAINTS = pa.Table.from_pylist(
    [
        complaint("1", "C00", "2025-03-20", "quality"),
        complaint("2", "C01", "2025-05-20", "competition", date(2025, 5, 22)),
    ]
)
SPENT = pa.table(
    {"entry_id": ["1"], "customer": ["C02"], "spent_on": [date(2025, 4, 1)], "activity": ["freight"], "cost": [100.0]}
)


@pytest.fixture(scope="module")
def result():
    return ask("win-back-value", book(), END, cost="50", complaints=COMPLAINTS, service_costs=SPENT)


def second_lifetime(margin, retention, rate=0.1, years=5):
    return sum(margin * retention ** (t - 1) / (1 + rate) ** t for t in range(1, years + 1))


def test_the_worked_example():
    assert second_lifetime(1000, 0.8) == pytest.approx(2655.1, abs=0.05)
    assert 300 / second_lifetime(1000, 0.8) == pytest.approx(0.113, abs=5e-4)


def test_value_is_the_discounted_margin_at_the_books_own_retention(result):
    row, figures = by_account(result)["C00"], result.meta["figures"]

    assert figures["retention"] == 1  # all sixteen bought in both years
    assert row["margin_year"] == pytest.approx(13 * 40)
    assert row["value"] == pytest.approx(second_lifetime(520, 1.0), abs=0.01)
    assert row["break_even"] == pytest.approx(50 / row["value"], abs=1e-4)
    assert row["expected_gain"] == pytest.approx(0.2 * row["value"] - 50, abs=0.01)
    assert row["low"] < row["value"] == row["high"]


def test_service_is_taken_off_the_margin(result):
    rows = by_account(result)

    assert rows["C02"]["margin_year"] == pytest.approx(rows["C00"]["margin_year"] - 100)


def test_segments_follow_the_cause_and_negative_assets_are_let_go(result):
    rows = by_account(result)

    assert set(rows) == {"C00", "C01", "C02", "C03"}
    assert (rows["C00"]["segment"], rows["C01"]["segment"]) == ("pushed_away", "bought_away")
    assert (rows["C03"]["segment"], rows["C03"]["verdict"], rows["C03"]["expected_gain"]) == ("dropped", "let_go", None)
    assert rows["C00"]["verdict"] == "worth"


def test_what_costs_more_than_it_brings_is_too_dear():
    rows = by_account(ask("win-back-value", book(), END, cost="1000000"))

    assert {row["verdict"] for code, row in rows.items() if code != "C03"} == {"too_dear"}
    assert rows["C00"]["break_even"] is None


def test_recorded_attempts_take_the_place_of_the_assumption(result):
    few = pa.table({"customer": [f"X{n}" for n in range(9)], "won": [True] * 9})
    enough = pa.table({"customer": [f"X{n}" for n in range(20)], "won": [True] * 7 + [False] * 13})

    assert any("assumption" in warning for warning in result.meta["warnings"])
    assert tried(few)["success"] == 0.2
    assert (tried(enough)["success"], tried(enough)["attempts"]) == (0.35, 20)


def tried(recoveries):
    from vitalfew.warehouse.engines.duck import DuckEngine
    from vitalfew.warehouse.given import checked
    from vitalfew.warehouse.run import day_number, start
    from vitalfew.warehouse.sources import FromTables

    engine = DuckEngine()
    tables = {"order_lines": checked("order_lines", book())[0], "recoveries": recoveries}
    return (
        start(FromTables(engine, tables), engine, day_number(date.fromisoformat(END)))
        .result("win-back-value")
        .meta["figures"]
    )


def test_nobody_lost_is_refused_in_words():
    rows = lines(*((f"C{n:02d}", f"2025-{month:02d}-{1 + n:02d}", 10) for n in range(12) for month in range(1, 13)))

    with pytest.raises(Refusal, match="nobody to win back"):
        ask("win-back-value", rows, END)
