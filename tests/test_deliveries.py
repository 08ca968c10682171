"""Lines late or short: counted by hand, by the expression, and by the SQL of the same meaning."""

import duckdb
import narwhals as nw
import pyarrow as pa
import pytest

from vitalfew.deliveries import MISSED_SQL, due, due_sql, missed

AFTER, DAY = 100, 200
LINES = [  # promised, delivered, quantity, quantity_delivered: due, missed
    ((150, 150, 5, 5), True, True, False),
    ((150, 151, 5, 5), True, True, True),
    ((150, 149, 5, 4), True, True, True),
    ((150, 149, 5, None), True, True, False),
    ((150, None, 5, None), True, True, True),
    ((200, None, 5, None), True, True, True),
    ((201, None, 5, None), False, False, True),
    ((100, 90, 5, 5), False, True, False),
    ((None, 150, 5, 5), False, False, True),
    ((150, 150, -5, -5), False, False, False),
]


@pytest.fixture
def lines():
    names = ("promised_on", "delivered_on", "quantity", "quantity_delivered")
    return pa.table({name: pa.array([line[0][at] for line in LINES], pa.int64()) for at, name in enumerate(names)})


def test_a_line_is_due_when_its_day_has_passed_and_missed_while_it_is_not_there_in_full(lines):
    frame = nw.from_native(duckdb.from_arrow(lines)).lazy()

    told = frame.select(due=due(AFTER, DAY), ever=due(None, DAY), missed=missed()).collect("pyarrow").to_native()
    assert [bool(value) for value in told["due"].to_pylist()] == [line[1] for line in LINES]
    assert [bool(value) for value in told["ever"].to_pylist()] == [line[2] for line in LINES]
    assert [bool(value) for value in told["missed"].to_pylist()] == [line[3] for line in LINES]


def test_the_sql_means_the_same(lines):
    told = duckdb.from_arrow(lines).project(f"coalesce({due_sql(str(AFTER), str(DAY))}, false), {MISSED_SQL}")

    assert told.fetchall() == [(line[1], line[3]) for line in LINES]
