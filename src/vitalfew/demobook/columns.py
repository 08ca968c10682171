"""From NumPy arrays to the canonical Arrow columns.

Money is counted in 分 (1/100 yuan) until it gets here, so sums are exact; a decimal column is built from the integers
themselves and never passes through a float.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.demobook.arrays import Flags, Ints
from vitalfew.warehouse.tables import TABLES

MONEY: Final = pa.decimal128(20, 4)
QUANTITY: Final = pa.decimal128(18, 4)
DAY: Final = pa.int32()


def text(values: Iterable[str | None]) -> pa.Array:
    return pa.array(list(values), pa.string())


def picked(words: Sequence[str] | pa.Array, index: Ints) -> pa.Array:
    """``words[index]``; a negative index gives null."""
    column = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    if len(index) and index.min() < 0:
        return column.take(pa.array(index, mask=index < 0))
    return column.take(pa.array(index))


def day(values: Ints, *, missing: Flags | None = None) -> pa.Array:
    return pa.array(values.astype(np.int32), DAY, mask=missing)


def money(fen: Ints, *, missing: Flags | None = None) -> pa.Array:
    return _decimal(fen * 100, MONEY, missing)


def quantity(units: Ints, *, missing: Flags | None = None) -> pa.Array:
    return _decimal(units * 10_000, QUANTITY, missing)


def _decimal(units: Ints, kind: pa.DataType, missing: Flags | None) -> pa.Array:
    halves = np.empty((len(units), 2), dtype=np.int64)
    halves[:, 0] = units
    halves[:, 1] = units >> 63
    column = pa.Array.from_buffers(kind, len(units), [None, pa.py_buffer(halves)])
    if missing is None:
        return column
    return pc.if_else(pa.array(missing), pa.scalar(None, kind), column)


def numbered(prefix: str, number: Ints, width: int) -> pa.Array:
    """Codes such as ``SO-0000042``."""
    digits = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "")


def spelled(letters: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> pa.Array:
    """Texts of one length, a row of ASCII letters each; in one piece, however many there are."""
    rows, width = letters.shape
    whole = pa.py_buffer(np.ascontiguousarray(letters))
    return pa.Array.from_buffers(pa.binary(width), rows, [None, whole]).cast(pa.string())


def same(value: str, length: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), length)


def record_batch(name: str, columns: Mapping[str, Any]) -> pa.RecordBatch:
    """The columns in the order and types of the canonical table ``name``; those not given are null."""
    schema = TABLES[name].schema
    length = len(next(iter(columns.values())))
    unknown = set(columns) - set(schema.names)
    if unknown:
        raise KeyError(f"{name} has no column {', '.join(sorted(unknown))}")
    arrays = [columns.get(field.name, pa.nulls(length, field.type)) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def table(name: str, columns: Mapping[str, Any]) -> pa.Table:
    return pa.Table.from_batches([record_batch(name, columns)])
