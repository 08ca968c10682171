"""Encodings, delimiters, line ends, quotes: the shapes a delimited file comes in."""

import codecs
import gzip
import io

import pytest

from vitalfew.warehouse.readers import Options, open_source
from vitalfew.warehouse.tables import CUSTOMERS, ORDER_LINES

from .made import HEADINGS, cell, drain, line, lines, opened, refused, take

TRADITIONAL = "訂單號,行號,訂單日期,客戶編碼,客戶名稱,產品編碼,產品名稱,數量,單價,金額,幣種\n"
TAIWAN = TRADITIONAL + "".join(
    f"D{i},1,2024-01-05,KH-0{i},{name},A1,閥門,2,3.50,7.00,TWD\n"
    for i, name in enumerate(["台灣積體電路製造", "鴻海精密工業", "統一企業", "長榮海運"])
)
PLAIN = lines(line(), line(line_no=2, customer_name="黄河轮胎"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encodings_of_the_mainland(encoding: str) -> None:
    taken = take(PLAIN.encode(encoding))

    assert taken.column("customer_name") == ["太湖面粉", "黄河轮胎"]


def test_utf16_big_endian() -> None:
    assert len(take(codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be")).rows) == 2


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030", "utf-16"])
def test_traditional_headings_and_encodings(encoding: str) -> None:
    taken = take(TAIWAN.encode(encoding))

    assert taken.column("customer_name") == ["台灣積體電路製造", "鴻海精密工業", "統一企業", "長榮海運"]
    assert taken.reading.encoding == ("utf-16-le" if encoding == "utf-16" else encoding)


def test_big5_under_english_headings() -> None:
    text = "customer,name\nC1,台灣積體電路製造\nC2,鴻海精密工業\nC3,統一企業\n"

    assert take(text.encode("big5"), CUSTOMERS).column("name") == ["台灣積體電路製造", "鴻海精密工業", "統一企業"]


def test_latin1_is_refused_and_read_by_choice() -> None:
    text = "customer,name\nC1,Söhne & Co\nC2,Müller\n".encode("latin-1")

    assert refused(text, CUSTOMERS).reason == "bad-encoding"
    assert take(text, CUSTOMERS, encoding="latin-1").column("name") == ["Söhne & Co", "Müller"]


def test_an_unknown_encoding_is_refused() -> None:
    assert refused(PLAIN, encoding="rot13").reason == "bad-encoding"


def test_a_wrong_choice_is_refused_with_its_place() -> None:
    refusal = refused(PLAIN.encode("gb18030"), encoding="utf-8")

    assert (refusal.reason, refusal.params["line"], refusal.params["byte"]) == ("bad-encoding", 1, 1)


def test_broken_utf8_far_down_is_named() -> None:
    text = lines(*[line(line_no=i) for i in range(60_000)]).encode() + b"D9,\xe5\xa4,\n"

    refusal = refused(text)

    assert (refusal.reason, refusal.params["line"]) == ("bad-encoding", 60_002)


def test_a_file_that_ends_in_half_a_character_is_refused() -> None:
    assert refused(PLAIN.encode() + "太".encode()[:2]).reason == "bad-encoding"


def test_a_character_lost_earlier_rejects_its_row() -> None:
    taken = take(lines(line(), line(customer_name="太\N{REPLACEMENT CHARACTER}面粉")))

    assert taken.reasons == [(3, "customer_name", "bad-encoding")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    taken = take(PLAIN.replace(",", delimiter))

    assert (len(taken.rows), taken.reading.delimiter) == (2, delimiter)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(end: str) -> None:
    taken = take(PLAIN.replace("\n", end))

    assert taken.column("_line") == [2, 3]
    assert taken.column("currency") == ["CNY", "CNY"]


def test_mixed_line_ends() -> None:
    text = HEADINGS + "\r\n" + line() + "\r" + line(line_no=2) + "\n" + line(line_no=3) + "\r\n\r\n" + line(line_no=4)

    taken = take(text)

    assert taken.column("_line") == [2, 3, 4, 6]
    assert taken.reading.blanks == 1


def test_blank_and_empty_lines_are_counted_and_skipped() -> None:
    taken = take(HEADINGS + "\n\n" + line() + "\n   \n,,,,,,,,,,\n\n" + line(line_no=2) + "\n\n")

    assert (taken.column("_line"), taken.rejects, taken.reading.blanks) == ([3, 7], [], 5)


def test_quoted_line_ends_keep_the_count_of_lines() -> None:
    text = lines(line(customer_name='"太湖\n面粉"'), line(line_no=2, amount="x"), line(line_no=3))

    taken = take(text)

    assert taken.column("_line") == [2, 5]
    assert taken.reasons == [(4, "amount", "not-a-number")]
    assert taken.rows[0]["customer_name"] == "太湖\n面粉"


def test_delimiters_and_quotes_inside_quotes() -> None:
    taken = take(lines(line(customer_name='"太湖, ""面粉"""'), line(line_no=2)))

    assert taken.column("customer_name") == ['太湖, "面粉"', "太湖面粉"]


def test_an_inch_sign_is_text() -> None:
    taken = take(lines(line(product_name='5" 阀门'), line(line_no=2, product_name='5" x 6"'), line(line_no=3)))

    assert taken.column("product_name") == ['5" 阀门', '5" x 6"', "阀门"]


def test_a_quote_never_closed_costs_its_own_line() -> None:
    taken = take(
        lines(line(), line(line_no=2, customer_name='"太湖'), line(line_no=3), line(line_no=4, product_name='"阀门"'))
    )

    assert taken.reasons == [(3, None, "malformed")]
    assert taken.column("_line") == [2, 4, 5]


def test_ragged_rows_are_rejected_with_their_cells() -> None:
    taken = take(lines(line(), "D1,2,2024-01-05", line(line_no=3) + ",more", line(line_no=4)))

    assert taken.reasons == [(3, None, "wrong_column_count"), (4, None, "wrong_column_count")]
    assert taken.rejects[0].values == {"订单号": "D1", "行号": "2", "订单日期": "2024-01-05"}
    assert taken.rejects[1].values["#12"] == "more"
    assert taken.column("_line") == [2, 5]


def test_titles_stand_above_the_headings() -> None:
    text = "客户订货汇总\n制表人：张三,,2024年\n\n" + PLAIN

    assert take(text).column("_line") == [5, 6]


@pytest.mark.parametrize(
    "word", ["合计", "总计", "小计", "总 计：", "總計", "合計", "Total", "GRAND TOTAL", "本页小计", "华东小计"]
)
def test_total_lines_are_no_sales(word: str) -> None:
    taken = take(lines(line(), f"{word},,,,,,,2,,7.00,", f",,,{word},,,,2,,7.00,"))

    assert (len(taken.rows), taken.rejects, taken.reading.totals) == (1, [], 2)


def test_a_total_line_that_is_complete_is_still_none() -> None:
    assert take(lines(line(), line(order_id="合计"))).reading.totals == 1


def test_a_company_called_total_is_a_company() -> None:
    taken = take(lines(line(customer_name="Total"), line(line_no=2, customer="TOTAL")))

    assert len(taken.rows) == 2


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n \n"])
def test_nothing_at_all_is_refused(text: str) -> None:
    assert refused(text).reason == "empty_file"


@pytest.mark.parametrize("text", [HEADINGS, HEADINGS + "\n", HEADINGS + "\n\n,,,,,,,,,,\n"])
def test_headings_without_rows_are_refused(text: str) -> None:
    assert refused(text).reason == "no_data"


@pytest.mark.parametrize("twice", ["金额", "金額", " 金额 ", "金 额"])
def test_a_needed_heading_twice_is_refused(twice: str) -> None:
    refusal = refused(HEADINGS + "," + twice + "\n" + line() + ",7\n")

    assert refusal.reason == "duplicate_column"
    assert twice.strip() in refusal.params["headings"]  # type: ignore[operator]  # a tuple here


def test_unknown_headings_are_named_and_ignored() -> None:
    taken = take(HEADINGS + ",备注,备注\n" + line() + ",a,b\n")

    assert taken.reading.ignored == ("备注", "备注")
    assert len(taken.rows) == 1


def test_folded_headings() -> None:
    text = PLAIN.replace("订单号", "\ufeff 订单 号 ").replace("数量", "数 量").replace("币种", "ＣＵＲＲＥＮＣＹ")

    assert len(take(text).rows) == 2


def test_the_user_maps_a_column() -> None:
    text = PLAIN.replace("订单日期", "下单日")

    assert len(take(text, mapping={"ordered_on": "下单日"}).rows) == 2
    assert refused(text, mapping={"ordered_on": "nowhere"}).reason == "missing_column"
    assert refused(text, mapping={"nothing": "下单日"}).reason == "missing_column"


def test_the_user_wins_over_a_guess() -> None:
    text = HEADINGS + ",含税金额\n" + line() + ",8.00\n"

    taken = take(text, mapping={"amount": "含税金额"})

    assert taken.amount == 8
    assert taken.reading.ignored == ("金额",)


def test_gzip_and_its_hash() -> None:
    packed = gzip.compress(PLAIN.encode())

    taken = take(packed, name="lines.csv.gz")

    assert len(taken.rows) == 2
    assert taken.reading.size == len(packed)


def test_a_gzip_bomb_is_refused() -> None:
    assert refused(gzip.compress(b"a" * (300 << 20))).reason == "too_large_unpacked"


def test_a_torn_gzip_is_refused() -> None:
    assert refused(gzip.compress(PLAIN.encode() * 50)[:-20]).reason == "corrupt_file"


def test_a_stream_that_cannot_be_wound_back() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    with open_source(Pipe(PLAIN.encode()), ORDER_LINES, Options()) as reading:
        taken = drain(reading)

    assert len(taken.rows) == 2


def test_batches_can_be_read_again() -> None:
    reading = opened(lines(line(), line(line_no=2, amount="x")))

    first, second = drain(reading), drain(reading)

    assert first.rows == second.rows
    assert (reading.rows_read, reading.rows_rejected) == (2, 1)


def test_records_across_blocks() -> None:
    rows = [line(line_no=i, product_name='"阀\n门"' if i % 997 == 0 else "阀门") for i in range(1, 90_001)]

    taken = take(lines(*rows))

    assert not taken.rejects
    assert taken.column("line_no") == [str(i) for i in range(1, 90_001)]
    assert taken.rows[-1]["_line"] == 90_001 + 90_000 // 997


def test_a_line_without_end_is_refused() -> None:
    assert refused(HEADINGS + "\n" + "x" * (18 << 20)).reason == "malformed"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"\xd0\xcf\x11\xe0rest", "a.xls", "encrypted_or_unsupported"),
        (b"%PDF-1.7", "a.pdf", "type_mismatch"),
        (b"a,b\n1,2\n", "a.xlsx", "type_mismatch"),
        (b"PK\x03\x04junk", "a.xlsx", "corrupt_file"),
        (b"PK\x03\x04junk", "a.csv", "type_mismatch"),
        (b"PAR1 and no more", "a.parquet", "corrupt_file"),
    ],
)
def test_content_that_is_not_what_it_says(content: bytes, name: str, reason: str) -> None:
    assert refused(content, name=name).reason == reason


def test_awkward_names_stay_as_they_are() -> None:
    for name in ["=2+3", "@供应", "-特价-", "{{ 3*4 }}", "O'Neil & Söhne", "<b>粗体</b>", "NULL", "N/A"]:
        assert cell(customer_name=name).column("customer_name") == [name]
