"""DuckDB, in memory, over the ledgers' Parquet files.

Only files that vitalfew wrote itself are opened: queries are put together of our own texts, and what anybody said is their
parameter. Extensions are neither loaded nor installed, and the configuration is locked.
"""

import atexit
import os
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pyarrow as pa

from vitalfew.summaries import PLACES
from vitalfew.warehouse.engines import Frame
from vitalfew.warehouse.ledger import Snapshot
from vitalfew.warehouse.tables import TABLES, Table, is_open

MONTH = "(year(DATE '1970-01-01' + {day}) - 1970) * 12 + month(DATE '1970-01-01' + {day}) - 1"


def connect(
    memory: str = "2GB", threads: int | None = None, spill: Path | None = None, *, caches: bool = False
) -> duckdb.DuckDBPyConnection:
    """An in-memory connection whose settings stay as they are; what memory does not hold goes to ``spill``.

    One that lives long and meets the same files again ``caches`` what they say of themselves.
    """
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "threads": threads or os.cpu_count() or 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "preserve_insertion_order": False,
        "temp_directory": str(spill or Path(tempfile.gettempdir()) / "vitalfew-spill"),
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute(f"SET enable_progress_bar = false; SET parquet_metadata_cache = {caches}")
    connection.execute("SET lock_configuration = true")
    return connection


_kept: dict[int, duckdb.DuckDBPyConnection] = {}
atexit.register(_kept.clear)  # what is left when Python ends is reported as leaked
_opening = threading.Lock()


def _small() -> duckdb.DuckDBPyConnection:
    """The small database that a process keeps, whichever of its threads asks; a copy of the process makes its own."""
    with _opening:
        if os.getpid() not in _kept:
            _kept[os.getpid()] = connect("256MB", threads=1, caches=True)
        return _kept[os.getpid()]


