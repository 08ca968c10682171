"""The rejected rows in the format in which they came: CSV, workbook or Parquet, with what was wrong in columns of its own."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from vitalfew.language import Language, translate
from vitalfew.warehouse.readers import REASONS
from vitalfew.warehouse.staging import NOTES, WHY

FORMATS: Final = (".xlsx", ".parquet")
REASON: Final = NOTES[3]
AT_ONCE: Final = 10_000


def format_of(name: str) -> str:
    """The ending in which a file's rejects are given back."""
    ending = Path(name).suffix.lower()
    return ending if ending in FORMATS else ".csv"


def given_back(rejects: Path, ending: str, language: Language) -> BinaryIO:
    """As `give_back`, in a file of its own that goes when it is closed."""
    content = TemporaryFile()  # noqa: SIM115  (whoever sends it closes it)
    give_back(rejects, ending, language, content)
    content.seek(0)
    return content


def give_back(rejects: Path, ending: str, language: Language, target: BinaryIO) -> None:
    """The kept rejects in that format, each with its reason as a sentence; row by row, however many there are."""
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = _told(csv.reader(file), language)
        if ending == ".xlsx":
            _workbook(rows, target)
        elif ending == ".parquet":
            _parquet(rows, target)
        else:
            _lines(rows, target)


def _told(rows: Iterator[list[str]], language: Language) -> Iterator[list[str]]:
    heading = next(rows)
    place = heading.index(REASON)
    said = {code: translate(text, language) for code, text in REASONS.items()}
    yield [*heading, WHY]
    for row in rows:
        yield [*row, said.get(row[place], "")]


def _lines(rows: Iterable[list[str]], target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, "utf-8-sig", newline="")
    csv.writer(text).writerows(rows)
    text.detach()


def _workbook(rows: Iterable[list[str]], target: BinaryIO) -> None:
    """Every cell as text: a code keeps its zeros, and nothing runs."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)
    book.close()


def _parquet(rows: Iterator[list[str]], target: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in next(rows)])
    with pq.ParquetWriter(target, schema) as writer:
        while some := list(islice(rows, AT_ONCE)):
            columns = [pa.array(column, pa.string()) for column in zip(*some, strict=True)]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
