"""XLSX workbooks, streamed: the visible sheet whose headings fit, its stored values, no formula, no macro run.

A hidden sheet is read only when it is asked for by name. A cell that shows an error, or a formula whose result was
never stored, has no value: it rejects its row.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any, Final, TypeVar

import numpy as np
from defusedxml.common import DefusedXmlException
from openpyxl.packaging.relationship import Relationship
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import SHARED_STRINGS

from vitalfew.warehouse.readers import archive
from vitalfew.warehouse.readers.arrays import texts
from vitalfew.warehouse.readers.cellgrid import Cells, Grid
from vitalfew.warehouse.readers.headings import assign, recognised
from vitalfew.warehouse.readers.options import Options
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.rows import Block, Torn
from vitalfew.warehouse.readers.shape import LINES_SEARCHED, MOST_COLUMNS
from vitalfew.warehouse.readers.sharedstrings import shared_strings
from vitalfew.warehouse.tables import Table

ROWS: Final = 20_000
LETTERS, CELL_COSTS = 16 << 20, 60  # a cell costs memory beside its letters
ROWS_TO_LOOK_AT: Final = 500
MOST_SHEETS: Final = 500
T = TypeVar("T")


@contextmanager
def guarded() -> Iterator[None]:
    """A damaged or hostile part shows in many ways; the user is told one of two."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever the damage leads to
        raise Refused("unsafe_xml" if _unsafe(error) else "corrupt_file") from None


def _unsafe(error: BaseException | None) -> bool:
    """Whether a document type or an entity is behind it, however wrapped."""
    return error is not None and (isinstance(error, DefusedXmlException) or _unsafe(error.__context__))


def _quietly(read: Callable[[], T]) -> T:
    """What openpyxl warns of concerns looks and extensions, and dates that are rejected anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read()


class Package:
    """A workbook's parts as openpyxl tells them; its sheets' rows and shared strings are read by our own parsers."""

    def __init__(self, stream: IO[bytes]) -> None:
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        _at_their_places(reader.package)
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        self.archive, self.book, self._parser = reader.archive, reader.wb, reader.parser
        self.strings = self._strings()

    def _strings(self) -> list[str]:
        name = next((name for name in self.archive.namelist() if name.lower() == archive.STRINGS), None)
        if name is None:
            return []
        with self.archive.open(name) as source:
            return shared_strings(source)

    def sheets(self) -> "list[Sheet]":
        """Its sheets in their order; charts are none."""
        there = set(self.archive.namelist())
        found = [
            Sheet(self, *each) for each in self._parser.find_sheets() if _of_cells(each[1]) and each[1].target in there
        ]
        if len(found) > MOST_SHEETS:
            raise Refused("too_large_unpacked")
        return found


def _at_their_places(manifest: Any) -> None:
    """The workbook and its strings are where their size was judged, whatever the manifest calls them."""
    places = {archive.WORKBOOK: _find_workbook_part(manifest), archive.STRINGS: manifest.find(SHARED_STRINGS)}
    if any(part is not None and part.PartName.lower() != f"/{place}" for place, part in places.items()):
        raise Refused("unsafe_archive")


def _of_cells(relation: Relationship) -> bool:
    return "chartsheet" not in relation.Type


class Sheet:
    """One sheet: its name, and its rows from the start as often as asked."""

    def __init__(self, package: Package, told: Any, relation: Relationship) -> None:
        self._package, self._place = package, relation.target
        self.name: str = told.name
        self.visible: bool = told.state == "visible"
        self.heading_line = 0
        self.headings: list[str] = []
        self.remarks: dict[str, int] = {}

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Row number and the cells that are not empty."""
        book = self._package.book
        grid = Grid(
            self._package.strings,
            book._date_formats,  # noqa: SLF001 - openpyxl keeps them for its own sheets
            book._timedelta_formats,  # noqa: SLF001 - as above
            book.epoch,
        )
        with guarded(), self._package.archive.open(self._place) as source:
            yield from grid.rows(source)
            self.remarks = {"hidden_rows": grid.hidden, "merged_cells": self._merged(grid.merged)}

    def _merged(self, ranges: list[str]) -> int:
        """How many merged ranges reach below the headings."""
        return sum(range_boundaries(merged)[3] > max(self.heading_line, 1) for merged in ranges)

    def find_headings(self, table: Table, options: Options) -> int:
        """Take the row among the first that names most fields; how many it names."""
        most = -1
        for number, cells in self.rows():
            if number > LINES_SEARCHED:
                break
            texts = _spread(cells)
            fields = recognised(texts, table, options.mapping)
            if texts and fields > most:
                self.heading_line, self.headings, most = number, texts, fields
        return most


