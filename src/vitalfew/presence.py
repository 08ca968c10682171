"""Who works in a home, told by locks on its files.

A lock goes with its process, however that ends, and holds between machines that share the folder. So it is known whether
a process that took work on is still there, whichever machine it ran on; some work is done by one at a time; and a home is
moved only while nobody is in it.
"""

import atexit
import fcntl
import os
import re
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

FOLDER: Final = "processes"
NAME: Final = re.compile(r"[\w-]{1,64}")
DOOR: Final = "secret.key"
"""Everybody who works in a home holds this file for reading; who wants to be alone holds it for writing."""

_occupied: dict[Path, int] = {}
_here: dict[Path, tuple[str, int]] = {}
"""By home: what this process is called there, and the descriptors that hold its locks until it ends."""


class Busy(RuntimeError):
    """Somebody else is in there."""


def occupy(folder: Path) -> None:
    """Work in the home until the process ends."""
    if folder not in _occupied:
        _occupied[folder] = _locked(folder / DOOR, os.O_RDONLY, fcntl.LOCK_SH | fcntl.LOCK_NB)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else works in the home meanwhile."""
    os.close(_occupied.pop(folder))
    lock = _locked(folder / DOOR, os.O_RDWR, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        yield
    finally:
        os.close(lock)
        occupy(folder)


@contextmanager
def one_at_a_time(folder: Path, work: str, *, wait: bool = True) -> Iterator[None]:
    """The work of that name is done by nobody else in the home meanwhile."""
    place = folder / FOLDER / f"{work}.lock"
    place.parent.mkdir(exist_ok=True, mode=0o700)
    lock = _locked(place, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    try:
        yield
    finally:
        os.close(lock)


def name_here(folder: Path) -> str:
    """What this process is called in the home: as long as it lives, others find it present under that name."""
    if folder not in _here:
        name = f"{re.sub(r'[^a-z0-9]', '', socket.gethostname().lower())[:20]}-{os.getpid()}-{secrets.token_hex(6)}"
        place = folder / FOLDER / name
        place.parent.mkdir(exist_ok=True, mode=0o700)
        fresh = place.with_suffix(".new")
        lock = _locked(fresh, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX)
        fresh.rename(place)
        _here[folder] = (name, lock)
        atexit.register(leave, folder)
    return _here[folder][0]


def leave(folder: Path) -> None:
    """From now on what this process took on is anybody's; it gets a new name when it takes on more."""
    if folder in _here:
        name, lock = _here.pop(folder)
        (folder / FOLDER / name).unlink(missing_ok=True)
        os.close(lock)


def is_present(folder: Path, name: str) -> bool:
    """Whether the process of that name still lives; the file of one that is gone goes too."""
    place = folder / FOLDER / name
    if not NAME.fullmatch(name) or not place.exists():
        return False
    try:
        os.close(_locked(place, os.O_RDWR, fcntl.LOCK_EX | fcntl.LOCK_NB))
    except Busy:
        return True
    except FileNotFoundError:
        return False
    place.unlink(missing_ok=True)
    return False


def _locked(place: Path, mode: int, how: int) -> int:
    """The descriptor that holds the lock until it is closed."""
    lock = os.open(place, mode, 0o600)
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        os.close(lock)
        raise Busy(place) from None
    return lock
