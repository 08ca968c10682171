"""Writes docs/numbers.md: figures that others printed or worked out, and what this house's code makes of the same input.

python tools/known_figures.py           write it
python tools/known_figures.py --check   fail where it is not what the code says
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from printed_figures import FIGURES, SECTIONS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "numbers.md"


INTRODUCTION = """{n} figures that papers and textbooks print, or that were worked out independently of this code (“worked out”),
beside what the code gives for the same input. `make docs` writes this page and `tests/test_numbers.py` holds it: a figure agrees
to half its last digit; where the source cuts off, or starts from rounded parameters, to what that leaves. Figures of models
that are no part of the house, and of data that are not at hand, are left out."""


class Row(NamedTuple):
    section: str
    source: str
    by: str
    name: str
    printed: str
    ours: float
    near: bool


def rows() -> Iterator[Row]:
    """Every figure beside its printed one."""
    for each in FIGURES:
        found = np.atleast_1d(np.array(list(np.atleast_1d(_plain(each.ours()))), dtype=np.float64))
        for name, printed, ours in zip(each.names.split("; "), each.printed.split(), found, strict=True):
            near = abs(float(printed) - ours) <= each.within * _last_digit(printed) * (1 + 1e-6)
            yield Row(each.section, each.source, each.by, name, printed, float(ours), bool(near))


def _plain(found: Any) -> Any:
    return found if isinstance(found, float | int | np.ndarray) else list(found)


def _last_digit(printed: str) -> float:
    return float(10.0 ** -len(printed.partition(".")[2]))


def page() -> str:
    found = list(rows())
    parts = ["# Numbers", INTRODUCTION.format(n=len(found))]
    for section in SECTIONS:
        mine = [each for each in found if each.section == section]
        grid = [("Figure", "Known", "Ours", "Source", "Computed by"), ("---",) * 5, *(_cells(each) for each in mine)]
        parts += [f"## {section}", "\n".join("| " + " | ".join(line) + " |" for line in grid)]
    return "\n\n".join(parts) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    places = len(row.printed.partition(".")[2])
    ours = f"{row.ours + 0.0:.{places + 1 if places else 0}f}"
    return row.name, row.printed, ours, row.source, f"`{row.by}`"


def main() -> int:
    text = page()
    current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if "--check" in sys.argv:
        if text != current:
            print(f"{PAGE.name} is stale: run `make docs`", file=sys.stderr)
        return int(text != current)
    if text != current:
        PAGE.write_text(text, encoding="utf-8")
        print(PAGE.relative_to(PAGE.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
