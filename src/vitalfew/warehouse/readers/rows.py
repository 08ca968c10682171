"""What travels: a block of text cells from a source, a batch of checked rows to the store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

LINE = "_line"
BEYOND = "#"
"""How cells beyond the last heading are called: this, and their place."""
SHOWN = 200

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Reject:
    """A row that was not taken: the first thing wrong with it, what else is, and the row as it was written.

    ``place`` is its line number within its order where the file numbers none: mended and sent again, it keeps it.
    """

    row: int
    field: str | None
    value: str | None
    reason: str
    values: dict[str, str]
    more: tuple[tuple[str, str], ...] = ()  # further (field, reason) of the same row
    place: str | None = None


@dataclass
class Batch:
    """Checked rows (the table's columns and the line in the file) and the rejects that stood between them."""

    rows: pa.RecordBatch
    rejects: list[Reject]


@dataclass(frozen=True)
class Torn:
    """A record that does not have the columns of the heading line."""

    line: int
    cells: Sequence[str]
    reason: str


@dataclass
class Block:
    """Some records as text: one string array a heading, the line each came from, and the torn ones apart."""

    lines: Lines
    columns: list[pa.Array]
    torn: list[Torn] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)


class Source(Protocol):
    """Where blocks come from; can be read from the start again and again."""

    @property
    def headings(self) -> list[str]: ...
    @property
    def encoding(self) -> str | None: ...
    @property
    def delimiter(self) -> str | None: ...
    @property
    def sheet(self) -> str | None: ...
    @property
    def epoch(self) -> str | None:
        """1900 or 1904, where a bare number in a date column is a spreadsheet's day."""

    @property
    def bytes_read(self) -> int: ...
    @property
    def remarks(self) -> dict[str, int]:
        """Warning code -> how often."""

    def first(self) -> Block | None:
        """Some rows from the start, to look at."""

    def blocks(self) -> Iterator[Block]: ...
