"""The same trade at size: bounded batches, ascending days, distinct names, the same shapes."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import pytest
from stdnum.cn import uscc

from vitalfew.demobook import stream_customers, stream_order_lines, write
from vitalfew.demobook.arrays import chance
from vitalfew.demobook.credit_codes import credit_codes
from vitalfew.demobook.names import combinations, parts, scattered
from vitalfew.warehouse.tables import CUSTOMERS, ORDER_LINES, TABLES


@pytest.fixture(scope="module")
def lines() -> pa.Table:
    return pa.Table.from_batches(stream_order_lines(3, 5_000, 200_000, batch=20_000))


def test_batches_are_canonical_and_bounded() -> None:
    batches = list(stream_order_lines(3, 2_000, 60_000, batch=10_000))

    assert all(batch.schema.equals(ORDER_LINES.schema) for batch in batches)
    assert max(batch.num_rows for batch in batches) < 15_000


def test_about_as_many_lines_as_asked(lines: pa.Table) -> None:
    assert lines.num_rows == pytest.approx(200_000, rel=0.02)


def test_days_ascend(lines: pa.Table) -> None:
    assert (np.diff(lines["ordered_on"].to_numpy()) >= 0).all()


def test_keys_are_unique(lines: pa.Table) -> None:
    assert lines.group_by(list(ORDER_LINES.key)).aggregate([]).num_rows == lines.num_rows


def test_amounts_are_exact(lines: pa.Table) -> None:
    product = pc.multiply(lines["quantity"].cast("float64"), lines["unit_price"].cast("float64")).to_numpy()

    assert np.allclose(product, lines["amount"].cast("float64").to_numpy(), atol=1e-6)
    assert (np.abs(lines["amount"].cast("float64").to_numpy()) <= np.abs(lines["list_amount"].cast("float64"))).all()


def test_best_fifth_brings_two_thirds(lines: pa.Table) -> None:
    revenue = lines.group_by("customer").aggregate([("amount", "sum")])["amount_sum"].cast("float64").to_numpy()

    best = np.sort(revenue)[::-1][:1_000].sum() / revenue.sum()

    assert 0.6 <= best <= 0.74


def test_same_seed_gives_the_same_lines(lines: pa.Table) -> None:
    assert lines.equals(pa.Table.from_batches(stream_order_lines(3, 5_000, 200_000, batch=20_000)))


def test_customers_are_distinct_and_valid(lines: pa.Table) -> None:
    customers = pa.Table.from_batches(stream_customers(3, 5_000))

    assert customers.schema.equals(CUSTOMERS.schema)
    for column in ("customer", "name", "uscc"):
        assert len(pc.unique(customers[column])) == 5_000
    assert all(uscc.is_valid(code) for code in customers["uscc"].to_pylist()[:200])
    assert pc.all(pc.is_in(lines["customer"], customers["customer"].combine_chunks())).as_py()


def test_a_million_names_are_distinct() -> None:
    number = scattered(np.arange(1_000_000), 12_345)

    city, mark, trade = parts(number)

    assert combinations() > 2_000_000
    assert len(np.unique(number)) == 1_000_000
    assert len(np.unique((city * 10_000 + mark) * 100 + trade)) == 1_000_000


def test_codes_of_a_million_accounts_come_in_one_piece() -> None:
    codes = credit_codes(chance(3, "codes"), np.full(1_000_000, 440_106))

    assert isinstance(codes, pa.Array)
    assert uscc.is_valid(codes[999_999].as_py())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_files_hold_all_that_was_drawn(tmp_path: Path, form: str) -> None:
    seen: list[tuple[int, int]] = []

    write(tmp_path, accounts=500, lines=5_000, form=form, progress=lambda done, of: seen.append((done, of)))  # type: ignore[arg-type]

    names = {"customers", "products", "order-lines-001"}
    assert {path.stem for path in tmp_path.iterdir()} == names
    read = pyarrow.csv.read_csv if form == "csv" else pyarrow.parquet.read_table
    lines = read(tmp_path / f"order-lines-001.{form}")
    assert lines.num_rows == seen[-1][0]
    assert set(lines.schema.names) < set(TABLES["order_lines"].schema.names)
