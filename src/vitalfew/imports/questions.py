"""What the data page asks."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from vitalfew.home import Home
from vitalfew.imports.models import Import
from vitalfew.warehouse.staging import NOTES, REJECTS

SHOWN: Final = 200
LINE_NOTED: Final = NOTES[0]
REST: Final = "…"
"""The heading of cells that stand beyond the last one."""


def rejects_of(home: Home, row: Import) -> Path | None:
    """The file of an import's rejected rows."""
    path = home.imports / str(row.pk) / REJECTS
    return path if path.exists() else None


def rejected_rows(home: Home, row: Import, most: int = SHOWN) -> tuple[list[str], list[dict[str, Any]]]:
    """Headings and the first rejected rows, with what was wrong with each."""
    path = rejects_of(home, row)
    if path is None:
        return [], []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        headings = [name for name in reader.fieldnames or [] if name not in NOTES]
        rows = list(_few(reader, headings, most))
    if any(row["rest"] for row in rows):
        return [*headings, REST], [{**row, "cells": [*row["cells"], row["rest"]]} for row in rows]
    return headings, rows


def rejected_lines(home: Home, number: int | None) -> list[int]:
    """The lines of an import's rejected rows."""
    with (home.imports / str(number) / REJECTS).open(encoding="utf-8-sig", newline="") as file:
        return [int(line[LINE_NOTED]) for line in csv.DictReader(file)]


def _few(reader: "csv.DictReader[str]", headings: list[str], most: int) -> Iterator[dict[str, Any]]:
    for _number, line in zip(range(most), reader, strict=False):
        notes = {name.removeprefix("rejected_"): line.get(name) or "" for name in NOTES}
        yield {**notes, "cells": [line[name] for name in headings]}
