"""Arrow's own kinds of source: Parquet files, and tables handed over in Python.

Typed columns become the text a person would have typed, so that they are checked like everything else: 13085.0 is
13085, a timestamp is its local date, and a binary fraction is its shortest decimal form.
"""

import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import EMPTY, bools, mask_of, texts
from vitalfew.warehouse.readers.dates import iso
from vitalfew.warehouse.readers.plain import MOST_NOISE, NOISE, PLACES, plain_number
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.rows import Block
from vitalfew.warehouse.readers.shape import MOST_COLUMNS

if TYPE_CHECKING:
    import pyarrow.parquet as pq

ROWS: Final = 65_536
DAMAGE: Final = (pa.ArrowException, OSError, UnicodeDecodeError)
ALWAYS_FINE: Final = 64 << 20
MOST_RATIO: Final = 100
ROWS_ALWAYS_FINE, ROWS_A_BYTE = 1_000_000, 4
MOST_AT_ONCE: Final = 128 << 20
"""The texts of so many rows at once; a dictionary may repeat a long one for each."""
NOISY: Final = r"e|\d{16}|^.{17,}$"


class Frame:
    """An Arrow table as a source of blocks; the row number stands for the line, headings being line 1."""

    encoding = delimiter = sheet = epoch = None

    def __init__(self, frame: pa.Table) -> None:
        self._frame = frame
        self.headings = [str(name) for name in frame.column_names]
        self.bytes_read = 0
        self.remarks: dict[str, int] = {}

    def first(self) -> Block | None:
        return next(self.blocks(), None)

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows as text."""
        self.bytes_read = 0
        yield from _blocks(self._frame.to_batches(ROWS))


class Parquet:
    """A Parquet file as a source of blocks."""

    encoding = delimiter = sheet = epoch = None

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._size = stream.seek(0, io.SEEK_END)
            self._file = _file(stream, self._size)
            self.headings = list(self._file.schema_arrow.names)
        except DAMAGE:
            raise Refused("corrupt_file") from None
        self._stream = stream
        self.bytes_read = 0
        self.remarks: dict[str, int] = {}

    def first(self) -> Block | None:
        return next(self.blocks(), None)

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows as text."""
        try:
            for block in _blocks(_bounded(self._file.iter_batches(ROWS), self._size)):
                self.bytes_read = self._stream.tell()
                yield block
        except DAMAGE:
            raise Refused("corrupt_file") from None


def _file(stream: IO[bytes], size: int) -> "pq.ParquetFile":
    """The file, unless it promises far more than its bytes can hold; its texts stay in their dictionaries."""
    import pyarrow.parquet as pq

    told = pq.read_metadata(stream)
    unpacked = sum(told.row_group(number).total_byte_size for number in range(told.num_row_groups))
    if told.num_columns > MOST_COLUMNS:
        raise Refused("too_many_columns", limit=MOST_COLUMNS)
    if unpacked > max(ALWAYS_FINE, MOST_RATIO * size) or told.num_rows > max(ROWS_ALWAYS_FINE, ROWS_A_BYTE * size):
        raise Refused("too_large_unpacked")
    texts = [column.name for column in told.schema.to_arrow_schema() if pa.types.is_string(column.type)]
    return pq.ParquetFile(stream, read_dictionary=texts)


def _bounded(batches: Iterator[pa.RecordBatch], size: int) -> Iterator[pa.RecordBatch]:
    """The batches, as long as their texts stay in proportion to the file."""
    most = max(ALWAYS_FINE, MOST_RATIO * size)
    for batch in batches:
        told = sum(map(_unfolded, batch.columns))
        most -= told
        if most < 0 or told > MOST_AT_ONCE:
            raise Refused("too_large_unpacked")
        yield batch


def _unfolded(column: pa.Array) -> int:
    """How many bytes the texts of a column take, each time they occur."""
    if not pa.types.is_dictionary(column.type):
        return 0
    lengths = pc.binary_length(column.dictionary)
    return pc.sum(lengths.take(column.indices)).as_py() or 0


def _blocks(batches: Iterator[pa.RecordBatch] | list[pa.RecordBatch]) -> Iterator[Block]:
    line = 2
    for batch in batches:
        lines = np.arange(line, line + batch.num_rows, dtype=np.int64)
        yield Block(lines, [as_text(column) for column in batch.columns])
        line += batch.num_rows


def as_text(column: pa.Array) -> pa.Array:
    """A typed column as text cells."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return pc.coalesce(iso(column), EMPTY)
    if pa.types.is_floating(kind):
        return _floats(column)
    try:
        text = column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        text = texts(None if value is None else str(value) for value in column.to_pylist())
    text.validate(full=True)  # bytes that are no UTF-8 pass unseen through Arrow
    return pc.coalesce(text, EMPTY)


def _floats(column: pa.Array) -> pa.Array:
    text = _without_noise(column).cast(pa.string())
    noisy = mask_of(pc.match_substring_regex(text, NOISY))
    if noisy.any():
        numbers = column.filter(bools(noisy)).to_pylist()
        text = pc.replace_with_mask(text, bools(noisy), texts(map(plain_number, numbers)))
    return pc.coalesce(text, EMPTY)


def _without_noise(column: pa.Array) -> pa.Array:
    """Numbers of four places as such, without what binary arithmetic left behind them."""
    values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    near = np.round(values, PLACES)
    with np.errstate(invalid="ignore"):
        noise = (near != values) & (np.abs(values - near) <= np.minimum(NOISE * np.abs(values), MOST_NOISE))
    return pc.if_else(bools(noise), pa.array(near), column.cast(pa.float64())) if noise.any() else column


__all__ = ["Frame", "Parquet", "as_text"]
