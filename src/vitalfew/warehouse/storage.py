"""Where a ledger's files lie: in a folder, or in a bucket of which a folder holds copies.

A file of a ledger never changes under its name. So a bucket (S3, or what speaks like it) is read through: a file that is
asked for is fetched once and then lies in the folder, where every engine finds it like any other. Delta's log alone is
read from the bucket each time. Keys and endpoint come from the AWS_* variables of the environment.
"""

import os
import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol

from deltalake import DeltaTable

MARK: Final = "bucket.url"
"""The file in the folder of facts that names the bucket."""
SCHEME: Final = "s3://"
LOG: Final = "_delta_log"
OPTIONS: Final = {
    "aws_conditional_put": "etag",
    "max_retries": "4",
    "retry_timeout": "20s",
    "connect_timeout": "5s",
    "timeout": "60s",
}
"""A commit is a file that must not be there yet; a bucket that does not answer is told within seconds."""
PIECE: Final = 8 << 20


class Unreachable(OSError):
    """The place of the facts does not answer, or does not let us in."""


class Storage(Protocol):
    """What a ledger needs of the place its files are in."""

    address: str
    options: dict[str, str] | None

    def opened(self, version: int | None) -> DeltaTable | None:
        """The ledger in that version, the latest if none is named; None before its first commit."""

    def here(self, uri: str) -> str:
        """A file of the ledger as a path on this machine."""

    def keep(self, path: Path) -> None:
        """A new file is safe before the commit that names it."""

    def drop(self, path: Path) -> None:
        """A file that came to no commit goes."""


class Folder:
    """On a disk of this machine, or one that it shares."""

    options: dict[str, str] | None = None

    def __init__(self, folder: Path) -> None:
        self.address = str(folder)

    def opened(self, version: int | None) -> DeltaTable | None:
        return _opened(self, version)

    def here(self, uri: str) -> str:
        return uri.removeprefix("file://")

    def keep(self, path: Path) -> None:
        flush(path)

    def drop(self, path: Path) -> None:
        path.unlink(missing_ok=True)


class Bucket:
    """In a bucket under a prefix, with copies in a folder."""

    options: dict[str, str] | None = OPTIONS

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address

    @cached_property
    def _handler(self) -> Any:
        from deltalake.fs import DeltaStorageHandler

        return DeltaStorageHandler(self.address, self.options)

    @cached_property
    def files(self) -> Any:
        from pyarrow.fs import PyFileSystem

        return PyFileSystem(self._handler)

    def opened(self, version: int | None) -> DeltaTable | None:
        """The latest is kept by the process, which then only asks the bucket what came since."""
        if version is not None:
            return _opened(self, version)
        if self.address not in _latest:
            found = _opened(self, None)
            if found is None:
                return None
            _latest[self.address] = found
        latest = _latest[self.address]
        latest.update_incremental()
        return latest

    def here(self, uri: str) -> str:
        name = uri.removeprefix(self.address).lstrip("/")
        path = self.folder / name
        if not path.exists():
            self.fetch(name, path)
        return str(path)

    def fetch(self, name: str, path: Path) -> None:
        """Bring a file here, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with self.files.open_input_stream(name) as source, fresh.open("wb") as copy:
                shutil.copyfileobj(source, copy, PIECE)
            flush(fresh)
            fresh.rename(path)
        finally:
            fresh.unlink(missing_ok=True)

    def keep(self, path: Path) -> None:
        self.send(path, path.relative_to(self.folder).as_posix())

    def send(self, path: Path, name: str) -> None:
        """Put a file there; where it is interrupted, nothing is."""
        sink = self._handler._handler.open_output_stream(name)  # noqa: SLF001  (around it, pyarrow hands over what it refuses)
        with path.open("rb") as source:
            while piece := source.read(PIECE):
                sink.write(piece)
        sink.close()

    def drop(self, path: Path) -> None:
        from pyarrow.fs import FileType

        name = path.relative_to(self.folder).as_posix()
        if self.files.get_file_info([name])[0].type != FileType.NotFound:
            self.files.delete_file(name)
        path.unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Every file that is there."""
        from pyarrow.fs import FileSelector

        for found in self.files.get_file_info(FileSelector("", recursive=True, allow_not_found=True)):
            if found.is_file:
                yield found.path


_latest: dict[str, DeltaTable] = {}


def _opened(place: Storage, version: int | None) -> DeltaTable | None:
    if not DeltaTable.is_deltatable(place.address, place.options):
        return None
    return DeltaTable(place.address, version=version, storage_options=place.options)


def bucket_of(folder: Path) -> str:
    """The bucket whose copies a folder of facts holds; empty where the folder is all there is."""
    mark = folder / MARK
    return mark.read_text().strip() if mark.exists() else ""


def storage(folder: Path, name: str) -> Storage:
    """Where the ledger of that name lies."""
    bucket = bucket_of(folder)
    return Bucket(folder / name, f"{bucket}/{name}") if bucket else Folder(folder / name)


def flush(path: Path) -> None:
    """The bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
