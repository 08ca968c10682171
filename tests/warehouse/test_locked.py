"""The settings of a connection stay as they are, and files are written in the order asked for all the same."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitalfew.warehouse.engines import duck

ROWS = 300_000


def a_page_s():
    return duck._small()


@pytest.mark.parametrize("opened", [duck.connect, a_page_s, lambda: duck.DuckEngine().connection])
@pytest.mark.parametrize("change", ["SET threads = 1", "SET autoload_known_extensions = true", "RESET memory_limit"])
def test_no_setting_is_changed_later(opened, change):
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        opened().execute(change)


@pytest.mark.parametrize(("order", "expected"), [((), range(ROWS - 1, -1, -1)), (("number",), range(ROWS))])
def test_rows_are_written_in_order_or_as_they_come(tmp_path, order, expected):
    engine, place = duck.DuckEngine(duck.connect(threads=4)), tmp_path / "rows.parquet"
    engine.connection.register("given", pa.table({"number": range(ROWS - 1, -1, -1)}))

    engine.write(duck.nw.from_native(engine.connection.sql("SELECT * FROM given")), order, place)

    assert pq.read_table(place)["number"].to_pylist() == list(expected)
