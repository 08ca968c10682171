"""Where the table begins in a text: the delimiter and the heading line.

Title lines may stand above the headings; the heading line is the one among the first lines that names most fields of
the table, read with the delimiter under which it does.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vitalfew.warehouse.readers.headings import recognised
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.tables import Table

DELIMITERS = ",;\t|"
LINES_SEARCHED = 30
MOST_COLUMNS = 1000


@dataclass(frozen=True)
class Shape:
    """Delimiter, headings, and the number of physical lines down to the heading line with it."""

    delimiter: str
    headings: list[str]
    lines: int


def find(text: str, table: Table, wanted: Mapping[str, str]) -> Shape:
    """The shape under which a line names most fields; the first of equals."""
    shapes = [shape for delimiter in DELIMITERS for shape in _lines(text, delimiter)]
    if not shapes:
        raise Refused("malformed", limit=csv.field_size_limit())
    best = max(shapes, key=lambda shape: (recognised(shape.headings, table, wanted), len(shape.headings), -shape.lines))
    if len(best.headings) > MOST_COLUMNS:
        raise Refused("too_many_columns", limit=MOST_COLUMNS)
    return best


def _lines(text: str, delimiter: str) -> Iterator[Shape]:
    """The first lines that are not blank, as if each were the heading line."""
    reader = csv.reader(_physical(text), delimiter=delimiter)
    try:
        for cells in reader:
            if reader.line_num > LINES_SEARCHED:
                return
            if any(cell.strip() for cell in cells):
                yield Shape(delimiter, [cell.strip() for cell in cells], reader.line_num)
    except csv.Error:
        return


def _physical(text: str) -> Iterator[str]:
    r"""Lines as the reader counts them: ended by \n, \r\n or \r and by nothing else."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        yield line + "\n"
