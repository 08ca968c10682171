"""Sources made in a test, and what a reading gives, in a form that is easy to compare."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from vitalfew.warehouse.readers import Options, Reading, Refused, Reject, open_source
from vitalfew.warehouse.tables import ORDER_LINES, Table

TODAY = 19_900  # 2024-06-26
HEADINGS = "订单号,行号,订单日期,客户编码,客户名称,产品编码,产品名称,数量,单价,金额,币种"
PLAIN: Mapping[str, object] = {
    "order_id": "D1", "line_no": 1, "ordered_on": "2024-01-05", "customer": "KH-01", "customer_name": "太湖面粉",
    "product": "A1", "product_name": "阀门", "quantity": 2, "unit_price": "3.50", "amount": "7.00", "currency": "CNY",
}  # fmt: skip


@dataclass
class Taken:
    """Everything a reading gave."""

    reading: Reading
    rows: list[dict[str, Any]]
    rejects: list[Reject]

    @property
    def reasons(self) -> list[tuple[int, str | None, str]]:
        return [(reject.row, reject.field, reject.reason) for reject in self.rejects]

    @property
    def amount(self) -> Decimal:
        return sum((row["amount"] for row in self.rows), Decimal(0))

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.rows]


def drain(reading: Reading) -> Taken:
    rows: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for batch in reading.batches():
        rows += batch.rows.to_pylist()
        rejects += batch.rejects
    return Taken(reading, rows, rejects)


def opened(source: bytes | str | Path, table: Table = ORDER_LINES, *, name: str = "", **options: object) -> Reading:
    """Open a file, or the bytes of one."""
    chosen = Options(**{"today": TODAY} | options)
    if isinstance(source, Path):
        return open_source(source, table, chosen)
    stream = io.BytesIO(source.encode() if isinstance(source, str) else source)
    if name:
        stream.name = name
    return open_source(stream, table, chosen)


def take(source: bytes | str | Path, table: Table = ORDER_LINES, *, name: str = "", **options: object) -> Taken:
    """Read a file, or the bytes of one."""
    with opened(source, table, name=name, **options) as reading:
        return drain(reading)


def refused(source: bytes | str | Path, table: Table = ORDER_LINES, *, name: str = "", **options: object) -> Refused:
    """The refusal of a file that must be refused."""
    with pytest.raises(Refused) as refusal:
        take(source, table, name=name, **options)
    assert refusal.value.say()
    return refusal.value


def line(**cells: object) -> str:
    """An order line under HEADINGS."""
    return ",".join(str(cells.get(name, value)) for name, value in PLAIN.items())


def lines(*rows: str) -> str:
    return "\n".join([HEADINGS, *rows]) + "\n"


def cell(**cells: object) -> Taken:
    """One order line in which some cells are written differently."""
    return take(lines(line(**cells)))
