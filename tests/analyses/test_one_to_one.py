from datetime import date

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.demobook import generate
from vitalfew.language import LANGUAGES, say_kept
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
