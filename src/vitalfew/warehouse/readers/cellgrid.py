"""The rows of one sheet's XML, streamed: each cell as the text in which it is stored.

openpyxl has told which sheet, which shared strings and which styles are dates; its own row parser is not used, because
it cannot tell a formula without a result from an empty cell and builds an object a cell.
"""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import IO, Final
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel
from openpyxl.xml.constants import SHEET_MAIN_NS

from vitalfew.warehouse.readers.plain import plain, plain_number
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.text import NOT_COMPUTED

SPACE: Final = f"{SHEET_MAIN_NS} "
CELL, ROW, MERGED = SPACE + "c", SPACE + "row", SPACE + "mergeCell"
VALUE, FORMULA, TEXT, PHONETIC = SPACE + "v", SPACE + "f", SPACE + "t", SPACE + "rPh"
CHUNK: Final = 1 << 16
MOST_ROWS, MOST_CELLS = 1 << 20, 1 << 14  # as many as a sheet can have
LONGEST_TEXT: Final = 1 << 17
DEEPEST: Final = 32
MOST_BESIDE: Final = 200_000  # merged ranges, links, rules: what stands beside the rows
SURELY_EXACT: Final = 15  # so few characters of a number hold no digit that is noise of its binary form

Cells = list[tuple[int, str]]


class Grid:
    """One passage through a sheet: its rows, and what was met besides them."""

    def __init__(
        self, strings: Sequence[object], dates: Container[int], spans: Container[int], epoch: datetime
    ) -> None:
        self._strings, self._dates, self._spans, self._epoch = strings, dates, spans, epoch
        self.hidden = 0
        self.merged: list[str] = []
        self._done: list[tuple[int, Cells]] = []
        self._number, self._column, self._cells = 0, 0, Cells()
        self._cell: dict[str, str] = {}
        self._written: list[str] = []
        self._length = self._depth = self._beside = 0
        self._formula = self._phonetic = False

    def rows(self, source: IO[bytes]) -> Iterator[tuple[int, Cells]]:
        """Row number and the cells that are not empty, by their column."""
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        for chunk in iter(lambda: source.read(CHUNK), b""):
            parser.Parse(chunk, False)
            yield from self._done
            self._done.clear()
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        bound(self._depth, DEEPEST)
        if name == CELL:
            self._cell, self._formula = attributes, False
            self._written.clear()
            self._length = 0
        elif name == VALUE or (name == TEXT and not self._phonetic):
            self._parser.CharacterDataHandler = self._write
        elif name == ROW:
            self._begin_row(attributes)
        elif name == FORMULA:
            self._formula = True
        elif name == PHONETIC:
            self._phonetic = True
        else:
            self._beside += 1
            bound(self._beside, MOST_BESIDE)
            if name == MERGED:
                self.merged.append(attributes.get("ref", ""))

    def _write(self, piece: str) -> None:
        self._length += len(piece)
        bound(self._length, LONGEST_TEXT)
        self._written.append(piece)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == CELL:
            self._end_cell()
        elif name in {VALUE, TEXT}:
            self._parser.CharacterDataHandler = None
        elif name == ROW:
            self._done.append((self._number, self._cells))
        elif name == PHONETIC:
            self._phonetic = False

    def _begin_row(self, attributes: dict[str, str]) -> None:
        """Rows follow each other, as a row's number is how it is told from others."""
        self._number = _after(self._number, int(attributes.get("r") or self._number + 1), MOST_ROWS)
        self._column, self._cells = 0, Cells()
        self.hidden += attributes.get("hidden") in {"1", "true"}

    def _end_cell(self) -> None:
        place = self._cell.get("r")
        column = _column(place.rstrip("0123456789")) if place else self._column + 1
        self._column = _after(self._column, column, MOST_CELLS)
        written = "".join(self._written)
        text = self._text(written) if written else NOT_COMPUTED * self._formula
        if text:
            self._cells.append((self._column, text))

    def _text(self, written: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "n":
            return self._plain(written, int(self._cell.get("s", "0")))
        if kind == "s":
            return str(self._strings[int(written)])
        return plain(bool(int(written))) if kind == "b" else written

    def _plain(self, number: str, style: int) -> str:
        if style in self._dates:
            return _day(number, self._epoch, style in self._spans)
        return number if len(number) <= SURELY_EXACT and "E" not in number.upper() else plain_number(float(number))


def _after(last: int, number: int, most: int) -> int:
    """The number of a row or cell: greater than the one before, and one that a sheet can have."""
    if not last < number <= most:
        raise Refused("corrupt_file")
    return number


def bound(size: int, most: int) -> None:
    """Refuse what is longer or deeper than a workbook of a spreadsheet program can be."""
    if size > most:
        raise Refused("corrupt_file")


def refuse(*_: object) -> None:
    """Without a document type there are no entities to expand."""
    raise Refused("unsafe_xml")


@cache
def _column(letters: str) -> int:
    number: int = column_index_from_string(letters)
    return number


@lru_cache(maxsize=100_000)
def _day(value: str, epoch: datetime, span: bool) -> str:  # noqa: FBT001 - a key of the cache
    """The date behind a day number; what is no date of the calendar stays the number it is."""
    try:
        return plain(from_excel(float(value), epoch, timedelta=span))
    except (ValueError, OverflowError):
        return value
