"""The rejected rows in the format in which they came: CSV, workbook or Parquet, with what was wrong in columns of its own."""

import csv
import io
from pathlib import Path
from typing import Final

FORMATS: Final = (".xlsx", ".parquet")


def format_of(name: str) -> str:
    """The ending in which a file's rejects are given back."""
    ending = Path(name).suffix.lower()
    return ending if ending in FORMATS else ".csv"


def given_back(rejects: Path, ending: str) -> bytes:
    """The kept rejects in that format."""
    if ending == ".xlsx":
        return _workbook(_rows(rejects))
    return _parquet(_rows(rejects)) if ending == ".parquet" else rejects.read_bytes()


def _rows(rejects: Path) -> list[list[str]]:
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


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
