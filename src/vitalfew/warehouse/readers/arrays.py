"""Between Arrow and NumPy, by their buffers.

Arrow's own ways (``pa.array``, ``pa.scalar``, ``to_numpy``) import pandas wherever it is installed: a second and 60 MB
before the first row is read. These do not.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

HALF: Final = re.compile("[\ud800-\udfff]")

Mask = npt.NDArray[np.bool_]


def bitmap(mask: Mask) -> pa.Buffer:
    return pa.py_buffer(np.packbits(mask, bitorder="little").tobytes())


def bools(mask: Mask) -> pa.Array:
    return pa.Array.from_buffers(pa.bool_(), len(mask), [None, bitmap(mask)])


def mask_of(values: pa.Array) -> Mask:
    """A boolean array as NumPy's; null is false."""
    found = _bits(values.buffers()[1], values)
    return found & valid(values) if values.null_count else found


def valid(values: pa.Array) -> Mask:
    """Which values are not null."""
    held = values.buffers()[0]
    return np.ones(len(values), np.bool_) if held is None else _bits(held, values)


def _bits(held: pa.Buffer, values: pa.Array) -> Mask:
    bits = np.unpackbits(np.frombuffer(held, np.uint8), count=values.offset + len(values), bitorder="little")
    found: Mask = bits[values.offset :].view(np.bool_)
    return found


def codes_of(coded: pa.DictionaryArray) -> npt.NDArray[np.int32]:
    """The places in the dictionary; null is the place behind its end."""
    places = coded.indices
    codes = np.frombuffer(places.buffers()[1], np.int32)[places.offset : places.offset + len(places)]
    return np.where(valid(places), codes, len(coded.dictionary)) if places.null_count else codes


def whole(numbers: npt.NDArray[np.int64]) -> pa.Array:
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(np.ascontiguousarray(numbers))])


def texts(cells: Iterable[str | None]) -> pa.Array:
    """Strings, null where there is none."""
    given = list(cells)
    parts = [_utf8(cell) if cell else b"" for cell in given]
    ends = np.zeros(len(parts) + 1, np.int32)
    np.cumsum([len(part) for part in parts], out=ends[1:])
    valid = np.array([cell is not None for cell in given], np.bool_)
    return pa.Array.from_buffers(
        pa.string(), len(parts), [bitmap(valid), pa.py_buffer(ends), pa.py_buffer(b"".join(parts))]
    )


def repeated(text: str, size: int) -> pa.Array:
    """The same text in every row."""
    return texts([text]).take(whole(np.zeros(size, np.int64)))


def of(values: Iterable[object], kind: pa.DataType) -> pa.Array:
    """Numbers and texts of one kind, null where there is none."""
    return texts(None if value is None else _written(value) for value in values).cast(kind)


def _written(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _utf8(cell: str) -> bytes:
    """Half a character, as some databases give it, becomes the mark of a lost one; its row will be rejected."""
    try:
        return cell.encode()
    except UnicodeEncodeError:
        return HALF.sub("\N{REPLACEMENT CHARACTER}", cell).encode()


def scalar(value: object, kind: pa.DataType) -> pa.Scalar:
    return of([value], kind)[0]


EMPTY: Final = scalar("", pa.string())
NOTHING: Final = scalar(None, pa.string())
