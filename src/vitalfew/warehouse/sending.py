"""The facts of a folder sent to a bucket: files first, logs last, each read back and compared.

What is in the bucket already is taken for what an earlier run sent only where it is the same, byte for byte. The folder
keeps its files, as copies; its logs are put aside, for from then on those in the bucket count.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from vitalfew.warehouse.storage import LOG, MARK, PIECE, Bucket

LEFT: Final = f"{LOG}.moved"


class NotEmpty(ValueError):
    """There is something else under that address."""


@dataclass(frozen=True)
class Sent:
    """How many files went over, and their size."""

    files: int
    size: int


def send(folder: Path, url: str, tell: Callable[[str, float], None]) -> Sent:
    """Send every ledger; the folder is known as the bucket's copies once all of it is there."""
    bucket = Bucket(folder, url)
    names = list(_names(folder))
    there = set(bucket.names())
    if not there.issubset(names):
        raise NotEmpty(url)
    for number, name in enumerate(names):
        _send(bucket, folder / name, name, known=name in there)
        tell(name, (number + 1) / len(names))
    sent = Sent(len(names), sum((folder / name).stat().st_size for name in names))
    mark(folder, url)
    return sent


def mark(folder: Path, url: str) -> None:
    """From now on the folder holds copies of what is in the bucket."""
    fresh = folder / f"{MARK}.new"
    fresh.write_text(url + "\n")
    fresh.rename(folder / MARK)
    for log in folder.glob(f"*/{LOG}"):
        log.rename(log.with_name(LEFT))


def _names(folder: Path) -> Iterator[str]:
    """Every file of every ledger; those of a log in their order, after the files it names."""
    files = sorted(folder.glob("*/_part=*/*.parquet"))
    logs = sorted(path for path in folder.glob(f"*/{LOG}/*") if path.is_file() and not path.name.endswith(".tmp"))
    return (path.relative_to(folder).as_posix() for path in (*files, *logs))


def _send(bucket: Bucket, path: Path, name: str, *, known: bool) -> None:
    if not known:
        bucket.send(path, name)
    with path.open("rb") as here, bucket.files.open_input_stream(name) as there:
        if _digest(here) != _digest(there):
            raise NotEmpty(name)


def _digest(source: IO[bytes]) -> bytes:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
    return digest.digest()


def fetch(folder: Path, url: str, logs: Path) -> None:
    """Bring the bucket's logs, as they are now, to a place beside, and what they name into the folder of copies."""
    bucket = Bucket(folder, url)
    for name in sorted(bucket.names(), key=lambda name: LOG not in name):
        target = logs / name if LOG in name else folder / name
        if not target.exists():
            bucket.fetch(name, target)
