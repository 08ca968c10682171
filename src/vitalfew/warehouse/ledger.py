"""One table's ledger: every version of every row, which import wrote it, and which later import replaced it.

A ledger is one Delta table in three parts, added to in one commit, so that a reader sees an import whole or not at all:

    rows     facts as they were imported
    marks    an older row that a later import replaced
    echoes   a row that a later import said again, word for word

    current rows  =  rows  without those a mark points to

Taking an import back removes what it wrote, in one commit. What it had replaced is current again, and a row that
another import had echoed stays, now as that import's own. An older version of the Delta table is the state as known then.
"""

import contextlib
import fcntl
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction, RemoveAction

from vitalfew.warehouse.storage import Unreachable, storage
from vitalfew.warehouse.tables import Table

ROWS: Final = "rows"
MARKS: Final = "marks"
ECHOES: Final = "echoes"
PROVENANCE: Final = (pa.field("_import", pa.int64()), pa.field("_line", pa.int64()))
OLDER: Final = (pa.field("_old_import", pa.int64()), pa.field("_old_line", pa.int64()))


class Overtaken(RuntimeError):
    """Somebody else committed meanwhile, on the same state of the ledger; nothing was committed here."""


@dataclass(frozen=True)
class Snapshot:
    """The files that make up one version of one table."""

    table: Table
    version: int | None
    rows: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()


class Ledger:
    """The ledger of one table in one folder."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.folder = folder / table.name
        self.table = table
        self.storage = storage(folder, table.name)

    @cached_property
    def schema(self) -> pa.Schema:
        return pa.schema([*self.table.schema, *PROVENANCE, *OLDER, pa.field("_part", pa.string())])

    def snapshot(self, version: int | None = None) -> Snapshot:
        """The files of a version; the latest when none is named; none at all before the first import."""
        delta = self._open(version)
        if delta is None:
            return Snapshot(self.table, None)
        paths = sorted(self.storage.here(uri) for uri in delta.file_uris())
        parts = {part: tuple(path for path in paths if f"/_part={part}/" in path) for part in (ROWS, MARKS, ECHOES)}
        return Snapshot(self.table, delta.version(), parts[ROWS], parts[MARKS], parts[ECHOES])

    def _open(self, version: int | None = None) -> DeltaTable | None:
        try:
            return self.storage.opened(version)
        except OSError as failure:
            raise Unreachable(self.storage.address) from failure

    def _made(self) -> DeltaTable:
        address, options = self.storage.address, self.storage.options
        return DeltaTable.create(
            address, schema=self.schema, partition_by=["_part"], mode="ignore", storage_options=options
        )

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time; the lock goes with the process, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".writing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def place(self, part: str, import_id: int) -> Path:
        """A new file's place in the ledger; nobody sees it before it is committed."""
        folder = self.folder / f"_part={part}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"import-{import_id:08d}-{time.time_ns():x}.parquet"

    def commit(
        self, seen: Snapshot, added: Mapping[Path, int], note: Mapping[str, str], removed: Sequence[str] = ()
    ) -> None:
        """Add files (with their numbers of rows) and take others out, in one commit that follows the state seen.

        Where somebody else committed meanwhile, the files go. The log of all commits stays: by it an older state is read.
        """
        try:
            self._commit(seen, added, note, removed)
        except Overtaken:
            for path in added:
                self.storage.drop(path)
            raise

    def _commit(
        self, seen: Snapshot, added: Mapping[Path, int], note: Mapping[str, str], removed: Sequence[str]
    ) -> None:
        delta = self._open() or self._made()
        if delta.version() != (seen.version or 0):
            raise Overtaken(self.table.name)
        for path in added:
            self.storage.keep(path)
        try:
            delta.create_write_transaction(
                [self._addition(path, rows) for path, rows in added.items()]
                + [self._removal(path) for path in removed],
                "append",
                delta.schema(),
                partition_by=["_part"],
                commit_properties=CommitProperties(custom_metadata=dict(note), max_commit_retries=0),
                post_commithook_properties=PostCommitHookProperties(cleanup_expired_logs=False),
            )
        except CommitFailedError as failure:
            raise Overtaken(self.table.name) from failure

    def _addition(self, path: Path, rows: int) -> AddAction:
        return AddAction(
            path=str(path.relative_to(self.folder)),
            size=path.stat().st_size,
            partition_values={"_part": _part(path)},
            modification_time=time.time_ns() // 1_000_000,
            data_change=True,
            stats=json.dumps({"numRecords": rows}),
        )

    def _removal(self, path: str) -> RemoveAction:
        return RemoveAction(
            path=str(Path(path).relative_to(self.folder)),
            data_change=True,
            deletion_timestamp=time.time_ns() // 1_000_000,
            partition_values={"_part": _part(Path(path))},
        )

    def forget(self, import_id: int) -> None:
        """Remove what an import wrote that never came to its commit."""
        for path in self.folder.glob(f"_part=*/import-{import_id:08d}-*.parquet"):
            self.storage.drop(path)

    def commits(self) -> list[Mapping[str, Any]]:
        """What was noted with every commit, the latest first."""
        delta = self._open()
        return list(delta.history()) if delta else []

    def committed(self, import_id: int) -> Mapping[str, Any] | None:
        """What was noted with an import's commit, or None if it never came to a commit."""
        return next((note for note in self.commits() if note.get("import") == str(import_id)), None)

    def version_at(self, moment: int) -> int | None:
        """The version that was the latest then (milliseconds since 1970); None before the first."""
        return next((note["version"] for note in self.commits() if note["timestamp"] <= moment), None)


def _part(path: Path) -> str:
    return path.parent.name.removeprefix("_part=")
