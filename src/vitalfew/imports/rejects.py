"""The rejected rows in the format in which they came: CSV, workbook or Parquet, with what was wrong in columns of its own."""

import csv
import io
from pathlib import Path
from typing import Final

from vitalfew.language import Language, translate
from vitalfew.warehouse.readers import REASONS
from vitalfew.warehouse.staging import NOTES, WHY

FORMATS: Final = (".xlsx", ".parquet")
REASON: Final = NOTES[3]


def format_of(name: str) -> str:
    """The ending in which a file's rejects are given back."""
    ending = Path(name).suffix.lower()
    return ending if ending in FORMATS else ".csv"


def given_back(rejects: Path, ending: str, language: Language) -> bytes:
    """The kept rejects in that format, each with its reason as a sentence."""
    rows = _rows(rejects, language)
    if ending == ".xlsx":
        return _workbook(rows)
    return _parquet(rows) if ending == ".parquet" else _lines(rows)


def _rows(rejects: Path, language: Language) -> list[list[str]]:
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    place = heading.index(REASON)
    said = {code: translate(text, language) for code, text in REASONS.items()}
    return [[*heading, WHY], *([*row, said.get(row[place], "")] for row in rows)]


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[str]]) -> bytes:
    """Every cell as text: a code keeps its zeros, and nothing runs."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _parquet(rows: list[list[str]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    heading, *cells = rows
    columns = [pa.array(column, pa.string()) for column in zip(*cells, strict=True)]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, names=heading), buffer)
    return buffer.getvalue()
