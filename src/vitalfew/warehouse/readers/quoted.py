"""Records whose quotes are not plain: line ends inside a cell, quotes in odd places, quotes never closed.

A record may go over several lines, and from one piece of the file into the next. A quote that is never closed must not
swallow the records below it: then its line alone is given back as malformed, and reading goes on with the next one.
"""

import csv
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from vitalfew.warehouse.readers.arrays import texts
from vitalfew.warehouse.readers.rows import Block, Torn

MOST_LINES, FEWEST = 2_000, 50  # a record of more lines is taken for a quote that was never closed
WRONG_COUNT, MALFORMED = "wrong_column_count", "malformed"


class Unfinished(Exception):
    pass


class Records:
    """Reads pieces of text; lines of a record that is not finished wait for the next piece."""

    def __init__(self, delimiter: str, columns: int) -> None:
        self._delimiter = delimiter
        self._columns = columns
        self._first = 1
        self._patience = MOST_LINES
        """Of so many lines a record may be; fewer with each quote that was never closed."""
        self.waiting: list[str] = []

    def take(self, text: bytes, line: int) -> Block:
        """The records that are complete with this piece, whose first line has the number ``line``."""
        self._first = line - len(self.waiting)
        lines = self.waiting + [part + "\n" for part in text.decode().split("\n")[:-1]]
        return self._block(lines, last=False)

    def rest(self) -> Block:
        """What still waits at the end of the file."""
        return self._block(self.waiting, last=True)

    def cells(self, text: str) -> list[str]:
        """The cells of one line, read leniently, to be shown."""
        try:
            return next(csv.reader([text], delimiter=self._delimiter), [])
        except csv.Error:
            return [text]

    def _block(self, lines: list[str], *, last: bool) -> Block:
        self.waiting = []
        rows: list[list[str]] = []
        numbers: list[int] = []
        torn: list[Torn] = []
        for at, cells, reason in self._records(lines, last=last):
            if reason:
                torn.append(Torn(self._first + at, cells, reason))
            else:
                rows.append(cells)
                numbers.append(self._first + at)
        return Block(np.array(numbers, np.int64), self._arrays(rows), torn)

    def _arrays(self, rows: Sequence[Sequence[str]]) -> list[pa.Array]:
        columns = zip(*rows, strict=True) if rows else ([] for _ in range(self._columns))
        return [texts(column) for column in columns]

    def _records(self, lines: list[str], *, last: bool) -> Iterator[tuple[int, list[str], str]]:
        """Each record with its first line and, where it is not whole, the reason."""
        at = 0
        while at < len(lines):
            try:
                used, cells, reason = self._record(lines, at)
            except Unfinished:
                if not last and len(lines) - at < self._patience:
                    self.waiting = lines[at:]
                    return
                self._patience = max(self._patience // 2, FEWEST)
                used, cells, reason = 1, self.cells(lines[at]), MALFORMED
            yield at, cells, reason
            at += used

    def _record(self, lines: list[str], at: int) -> tuple[int, list[str], str]:
        """How many lines the record takes, its cells, and what is wrong with it."""
        if '"' not in lines[at]:
            cells, used = lines[at][:-1].split(self._delimiter), 1
        else:
            reader = csv.reader(_until(lines, at, self._patience), delimiter=self._delimiter, strict=True)
            try:
                cells = next(reader)
            except csv.Error:
                return 1, self.cells(lines[at]), MALFORMED
            used = reader.line_num
        if len(cells) == self._columns:
            return used, cells, ""
        if any(line.count(self._delimiter) == self._columns - 1 for line in lines[at + 1 : at + used]):
            return 1, self.cells(lines[at]), MALFORMED
        return used, cells, WRONG_COUNT


def _until(lines: list[str], at: int, most: int) -> Iterator[str]:
    """The lines from here on; asking for more than there are means that a quote is still open."""
    yield from lines[at : at + most]
    raise Unfinished
