"""What commands print: results to standard output, all else to standard error, in the reader's language."""

import json
import os
import sys
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, NoReturn

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vitalfew.language import LANGUAGES, Language, Message, translate

DONE, FAILED, USAGE, SOME_REJECTED, REFUSED = range(5)


@dataclass
class Screen:
    """How this run speaks."""

    language: Language = "en"
    debug: bool = False

    def tr(self, text: str, /, **figures: Any) -> str:
        return translate(text, self.language).format(**figures)


screen = Screen()


@cache
def out() -> Console:
    return Console(highlight=False)


@cache
def err() -> Console:
    return Console(stderr=True, highlight=False)


def spoken(asked: str | None) -> Language:
    """The language asked for, else the machine's, else English."""
    if asked:
        return next((code for code in LANGUAGES if code == asked.lower()), "en")
    machine = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not machine.lower().startswith("zh"):
        return "en"
    return "zh-hant" if any(place in machine for place in ("TW", "HK", "MO", "Hant")) else "zh-hans"


def say(text: str, /, **figures: Any) -> None:
    """A line for a person, on standard error."""
    err().print(screen.tr(text, **figures), markup=False, soft_wrap=True)


def write_json(document: Any) -> None:
    """The one JSON document of ``--json``; NaN or infinity in it would be a fault of ours and raises."""
    json.dump(document, sys.stdout, ensure_ascii=False, allow_nan=False, indent=2, default=str)
    sys.stdout.write("\n")


def stop(message: str | Message, code: int = FAILED, /, **figures: Any) -> NoReturn:
    """End with one clear line."""
    text = message.say(screen.language) if isinstance(message, Message) else screen.tr(message, **figures)
    err().print(text, style="red", markup=False, soft_wrap=True)
    raise SystemExit(code)


def table(title: str, columns: list[tuple[str, bool]], rows: list[list[str]], *, whole: bool = True) -> list[str]:
    """A table; ``columns`` are headings and whether they are figures (then aligned right).

    One that need not be ``whole`` leaves out the last columns where the terminal is too narrow for them; gives their headings.
    """
    fit = len(columns) if whole else _fitting([[heading for heading, _right in columns], *rows])
    drawn = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for heading, right in columns[:fit]:
        drawn.add_column(heading, justify="right" if right else "left", no_wrap=not whole)
    for row in rows:
        drawn.add_row(*row[:fit])
    out().print(drawn)
    return [heading for heading, _right in columns[fit:]]


def records(headings: list[str], row: list[str]) -> None:
    """One row, a line for each column that holds something."""
    drawn = Table(show_header=False, box=None, pad_edge=False)
    drawn.add_column(style="dim", no_wrap=True)
    drawn.add_column(overflow="fold")
    for heading, value in zip(headings, row, strict=True):
        if value:
            drawn.add_row(heading, Text(value))
    out().print(drawn)
    out().print()


GAP = 2


def _fitting(rows: list[list[str]]) -> int:
    """How many columns have room beside each other; one always has."""
    widths = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
    ends = accumulate(width + GAP for width in widths)
    return max(sum(end <= out().width + GAP for end in ends), 1)
