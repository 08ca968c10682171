"""The store: all ledgers of a home, and the one way rows get in and out of them.

    add    staged rows → what is new, what says the same again, what replaces an older version → one commit
    undo   an import taken back whole, and nothing that another import also said

Each step runs in DuckDB over files, with bounded memory: a book may be larger than the machine's.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb

from vitalfew.warehouse.engines.duck import connect, current_sql, files
from vitalfew.warehouse.ledger import ECHOES, MARKS, ROWS, Ledger, Overtaken, Snapshot
from vitalfew.warehouse.tables import TABLES, Column, Table

Done = TypeVar("Done")
MEMORY: Final = "180MB"
"""What sorting and comparing may take before it spills to disk; the process around it takes as much again."""


@dataclass(frozen=True)
class Double:
    """A row whose key stood in the same file before, with its values as text."""

    line: int
    first_line: int
    same: bool
    field: str
    value: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Added:
    """What became of the staged rows."""

    accepted: int
    unchanged: int
    restated: int
    doubles: Sequence[Double] = field(default=())


Told = Callable[[Added], None]


class Store:
    """The facts of one home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ledger(self, table: Table) -> Ledger:
        return Ledger(self.folder, table)

    def snapshot(self, versions: Mapping[str, int] | None = None) -> Mapping[str, Snapshot]:
        """One version of every table: the latest, or those named (a table not named then had no rows)."""
        if versions is None:
            return {name: self.ledger(table).snapshot() for name, table in TABLES.items()}
        return {
            name: self.ledger(table).snapshot(versions[name]) if name in versions else Snapshot(table, None)
            for name, table in TABLES.items()
        }

    def versions(self) -> Mapping[str, int]:
        """The latest version of every table that has one."""
        return {name: s.version for name, s in self.snapshot().items() if s.version is not None}

    def versions_after(self, import_id: int) -> Mapping[str, int] | None:
        """Every table's version right after an import; None where it never came to a commit."""
        ledgers = {name: self.ledger(table) for name, table in TABLES.items()}
        notes = [note for ledger in ledgers.values() if (note := ledger.committed(import_id))]
        if not notes:
            return None
        found = {name: ledger.version_at(notes[0]["timestamp"]) for name, ledger in ledgers.items()}
        return {name: version for name, version in found.items() if version is not None}

    def add(
        self,
        table: Table,
        staged: Sequence[str],
        import_id: int,
        note: Mapping[str, str],
        told: Told = lambda _added: None,
    ) -> Added:
        """Commit staged rows as one import; once more where another machine was faster.

        ``note`` is kept with the commit; ``told`` hears before it what will come of the rows.
        """
        return _once_more(lambda: self._add(table, staged, import_id, note, told))

    def _add(self, table: Table, staged: Sequence[str], import_id: int, note: Mapping[str, str], told: Told) -> Added:
        ledger = self.ledger(table)
        with ledger.writing(), connect(MEMORY, spill=self.folder / ".spill") as connection:
            desk = _Desk(connection, ledger.snapshot(), staged, import_id)
            doubles = desk.doubles()
            desk.meet()
            added = {place: desk.write(part, place) for part, place in self._places(ledger, import_id).items()}
            kept = {place: rows for place, rows in added.items() if rows}
            for place in added.keys() - kept.keys():
                place.unlink()
            counted = desk.count(doubles)
            told(counted)
            if kept:
                counts = {"rows_accepted": counted.accepted, "rows_unchanged": counted.unchanged}
                mine = {"import": str(import_id), "action": "import", "counts": json.dumps(counts)}
                ledger.commit(desk.snapshot, kept, {**mine, **note})
            return counted

    def check(self, table: Table, staged: Sequence[str], import_id: int) -> Added:
        """What :meth:`add` would do, without doing it."""
        with connect(MEMORY, spill=self.folder / ".spill") as connection:
            desk = _Desk(connection, self.ledger(table).snapshot(), staged, import_id)
            doubles = desk.doubles()
            desk.meet()
            return desk.count(doubles)

    def _places(self, ledger: Ledger, import_id: int) -> Mapping[str, Path]:
        return {part: ledger.place(part, import_id) for part in (ROWS, MARKS, ECHOES)}

    def undo(self, table: Table, import_id: int, note: Mapping[str, str] | None = None) -> int:
        """Take an import back whole; gives the number of its rows that are gone."""
        return _once_more(lambda: self._undo(table, import_id, note))

    def _undo(self, table: Table, import_id: int, note: Mapping[str, str] | None) -> int:
        ledger = self.ledger(table)
        with ledger.writing(), connect(MEMORY, spill=self.folder / ".spill") as connection:
            desk = _Eraser(connection, ledger.snapshot(), import_id)
            removed = desk.touched()
            if not removed:
                return 0
            added = {place: desk.write(part, place) for part, place in self._places(ledger, import_id).items()}
            kept = {place: rows for place, rows in added.items() if rows}
            for place in added.keys() - kept.keys():
                place.unlink()
            told = {"undone": str(import_id), "action": "undo", **(note or {})}
            ledger.commit(desk.snapshot, kept, told, removed)
            return desk.gone


