"""Any table that speaks Arrow gives the same answer, with headings in English or Chinese."""

import re
import subprocess
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import vitalfew
from vitalfew.catalogue import UnknownOption
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
