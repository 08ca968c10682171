"""The large book as files that a user could import: customers, products, order lines.

CSV has ISO dates and money with two places, like the export of an ERP; Parquet has the canonical types. Columns without
any content are left out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from vitalfew.demobook.arrays import chance
from vitalfew.demobook.products import product_table, products
from vitalfew.demobook.scale import END, stream_customers, stream_order_lines
from vitalfew.warehouse.tables import TABLES

Form = Literal["csv", "parquet"]
Progress = Callable[[int, int], None]

LINES_A_FILE: Final = 10_000_000
_EMPTY: Final = frozenset({"customer_name", "product_name", "parent"})


def write(
    folder: str | Path,
    *,
    accounts: int = 1_000_000,
    lines: int = 100_000_000,
    seed: int = 1951,
    months: int = 36,
    end: date = END,
    form: Form = "csv",
    progress: Progress | None = None,
) -> None:
    """Write ``customers``, ``products`` and ``order-lines-001`` … into ``folder``.

    ``progress(done, lines)`` is called after each batch of order lines.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    _write_all(target, "customers", form, stream_customers(seed, accounts, months=months, end=end))
    _write_all(target, "products", form, product_table(products(chance(seed, "products"))).to_batches())
    stream = stream_order_lines(seed, accounts, lines, months=months, end=end)
    _write_lines(target, form, _counted(stream, lines, progress))


def _counted(batches: Iterable[pa.RecordBatch], lines: int, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    done = 0
    for batch in batches:
        yield batch
        done += batch.num_rows
        if progress:
            progress(done, lines)


def _write_all(folder: Path, name: str, form: Form, batches: Iterable[pa.RecordBatch]) -> None:
    shape = _Shape.of(name, form)
    with shape.open(folder / f"{name}.{form}") as sink:
        for batch in batches:
            sink.write_batch(shape.cast(batch))


def _write_lines(folder: Path, form: Form, batches: Iterator[pa.RecordBatch]) -> None:
    """A new file after every ten million lines."""
    shape = _Shape.of("order_lines", form)
    for number, first in enumerate(batches, start=1):
        with shape.open(folder / f"order-lines-{number:03d}.{form}") as sink:
            written, batch = 0, first
            while True:
                sink.write_batch(shape.cast(batch))
                written += batch.num_rows
                if written >= LINES_A_FILE or (following := next(batches, None)) is None:
                    break
                batch = following


@dataclass(frozen=True)
class _Shape:
    """How a canonical table looks in a file."""

    form: Form
    schema: pa.Schema

    @classmethod
    def of(cls, name: str, form: Form) -> "_Shape":
        table = TABLES[name]
        days = {column.name for column in table.columns if column.type == "day"}
        fields = [field for field in table.schema if field.name not in _EMPTY]
        if form == "parquet":
            return cls(form, pa.schema(fields))
        return cls(form, pa.schema([pa.field(field.name, _plain(field, days)) for field in fields]))

    def open(self, path: Path) -> Any:
        if self.form == "parquet":
            return pyarrow.parquet.ParquetWriter(path, self.schema, compression="zstd")
        return pyarrow.csv.CSVWriter(path, self.schema)

    def cast(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.select(self.schema.names).cast(self.schema)


def _plain(field: pa.Field, days: set[str]) -> pa.DataType:
    """Dates as dates, money and quantities with as many places as they have."""
    if field.name in days:
        return pa.date32()
    if pa.types.is_decimal(field.type):
        return pa.decimal128(20, 0) if field.name.startswith("quantity") else pa.decimal128(20, 2)
    return field.type
