"""Where the bytes are: a path or a stream, plain or gzipped, as one seekable file with its name, size and hash."""

import gzip
import hashlib
import tempfile
import zlib
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO, Final, cast

from vitalfew.warehouse.readers.reasons import Refused

CHUNK: Final = 1 << 20
IN_MEMORY: Final = 16 << 20
GZIP: Final = b"\x1f\x8b"
ALWAYS_FINE: Final = 8 << 20
MOST_RATIO: Final = 100

PathOrStream = str | PathLike[str] | IO[bytes]


@dataclass(frozen=True)
class File:
    """The bytes to read, unpacked, and what is known of the file as it was given."""

    name: str
    size: int
    sha256: str
    stream: IO[bytes]
    given: IO[bytes]

    @property
    def ending(self) -> str:
        return Path(self.name.lower().removesuffix(".gz")).suffix

    def close(self) -> None:
        for stream in {self.stream, self.given}:
            stream.close()

    def begins(self, length: int = 8) -> bytes:
        self.stream.seek(0)
        return self.stream.read(length)


def opened(source: PathOrStream) -> File:
    """Open a source so that it can be read from the start more than once."""
    if isinstance(source, str | PathLike):
        path = Path(source)
        name, stream = path.name, cast("IO[bytes]", path.open("rb"))
    else:
        name, stream = Path(str(getattr(source, "name", "-"))).name, _kept(source)
    size, sha256 = _hashed(stream)
    stream.seek(0)
    if stream.read(len(GZIP)) != GZIP:
        return File(name, size, sha256, stream, stream)
    copy = cast("IO[bytes]", tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - lives as long as its reading
    file = File(name, size, sha256, copy, stream)
    try:
        _unpack(stream, size, copy)
    except Refused:
        file.close()
        raise
    return file


def _kept(stream: IO[bytes]) -> IO[bytes]:
    """The stream itself where it can be wound back, else a copy in a temporary file."""
    if hasattr(stream, "seekable") and stream.seekable():
        return stream
    copy = cast("IO[bytes]", tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - lives as long as its reading
    while chunk := stream.read(CHUNK):
        copy.write(chunk)
    return copy


def _hashed(stream: IO[bytes]) -> tuple[int, str]:
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _unpack(stream: IO[bytes], size: int, copy: IO[bytes]) -> None:
    stream.seek(0)
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            while chunk := packed.read(CHUNK):
                copy.write(chunk)
                if copy.tell() > max(ALWAYS_FINE, MOST_RATIO * size):
                    raise Refused("too_large_unpacked")
    except (OSError, EOFError, zlib.error):
        raise Refused("corrupt_file") from None
