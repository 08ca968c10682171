"""Where the facts are computed on: each engine turns snapshots of ledgers into frames that Narwhals speaks to."""

from typing import Any, Protocol

import narwhals as nw
import pyarrow as pa

from vitalfew.warehouse.ledger import Snapshot

Frame = nw.LazyFrame[Any]


class Engine(Protocol):
    """What the run needs of an engine."""

    def current(self, snapshot: Snapshot, until: int | None) -> Frame:
        """The current rows of a snapshot, those dated later than ``until`` left out."""

    def given(self, name: str, table: pa.Table, until: int | None) -> Frame:
        """A table handed over in memory, as a frame."""

    def kept(self, frame: Frame, name: str) -> Frame:
        """The frame's rows computed once and kept for the run."""
