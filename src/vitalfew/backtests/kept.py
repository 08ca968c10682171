"""What the backtests found on a home's facts, kept as a file each until the facts change, so that a page can show it.

A backtest asks its analysis on several days of the past and takes as long; nobody waits for that in front of a page.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vitalfew.backtests.origins import origins
from vitalfew.backtests.register import Backtest, Book, backtests, judge, opened
from vitalfew.catalogue import Refusal, plain
from vitalfew.home import Home
from vitalfew.language import Message
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts, state
from vitalfew.warehouse.run import day_of
from vitalfew.warehouse.sources import Source
from vitalfew.warehouse.store import Store

TABLES: Final = ("reliability", "thresholds")
"""What is kept beside the pooled figures."""


@dataclass(frozen=True)
class Kept:
    """A backtest's finding; the headline of one that was refused says why, and it has no rows."""

    as_of: str
    horizon: int
    headline: Message
    warnings: Sequence[Message]
    pooled: Mapping[str, Any]
    origins: Sequence[Mapping[str, Any]]
    reliability: Sequence[Mapping[str, Any]] = ()
    """Stated against happened, where the backtest is of stated risks."""
    thresholds: Sequence[Mapping[str, Any]] = ()
    """What alarms from each risk on would have come to."""


def keep_all(home: Home) -> int:
    """Judge every analysis that has a backtest on the facts as they are; gives how many were judged anew."""
    versions = state(Store(home.facts))

    def book_now() -> tuple[Source, DuckEngine]:
        engine = DuckEngine()
        return facts(home, engine, versions), engine

    due = [each for each in backtests().values() if _outdated(_read(home, each.name), versions)]
    if not due:
        return 0
    try:
        book = opened(book_now)
    except Refusal:
        return 0
    for each in due:
        _write(home, each.name, {**_found(each, book), "versions": versions})
    return len(due)


def _outdated(found: Mapping[str, Any], versions: Mapping[str, Any]) -> bool:
    """Of other facts, or kept before there was a table that pages show."""
    return found.get("versions") != versions or any(name not in found for name in TABLES)


def kept(home: Home, name: str) -> Kept | None:
    """What was found last for that analysis, if anything was."""
    found = _read(home, name)
    if not found:
        return None
    warnings = [Message.restored(each) for each in found["warnings"]]
    headline = Message.restored(found["headline"])
    tables = (found.get(name, ()) for name in TABLES)
    return Kept(found["as_of"], found["horizon"], headline, warnings, found["pooled"], found["origins"], *tables)


def _found(asked: Backtest, book: Book) -> dict[str, Any]:
    said = {"as_of": day_of(book.now.as_of).isoformat(), "horizon": asked.horizon}
    try:
        judged = judge(book, asked, origins(book.first_day, book.now.as_of, asked.horizon))
    except Refusal as refusal:
        return {
            **said,
            "headline": refusal.message.stored(),
            "warnings": [],
            "pooled": {},
            "origins": [],
            **dict.fromkeys(TABLES, ()),
        }
    return {
        **said,
        "headline": judged.headline.stored(),
        "warnings": [warning.stored() for warning in judged.warnings],
        "pooled": plain(judged.pooled),
        "origins": plain(judged.origins),
        **{name: plain(judged.tables.get(name, ())) for name in TABLES},
    }


def _place(home: Home, name: str) -> Path:
    return home.folder / "results" / "backtests" / f"{name}.json"


def _read(home: Home, name: str) -> dict[str, Any]:
    place = _place(home, name)
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    return found


def _write(home: Home, name: str, found: Mapping[str, Any]) -> None:
    place = _place(home, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".writing")
    fresh.write_text(json.dumps(found, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    fresh.rename(place)
