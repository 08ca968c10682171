"""Whatever is fed to the readers ends in rows, rejects or one sentence: no other error, and no record lost unsaid."""

import csv
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bombs import NAMES, SHEET, STRINGS, STYLES, plain_workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitalfew.warehouse.readers import Options, Refused, open_source
from vitalfew.warehouse.tables import KINDS

OFTEN = pytest.mark.parametrize("often", [60, pytest.param(4_000, marks=pytest.mark.nightly(long=True))])
NASTY = st.sampled_from([
    "", " ", "\u3000", "=1+1", "@SUM(A1)", "<script>", "{{7*7}}", "' OR 1=1--", "../..", "NaN", "inf", "-0", "1e999",
    "1.234,56",
    "１２３", "(5.00)", "2025-02-30", "20250105", "2025年1月5日", "45000", "0",
    "99999999999999999999", "#N/A", "NULL", "合计", "Total",
    "\u200b", "\u202e", "\ufeff", "a\u0301", "\U0001f600", "é" * 120, "x" * 400, '"',
    '""', 'a"b', "a,b", "a;b", "a\tb", "a|b", "a\nb",
    "\r", "\r\n", "\x00", "\x1a", "\x7f", "\x85", "\u2028", "¥5", "5元", "CNY", "1/2/2025", "13/13/2025", "E+5", "1E+5", "TRUE",
])  # fmt: skip
CELL = NASTY | st.text(max_size=12) | st.integers(-(10**20), 10**20).map(str) | st.floats().map(str)
ROW = st.lists(CELL, min_size=6, max_size=6)
SAID = st.builds(
    Options,
    currency=st.sampled_from(["CNY", None]),
    day_first=st.sampled_from([True, False, None]),
    decimal_comma=st.booleans(),
    encoding=st.sampled_from([None, "utf-8", "gb18030", "big5", "utf-16", "latin-1", "nothing"]),
)


def outcome(content, name, kind="order-lines", options=None):
    """The reading's count of records, or None where the file is refused with a sentence."""
    stream = io.BytesIO(content)
    stream.name = name
    try:
        with open_source(stream, KINDS[kind], options or Options(currency="CNY", day_first=False)) as reading:
            taken = sum(batch.rows.num_rows + len(batch.rejects) for batch in reading.batches())
            return taken + reading.blanks + reading.totals
    except Refused as refused:
        refusal = refused
    assert Refused.restored(refusal.stored()).say() == refusal.say() != ""
    return None


def written(rows, delimiter=",", end="\n"):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerow(NAMES)
    writer.writerows(rows)
    return buffer.getvalue()


def told(often):
    return settings(max_examples=often, suppress_health_check=list(HealthCheck), derandomize=often < 1000)


@OFTEN
def test_every_record_of_a_table_is_accounted_for(often):
    @told(often)
    @given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
    def check(rows, delimiter, end):
        """A line end inside a cell is one; a key keeps each row from being blank."""
        rows = [[f"O{number}", *(cell.replace("\r", "") for cell in row[1:])] for number, row in enumerate(rows)]
        found = outcome(written(rows, delimiter, end).encode(), "a.csv")
        assert found in {None, len(rows)}

    check()


@OFTEN
def test_whatever_is_written_is_read_or_refused(often):
    lines = st.lists(st.text(alphabet=st.sampled_from('ab1,;|\t"\r\n =合计\u3000\x00'), max_size=30), max_size=10).map(
        "\n".join
    )
    tables = st.lists(ROW, max_size=6).map(written)
    codecs = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5", "utf-32"])

    @told(often)
    @given(tables | lines.map((",".join(NAMES) + "\n").__add__) | lines, codecs, SAID, st.sampled_from(sorted(KINDS)))
    def check(text, codec, options, kind):
        outcome(text.encode(codec, "replace"), "a.csv", kind, options)

    check()


PLAIN = plain_workbook()
TAGS = [
    "<row>",
    "</row>",
    "<row/>",
    '<row_r="0">',
    '<row_r="9"_hidden="1">',
    '<row_xmlns="y">',
    "<c>",
    "</c>",
    '<c_r="A">',
    '<c_r="1">',
    '<c_t="s">',
    '<c_t="b">',
    '<c_t="e">',
    '<c_t="d">',
    '<c_s="99">',
    '<c_s="-1">',
    '<c_s="x">',
    "<v>",
    "</v>",
    "<f>",
    "</f>",
    "<is><t>",
    "</t></is>",
    "<t/>",
    "<rPh>",
    "</rPh>",
    "<si>",
    "</si>",
    "<xf/>",
    "1",
    "-1",
    "1e400",
    "x",
    "&amp;",
    "&x;",
    "&#0;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x?>",
    '<mergeCell_ref="A1"/>',
    '<mergeCell_ref="Z"/>',
    "<sheetData>",
    "</sheetData>",
    "</worksheet>",
]
PIECES = st.sampled_from([tag.replace("_", " ").encode() for tag in TAGS]) | st.binary(max_size=2)


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@OFTEN
def test_a_workbook_of_odd_parts_is_read_or_refused(often):
    @told(often)
    @given(
        st.sampled_from(sorted(PLAIN)),
        st.lists(PIECES, max_size=12).map(b"".join),
        st.integers(0, 4000),
        st.integers(0, 40),
    )
    def check(part, odd, place, gone):
        content = PLAIN[part]
        place %= len(content) + 1
        outcome(packed({**PLAIN, part: content[:place] + odd + content[place + gone :]}), "a.xlsx")

    check()


@OFTEN
def test_rows_of_odd_cells_are_read_or_refused(often):
    @told(often)
    @given(st.sampled_from([SHEET, STRINGS, STYLES]), st.lists(PIECES, max_size=20).map(b"".join))
    def check(part, odd):
        ends = {SHEET: b"</sheetData>", STRINGS: b"</sst>", STYLES: b"</cellXfs>"}
        outcome(packed({**PLAIN, part: PLAIN[part].replace(ends[part], odd + ends[part])}), "a.xlsx")

    check()


def samples():
    """A file of each binary kind."""
    frame = pa.table({name: ["O1", "O2", "合计"] for name in NAMES})
    buffer = io.BytesIO()
    pq.write_table(frame, buffer)
    return {
        "a.xlsx": packed(PLAIN),
        "a.parquet": buffer.getvalue(),
        "a.csv": written([["O1", "1", "2025-01-05", "C", "1", "1"]]).encode(),
    }


@OFTEN
def test_a_damaged_file_is_read_or_refused(often):
    kept = samples()
    hits = st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6)

    @told(often)
    @given(st.sampled_from(sorted(kept)), hits, st.integers(0, 64))
    def check(name, damage, cut):
        content = bytearray(kept[name])
        for place, bytes_ in damage:
            at = place % len(content)
            content[at : at + len(bytes_)] = bytes_
        outcome(bytes(content[: len(content) - cut]), name)

    check()


AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20)
TYPED = st.integers(-(2**63), 2**63 - 1) | st.floats() | st.booleans() | st.dates() | st.datetimes() | AMOUNTS
CELLS = st.none() | TYPED | st.text(max_size=9) | st.binary(max_size=9) | st.lists(st.integers(0, 9), max_size=3)


@OFTEN
def test_every_row_of_a_typed_table_is_accounted_for(often):
    @told(often)
    @given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=6, max_size=6))
    def check(columns):
        try:
            frame = pa.table(dict(zip(NAMES, (pa.array(column) for column in columns), strict=True)))
            buffer = io.BytesIO()
            pq.write_table(frame, buffer)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return
        assert outcome(buffer.getvalue(), "a.parquet") in {None, 3}

    check()
