"""Where the tables of a run come from: a home's facts, tables handed over, or both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from vitalfew.warehouse.engines import Engine, Frame
from vitalfew.warehouse.ledger import Snapshot
from vitalfew.warehouse.tables import TABLES


class Source(Protocol):
    """Where a run's tables come from."""

    @property
    def names(self) -> frozenset[str]:
        """The tables that have rows."""

    def frame(self, name: str, until: int | None) -> Frame:
        """The current rows of a table, those later than ``until`` left out."""

    def as_one(self, name: str, rows: Frame) -> Frame:
        """Rows of a table as this source reads them: with merged codes in their place."""


@dataclass(frozen=True)
class FromStore:
    """A home's facts, in one version."""

    engine: Engine
    snapshots: Mapping[str, Snapshot]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, snapshot in self.snapshots.items() if snapshot.rows)

    def frame(self, name: str, until: int | None) -> Frame:
        return self.engine.current(self.snapshots[name], until)

    def as_one(self, name: str, rows: Frame) -> Frame:  # noqa: ARG002  (as every source is asked)
        return rows


@dataclass(frozen=True)
class FromTables:
    """Tables handed over in memory."""

    engine: Engine
    tables: Mapping[str, pa.Table]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.tables)

    def frame(self, name: str, until: int | None) -> Frame:
        if name in self.tables:
            return self.engine.given(name, self.tables[name], until)
        return self.engine.current(Snapshot(TABLES[name], None), until)

    def as_one(self, name: str, rows: Frame) -> Frame:  # noqa: ARG002  (as every source is asked)
        return rows


@dataclass(frozen=True)
class Beside:
    """Facts, and tables handed over beside them."""

    facts: Source
    given: Source

    @property
    def names(self) -> frozenset[str]:
        return self.facts.names | self.given.names

    def frame(self, name: str, until: int | None) -> Frame:
        return self._has(name).frame(name, until)

    def as_one(self, name: str, rows: Frame) -> Frame:
        return self._has(name).as_one(name, rows)

    def _has(self, name: str) -> Source:
        return self.given if name in self.given.names else self.facts
