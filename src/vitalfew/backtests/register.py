"""What a backtest is, and the list of them.

A backtest is one function in one file of this package, named as the analysis it judges:

    @backtest("churn", horizon=162, columns=(Column("as_of", …), …))
    def churn(book: Book, days: Sequence[int]) -> Judged:
        …

It asks ``book.at(day)`` for the run as of each day, which knows nothing of later rows, and ``book.now`` for what came.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from vitalfew.backtests.origins import TRAINING
from vitalfew.catalogue import Column, Refusal
from vitalfew.language import Count, Message
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines import Engine
from vitalfew.warehouse.run import Run, start
from vitalfew.warehouse.sources import Source

Opener = Callable[[], tuple[Source, Engine]]
"""Opens the facts with an engine of their own: what an engine keeps belongs to one run."""


@dataclass(frozen=True)
class Book:
    """All facts, and the runs over what was known of them on earlier days."""

    opener: Opener
    now: Run
    first_day: int

    def at(self, day: int) -> Run:
        return start(*self.opener(), day, self.now.currency)


@dataclass(frozen=True)
class Judged:
    """What a backtest found: a row for each day it asked, figures over all of them, further tables, and the finding."""

    origins: Sequence[Mapping[str, Any]]
    pooled: Mapping[str, Any]
    headline: Message
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    warnings: Sequence[Message] = ()


@dataclass(frozen=True)
class Backtest:
    """A declared backtest.

    ``columns`` are those of its rows that a screen shows, the day first; all are in the JSON.
    """

    name: str
    horizon: int
    columns: tuple[Column, ...]
    function: Callable[[Book, Sequence[int]], Judged]


def backtest(
    name: str, *, horizon: int, columns: Sequence[Column]
) -> Callable[[Callable[[Book, Sequence[int]], Judged]], Backtest]:
    """Declare the function below as the backtest of that analysis, ``horizon`` days of outcome to each origin."""

    def declare(function: Callable[[Book, Sequence[int]], Judged]) -> Backtest:
        return Backtest(name, horizon, tuple(columns), function)

    return declare


@cache
def backtests() -> Mapping[str, Backtest]:
    """Every backtest by name, found by walking this package."""
    package = importlib.import_module("vitalfew.backtests")
    modules = (
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    )
    declared = [value for module in modules for value in vars(module).values() if isinstance(value, Backtest)]
    return {each.name: each for each in sorted(declared, key=lambda each: each.name)}


def opened(opener: Opener) -> Book:
    """The book as it is now; refused where there are no purchases."""
    source, engine = opener()
    now = start(source, engine)
    days = now.frame("purchase_days") if "order_lines" in source.names else None
    first = None if days is None else days.select("bought_on").collect("pyarrow").to_native()
    if first is None or not first.num_rows:
        raise Refusal(Message(_("No rows of '{table}' yet: import them first"), {"table": "order_lines"}))
    return Book(opener, now, int(min(first["bought_on"].to_pylist())))


def judge(book: Book, asked: Backtest, days: Sequence[int]) -> Judged:
    """The backtest over these days; refused where there is none."""
    if not days:
        text = _(
            "The book is too short: {n} days of past and {horizon} of outcome are needed before a day can be judged"
        )
        raise Refusal(Message(text, {"n": Count(TRAINING), "horizon": Count(asked.horizon)}))
    return asked.function(book, days)
