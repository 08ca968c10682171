"""Where the facts are computed on: each engine turns snapshots of ledgers into frames that Narwhals speaks to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

import narwhals as nw
import pyarrow as pa

from vitalfew.warehouse.ledger import Snapshot

Frame = nw.LazyFrame[Any]


ENGINES: Final = ("duckdb", "spark")
MEMORY: Final = "1500MB"
"""What summaries of a long run may hold before they are spilled; the analyses beside them hold as much again."""


class NotAvailable(Exception):
    """An engine whose packages are not installed here."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Engine(Protocol):
    """What the run needs of an engine."""

    def current(self, snapshot: Snapshot, until: int | None) -> Frame:
        """The current rows of a snapshot, those dated later than ``until`` left out."""

    def given(self, name: str, table: pa.Table, until: int | None) -> Frame:
        """A table handed over in memory, as a frame."""

    def forget(self, name: str) -> None:
        """A table that was handed over is not read again."""

    def stored(self, place: Path) -> Frame:
        """The rows of a Parquet file of ours."""

    def kept(self, frame: Frame, name: str) -> Frame:
        """The frame's rows computed once and kept for the run."""


@contextmanager
def engine(name: str = "duckdb", scratch: Path | None = None) -> Iterator[Engine]:
    """The engine of that name for one run; ``scratch`` is where a cluster may keep what it needs meanwhile."""
    if name == "duckdb":
        from vitalfew.warehouse.engines.duck import DuckEngine, connect

        yield DuckEngine(connect(MEMORY, spill=scratch / ".spill" if scratch else None))
        return
    from vitalfew.warehouse.engines.spark import SparkEngine

    spark = SparkEngine(scratch)
    try:
        yield spark
    finally:
        spark.close()
