"""What commands print: results to standard output, all else to standard error, in the reader's language."""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NoReturn

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vitalfew.language import LANGUAGES, Language, Message, translate
from vitalfew.terms import gettext_noop as _

NO_LANGUAGE: Final = _("There is no language '{language}'. Known: {known}")
TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
WIDEST: Final = 1 << 20
DONE, FAILED, USAGE, SOME_REJECTED, REFUSED = range(5)


@dataclass
class Screen:
    """How this run speaks."""

    language: Language = "en"
    debug: bool = False
    console: Console | None = None
    """Where results go for now instead of standard output."""

    def tr(self, text: str, /, **figures: Any) -> str:
        return translate(text, self.language).format(**figures)


screen = Screen()


def out() -> Console:
    return screen.console or _standard()


@cache
def _standard() -> Console:
    return Console(highlight=False)


@contextmanager
def into(path: Path) -> Iterator[None]:
    """Results go into a file, whole, however wide they are."""
    with path.open("w", encoding="utf-8") as file:
        screen.console = Console(file=file, width=WIDEST, highlight=False)
        try:
            yield
        finally:
            screen.console = None


@cache
def err() -> Console:
    return Console(stderr=True, highlight=False)


def asked_for(words: Sequence[str]) -> Language:
    """The language these words of a command line ask for, else the machine's, else English."""
    line = " ".join(words[: words.index("--")] if "--" in words else words)
    asked = re.search(r"(?:^|\s)--lang[ =](\S+)", line)
    return (asked and language_named(asked[1])) or _of_the_machine()


def _of_the_machine() -> Language:
    machine = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return language_named(machine) or "en"


def speak(asked: str | None) -> None:
    """From now on in the language asked for, else the machine's, else English."""
    screen.language = _of_the_machine()
    if asked:
        known = ", ".join(LANGUAGES)
        screen.language = language_named(asked) or stop(NO_LANGUAGE, USAGE, language=asked, known=known)


def language_named(tag: str) -> Language | None:
    """The language of a tag as people and machines write it: zh, zh-CN, zh_TW.UTF-8, zh-Hant-HK, en_GB."""
    language, *places = re.split(r"[-_.@]", tag.strip().lower())
    if language == "zh":
        return "zh-hant" if TRADITIONAL.intersection(places) else "zh-hans"
    return "en" if language == "en" else None


def say(text: str, /, **figures: Any) -> None:
    """A line for a person, on standard error."""
    say_as_is(screen.tr(text, **figures))


def say_as_is(text: str) -> None:
    """A line for a person that is put together already, on standard error."""
    err().print(text, markup=False, soft_wrap=True)


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

    On a terminal too narrow for all of them each row is told line by line, a heading and its figure in each.
    One that need not be ``whole`` leaves out the last columns where the terminal is too narrow for them; gives their headings.
    """
    headings = [heading for heading, _right in columns]
    fit = _fitting([headings, *rows])
    if whole and fit < len(columns) and out().is_terminal:
        _stacked(title, headings, rows)
        return []
    fit = len(columns) if whole else fit
    drawn = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for place, (heading, right) in enumerate(columns[:fit]):
        together = not whole or not place
        drawn.add_column(heading, justify="right" if right else "left", no_wrap=together, overflow="fold")
    for row in rows:
        drawn.add_row(*row[:fit])
    out().print(drawn)
    return headings[fit:]


def _stacked(title: str, headings: list[str], rows: list[list[str]]) -> None:
    if title:
        out().print(title, markup=False)
    for row in rows:
        records(headings, row)


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
