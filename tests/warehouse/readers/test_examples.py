"""The twelve awkward files, and real books."""

import csv
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from vitalfew.warehouse.tables import COMPLAINTS, CONTACTS, CUSTOMERS, PRODUCTS, Table

from .made import opened, refused, take

KINDS = {
    "bad_date": "not-a-date",
    "bad_number": "not-a-number",
    "missing_customer": "missing",
    "error_value": "not-a-number",
}
REFUSALS = {"encoding": "bad-encoding"}
FILES = [
    "01_ok_gb18030.csv",
    "02_ok_utf8_bom_semicolon.csv",
    "03_title_and_total.csv",
    "04_three_bad_rows.csv",
    "05_fullwidth_thousands.csv",
    "06_returns.csv",
    "07_duplicate_row.csv",
    "08_missing_column.csv",
    "09_broken_encoding.csv",
    "10_awkward_names.csv",
    "11_error_cell_hidden_sheet.xlsx",
    "12_unpacks_to_150mb.xlsx",
]


def expected(shared: Path, name: str) -> dict[str, str]:
    with (shared / "bad-inputs" / "expected.csv").open(encoding="utf-8-sig") as rows:
        return next(row for row in csv.DictReader(rows) if row["file"] == name)


@pytest.mark.parametrize("name", FILES)
def test_example_gives_what_is_expected_of_it(shared: Path, name: str) -> None:
    wanted = expected(shared, name)
    path = shared / "bad-inputs" / name
    if wanted["whole_file"] == "refuse":
        kind = wanted["reason_kinds"]
        assert refused(path).reason == REFUSALS.get(kind, kind)
        return

    taken = take(path)

    kinds = {KINDS.get(kind, kind) for kind in wanted["reason_kinds"].split("|")} - {"", "total_row", "duplicate_row"}
    assert {reject.reason for reject in taken.rejects} == kinds
    if name.startswith("07"):  # one of its rows is another one again, which is for the store to see
        assert len({(row["order_id"], row["line_no"]) for row in taken.rows}) == int(wanted["accept"])
        return
    assert len(taken.rows) == int(wanted["accept"])
    assert taken.amount == Decimal(wanted["sum_of_accepted_amounts"].removeprefix("CNY "))
    assert taken.reading.totals == (1 if "total_row" in wanted["reason_kinds"] else 0)


def test_a_near_heading_is_offered(shared: Path) -> None:
    refusal = refused(shared / "bad-inputs" / "08_missing_column.csv")

    assert refusal.params["columns"] == ("Order date",)
    assert refusal.params["offers"] == ("ordered_on=下单日",)
    assert "下单日" in str(refusal.params["headings"])
    assert len(take(shared / "bad-inputs" / "08_missing_column.csv", mapping={"ordered_on": "下单日"}).rows) == 5


def test_lost_bytes_are_named_by_line(shared: Path) -> None:
    refusal = refused(shared / "bad-inputs" / "09_broken_encoding.csv")

    assert (refusal.params["line"], refusal.params["byte"]) == (3, 201)


def test_rejects_are_named_by_line_and_column(shared: Path) -> None:
    taken = take(shared / "bad-inputs" / "04_three_bad_rows.csv")

    assert taken.reasons == [
        (4, "ordered_on", "not-a-date"),
        (7, "amount", "not-a-number"),
        (8, "customer", "missing"),
    ]
    assert taken.rejects[0].value == "2023-02-30"
    assert taken.rejects[1].values["金额"] == "N/A"  # noqa: PD011 - a row's values, no frame


@pytest.mark.parametrize(
    ("year", "accepted", "rejected"), [("2009_2010", 197_939, 53_320), ("2010_2011", 194_630, 67_193)]
)
def test_online_retail_in_both_spellings(shared: Path, year: str, accepted: int, rejected: int) -> None:
    path = shared / "data" / "online_retail_ii_half_a" / f"year_{year}.parquet"

    with opened(path) as reading:
        batches = list(reading.batches())

    rejects = [reject for batch in batches for reject in batch.rejects]
    assert (sum(batch.rows.num_rows for batch in batches), len(rejects)) == (accepted, rejected)
    assert {(reject.field, reject.reason) for reject in rejects} == {("customer", "missing")}
    frame = pq.read_table(path).to_pandas()
    known = frame[frame.filter(regex="Customer").iloc[:, 0].notna()]
    sums = (known["Quantity"] * (known.filter(regex="Price").iloc[:, 0] * 1000).round().astype(int)).sum()
    assert sum(pc.sum(batch.rows["amount"]).as_py() for batch in batches) == Decimal(int(sums)) / 1000
    assert not any("." in code for batch in batches for code in pc.unique(batch.rows["customer"]).to_pylist())


def test_adventureworks_sales(shared: Path) -> None:
    taken = take(shared / "data" / "adventureworks_reseller" / "sales.parquet")

    assert len(taken.rows) == 57_851
    assert round(taken.amount) == 77_548_570
    keys = {(row["order_id"], row["line_no"]) for row in taken.rows}
    assert len(keys) == 57_851


def test_classic_models_orders_joined_with_their_lines(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "classicmodels"
    orders, details = pd.read_csv(folder / "orders.csv.gz"), pd.read_csv(folder / "orderdetails.csv.gz")
    joined = orders.merge(details, left_on="orderNumber", right_on="ordernumber").drop(columns="ordernumber")
    joined.to_csv(tmp_path / "lines.csv", index=False)

    taken = take(tmp_path / "lines.csv")

    assert len(taken.rows) == len(details)
    assert not taken.rejects
    assert taken.reading.mapping["line_no"] == "orderlinenumber"
    assert taken.rows[0]["promised_on"] is not None


@pytest.mark.parametrize(
    ("file", "table", "count"),
    [
        ("adventureworks_reseller/dim_reseller.csv.gz", CUSTOMERS, 701),
        ("adventureworks_reseller/reseller.csv.gz", CUSTOMERS, 701),
        ("classicmodels/customers.csv.gz", CUSTOMERS, 122),
        ("b2b_crm_cases/accounts.csv.gz", CUSTOMERS, 300),
        ("b2b_crm_cases/contacts.csv.gz", CONTACTS, 300),
        ("b2b_crm_cases/cases.parquet", COMPLAINTS, 10_000),
        ("adventureworks_reseller/product.csv.gz", PRODUCTS, 397),
        ("adventureworks_reseller/oltp_products.csv.gz", PRODUCTS, 295),
        ("classicmodels/products.csv.gz", PRODUCTS, 110),
        ("b2b_crm_cases/products.csv.gz", PRODUCTS, 10),
    ],
)
def test_natural_headings_are_found(shared: Path, file: str, table: Table, count: int) -> None:
    taken = take(shared / "data" / file, table)

    assert (len(taken.rows), taken.reasons) == (count, [])
    assert all(row[column] for row in taken.rows for column in table.key)
