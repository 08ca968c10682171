"""Where files of accounts are laid: a folder for each agreement, and in it what was taken and what was refused.

    ROOT/12-HD-0036/            here the account lays its files, by SFTP or however the folder is shared
                    taken/      what was taken, for ninety days; beside it what of it was refused, row by row
                    refused/    what was not, each with a text that says why

Links are never followed, hidden files and those that a program still writes are left alone.
"""

import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from vitalfew.exchange.models import DataExchange

TAKEN, REFUSED, WORK = "taken", "refused", ".work"
QUIET: Final = 300.0
"""Seconds for which nothing of a file may have changed, its name neither."""
UNFINISHED: Final = (".part", ".partial", ".tmp", ".filepart", ".upload", ".uploading", ".crdownload")
MOST: Final = 50
LONGEST: Final = 180
"""Bytes of a name that are kept, its ending among them."""
KEPT: Final = 90 * 86400.0
NAMED: Final = re.compile(r"[^A-Za-z0-9._-]")


def root() -> Path:
    return Path(settings.EXCHANGE_FOLDER) if settings.EXCHANGE_FOLDER else Path(settings.HOME.folder) / "exchange"


def of(exchange: DataExchange) -> Path:
    """Its folder, known again by its number, whatever code the account has by now."""
    own = f"{exchange.pk}-"
    for path in sorted(root().glob(f"{own}*")):
        if path.is_dir() and not path.is_symlink():
            return path
    return root() / f"{own}{NAMED.sub('_', exchange.account.code)[:60]}"


def make(folder: Path) -> None:
    for place in (folder, folder / TAKEN, folder / REFUSED, folder / WORK):
        place.mkdir(parents=True, exist_ok=True)


def lie(folder: Path, now: float | None = None) -> Iterator[Path]:
    """Files that nobody writes any more, the oldest first, and before them those that an earlier look left half done."""
    moment = time.time() if now is None else now
    yield from sorted(each for each in (folder / WORK).iterdir() if _is_file(each))
    quiet = [each for each in folder.iterdir() if _is_file(each) and _changed(each) <= moment - QUIET]
    yield from sorted(quiet, key=lambda each: (_changed(each), each.name))[:MOST]


def _is_file(path: Path) -> bool:
    """A plain one with one name: a second name could be a file of the house."""
    found = path.lstat()
    hidden = path.name.startswith(".") or path.name.lower().endswith(UNFINISHED)
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and not hidden


def _changed(path: Path) -> float:
    """When it was written, renamed or moved last: a time of its own that the sender sets counts for nothing."""
    return path.lstat().st_ctime


def claim(path: Path) -> Path:
    """Moved to where nobody else takes it."""
    place = path if path.parent.name == WORK else path.parent / WORK / path.name
    if place != path:
        path.replace(place)
    return place


def content(path: Path, most: int) -> bytes:
    """What it holds, one byte more than the most at most."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(number, "rb") as file:
        return file.read(most + 1)


def lay(path: Path, folder: Path, place: str, why: str = "") -> Path:
    """Moved to where it stays, under a name that nothing there has; what is to be said of it beside it."""
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.fsdecode(os.fsencode(path.name)[-LONGEST:])}"
    target, number = folder / place / name, 1
    while target.exists():
        number += 1
        target = folder / place / f"{number}-{name}"
    path.replace(target)
    if why:
        (target.parent / f"{target.name}.txt").write_text(why + "\n", encoding="utf-8")
    return target


def tidy(folder: Path, now: float | None = None) -> None:
    """What was taken stands in the house: beside it, it is kept no longer than ninety days."""
    moment = time.time() if now is None else now
    for path in (folder / TAKEN).iterdir():
        if path.is_file() and not path.is_symlink() and path.lstat().st_ctime < moment - KEPT:
            path.unlink()