class Workbook:
    """A workbook as a source of blocks."""

    encoding = delimiter = None

    def __init__(self, stream: IO[bytes], table: Table, options: Options) -> None:
        archive.check(stream)
        stream.seek(0)
        with guarded():
            package = _quietly(lambda: Package(stream))
            sheets = _quietly(package.sheets)
            self.epoch = "1904" if package.book.epoch == CALENDAR_MAC_1904 else "1900"
        self._stream = stream
        self._sheet = chosen(sheets, table, options)
        self.sheet = self._sheet.name
        self.headings = self._sheet.headings
        self.bytes_read = 0

    @property
    def remarks(self) -> dict[str, int]:
        return self._sheet.remarks

    def first(self) -> Block | None:
        part = list(islice(self._below(), ROWS_TO_LOOK_AT))
        return self._block(part) if part else None

    def blocks(self) -> Iterator[Block]:
        """Blocks of the rows below the headings."""
        for part in _portions(self._below()):
            self.bytes_read = self._stream.tell()
            yield self._block(part)

    def _below(self) -> Iterator[tuple[int, Cells]]:
        return ((number, cells) for number, cells in self._sheet.rows() if number > self._sheet.heading_line)

    def _block(self, part: list[tuple[int, Cells]]) -> Block:
        width = len(self.headings)
        fits = [not cells or cells[-1][0] <= width for _, cells in part]
        whole = [row for row, fit in zip(part, fits, strict=True) if fit]
        torn = [
            Torn(row[0], _spread(row[1]), "wrong_column_count") for row, fit in zip(part, fits, strict=True) if not fit
        ]
        columns = [[""] * len(whole) for _ in range(width)]
        for place, (_, cells) in enumerate(whole):
            for column, text in cells:
                columns[column - 1][place] = text
        lines = np.array([number for number, _ in whole], np.int64)
        return Block(lines, [texts(column) for column in columns], torn)


def _portions(rows: Iterator[tuple[int, Cells]]) -> Iterator[list[tuple[int, Cells]]]:
    """Rows together, as many as memory has room for."""
    part: list[tuple[int, Cells]] = []
    letters = 0
    for row in rows:
        part.append(row)
        letters += sum(len(text) + CELL_COSTS for _column, text in row[1])
        if len(part) == ROWS or letters > LETTERS:
            yield part
            part, letters = [], 0
    if part:
        yield part


def chosen(sheets: Sequence[Sheet], table: Table, options: Options) -> Sheet:
    """The sheet named by the user, else the only visible one whose headings fit."""
    if options.sheet is not None:
        sheet = next((sheet for sheet in sheets if sheet.name == options.sheet), None)
        if sheet is None:
            raise Refused("choose_sheet", "sheet", sheets=tuple(sheet.name for sheet in sheets if sheet.visible))
        sheet.find_headings(table, options)
        return sheet
    visible = [sheet for sheet in sheets if sheet.visible]
    fields = [sheet.find_headings(table, options) for sheet in visible]
    if not visible or max(fields) < 0:
        raise Refused("empty_file")
    fitting = [sheet for sheet in visible if _fits(sheet, table, options)]
    if len(fitting) > 1:
        raise Refused("choose_sheet", "sheet", sheets=tuple(sheet.name for sheet in fitting))
    return fitting[0] if fitting else visible[fields.index(max(fields))]


def _fits(sheet: Sheet, table: Table, options: Options) -> bool:
    try:
        assign(sheet.headings, table, options.mapping)
    except Refused:
        return False
    return True


def _spread(cells: Cells) -> list[str]:
    """Cells at their places, with empty ones between them."""
    if not cells:
        return []
    if cells[-1][0] > MOST_COLUMNS:
        raise Refused("too_many_columns", limit=MOST_COLUMNS)
    texts = [""] * cells[-1][0]
    for column, text in cells:
        texts[column - 1] = text.strip()
    return texts
