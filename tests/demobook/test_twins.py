"""The records that the demo repeats are found, each as whose it is, and nothing else is taken for one."""

import pytest

from vitalfew.demobook import generate
from vitalfew.demobook.twins import WAYS, twins
from vitalfew.duplicates.features.records import company_records
from vitalfew.duplicates.linkage.companies import COMPANIES
from vitalfew.duplicates.linkage.linking import linked


@pytest.fixture(scope="module")
def book():
    return generate()


def test_each_repeated_customer_is_found_and_no_other(book):
    customers = book.tables["customers"].to_pylist()
    repeated = twins(book.tables["customers"], book.tables["contacts"])
    rows = [*customers, *repeated.tables["customers"].to_pylist()]
    codes = [row["customer"] for row in rows]
    records = company_records([row["name"] for row in rows], uscc=[row["uscc"] or "" for row in rows])

    pairs = linked(records, COMPANIES).pairs

    found = {(codes[b], codes[a]) for a, b in zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True)}
    assert set(repeated.truth.items()) <= found
    assert len(repeated.truth) == len(WAYS)
    parents = {row["customer"]: row["parent"] for row in rows}
    strange = {
        (a, b) for a, b in found - set(repeated.truth.items()) if b not in {parents[a], parents[parents[a] or a]}
    }
    assert strange == set()
    assert len(repeated.tables["contacts"]) == 3