def _once_more(step: Callable[[], Done]) -> Done:
    """Where somebody else committed meanwhile, the step is taken again on what there is now."""
    try:
        return step()
    except Overtaken:
        return step()


def copy(connection: duckdb.DuckDBPyConnection, query: str, place: Path) -> int:
    """Write a query's rows to a Parquet file; gives how many there are."""
    quoted = str(place).replace("'", "''")
    copied = connection.execute(
        f"COPY ({query}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    )
    return int(copied.fetchall()[0][0])


def _as_text(column: Column) -> str:
    if column.type == "day":
        return f"CAST(DATE '1970-01-01' + s.{column.name} AS VARCHAR)"
    return f"CAST(s.{column.name} AS VARCHAR)"


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    return connection.execute(query).fetchall()[0][0]


class _Desk:
    """Staged rows beside the ledger's: sorts out what is new, what is an echo and what is a restatement."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, staged: Sequence[str], import_id: int
    ) -> None:
        self.connection = connection
        self.snapshot = snapshot
        self.table = snapshot.table
        self.import_id = import_id
        self.key = ", ".join(self.table.key)
        source = f"read_parquet({files(staged)})" if staged else f"({current_sql(Snapshot(self.table, None))})"
        connection.execute(f"CREATE VIEW staged AS SELECT * FROM {source}")
        connection.execute("CREATE TEMP TABLE doubled (_line BIGINT, first_line BIGINT, same BOOLEAN)")
        connection.execute("CREATE TEMP TABLE met (_line BIGINT, _old_import BIGINT, _old_line BIGINT, same BOOLEAN)")

    def doubles(self) -> list[Double]:
        """Rows whose key came earlier in the file: the first one counts."""
        suspects = f"SELECT hash({self.key}) AS h FROM staged GROUP BY h HAVING count(*) > 1"
        if _one(self.connection, f"SELECT count(*) FROM ({suspects})"):
            same = " AND ".join(f"s.{c.name} IS NOT DISTINCT FROM f.{c.name}" for c in self.table.columns)
            self.connection.execute(
                f"CREATE TEMP TABLE suspect AS SELECT *, min(_line) OVER (PARTITION BY {self.key}) AS first_line "
                f"FROM staged WHERE hash({self.key}) IN ({suspects})"
            )
            self.connection.execute(
                f"INSERT INTO doubled SELECT s._line, s.first_line, {same} FROM suspect s "
                "JOIN suspect f ON f._line = s.first_line WHERE s._line > s.first_line"
            )
        return [self._double(*row) for row in self._doubled()]

    def _doubled(self) -> list[tuple[Any, ...]]:
        columns = ", ".join(_as_text(column) for column in self.table.columns)
        query = f"SELECT d.*, {columns} FROM doubled d JOIN staged s USING (_line) ORDER BY _line"
        return (
            self.connection.execute(query).fetchall() if _one(self.connection, "SELECT count(*) FROM doubled") else []
        )

    def _double(self, line: int, first_line: int, same: bool, *cells: str | None) -> Double:  # noqa: FBT001  (a row)
        values = {c.name: cell for c, cell in zip(self.table.columns, cells, strict=True) if cell is not None}
        field = self.table.key[-1]
        return Double(line, first_line, same, field, values[field], values)

    def meet(self) -> None:
        """Every staged row beside every version of its key in the ledger, and whether the current one says the same."""
        if not self.snapshot.rows:
            return
        versions = f"read_parquet({files(self.snapshot.rows)}, hive_partitioning = false)"
        self.connection.execute(
            f"INSERT INTO met SELECT s._line, v._import, v._line, false FROM staged s "
            f"JOIN (SELECT {self.key}, _import, _line FROM {versions}) v USING ({self.key}) "
            "WHERE s._line NOT IN (SELECT _line FROM doubled)"
        )
        if _one(self.connection, "SELECT count(*) FROM met"):
            same = " AND ".join(f"s.{c.name} IS NOT DISTINCT FROM c.{c.name}" for c in self.table.columns)
            self.connection.execute(
                f"UPDATE met SET same = true FROM (SELECT s._line, c._import, c._line AS old FROM staged s "
                f"JOIN ({current_sql(self.snapshot)}) c USING ({self.key}) WHERE {same}) e "
                "WHERE met._line = e._line AND met._old_import = e._import AND met._old_line = e.old"
            )

    def write(self, part: str, place: Path) -> int:
        return copy(self.connection, self._query(part), place)

    def _query(self, part: str) -> str:
        if part == ROWS:
            names = ", ".join(column.name for column in self.table.columns)
            order = "customer, " if "customer" in self.table.by_name else ""
            return (
                f"SELECT {names}, {self.import_id}::BIGINT AS _import, _line FROM staged "
                "WHERE _line NOT IN (SELECT _line FROM doubled) AND _line NOT IN (SELECT _line FROM met WHERE same) "
                f"ORDER BY {order}{self.table.day or self.table.key[0]}, _line"
            )
        echoed = "SELECT _line FROM met WHERE same"
        which = "same" if part == ECHOES else f"_line NOT IN ({echoed})"
        return f"SELECT {self.import_id}::BIGINT AS _import, _line, _old_import, _old_line FROM met WHERE {which}"

    def count(self, doubles: Sequence[Double]) -> Added:
        staged = _one(self.connection, "SELECT count(*) FROM staged")
        unchanged = _one(self.connection, "SELECT count(DISTINCT _line) FROM met WHERE same")
        met = _one(self.connection, "SELECT count(DISTINCT _line) FROM met")
        return Added(staged - unchanged - len(doubles), unchanged, met - unchanged, doubles)


class _Eraser:
    """The ledger without one import: its rows go, unless another import echoed them, which then owns them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, import_id: int) -> None:
        self.connection = connection
        self.snapshot = snapshot
        self.import_id = import_id
        self.gone = 0

    def touched(self) -> list[str]:
        """The files that hold anything of the import, or point to it."""
        paths = [*self.snapshot.rows, *self.snapshot.marks, *self.snapshot.echoes]
        mine = [path for path in paths if self._holds(path)]
        self._view(ROWS, self.snapshot.rows, mine)
        self._view(MARKS, self.snapshot.marks, mine)
        self._view(ECHOES, self.snapshot.echoes, mine)
        if mine:
            self._adopt()
        return mine

    def _holds(self, path: str) -> bool:
        pointing = "" if f"_part={ROWS}/" in path else f" OR _old_import = {self.import_id}"
        query = f"SELECT 1 FROM read_parquet({files([path])}) WHERE _import = {self.import_id}{pointing} LIMIT 1"
        return bool(self.connection.execute(query).fetchall())

    def _view(self, part: str, paths: Sequence[str], mine: Sequence[str]) -> None:
        here = [path for path in paths if path in mine]
        older = "CAST(NULL AS BIGINT) AS _import, CAST(NULL AS BIGINT) AS _line, CAST(NULL AS BIGINT) AS _old_import"
        columns = (
            current_sql(Snapshot(self.snapshot.table, None))
            if part == ROWS
            else f"SELECT {older}, CAST(NULL AS BIGINT) AS _old_line WHERE false"
        )
        source = f"SELECT * FROM read_parquet({files(here)}, hive_partitioning = false)" if here else columns
        self.connection.execute(f"CREATE VIEW {part} AS {source}")

    def _adopt(self) -> None:
        """Which of the import's rows another import echoed first: that one owns the row from now on."""
        self.connection.execute(
            "CREATE TEMP TABLE heir AS SELECT _old_line, min(_import) AS _import, arg_min(_line, _import) AS _line "
            f"FROM echoes WHERE _old_import = {self.import_id} AND _import <> {self.import_id} GROUP BY _old_line"
        )
        self.gone = _one(
            self.connection,
            f"SELECT count(*) FROM rows WHERE _import = {self.import_id} AND _line NOT IN (SELECT _old_line FROM heir)",
        )

    def write(self, part: str, place: Path) -> int:
        return copy(self.connection, self._rows() if part == ROWS else self._pointers(part), place)

    def _rows(self) -> str:
        mine = self.import_id
        names = ", ".join(f"r.{column.name}" for column in self.snapshot.table.columns)
        return (
            f"SELECT * FROM rows WHERE _import <> {mine} UNION ALL "
            f"SELECT {names}, h._import, h._line FROM rows r JOIN heir h ON h._old_line = r._line WHERE r._import = {mine}"
        )

    def _pointers(self, part: str) -> str:
        """Marks and echoes of others stay; those to an adopted row now point to its heir."""
        mine = self.import_id
        return (
            f"SELECT * FROM {part} WHERE _import <> {mine} AND _old_import <> {mine} UNION ALL "
            f"SELECT p._import, p._line, h._import, h._line FROM {part} p JOIN heir h ON h._old_line = p._old_line "
            f"WHERE p._old_import = {mine} AND p._import <> {mine} AND (p._import, p._line) <> (h._import, h._line)"
        )
