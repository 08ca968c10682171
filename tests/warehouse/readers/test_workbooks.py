"""Workbooks: which sheet, which value, and what is refused before it costs anything."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from vitalfew.warehouse.readers.reasons import Refused

from .made import HEADINGS, Taken, refused, take

ROW: list[object] = ["D1", 1, date(2024, 1, 5), "KH-01", "太湖面粉", "A1", "阀门", 2, 3.5, 7, "CNY"]
ORDER = "order_id line_no ordered_on customer customer_name product product_name quantity unit_price amount currency"
DAY = (date(2024, 1, 5) - date(1970, 1, 1)).days


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(*rows: list[object], headings: str = HEADINGS) -> Workbook:
    book = Workbook()
    book.active.append(headings.split(","))
    for row in rows:
        book.active.append(row)
    return book


def changed(**cells: object) -> list[object]:
    names = [
        "order_id",
        "line_no",
        "ordered_on",
        "customer",
        "customer_name",
        "product",
        "product_name",
        "quantity",
        "unit_price",
        "amount",
        "currency",
    ]
    return [cells.get(name, value) for name, value in zip(names, ROW, strict=True)]


def read(book: Workbook, **options: object) -> Taken:
    return take(saved(book), name="lines.xlsx", **options)


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None
) -> bytes:
    """The same archive with some parts changed, left out or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = change(part.filename, old.read(part))
            if text is not None:
                new.writestr(part.filename, text)
        for name, text in (extra or {}).items():
            new.writestr(name, text)
    return stream.getvalue()


def same(_: str, text: bytes) -> bytes:
    return text


def test_typed_cells() -> None:
    taken = read(book_of(ROW))

    row = taken.rows[0]
    assert (row["line_no"], row["ordered_on"], row["amount"]) == ("1", DAY, Decimal(7))
    assert taken.reading.sheet == "Sheet"


def test_shared_strings_and_runs_of_text() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.write_row(0, 0, HEADINGS.split(","))
    sheet.write_row(1, 0, [*changed(ordered_on="2024-01-05")])
    sheet.write_rich_string(1, 4, "太湖", bold, "面粉")
    book.close()

    taken = take(stream.getvalue(), name="a.xlsx")

    assert (taken.column("customer_name"), taken.column("product_name")) == (["太湖面粉"], ["阀门"])


def test_numbers_of_binary_fractions() -> None:
    taken = read(book_of(changed(amount=0.1 + 0.2), changed(amount=1649577.4700000001), changed(amount=1 / 3)))

    assert taken.column("amount") == [Decimal("0.3"), Decimal("1649577.47")]
    assert taken.reasons == [(4, "amount", "currency_precision")]


def test_codes_in_numeric_cells() -> None:
    taken = read(book_of(changed(customer=13085.0), changed(customer=7), changed(customer=6901234567890123456)))

    assert taken.column("customer") == ["13085", "7"]
    assert taken.reasons == [(4, "customer", "damaged_code")]


@pytest.mark.parametrize("value", ["2024-01-05", "2024年1月5日", 20240105, datetime(2024, 1, 5, 8, 26)])  # noqa: DTZ001 - the clock on the wall, without a zone
def test_days_in_cells(value: object) -> None:
    assert read(book_of(changed(ordered_on=value))).column("ordered_on") == [DAY]


def test_serial_days_of_both_systems() -> None:
    plain, mac = book_of(changed(ordered_on=45296)), book_of(changed(ordered_on=45296 - 1462), changed())
    mac.epoch = CALENDAR_MAC_1904

    assert read(plain).column("ordered_on") == [DAY]
    assert read(mac).column("ordered_on") == [DAY, DAY]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!"])
def test_errors_reject_their_row(error: str) -> None:
    taken = read(book_of(changed(amount=error), changed(customer=error), changed(customer_name=error), ROW))

    assert taken.reasons == [(2, "amount", "not-a-number"), (3, "customer", "missing"), (4, "customer_name", "missing")]
    assert len(taken.rows) == 1


def test_formulas_give_their_stored_value_or_none() -> None:
    content = saved(book_of(changed(amount="=H2*I2"), changed(amount="=H3*I3"), changed(customer="=A4")))

    def store(_: str, text: bytes) -> bytes:
        return text.replace(b"<f>H2*I2</f><v></v>", b"<f>H2*I2</f><v>7</v>").replace(
            b"<f>H2*I2</f><v />", b"<f>H2*I2</f><v>7</v>"
        )

    taken = take(repacked(content, store), name="a.xlsx")

    assert taken.column("amount") == [Decimal(7)]
    assert taken.reasons == [(3, "amount", "not-a-number"), (4, "customer", "missing")]


def test_hidden_sheets_are_not_read_unasked() -> None:
    book = book_of(ROW)
    draft = book.create_sheet("底稿")
    draft.append(HEADINGS.split(","))
    draft.append(changed(order_id="X"))
    draft.sheet_state = "hidden"

    assert read(book).column("order_id") == ["D1"]
    assert read(book, sheet="底稿").column("order_id") == ["X"]


def test_the_sheet_whose_headings_fit_is_read() -> None:
    book = book_of(["a", "b"], headings="封面,说明")
    sheet = book.create_sheet("订单")
    sheet.append(HEADINGS.split(","))
    sheet.append(ROW)

    assert read(book).reading.sheet == "订单"


