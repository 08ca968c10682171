"""Backup and restore: everything of a home in one file.

The database is copied first, by SQLite's own online copy (PostgreSQL's rows into such a file, as of one moment), then the
ledgers' logs, then their files: whatever a log names is written before the log, so a backup taken while the house works is
whole, and knows no import without its facts.
"""

import contextlib
import gzip
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import connection

from vitalfew.home import Home
from vitalfew.warehouse import shelf
from vitalfew.warehouse.sending import LEFT, fetch
from vitalfew.warehouse.storage import LOG, MARK, bucket_of

SKIPPED: Final = frozenset({".spill", ".writing", "static", "processes", "database.url", shelf.NAME, MARK, LEFT})
LAST: Final = "secret.key"
"""The last of a home that is put in its place: with it, the home is there."""


CHUNK: Final = 1 << 20
RESTORING: Final = ".restoring"
TORN: Final = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)


class NotEmpty(ValueError):
    """A backup is restored into an empty home only."""


class NotABackup(ValueError):
    """The file is none, or was torn on its way here."""


def save(home: Home, file: Path) -> int:
    """Write the backup, for its owner's eyes only; gives its size. Restored, it is a home with its work in its own file."""
    part = file.with_name(file.name + ".part")
    try:
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target,
            tarfile.open(fileobj=target, mode="w:gz", compresslevel=1) as archive,
        ):
            _add_all(archive, home, part)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def _add_all(archive: tarfile.TarFile, home: Home, part: Path) -> None:
    _add_database(archive, home, part.parent)
    with _logs(home, part.parent) as facts:
        for path in sorted(facts.glob(f"*/{LOG}/*")):
            archive.add(path, Path(home.facts.name) / path.relative_to(facts))
    for path in _files(home):
        if path not in {part, part.with_suffix("")}:
            with contextlib.suppress(FileNotFoundError):  # what was only on its way: the work goes on
                archive.add(path, path.relative_to(home.folder))


def _add_database(archive: tarfile.TarFile, home: Home, beside: Path) -> None:
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        copy = Path(folder) / home.database.name
        if connection.vendor == "sqlite":
            _copy(home.database, copy)
        else:
            from vitalfew.outlets.moving import copy as copy_rows  # a home can be restored before Django is ready

            copy_rows(copy)
        archive.add(copy, home.database.name)


def _copy(database: Path, copy: Path) -> None:
    source, target = sqlite3.connect(database), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


@contextlib.contextmanager
def _logs(home: Home, beside: Path) -> Iterator[Path]:
    """Where the ledgers' logs can be read; those of a bucket are fetched, with the files they name."""
    bucket = bucket_of(home.facts)
    if not bucket:
        yield home.facts
        return
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        fetch(home.facts, bucket, Path(folder))
        yield Path(folder)


def _files(home: Home) -> list[Path]:
    """All other files: facts, results, rejects, documents, the secret."""
    found = (path for path in sorted(home.folder.rglob("*")) if path.is_file())
    return [
        path
        for path in found
        if not path.name.startswith(home.database.name)
        and LOG not in path.parts
        and not SKIPPED & set(path.relative_to(home.folder).parts)
    ]


def load(file: Path, home: Home) -> None:
    """Unpack a backup into an empty home: the whole of it, or nothing."""
    place = home.folder / RESTORING
    if home.folder.exists() and any(path != place for path in home.folder.iterdir()):
        raise NotEmpty(home.folder)
    shutil.rmtree(place, ignore_errors=True)
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.mkdir(mode=0o700)
    try:
        _unpack(file, place)
        for path in sorted(place.iterdir(), key=lambda path: path.name == LAST):
            path.rename(home.folder / path.name)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _unpack(file: Path, place: Path) -> None:
    try:
        with gzip.open(file) as packed, tarfile.open(fileobj=packed, mode="r|") as archive:
            archive.extractall(place, filter="data")
            while packed.read(CHUNK):  # to its end, where its checksum stands
                pass
    except TORN as torn:
        raise NotABackup(file) from torn
    if not (place / LAST).exists():
        raise NotABackup(file)
