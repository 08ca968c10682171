"""The ledger's promises: one commit or nothing, the newest version counts, an import can be taken back whole."""

import os
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import PRODUCTS


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "facts")


def staged(tmp_path, name, rows):
    """Products as (code, name) with their line in the file."""
    columns = {field.name: [None] * len(rows) for field in PRODUCTS.schema}
    columns["product"] = [code for code, _name in rows]
    columns["name"] = [text for _code, text in rows]
    table = pa.table(columns, schema=PRODUCTS.schema).append_column("_line", pa.array(range(2, len(rows) + 2)))
    path = tmp_path / f"{name}.parquet"
    pq.write_table(table, path)
    return [str(path)]


def current(store, version=None):
    """What is current: {code: name}."""
    query = current_sql(store.ledger(PRODUCTS).snapshot(version), "product, name")
    rows = connect().execute(query).fetchall()
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_rows_of_an_import_are_current(store, tmp_path):
    added = store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "阀门"), ("P2", "法兰")]), 1, {})

    assert (added.accepted, added.unchanged, added.restated) == (2, 0, 0)
    assert current(store) == {"P1": "阀门", "P2": "法兰"}


def test_the_same_rows_again_are_unchanged(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "阀门")]), 1, {})

    again = store.add(PRODUCTS, staged(tmp_path, "b", [("P1", "阀门")]), 2, {})

    assert (again.accepted, again.unchanged) == (0, 1)
    assert current(store) == {"P1": "阀门"}


def test_a_newer_version_of_a_row_wins_and_the_older_stays_readable(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "旧")]), 1, {})
    before = store.ledger(PRODUCTS).snapshot().version

    added = store.add(PRODUCTS, staged(tmp_path, "b", [("P1", "新")]), 2, {})

    assert added.restated == 1
    assert current(store) == {"P1": "新"}
    assert current(store, before) == {"P1": "旧"}


def test_an_import_taken_back_leaves_what_was_before(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "旧"), ("P2", "留")]), 1, {})
    store.add(PRODUCTS, staged(tmp_path, "b", [("P1", "新"), ("P3", "多")]), 2, {})

    gone = store.undo(PRODUCTS, 2)

    assert gone == 2
    assert current(store) == {"P1": "旧", "P2": "留"}


def test_taking_back_an_import_in_the_middle_keeps_the_later_version(store, tmp_path):
    for number, name in enumerate(["一", "二", "三"], 1):
        store.add(PRODUCTS, staged(tmp_path, str(number), [("P1", name)]), number, {})

    store.undo(PRODUCTS, 2)
    assert current(store) == {"P1": "三"}

    store.undo(PRODUCTS, 3)
    assert current(store) == {"P1": "一"}


def test_a_row_that_another_import_said_too_survives_the_first_one(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "阀门"), ("P2", "法兰")]), 1, {})
    store.add(PRODUCTS, staged(tmp_path, "b", [("P2", "法兰"), ("P3", "垫片")]), 2, {})

    gone = store.undo(PRODUCTS, 1)

    assert gone == 1
    assert current(store) == {"P2": "法兰", "P3": "垫片"}
    store.undo(PRODUCTS, 2)
    assert current(store) == {}


def test_an_adopted_row_stays_replaced_by_a_newer_one(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "旧")]), 1, {})
    store.add(PRODUCTS, staged(tmp_path, "b", [("P1", "旧")]), 2, {})
    store.add(PRODUCTS, staged(tmp_path, "c", [("P1", "新")]), 3, {})

    store.undo(PRODUCTS, 1)
    assert current(store) == {"P1": "新"}

    store.undo(PRODUCTS, 3)
    assert current(store) == {"P1": "旧"}


def test_a_key_twice_in_one_file_counts_once_and_is_told(store, tmp_path):
    added = store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "一"), ("P1", "一"), ("P1", "二"), ("P2", "三")]), 1, {})

    assert added.accepted == 2
    assert [(double.line, double.first_line, double.same) for double in added.doubles] == [(3, 2, True), (4, 2, False)]
    assert added.doubles[1].values["name"] == "二"
    assert current(store) == {"P1": "一", "P2": "三"}


def test_a_dry_run_stores_nothing(store, tmp_path):
    checked = store.check(PRODUCTS, staged(tmp_path, "a", [("P1", "阀门")]), 1)

    assert checked.accepted == 1
    assert current(store) == {}


def test_a_file_written_but_not_committed_is_not_seen(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "阀门")]), 1, {})
    stray = store.ledger(PRODUCTS).place("rows", 2)
    stray.write_bytes(b"half a file")

    assert current(store) == {"P1": "阀门"}


def test_the_facts_are_read_as_they_were_after_any_import(store, tmp_path):
    store.add(PRODUCTS, staged(tmp_path, "a", [("P1", "旧")]), 1, {"import": "1"})
    store.add(PRODUCTS, staged(tmp_path, "b", [("P1", "新")]), 2, {"import": "2"})
    store.undo(PRODUCTS, 2, {"undone": "2"})
    store.add(PRODUCTS, staged(tmp_path, "c", [("P2", "后")]), 3, {"import": "3"})

    states = [current(store, store.versions_after(number)[PRODUCTS.name]) for number in (1, 2, 3)]

    assert states == [{"P1": "旧"}, {"P1": "新"}, {"P1": "旧", "P2": "后"}]
    assert store.versions_after(4) is None


def test_an_old_state_is_read_after_months_and_hundreds_of_commits(store, tmp_path):
    """Delta throws commits away that are older than a month as soon as a hundred more have come; ours stay."""
    long_ago = time.time() - 60 * 86400
    for number in range(1, 104):
        store.add(PRODUCTS, staged(tmp_path, "a", [("P1", str(number))]), number, {"import": str(number)})
        for log in (tmp_path / "facts" / PRODUCTS.name / "_delta_log").glob("*.json"):
            os.utime(log, (long_ago, long_ago))

    assert current(store, store.versions_after(2)[PRODUCTS.name]) == {"P1": "2"}
    assert store.ledger(PRODUCTS).committed(1)
