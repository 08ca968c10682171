"""A list as a file: CSV or a workbook, with what the user may see and nothing a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext

from vitalfew.accounts.columns import ListColumn
from vitalfew.accounts.questions import Line
from vitalfew.spreadsheets import guarded
from vitalfew.terms import label_of


def csv_rows(lines: Iterable[Line], columns: list[ListColumn], headings: list[str]) -> Iterator[str]:
    """The file in pieces, so that a million lines never stand in memory."""
    yield "\ufeff" + _row(headings)
    for line in lines:
        yield _row([guarded(_said(line, column)) for column in columns])


def _said(line: Line, column: ListColumn) -> Any:
    """A code as people call it, in the language of who exports; a figure as it is."""
    value = line.value(column.name)
    return gettext(label_of(column.words, value)) if column.words and value else value


def _row(cells: list[Any]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(["" if cell is None else cell for cell in cells])
    return buffer.getvalue()


def workbook(lines: Iterable[Line], columns: list[ListColumn], headings: list[str]) -> bytes:
    """Real numbers with their formats, a frozen heading, filters; texts stay texts."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": False, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    bold, formats = book.add_format({"bold": True}), _formats(book)
    sheet.write_row(0, 0, headings, bold)
    last = 0
    for last, line in enumerate(lines, 1):
        for place, column in enumerate(columns):
            _write(sheet, last, place, _said(line, column), formats.get(column.unit.value))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_column(0, len(columns) - 1, 16)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    shapes = {"money": "#,##0.00", "share": "0.0%", "count": "#,##0", "days": "#,##0"}
    return {unit: book.add_format({"num_format": shape}) for unit, shape in shapes.items()}


def _write(sheet: Any, row: int, column: int, value: Any, shape: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value, shape)
