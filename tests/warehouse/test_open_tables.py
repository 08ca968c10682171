"""Contracts, campaigns, knowledge and facts: imported as any table, and handed over with columns of their own."""

from datetime import date

import pyarrow as pa
import pytest

from vitalfew.demobook import generate
from vitalfew.imports.actions import Job, receive
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import analyse, day_number, start
from vitalfew.warehouse.sources import FromTables
from vitalfew.warehouse.tables import TABLES

NOW = day_number(date(2026, 10, 31))
OPEN = [name for name in TABLES if TABLES[name].open]
ANSWERS = {
    "contracts": "renewal",
    "knowledge_events": "knowledge-value",
    "campaign": "campaign-effect",
    "transaction_facts": "transaction-value",
}


@pytest.fixture(scope="module")
def book():
    return generate(accounts=60, months=30)


def put(home, name, rows):
    return receive(Job(TABLES[name].kind, TABLES[name].dated(rows), "test", given_name=f"{name}.csv"), home)


def of_home(home):
    engine = DuckEngine()
    return start(facts(home, engine), engine, NOW, "CNY")


def handed(tables):
    engine = DuckEngine()
    return start(FromTables(engine, tables), engine, NOW, "CNY")


@pytest.mark.django_db
def test_a_home_answers_as_if_its_open_tables_were_handed_over(home, book):
    names = ["order_lines", "payments", *OPEN]
    done = [put(home, name, book.tables[name]) for name in names]

    assert [row.rows_rejected for row in done] == [0] * len(names)
    kept, given = of_home(home), handed({name: book.tables[name] for name in names})
    for name in ANSWERS.values():
        assert kept.result(name).table.equals(given.result(name).table), name
        assert kept.result(name).findings.figures == given.result(name).findings.figures


@pytest.mark.django_db
def test_amounts_in_another_currency_are_not_added(home, book):
    put(home, "order_lines", book.tables["order_lines"].slice(0, 500))
    events = book.tables["knowledge_events"]
    euro = pa.array(["EUR", *["CNY"] * (len(events) - 1)])
    put(home, "knowledge_events", events.set_column(events.column_names.index("currency"), "currency", euro))

    assert of_home(home).result("knowledge-value").findings.figures["events"] == len(events) - 1


def events_in(*currencies, gain=100.0):
    n = len(currencies)
    return pa.table(
        {
            "event": [f"E{number}" for number in range(n)], "customer": ["A"] * n,
            "happened_on": pa.array([date(2025, 1, 1)] * n), "kind": ["trial"] * n, "probability": [1.0] * n,
            "gain": pa.array([gain] * n, pa.float64()), "currency": pa.array(currencies, pa.string()),
            "expected_on": pa.array([date(2025, 6, 30)] * n),
        }
    )  # fmt: skip


def lines_in(*currencies):
    n = len(currencies)
    return pa.table(
        {
            "order_id": [f"O{number}" for number in range(n)], "line_no": ["1"] * n, "customer": ["A"] * n,
            "ordered_on": pa.array([date(2025, 6, 1)] * n), "quantity": [1] * n, "amount": [10.0] * n,
            "currency": pa.array(currencies, pa.string()),
        }
    )  # fmt: skip


def test_amounts_in_another_currency_or_none_named_are_left_out_of_a_table_handed_over():
    told = analyse(
        "knowledge-value", order_lines=lines_in("CNY"), knowledge_events=events_in("CNY", "EUR", "EUR", None)
    )

    assert told.findings.figures["events"] == 1
    assert (
        "Left out of 'Ideas, feedback and trials that customers share': 3 rows with amounts in –, EUR; only amounts in "
        "CNY are counted."
    ) in told.meta["warnings"]


def test_a_row_without_an_amount_is_in_no_currency():
    told = analyse("knowledge-value", order_lines=lines_in("CNY"), knowledge_events=events_in(None, None, gain=None))

    assert told.findings.figures["events"] == 2
    assert not any("Left out" in said for said in told.meta["warnings"])


def test_without_order_lines_the_currency_most_named_is_spoken():
    told = analyse("knowledge-value", knowledge_events=events_in("EUR", "EUR", "CNY", None, None, None))

    assert (told.currency, told.findings.figures["events"]) == ("EUR", 2)
    (said,) = [each for each in told.meta["warnings"] if "Left out" in each]
    assert said.endswith(": 4 rows with amounts in –, CNY; only amounts in EUR are counted.")


@pytest.mark.django_db
def test_a_home_and_a_table_handed_over_leave_out_the_same(home):
    tables = {"order_lines": lines_in("CNY"), "knowledge_events": events_in("CNY", "EUR", None)}
    for name, rows in tables.items():
        receive(Job(TABLES[name].kind, rows, "test", given_name=f"{name}.csv"), home)

    kept, told = of_home(home).result("knowledge-value"), analyse("knowledge-value", as_of="2026-10-31", **tables)
    assert kept.findings.figures["events"] == told.findings.figures["events"] == 1
    assert kept.meta["warnings"] == told.meta["warnings"]


def test_a_table_handed_over_keeps_its_own_columns():
    rows = pa.table(
        {
            "customer": ["A", "B", "C"],
            "started_on": pa.array([date(2024, 1, 1)] * 3),
            "ended_on": pa.array([date(2025, 1, 1), None, None]),
            "headcount": [3, 5, 9],
        }
    )

    told = analyse("renewal", as_of="2025-06-30", contracts=rows)

    assert told.table["probability"].null_count == 0
    assert not any("No signs" in said for said in told.meta["warnings"])


@pytest.mark.django_db
def test_ends_to_come_are_no_fault(home):
    rows = pa.table(
        {
            "contract": ["F-1"],
            "customer": ["A"],
            "started_on": pa.array([date(2099, 1, 1)]),
            "ended_on": pa.array([date(2100, 1, 1)]),
        }
    )

    done = receive(Job("contracts", rows, "test", given_name="contracts.csv"), home)

    assert (done.rows_accepted, done.rows_rejected) == (1, 0)
