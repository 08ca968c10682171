"""Merged files change nothing but their number."""

import pytest
from test_store import current, staged

from vitalfew.warehouse.compaction import MANY, compact
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import PRODUCTS


@pytest.fixture
def store(tmp_path):
    """A ledger of many imports; each writes a row of its own and restates a common one, every third says one again."""
    made = Store(tmp_path / "facts")
    for number in range(1, MANY + 3):
        rows = [(f"P{number}", "own"), ("COMMON", f"by {number}"), *([("P1", "own")] if number % 3 == 0 else [])]
        made.add(PRODUCTS, staged(tmp_path, str(number), rows), number, {})
    return made


def test_what_is_current_stays(store):
    before = current(store)

    merged = compact(store)

    assert merged > 2 * MANY
    assert len(store.ledger(PRODUCTS).snapshot().rows) == 1
    assert current(store) == before
    assert compact(store) == 0


def test_an_import_can_still_be_taken_back(store):
    compact(store)

    store.undo(PRODUCTS, MANY + 2)
    store.undo(PRODUCTS, 1)

    left = current(store)
    assert left["COMMON"] == f"by {MANY + 1}"
    assert f"P{MANY + 2}" not in left
    assert left["P1"] == "own"


def test_older_versions_stay_readable(store):
    version = store.ledger(PRODUCTS).snapshot().version
    earlier = current(store, version - 1)

    compact(store)

    assert current(store, version - 1) == earlier
