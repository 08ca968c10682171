"""Small files that want far more than their size: of time, of memory, or of a reader's trust."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

NAMES = ["order_id", "line_no", "ordered_on", "customer", "quantity", "amount"]
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
STYLES, BOOK, TYPES = "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"
Pieces = Iterator[bytes]


def plain_workbook() -> dict[str, bytes]:
    """The parts of a workbook with one good row."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        sheet.write_row(1, 0, ["O1", "1", "2025-01-05", "C1", "1", "10"])
    with zipfile.ZipFile(buffer) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def many(piece: bytes, times: int, at_once: int = 10_000) -> Pieces:
    return repeat(piece * at_once, times // at_once)


def workbook(part: str, at: bytes, *inside: Pieces, instead: bytes = b"") -> Callable[[Path], None]:
    """A workbook one part of which holds more, written in front of a place of it."""

    def write(path: Path) -> None:
        parts = plain_workbook()
        before, found, after = parts[part].partition(at)
        assert found
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                whole = [before, *chain.from_iterable(inside), instead or at, after] if name == part else [content]
                with packed.open(name, "w") as opened:
                    opened.writelines(whole)

    return write


def in_rows(*inside: Pieces) -> Callable[[Path], None]:
    return workbook(SHEET, b"</sheetData>", *inside)


def one(text: bytes) -> Pieces:
    return iter([text])


def text(row: bytes, times: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with gzip.open(path, "wb") as packed:
            packed.write(",".join(NAMES).encode() + b"\n")
            for piece in many(row, times):
                packed.write(piece)

    return write


def parquet(values: list[str], rows: int, *, folded: bool) -> Callable[[Path], None]:
    """Texts as Parquet: each once in a dictionary however often it occurs, or each time anew."""

    def write(path: Path) -> None:
        column: pa.Array = pa.array(values)
        if folded:
            column = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), column)
        pq.write_table(pa.table(dict.fromkeys(NAMES, column)), path, compression="zstd", use_dictionary=folded)

    return write


def nulls(rows: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        pq.write_table(pa.table({name: pa.nulls(rows, pa.string()) for name in NAMES}), path)

    return write


def elsewhere(path: Path) -> None:
    """Shared strings under another name than the one whose size is judged."""
    parts = plain_workbook()
    parts["xl/worksheets/texts.xml"] = parts.pop(STRINGS)
    parts[TYPES] = parts[TYPES].replace(b"/" + STRINGS.encode(), b"/xl/worksheets/texts.xml")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def merged(ranges: int) -> Callable[[Path], None]:
    pieces = one(b"</sheetData><mergeCells>"), many(b'<mergeCell ref="A1:B2"/>', ranges)
    return workbook(SHEET, b"</sheetData>", *pieces, instead=b"</mergeCells>")


def names(number: int) -> Callable[[Path], None]:
    return workbook(BOOK, b"<calcPr", one(b"<definedNames>"), many(A_NAME, number), one(b"</definedNames>"))


def long_string(pieces: int) -> Callable[[Path], None]:
    return workbook(STRINGS, b"</sst>", one(b"<si><t>"), many(LETTERS, pieces), one(b"</t></si>"))


def near_headings(path: Path) -> None:
    path.write_text(",".join(f"orderi{n}x{'q' * 80}" for n in range(900)) + "\n1\n")


def gzip_in_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.compress(b"0" * (16 << 20))))


def columns(number: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        pq.write_table(pa.table({str(n): ["a"] for n in range(number)}), path)

    return write


A_SHEET, A_NAME = b'<sheet name="a" sheetId="1" r:id="rId1"/>', b'<definedName name="a">A1</definedName>'
A_TYPE, LETTERS = b'<Override PartName="/a" ContentType="b"/>', b"a" * 100
BOMBS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "one-cell.xlsx": ("corrupt_file", in_rows(one(b'<row r="3"><c t="str"><v>'), many(LETTERS, 100_000), one(b"</v></c></row>"))),
    "wide-row.xlsx": ("corrupt_file", in_rows(one(b'<row r="3">'), many(b"<c><v>1</v></c>", 400_000), one(b"</row>"))),
    "deep-sheet.xlsx": ("corrupt_file", in_rows(many(b"<a>", 500_000), many(b"</a>", 500_000))),
    "deep-book.xlsx": ("too_large_unpacked", workbook(BOOK, b"</workbook>", many(b"<a>", 100_000), many(b"</a>", 100_000))),
    "rows-without-end.xlsx": ("corrupt_file", in_rows(many(b"<row/>", 1_100_000))),
    "merged.xlsx": ("corrupt_file", merged(300_000)),
    "styles.xlsx": ("too_large_unpacked", workbook(STYLES, b"</cellXfs>", many(b"<xf/>", 300_000))),
    "sheets.xlsx": ("too_large_unpacked", workbook(BOOK, b"</sheets>", many(A_SHEET, 20_000))),
    "names.xlsx": ("too_large_unpacked", names(210_000)),
    "types.xlsx": ("too_large_unpacked", workbook(TYPES, b"</Types>", many(A_TYPE, 210_000))),
    "strings.xlsx": ("too_large_unpacked", workbook(STRINGS, b"</sst>", many(b"<si><t>a</t></si>", 5_000_000))),
    "long-string.xlsx": ("corrupt_file", long_string(100_000)),
    "deep-strings.xlsx": ("corrupt_file", workbook(STRINGS, b"</sst>", many(b"<a>", 100_000), many(b"</a>", 100_000))),
    "strings-elsewhere.xlsx": ("unsafe_archive", elsewhere),
    "row-number.xlsx": ("corrupt_file", in_rows(one(b'<row r="1' + b"0" * 30 + b'"><c><v>1</v></c></row>'))),
    "row-below-zero.xlsx": ("corrupt_file", in_rows(one(b'<row r="-5"><c><v>1</v></c></row>'))),
    "row-twice.xlsx": ("corrupt_file", in_rows(one(b'<row r="3"><c><v>1</v></c></row>' * 2))),
    "cells-backwards.xlsx": ("corrupt_file", in_rows(one(b'<row r="3"><c r="C3"><v>1</v></c><c r="A3"><v>1</v></c></row>'))),
    "string-not-there.xlsx": ("corrupt_file", in_rows(one(b'<row r="3"><c t="s"><v>99999999</v></c></row>'))),
    "line.csv.gz": ("too_large_unpacked", text(b"a" * 100, 100_000)),
    "rows.csv.gz": ("too_large_unpacked", text(b"x\n", 5_000_000)),
    "blank-rows.csv.gz": ("too_large_unpacked", text(b"\n", 10_000_000)),
    "gzip-in-gzip.csv.gz": ("bad-encoding", gzip_in_gzip),
    "near-headings.csv": ("missing_column", near_headings),
    "long-heading.csv": ("malformed", lambda path: path.write_text("x" * 240_000 + ",y\n1,2\n")),
    "folded.parquet": ("too_large_unpacked", parquet(["x" * 30_000], 900_000, folded=True)),
    "unfolded.parquet": ("too_large_unpacked", parquet(["x" * (20 << 20), "a"], 2, folded=False)),
    "rows.parquet": ("too_large_unpacked", nulls(5_000_000)),
    "columns.parquet": ("too_many_columns", columns(1_200)),
}  # fmt: skip
"""File → the reason for which it is refused, and what writes it."""
