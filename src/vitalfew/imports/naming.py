"""Whether a file that waits to be read names a person: looked for in its bytes, in every encoding that files come in.

A file that cannot be looked through is taken to name everybody.
"""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitalfew.rooms import Traces

ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
PIECE: Final = 1 << 20
MOST: Final = 4 << 30
"""So many bytes are looked through, unpacked; more is a trap."""
BROKEN: Final = (
    OSError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    pa.ArrowException,
)


def names(place: Path, traces: Traces) -> bool:
    """Whether a number or address of the person's stands in the file, or a name beside one of the accounts."""
    try:
        return _found(_pieces(place), traces)
    except BROKEN:
        return True


def _found(pieces: Iterable[bytes], traces: Traces) -> bool:
    own, name, account = _any_of(traces.words | traces.numbers), _any_of(traces.names), _any_of(traces.accounts)
    named, placed, read = False, not traces.accounts, 0
    for piece in pieces:
        read += len(piece)
        named = named or name.search(piece) is not None
        placed = placed or account.search(piece) is not None
        if (named and placed) or read > MOST or own.search(piece):
            return True
    return False


def _any_of(words: Iterable[str]) -> re.Pattern[bytes]:
    """None of them inside a longer number or word."""
    written: set[bytes] = set()
    for word in words:
        for encoding in ENCODINGS:
            with suppress(UnicodeEncodeError):
                written.add(word.encode(encoding))
    inside = b"|".join(re.escape(each) for each in sorted(written, key=len, reverse=True))
    return re.compile(b"(?<![0-9A-Za-z])(?:" + inside + b")(?![0-9A-Za-z])" if inside else b"(?!)", re.IGNORECASE)


def _pieces(place: Path) -> Iterator[bytes]:
    """The content of a file, unpacked; each piece begins with the end of the one before."""
    with place.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head == b"PAR1":
            yield from (str(batch.to_pylist()).encode() for batch in pq.ParquetFile(file).iter_batches())
        elif head == b"PK\x03\x04":
            yield from _unzipped(file)
        elif head[:2] == b"\x1f\x8b":
            with gzip.open(file) as unpacked:
                yield from _overlapping(unpacked)
        else:
            yield from _overlapping(file)


def _unzipped(file: IO[bytes]) -> Iterator[bytes]:
    with zipfile.ZipFile(file) as archive:
        for each in archive.infolist():
            with archive.open(each) as part:
                yield from _overlapping(part)


def _overlapping(stream: "IO[bytes] | gzip.GzipFile") -> Iterator[bytes]:
    tail = b""
    while piece := stream.read(PIECE):
        yield tail + piece
        tail = (tail + piece)[-1000:]
