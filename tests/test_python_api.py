"""Any table that speaks Arrow gives the same answer, with headings in English or Chinese."""

import re
import subprocess
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import vitalfew
from vitalfew.catalogue import Refusal, UnknownOption
from vitalfew.demobook import generate
from vitalfew.warehouse.tables import TABLES

CHINESE = {
    "order_id": "订单号", "line_no": "行号", "customer": "客户编码", "ordered_on": "订单日期", "quantity": "数量",
    "amount": "金额",
}  # fmt: skip
NAMES = ("pareto", "rfm", "lifetime", "churn")


@pytest.fixture(scope="module")
def lines():
    rows = generate(accounts=60, months=24).tables["order_lines"]
    return TABLES["order_lines"].dated(rows).select(list(CHINESE))


def frames(lines):
    return {
        "pandas": lines.to_pandas(),
        "polars": pl.from_arrow(lines),
        "duckdb": duckdb.sql("SELECT * FROM lines"),
        "chinese headings": lines.rename_columns(list(CHINESE.values())),
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["pandas", "polars", "duckdb", "chinese headings"])
def test_every_kind_of_frame_gives_the_same_rows(lines, kind, name):
    expected = vitalfew.analyse(name, order_lines=lines, as_of="2026-10-31")

    found = vitalfew.analyse(name, order_lines=frames(lines)[kind], as_of="2026-10-31")

    assert found.table.equals(expected.table)
    assert found.meta["figures"] == expected.meta["figures"]


def test_a_result_goes_where_people_work(lines):
    result = vitalfew.analyse("pareto", order_lines=lines, as_of="2026-10-31", options={"a": 0.5})

    assert isinstance(result.table, pa.Table)
    assert len(result.to_pandas()) == result.to_polars().height == result.table.num_rows
    assert result.chart().png().startswith(b"\x89PNG")
    assert result.meta["parameters"]["a"] == 0.5


def test_django_is_not_imported():
    code = "import sys, vitalfew; vitalfew.analyse; assert 'django' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  (our own words)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "paretto"}, "There is no analysis 'paretto'. Known: criteria"),
        ({"orders": None}, "There is no table 'orders'. Known: account_intelligence"),
        ({"as_of": "31/12/2025"}, "'31/12/2025' is not a date. Write it as 2025-12-31"),
    ],
)
def test_a_slip_is_answered_in_a_sentence(lines, asked, said):
    with pytest.raises(UnknownOption, match=re.escape(said)):
        vitalfew.analyse(**{"name": "pareto", "order_lines": lines} | asked)


def test_a_result_shows_itself_in_a_line(lines):
    shown = repr(vitalfew.analyse("pareto", order_lines=lines))

    assert re.fullmatch(r"<pareto as of \d{4}-\d\d-\d\d, \d+ rows: .+>", shown)


def of_thirds(**columns):
    """Five orders whose amounts are thirds."""
    plain = {
        "order_id": [f"O{n}" for n in range(5)], "customer": list("ABCDE"), "ordered_on": ["2026-01-05"] * 5,
        "quantity": [1, 2, 3, 4, 5], "amount": [500 * n / 3 for n in range(1, 6)],
    }  # fmt: skip
    return pa.table(plain | columns)


def test_amounts_of_more_than_four_places_are_rounded_and_said():
    found = vitalfew.analyse("pareto", order_lines=of_thirds())

    assert found.meta["figures"]["accounts"] == 5
    assert found.meta["figures"]["total"] == pytest.approx(2500, abs=0.001)
    assert found.meta["warnings"][0] == "4 numbers had more than four decimal places and were rounded to four"


def test_what_sums_of_doubles_leave_behind_is_no_decimal_place():
    noisy = [1234.56 + 1e-11, 0.1 + 0.2, 3.5, sum([0.1] * 1001), 7.0]

    found = vitalfew.analyse("pareto", order_lines=of_thirds(amount=noisy))

    assert found.meta["figures"]["accounts"] == 5
    assert not any("decimal" in warning for warning in found.meta["warnings"])


def test_an_optional_field_that_cannot_be_read_leaves_the_row():
    frame = of_thirds(amount=[1.0, 2.0, 3.0, 4.0, 5.0], cost=["0.5", "x", "1", "1", "1"])

    found = vitalfew.analyse("pareto", order_lines=frame)

    assert found.meta["figures"]["accounts"] == 5
    assert any(warning.startswith("In 1 rows cost was left empty:") for warning in found.meta["warnings"])


def test_a_product_of_more_than_four_places_is_rounded():
    frame = of_thirds(quantity=[0.3333] * 5, unit_price=[0.1111] * 5).drop_columns(["amount"])

    assert vitalfew.analyse("pareto", order_lines=frame).meta["figures"]["total"] == pytest.approx(5 * 0.037)


def test_a_lazy_frame_is_worked_out(lines):
    expected = vitalfew.analyse("pareto", order_lines=lines)

    assert vitalfew.analyse("pareto", order_lines=pl.from_arrow(lines).lazy()).table.equals(expected.table)


def test_what_is_no_table_is_refused_in_words():
    with pytest.raises(Refusal, match="'order_lines' is no table"):
        vitalfew.analyse("pareto", order_lines=object())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"as_of": "1999-01-01"}, "they begin on 2026-01-05 and end on 2026-01-05"),
        ({"currency": "USD"}, "Nothing is in USD; the currencies of the book: CNY"),
    ],
)
def test_a_day_or_a_currency_that_the_book_does_not_reach_is_told_what_it_has(asked, said):
    with pytest.raises(Refusal, match=said):
        vitalfew.analyse("pareto", order_lines=of_thirds(currency=["CNY"] * 5), **asked)
