"""Arrow tables, Parquet files and queries: typed columns, read as a person would have typed them."""

import io
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitalfew.warehouse.readers import Options, Refused, open_frame, read_sql
from vitalfew.warehouse.tables import ORDER_LINES

from .made import TODAY, Taken, drain, take

DAY = (date(2024, 1, 5) - date(1970, 1, 1)).days
PLAIN: dict[str, Any] = {
    "order_id": ["D1", "D1"],
    "customer": ["C1", "C1"],
    "ordered_on": [date(2024, 1, 5)] * 2,
    "quantity": [1, 2],
    "amount": [3.5, 7.1],
}


def framed(**columns: object) -> Taken:
    frame = pa.table(PLAIN | columns)
    return drain(open_frame(frame, ORDER_LINES, Options(today=TODAY)))


def test_a_frame() -> None:
    taken = framed()

    assert taken.column("amount") == [Decimal("3.5"), Decimal("7.1")]
    assert (taken.column("line_no"), taken.column("_line")) == (["1", "2"], [2, 3])


@pytest.mark.parametrize(
    "days",
    [
        pa.array([datetime(2024, 1, 5, 23, 59)] * 2, pa.timestamp("ns")),  # noqa: DTZ001 - the clock on the wall, without a zone
        pa.array([datetime(2024, 1, 4, 16, 30, tzinfo=UTC)] * 2, pa.timestamp("us", "Asia/Shanghai")),
        pa.array([date(2024, 1, 5)] * 2, pa.date64()),
        pa.array(["2024-01-05 08:00"] * 2),
        pa.array([20240105] * 2),
        pa.array(["2024/1/5"] * 2).dictionary_encode(),
    ],
)
def test_days_of_every_type(days: pa.Array) -> None:
    assert framed(ordered_on=days).column("ordered_on") == [DAY, DAY]


def test_days_before_1970() -> None:
    days = pa.array([datetime(1969, 12, 31, 23, 0)] * 2, pa.timestamp("us"))  # noqa: DTZ001 - the clock on the wall, without a zone

    assert framed(ordered_on=days).column("ordered_on") == [-1, -1]


def test_codes_of_numeric_columns() -> None:
    assert framed(customer=[13085.0, 7.0]).column("customer") == ["13085", "7"]
    assert framed(customer=[13085, 7]).column("customer") == ["13085", "7"]
    assert framed(customer=pa.array(["007", "x"], pa.large_string())).column("customer") == ["007", "x"]
    assert framed(customer=pa.array(["007", "x"], pa.string_view())).column("customer") == ["007", "x"]


def test_numbers_of_every_type() -> None:
    assert framed(amount=[0.1 + 0.2, 1e-4]).column("amount") == [Decimal("0.3"), Decimal("0.0001")]
    assert framed(amount=pa.array([1, 2], pa.int8())).column("amount") == [1, 2]
    assert framed(amount=pa.array([Decimal("1.23"), Decimal(2)])).column("amount") == [Decimal("1.23"), 2]
    assert framed(amount=pa.array([2.5, 1e12], pa.float32())).column("amount")[0] == Decimal("2.5")


def test_what_is_no_number() -> None:
    taken = framed(amount=[float("nan"), float("inf")])

    assert [reject.reason for reject in taken.rejects] == ["not-a-number"] * 2


def test_nulls_are_missing() -> None:
    assert [reject.reason for reject in framed(customer=[None, "C1"]).rejects] == ["missing"]


def test_columns_of_another_kind_are_only_shown() -> None:
    taken = framed(tags=[["a"], None], customer=["", "C1"])

    assert taken.rejects[0].values["tags"] == "['a']"


def test_parquet() -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table(PLAIN), stream)

    taken = take(stream.getvalue(), name="a.parquet")

    assert (len(taken.rows), taken.reading.headings) == (2, list(PLAIN))


def test_a_query(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    with sqlite3.connect(path) as erp:
        erp.execute("create table lines (no text, customer text, day text, pieces integer, total real)")
        erp.executemany(
            "insert into lines values (?, ?, ?, ?, ?)",
            [("D1", "007", "2024-01-05", 2, 7.1), ("D1", None, "2024-01-05", 2, 7)],
        )
    query = "select no order_no, customer customer_id, day order_date, pieces qty, total amount from lines"

    taken = drain(read_sql(f"sqlite:///{path}", query, ORDER_LINES, Options(today=TODAY)))

    assert [(row["customer"], row["amount"], row["line_no"]) for row in taken.rows] == [("007", Decimal("7.1"), "1")]
    assert taken.reasons == [(3, "customer", "missing")]


def test_a_query_without_rows_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_sql(f"sqlite:///{tmp_path}/erp.db", "select * from nowhere", ORDER_LINES)

    assert refusal.value.reason == "source_failed"


def test_a_password_is_not_shown() -> None:
    with pytest.raises(Refused) as refusal:
        read_sql("nosuch+driver://user:secret@host/db", "select 1", ORDER_LINES)

    assert "secret" not in refusal.value.say()


def test_bytes_that_are_no_text_refuse_the_file() -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table(PLAIN | {"customer": ["Cxxxx1", "C1"]}), stream, compression="none", use_dictionary=False)
    broken = stream.getvalue().replace(b"Cxxxx1", b"C\xff\xff\xff\xff1")

    with pytest.raises(Refused) as refusal:
        take(broken, name="a.parquet")

    assert refusal.value.reason == "corrupt_file"


def test_binary_noise_beside_a_number_of_four_places_is_no_fraction() -> None:
    taken = framed(amount=[1234.560000000012, 0.1 + 0.7])

    assert taken.column("amount") == [Decimal("1234.56"), Decimal("0.8")]


def test_a_fraction_that_is_meant_is_still_not_rounded_unasked() -> None:
    taken = framed(amount=[500 / 3, 1234.56001])

    assert [reject.reason for reject in taken.rejects] == ["currency_precision"] * 2
