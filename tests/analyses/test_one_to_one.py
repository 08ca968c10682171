from datetime import date, timedelta

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.demobook import generate
from vitalfew.language import LANGUAGES, say_kept
from vitalfew.panels import Panel
from vitalfew.phrases import behaviour, development
from vitalfew.sentences import kept
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

END = "2025-12-31"
MONTHLY = lines(*((code, f"{2023 + m // 12}-{m % 12 + 1:02}-15", 100 + m) for code in "AB" for m in range(36)))


def said(row, language="en"):
    return {
        name: say_kept(value, language) for name, value in row.items() if isinstance(value, str) and name != "customer"
    }


def one_to_one(**more):
    return by_account(ask("one-to-one", MONTHLY, END, **more))


@pytest.fixture(scope="module")
def book():
    engine = DuckEngine()
    return start(FromTables(engine, generate(accounts=80, months=30).tables), engine)


def test_the_worked_example():
    churn = pa.table(
        {"customer": ["A"], "probability": [0.12], "low": [0.05], "high": [0.22], "sign": ["none"], "alarm": [False]}
        | {"money_at_stake": [1.0], "silence": [16.0], "usual_gap": [31.0]}
    )

    assert said(one_to_one(churn=churn)["A"])["risk"] == "The risk that it buys no more is 12 % (5 % to 22 %)."


def test_in_its_quiet_season_no_risk_is_told():
    churn = pa.table(
        {
            "customer": ["A"],
            "probability": [0.72],
            "low": [0.17],
            "high": [0.97],
            "sign": ["quiet_season"],
            "alarm": [False],
        }
        | {"money_at_stake": [0.0], "silence": [108.0], "usual_gap": [2.0]}
    )

    risk = said(one_to_one(churn=churn)["A"])["risk"]

    assert "72" not in risk
    assert "no risk of leaving can be told" in risk


@pytest.mark.parametrize(
    ("rate", "told"), [(0.2, "Its gross margin of the next three years"), (None, "What it will buy")]
)
def test_the_worth_says_whether_it_is_margin_or_purchases(rate, told):
    worth = pa.table(
        {
            "customer": ["A"],
            "value": [266.0],
            "low": [89.0],
            "high": [542.0],
            "margin_rate": pa.array([rate], pa.float64()),
        }
    )

    assert told in said(one_to_one(lifetime=worth)["A"])["value"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            (109.0, 0.09, "falling", "past_its_peak"),
            "+9 % against the year before; lately its purchases have fallen by more than chance explains.",
        ),
        (
            (91.0, -0.09, "rising", "recovering"),
            "−9 % against the year before; lately its purchases have risen by more than chance explains.",
        ),
        (
            (91.0, -0.09, "falling", "as_it_seems"),
            "−9 % against the year before; its purchases fall by more than chance explains.",
        ),
        ((0.0, -1.0, "steady", "stopped"), "It stopped buying: nothing came in the last twelve months."),
        ((0.0, None, "too_short", "as_it_seems"), "It stopped buying: nothing came in the last twelve months."),
        ((50.0, None, "too_short", "as_it_seems"), "It bought for 50 in the last twelve months."),
    ],
)
def test_growth_and_direction_are_told_together(row, told):
    year, growth, direction, course = row
    frame = {"customer": ["A"], "revenue_12m": [year], "direction": [direction], "course": [course]}
    numbers = {
        name: pa.array([each], pa.float64())
        for name, each in (("growth", growth), ("changed_on", None), ("revenue_since", None))
    }

    sentences = development.course(Panel(pa.table(frame | numbers)), "")

    assert told in say_kept(kept(*sentences)[0].as_py(), "en")


def test_what_is_not_known_is_not_said():
    row = one_to_one()["A"]

    assert row["satisfaction"] is row["relationship"] is row["contribution"] is row["service"] is None
    assert row["silent"] == sum(row[name] is None for name in list(row)[3:-1] if name != "intelligence")


def test_the_summary_ends_with_what_to_do():
    waiting = pa.table(
        {"complaint_id": ["T1"], "customer": ["A"], "received_on": [date(2025, 12, 1)]}
        | {"closed_on": pa.array([None], pa.date32())}
    )
    summary = said(one_to_one(complaints=waiting)["A"])["summary"]

    assert "A complaint has been open since 1 December 2025." in summary
    assert summary.endswith("Next: Settle the complaint, by 3 January 2026.")


def test_a_reason_is_said_once(book):
    rows = book.result("one-to-one").table.to_pylist()

    for row in rows:
        sentences = [each for each in say_kept(row["summary"], "en").split(". ") if each]
        assert len(set(sentences)) == len(sentences)


def test_the_summary_for_all_keeps_what_is_confidential(book):
    guarded = {
        (row["customer"], say_kept(row["why"], "en"))
        for row in book.result("next-actions").table.to_pylist()
        if row["guarded"]
    }
    summaries = {row["customer"]: say_kept(row["for_all"], "en") for row in book.result("one-to-one").table.to_pylist()}

    assert guarded
    assert not [why for customer, why in guarded if why in summaries[customer]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_whole_in_every_language(book, language):
    end = "." if language == "en" else "。"
    texts = [text for row in book.result("one-to-one").table.to_pylist() for text in said(row, language).values()]

    assert len(texts) > 500
    assert not [text for text in texts if not text.endswith(end) or "{" in text or 2 * end in text]


def test_who_bought_in_the_month_that_has_begun_did_not_stop_buying():
    book = lines(
        *(("A", f"2023-{m:02}-15", 100) for m in range(1, 13)), ("A", "2026-03-07", 50), ("B", "2026-03-12", 1)
    )

    trend = by_account(ask("trend", book, "2026-03-12"))["A"]
    told = said(by_account(ask("one-to-one", book, "2026-03-12"))["A"])["development"]

    assert (trend["revenue_12m"], trend["revenue_since"], trend["course"]) == (0, 50, "as_it_seems")
    assert "stopped" not in told
    assert told.startswith(
        "It bought for 50 in the month that has begun, and nothing in the twelve whole months before."
    )


def test_whose_last_order_is_long_ago_stopped_buying_in_the_middle_of_a_month_too():
    book = lines(*(("A", f"2023-{m:02}-15", 100) for m in range(1, 13)), ("B", "2026-03-12", 1))

    assert "It stopped buying" in said(by_account(ask("one-to-one", book, "2026-03-12"))["A"])["development"]


def test_the_usual_gap_is_that_of_late():
    """Every fourth day for two years, every fortnight in the last."""
    days = [date(2023, 1, 1) + timedelta(days=4 * n) for n in range(180)]
    days += [date(2025, 1, 3) + timedelta(days=14 * n) for n in range(25)]
    book = lines(*(("A", day.isoformat(), 100) for day in days), ("B", "2025-12-31", 1))

    row = by_account(ask("cooperation", book, END))["A"]
    told = said(by_account(ask("one-to-one", book, END))["A"])["behaviour"]

    assert (row["median_gap"], row["recent_gap"]) == (4, 14)
    assert "of late it orders every 14 days" in told


def test_one_day_is_one_day():
    gaps = {"silence": [1.0], "median_gap": [3.0], "recent_gap": [1.0]}
    panel = Panel(pa.table({"customer": ["A"], "kind": ["long_term"], **gaps}))

    (said,) = [each for each in kept(*behaviour.rhythm(panel)).to_pylist() if each]

    assert (
        say_kept(said, "en")
        == "Kind of cooperation: Long-term; of late it orders every 1 day, the last time 1 day ago."
    )
