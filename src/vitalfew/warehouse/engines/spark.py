"""Spark over Spark Connect: a cluster, or Sail on this machine, over the same Parquet files as DuckDB.

``VITALFEW_SPARK``, or Spark's own ``SPARK_REMOTE``, names the server (``sc://host:port``); its workers must see the facts
under the same paths. Without it, a Sail server is started in this process where the ``spark`` extra is installed.
"""

import os
import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa

from vitalfew.warehouse.engines import Frame, NotAvailable
from vitalfew.warehouse.ledger import Snapshot
from vitalfew.warehouse.tables import TABLES, Table, is_open

DATE = "date_add(DATE '1970-01-01', {day})"
MONTH = f"CAST((year({DATE}) - 1970) * 12 + month({DATE}) - 1 AS BIGINT)"


class SparkEngine:
    """One session and the frames made in it. What is kept for the run lies in a folder that the workers see."""

    def __init__(self, scratch: Path | None = None) -> None:
        self._scratch = scratch

    @cached_property
    def session(self) -> Any:
        try:
            from pyspark.sql.connect.session import SparkSession
        except ImportError:
            raise NotAvailable("spark") from None
        named = os.environ.get("VITALFEW_SPARK") or os.environ.get("SPARK_REMOTE")
        return SparkSession.builder.remote(named or _local_server()).getOrCreate()

    @cached_property
    def scratch(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="vitalfew-spark-", dir=self._scratch))

    def close(self) -> None:
        """Throw away what was kept for the run."""
        shutil.rmtree(self.scratch, ignore_errors=True)

    def current(self, snapshot: Snapshot, until: int | None) -> Frame:
        if not snapshot.rows:
            return self._dated(self._table(snapshot.table.schema.empty_table()), snapshot.table, until)
        rows = self.session.read.parquet(*snapshot.rows)
        if snapshot.marks:
            marks = self.session.read.parquet(*snapshot.marks).select("_old_import", "_old_line")
            replaced = (rows["_import"] == marks["_old_import"]) & (rows["_line"] == marks["_old_line"])
            rows = rows.join(marks, replaced, "left_anti")
        return self._dated(rows, snapshot.table, until)

    def given(self, name: str, table: pa.Table, until: int | None) -> Frame:
        frame = self._table(table)
        return _lazy(frame) if is_open(name) else self._dated(frame, TABLES[name], until)

    def forget(self, name: str) -> None:
        """Nothing is held here: a table handed over lies with the session's plan."""

    def stored(self, place: Path) -> Frame:
        return _lazy(self.session.read.parquet(str(place)))

    def kept(self, frame: Frame, name: str) -> Frame:
        place = str(self.scratch / name)
        frame.to_native().write.mode("overwrite").parquet(place)
        return _lazy(self.session.read.parquet(place))

    def _table(self, table: pa.Table) -> Any:
        """A table in memory as a frame; dictionaries go as the words they stand for."""
        plain = [field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
        schema = pa.schema([pa.field(name, kind) for name, kind in zip(table.column_names, plain, strict=True)])
        return self.session.createDataFrame(table.cast(schema))

    def _dated(self, frame: Any, table: Table, until: int | None) -> Frame:
        if table.day is None:
            return _lazy(frame)
        if until is not None:
            frame = frame.filter(f"{table.day} <= {int(until)}")
        return _lazy(frame.selectExpr("*", f"{MONTH.format(day=table.day)} AS month"))


def _lazy(frame: Any) -> Frame:
    lazy: Frame = nw.from_native(frame)
    return lazy


def _local_server() -> str:
    """Sail, started in this process; it says nothing below an error."""
    os.environ.setdefault("RUST_LOG", "error")
    try:
        from pysail.spark import SparkConnectServer
    except ImportError:
        raise NotAvailable("spark") from None
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _servers.append(server)
    host, port = server.listening_address
    return f"sc://{host}:{port}"


_servers: list[Any] = []
"""Held, or they would be gone with the last reference."""
