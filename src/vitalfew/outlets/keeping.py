"""Backup and restore: everything of a home in one file.

The database is copied first, by SQLite's own online copy, then the ledgers' logs, then their files: whatever a log names is
written before the log, so a backup taken while the house works is whole, and knows no import without its facts.
"""

import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import Final

from django.db import connection

from vitalfew.home import Home

SKIPPED: Final = frozenset({".spill", ".writing", "static"})


class NoBackup(ValueError):
    """The file is none of ours, or was cut off."""


class NotEmpty(ValueError):
    """A backup is restored into an empty home only."""


def save(home: Home, file: Path) -> int:
    """Write the backup; gives its size. With PostgreSQL its own dump is needed beside this file."""
    part = file.with_name(file.name + ".part")
    with tarfile.open(part, "w:gz", compresslevel=1) as archive:
        if connection.vendor == "sqlite":
            _add_database(archive, home)
        logs = sorted(home.facts.glob("*/_delta_log/*"))
        for path in logs:
            archive.add(path, path.relative_to(home.folder))
        for path in _files(home):
            archive.add(path, path.relative_to(home.folder))
    part.rename(file)
    return file.stat().st_size


def _add_database(archive: tarfile.TarFile, home: Home) -> None:
    with tempfile.TemporaryDirectory(dir=home.folder) as folder:
        copy = Path(folder) / "work.sqlite3"
        source, target = sqlite3.connect(home.database), sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
        archive.add(copy, "work.sqlite3")


def _files(home: Home) -> list[Path]:
    """All other files: facts, results, rejects, documents, the secret."""
    database = {home.database.name, home.database.name + "-wal", home.database.name + "-shm"}
    found = (path for path in sorted(home.folder.rglob("*")) if path.is_file())
    return [
        path
        for path in found
        if path.name not in database
        and "_delta_log" not in path.parts
        and not SKIPPED & set(path.relative_to(home.folder).parts)
    ]


def load(file: Path, home: Home) -> None:
    """Unpack a backup into an empty home; from a file that is no whole one, nothing stays."""
    if home.folder.exists() and any(home.folder.iterdir()):
        raise NotEmpty(home.folder)
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(home.folder, filter="data")
    except (tarfile.TarError, EOFError, zlib.error):
        _drop(home)
    if not home.exists:
        _drop(home)
        raise NoBackup(file)


def _drop(home: Home) -> None:
    for path in home.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