def test_of_two_fitting_sheets_the_user_chooses() -> None:
    book = book_of(ROW)
    second = book.create_sheet("二月")
    second.append(HEADINGS.split(","))
    second.append(changed(order_id="D2"))

    refusal = refused(saved(book), name="a.xlsx")

    assert (refusal.reason, refusal.params["sheets"]) == ("choose_sheet", ("Sheet", "二月"))
    assert read(book, sheet="二月").column("order_id") == ["D2"]
    assert refused(saved(book), name="a.xlsx", sheet="三月").reason == "choose_sheet"


def test_titles_blanks_and_totals() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["客户订货汇总"])
    sheet.append([])
    for row in (HEADINGS.split(","), ROW, [], changed(line_no=2), ["合计", *[None] * 8, 14]):
        sheet.append(row)

    taken = read(book)

    assert (taken.column("_line"), taken.rejects, taken.reading.totals) == ([4, 6], [], 1)


def test_cells_beyond_the_headings_reject_their_row() -> None:
    assert read(book_of(ROW, [*ROW, None, "note"])).reasons == [(3, None, "wrong_column_count")]


def test_merged_and_hidden_rows_are_told() -> None:
    book = book_of(ROW, changed(line_no=2), changed(line_no=3))
    book.active.merge_cells("D2:D3")
    book.active.row_dimensions[4].hidden = True

    taken = read(book)

    assert taken.reasons == [(3, "customer", "missing")]
    assert taken.reading.warnings == {"merged_cells": 1, "hidden_rows": 1}


def test_a_missing_column_is_named_with_the_headings() -> None:
    refusal = refused(saved(book_of(ROW, headings=HEADINGS.replace("订单日期", "下单日"))), name="a.xlsx")

    assert (refusal.reason, refusal.params["offers"]) == ("missing_column", ("ordered_on=下单日",))


def test_an_empty_workbook_is_refused() -> None:
    assert refused(saved(Workbook()), name="a.xlsx").reason == "empty_file"


@pytest.mark.parametrize(
    "doctype", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<!DOCTYPE x>", b"<!doctype x SYSTEM 'file:///etc/passwd'>"]
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_document_types_are_refused(part: str, doctype: bytes) -> None:
    def infected(name: str, text: bytes) -> bytes:
        return (
            re.sub(rb"^(<\?xml[^>]*\?>)?", rb"\1" + doctype.replace(b"\\", b""), text, count=1)
            if name == part
            else text
        )

    assert refused(repacked(saved(book_of(ROW)), infected), name="a.xlsx").reason == "unsafe_xml"


def test_entities_behind_a_long_comment_are_refused() -> None:
    def infected(name: str, text: bytes) -> bytes:
        long = b"<!--" + b"x " * 100_000 + b'--><!DOCTYPE x [<!ENTITY a "b">]>'
        return (
            re.sub(rb"^(<\?xml[^>]*\?>)?", lambda found: found[0] + long, text, count=1)
            if name.endswith("sheet1.xml")
            else text
        )

    assert refused(repacked(saved(book_of(ROW)), infected), name="a.xlsx").reason == "unsafe_xml"


def test_macros_are_refused() -> None:
    content = repacked(saved(book_of(ROW)), same, {"xl/vbaProject.bin": b"macro"})

    assert refused(content, name="a.xlsm").reason == "macro_file"


def test_climbing_names_are_refused() -> None:
    assert refused(repacked(saved(book_of(ROW)), same, {"../evil": b"x"}), name="a.xlsx").reason == "unsafe_archive"


def test_other_archives_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert refused(stream.getvalue(), name="a.xlsx").reason == "encrypted_or_unsupported"


def test_damaged_parts_are_refused() -> None:
    content = saved(book_of(ROW))

    assert refused(content[:-30], name="a.xlsx").reason == "corrupt_file"
    cut = repacked(content, lambda name, text: text[: len(text) // 2] if name.endswith("sheet1.xml") else text)
    assert refused(cut, name="a.xlsx").reason == "corrupt_file"
    gone = repacked(content, lambda name, text: None if name.endswith("sheet1.xml") else text)
    assert refused(gone, name="a.xlsx").reason in {"corrupt_file", "empty_file"}


@pytest.mark.parametrize("encoding", ["AUTF-8", "gb18030", "shift_jis"])
@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_parts_in_an_encoding_that_no_workbook_has_are_read_or_refused(part: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()

    def declared(name: str, text: bytes) -> bytes:
        return head + text.partition(b"?>")[2].lstrip() if name == part and text.startswith(b"<?xml") else text

    content = repacked(saved(book_of(ROW)), declared)

    outcome: int | str
    try:
        outcome = len(take(content, name="a.xlsx").rows)
    except Refused as refusal:
        outcome = refusal.reason
    assert outcome in {1, "corrupt_file"}


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/media/image1.png"]
)
def test_bombs_are_refused_at_once(part: str) -> None:
    content = repacked(
        saved(book_of(ROW)), lambda name, text: None if name == part else text, {part: b" " * (80 << 20)}
    )
    started = time.process_time()

    refusal = refused(content, name="a.xlsx")

    assert refusal.reason == "too_large_unpacked"
    assert time.process_time() - started < 2


def test_a_sheet_as_wide_as_excel_allows_is_refused() -> None:
    book = book_of(ROW)
    book.active["XFD1"] = "end"

    assert refused(saved(book), name="a.xlsx").reason == "too_many_columns"


def test_a_row_far_down_costs_nothing() -> None:
    book = book_of(ROW)
    for place, value in enumerate(changed(line_no=2), start=1):
        book.active.cell(1_048_576, place, value)

    assert read(book).column("_line") == [2, 1_048_576]
