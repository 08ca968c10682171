"""Which files a person means: one, all of a folder, or those that fit a pattern."""

import glob
from pathlib import Path

from vitalfew.outlets.cli.screen import FAILED, stop
from vitalfew.terms import gettext_noop as _

SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".gz"}


def paths(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
    else:
        found = [path] if path.exists() else sorted(map(Path, glob.glob(name)))  # noqa: PTH207  (a pattern of the user's)
    if not found:
        stop(_("There is no file '{path}'"), FAILED, path=name)
    return found
