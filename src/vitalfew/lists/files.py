"""A list as a file: CSV or a workbook, with what the user may see and nothing a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext

from vitalfew.lists.listing import ListColumn
from vitalfew.spreadsheets import guarded
from vitalfew.terms import Unit, label_of

SHAPES: Final[Mapping[Unit, str]] = {
    Unit.MONEY: "#,##0.00", Unit.SHARE: "0.0%", Unit.COUNT: "#,##0", Unit.DAYS: "#,##0", Unit.DAY: "yyyy-mm-dd",
}  # fmt: skip


def said(record: Any, column: ListColumn) -> Any:
    """A code as people call it, in the language of who exports; a figure as it is."""
    value = column.value(record)
    return gettext(label_of(column.words, value)) if column.words and value else value


def csv_rows(records: Iterable[Any], columns: Sequence[ListColumn]) -> Iterator[str]:
    """The file in pieces, so that a long list never stands in memory."""
    yield "\ufeff" + _row([gettext(column.label) for column in columns])
    for record in records:
        yield _row([guarded(said(record, column)) for column in columns])


def _row(cells: list[Any]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(["" if cell is None else cell for cell in cells])
    return buffer.getvalue()


def workbook(records: Iterable[Any], columns: Sequence[ListColumn]) -> bytes:
    """Real numbers and days with their formats, a frozen heading, filters; texts stay texts."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": False, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [gettext(column.label) for column in columns], book.add_format({"bold": True}))
    formats = {unit: book.add_format({"num_format": shape}) for unit, shape in SHAPES.items()}
    last = 0
    for last, record in enumerate(records, 1):
        for place, column in enumerate(columns):
            put(sheet, last, place, said(record, column), formats.get(column.unit))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_column(0, len(columns) - 1, 16)
    book.close()
    return buffer.getvalue()


def put(sheet: Any, row: int, column: int, value: Any, shape: Any) -> None:
    """A number or a day as one, anything else as text; nothing where there is none."""
    if value is None:
        return
    if isinstance(value, bool | int | float):
        sheet.write_number(row, column, value, shape)
    elif hasattr(value, "isoformat") and not hasattr(value, "tzinfo"):
        sheet.write_datetime(row, column, value, shape)
    else:
        sheet.write_string(row, column, str(value))