def rows_of(query: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A small answer for a page."""
    cursor = _small().cursor().execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one_of(codes: list[str]) -> str:
    """The condition that a row is of one of an account's codes, its parameters as :func:`named`."""
    places = ", ".join(f"$code_{number}" for number in range(len(codes)))
    return f"customer IN ({places})" if len(codes) > 1 else "customer = $code_0"


def named(codes: list[str]) -> dict[str, str]:
    return {f"code_{number}": code for number, code in enumerate(codes)}


def files(paths: Sequence[str]) -> str:
    """The paths as a SQL list of literals."""
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"[{quoted}]"


def current_sql(snapshot: Snapshot, columns: str = "*") -> str:
    """The query for a snapshot's current rows."""
    if not snapshot.rows:
        return f"SELECT {columns} FROM ({_empty(snapshot.table)})"
    rows = f"read_parquet({files(snapshot.rows)}, hive_partitioning = false)"
    if not snapshot.marks:
        return f"SELECT {columns} FROM {rows}"
    marks = f"read_parquet({files(snapshot.marks)}, hive_partitioning = false)"
    return (
        f"SELECT {columns} FROM {rows} AS r WHERE NOT EXISTS "
        f"(SELECT 1 FROM {marks} AS m WHERE m._old_import = r._import AND m._old_line = r._line)"
    )


def _empty(table: Table) -> str:
    types = {
        "text": "VARCHAR",
        "day": "INTEGER",
        "money": "DECIMAL(20,4)",
        "quantity": "DECIMAL(18,4)",
        "number": "DOUBLE",
        "whole": "BIGINT",
    }
    columns = ", ".join(f"CAST(NULL AS {types[c.type]}) AS {c.name}" for c in table.columns)
    return f"SELECT {columns}, CAST(NULL AS BIGINT) AS _import, CAST(NULL AS BIGINT) AS _line WHERE false"


class DuckEngine:
    """One connection and the frames made on it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.connection = connection or connect()

    def current(self, snapshot: Snapshot, until: int | None) -> Frame:
        return self._dated(current_sql(snapshot), snapshot.table, until)

    def given(self, name: str, table: pa.Table, until: int | None) -> Frame:
        self.connection.register(f"given_{name}", table)
        if is_open(name):
            return nw.from_native(self.connection.sql(f"SELECT * FROM given_{name}"))
        return self._dated(f"SELECT * FROM given_{name}", TABLES[name], until)

    def forget(self, name: str) -> None:
        self.connection.unregister(f"given_{name}")

    def stored(self, place: Path) -> Frame:
        return nw.from_native(self.connection.sql(f"SELECT * FROM read_parquet({files([str(place)])})"))

    def staged(self, table: Table, paths: Sequence[str], until: int | None) -> Frame:
        """Checked rows on their way in, before any commit: for an analysis straight on a file."""
        return self._dated(f"SELECT * FROM read_parquet({files(paths)})", table, until)

    def kept(self, frame: Frame, name: str) -> Frame:
        relation: duckdb.DuckDBPyRelation = frame.to_native()
        relation.to_table(f"kept_{name}")
        return nw.from_native(self.connection.sql(f"SELECT * FROM kept_{name}"))

    def write(self, frame: Frame, order: Sequence[str], place: Path) -> None:
        """The frame's rows in a file of their own: in that order, or as they come where none is named."""
        relation: duckdb.DuckDBPyRelation = frame.to_native()
        fresh = place.with_suffix(".writing")
        target = str(fresh).replace("'", "''")
        ordered = f" ORDER BY {', '.join(order)}" if order else ""
        layout = "FORMAT parquet, COMPRESSION lz4_raw" + ("" if order else ", PRESERVE_ORDER true")
        self.connection.execute(f"COPY ({relation.sql_query()}{ordered}) TO '{target}' ({layout})")
        fresh.rename(place)

    def moved(self, place: Path, keys: Sequence[str], came: Frame, went: Frame) -> Frame:
        """The kept sums by their keys, after lines came and others went, whose sums those are.

        Rows that nothing came to stay in their order, before those that are new or other. Sums are rounded as they were
        (:mod:`vitalfew.summaries`); where no line is left, nothing is.
        """
        kept: duckdb.DuckDBPyRelation = self.stored(place).to_native()
        kinds = {name: str(kind) for name, kind in zip(kept.columns, kept.types, strict=True) if name not in keys}
        key, names = ", ".join(keys), ", ".join(kinds)
        less = ", ".join(f"-{name} AS {name}" for name in kinds)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE changed AS SELECT {key}, {names} FROM ({came.to_native().sql_query()}) "
            f"UNION ALL SELECT {key}, {less} FROM ({went.to_native().sql_query()})"
        )
        total = {
            name: f"round(sum({name}), {PLACES})" if kind == "DOUBLE" else f"sum({name})"
            for name, kind in kinds.items()
        }
        totals = ", ".join(f"CAST({each} AS {kinds[name]}) AS {name}" for name, each in total.items())
        before = f"(SELECT {key}, {names} FROM read_parquet({files([str(place)])}))"
        parts = f"(SELECT * FROM {before} SEMI JOIN changed USING ({key}) UNION ALL SELECT * FROM changed)"
        return nw.from_native(
            self.connection.sql(
                f"SELECT * FROM {before} ANTI JOIN changed USING ({key}) UNION ALL "
                f"SELECT {key}, {totals} FROM {parts} GROUP BY {key} HAVING sum(lines) > 0"
            )
        )

    def asked(self, query: str, table: Table, until: int | None) -> Frame:
        """Rows of a table that a query gives, those dated later than ``until`` left out."""
        return self._dated(query, table, until)

    def table(self, query: str) -> pa.Table:
        """A small answer in memory."""
        found: pa.Table = self.connection.sql(query).to_arrow_table()
        return found

    def rows_of(self, frame: Frame) -> int:
        """How many rows the frame has."""
        relation: duckdb.DuckDBPyRelation = frame.to_native()
        return int(self.connection.execute(f"SELECT count(*) FROM ({relation.sql_query()})").fetchall()[0][0])

    def rows_in(self, paths: Sequence[str]) -> int:
        """How many rows these files hold."""
        if not paths:
            return 0
        return int(self.connection.execute(f"SELECT count(*) FROM read_parquet({files(paths)})").fetchall()[0][0])

    def _dated(self, query: str, table: Table, until: int | None) -> Frame:
        if table.day is None:
            return nw.from_native(self.connection.sql(query))
        month = MONTH.format(day=table.day)
        bound = "" if until is None else f" WHERE {table.day} <= {int(until)}"
        return nw.from_native(self.connection.sql(f"SELECT *, {month} AS month FROM ({query}){bound}"))
