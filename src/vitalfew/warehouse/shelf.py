"""What one refresh leaves to the next: summaries of the facts, and the answers of long calculations.

A summary that adds up (:class:`~vitalfew.summaries.Summary`) is not added up anew: the lines that came and went since
(:mod:`vitalfew.warehouse.differences`) are added to it and taken from it. Whatever else may differ makes it anew: other code,
another currency, another engine, orders dated after the day that either refresh looks at. A calculation
(:mod:`vitalfew.maths.remembered`) is found by its name, its code and every bit of its numbers.

Nothing here is needed: without it the same comes out, later. One refresh at a time has the shelf; another computes without.
"""

import fcntl
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files as packaged
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vitalfew.home import Home
from vitalfew.maths.remembered import Arrays, remembering
from vitalfew.summaries import SUMMARIES
from vitalfew.warehouse.differences import Difference
from vitalfew.warehouse.engines import Engine, Frame
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.merged import MERGED
from vitalfew.warehouse.run import Run
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES, TABLES

NAME: Final = "shelf"
STATE: Final = "state.json"
LOCK: Final = ".writing"
NOTED: Final = "-note.json"
LOOSE: Final = 0.05
"""Where a larger share of a summary's rows lies out of order, they are put in order: who sorts them is done sooner then."""
MUCH: Final = 0.2
"""Where a larger share of the lines came or went, adding up anew costs no more."""


@cache
def code() -> str:
    """What the package's own code comes to: an upgrade makes everything anew."""
    digest = hashlib.sha256()
    for each in sorted(_sources(packaged("vitalfew")), key=str):
        digest.update(each.read_bytes())
    return digest.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(".py"):
            yield each


def _folder(home: Home) -> Path:
    return home.folder / "results" / NAME


def note(home: Home, name: str, told: Mapping[str, Any]) -> None:
    """Leave a note for the next time, of this code."""
    _folder(home).mkdir(parents=True, exist_ok=True)
    _write_whole(_folder(home) / f"{name}{NOTED}", {**told, "code": code()})


def noted(home: Home, name: str) -> Mapping[str, Any] | None:
    """The note of that name; none of other code's."""
    found = _state(_folder(home) / f"{name}{NOTED}")
    return found if found.get("code") == code() else None


def _write_whole(place: Path, told: Mapping[str, Any]) -> None:
    fresh = place.with_suffix(".writing")
    fresh.write_text(json.dumps(told))
    fresh.rename(place)


@contextmanager
def open_shelf(home: Home, run: Run, versions: Mapping[str, int], *, whole: bool) -> Iterator[None]:
    """The home's shelf, for one run on these versions of the facts; what a whole run did not need is thrown away."""
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield
            return
        run.shelf = mine = Shelf(folder, run.engine, Store(home.facts), versions, run.currency)
        with remembering(mine):
            yield
        if whole:
            mine.tidy()


class Shelf:
    """Summaries and calculations in one folder."""

    def __init__(self, folder: Path, engine: Engine, store: Store, versions: Mapping[str, int], currency: str) -> None:
        self.folder, self.engine, self.store, self.versions, self.currency = folder, engine, store, versions, currency
        self._stamps: dict[int, str] = {}
        self._state: dict[str, Any] = _state(folder / STATE)
        self._used = {STATE, LOCK}

    def summary(self, name: str, run: Run) -> Frame:
        """The summary, in a file of its own; most of it in the order of its keys."""
        summary = SUMMARIES[name]
        if not isinstance(self.engine, DuckEngine) or not summary.adds_up:
            return self.engine.kept(summary.of(*(run.frame(each) for each in summary.inputs)), name)
        told = self._told(run)
        place = self.folder / f"{name}-{_digest(json.dumps(told, sort_keys=True).encode())}.parquet"
        if self._state.get(name, {}).get("file") != place.name or not _is_table(place):
            loose = 0 if _is_table(place) else self._write(self.engine, name, run, place)
            self._note(name, {"file": place.name, "loose": loose, **told})
        self._used.add(place.name)
        return summary.shown(self.engine.stored(place))

    def _write(self, engine: DuckEngine, name: str, run: Run, place: Path) -> int:
        """Write the sums; gives how many rows of them do not lie in the order of their keys."""
        summary, difference = SUMMARIES[name], self._difference(engine, name, run)
        if difference is None:
            engine.write(summary.sums(*(run.frame(each) for each in summary.inputs)), summary.keys, place)
            return 0
        parts = {"came": difference.came, "went": difference.went}
        came, went = (
            engine.kept(summary.sums(_read(run, rows)), f"{name}_{part}")
            for part, rows in ((part, engine.asked(query, ORDER_LINES, run.as_of)) for part, query in parts.items())
        )
        before = self.folder / self._state[name]["file"]
        loose = self._state[name]["loose"] + engine.rows_of(came) + engine.rows_of(went)
        tidy = loose > LOOSE * engine.rows_in([str(before)])
        engine.write(engine.moved(before, summary.keys, came, went), summary.keys if tidy else (), place)
        return 0 if tidy else loose

    def _told(self, run: Run) -> dict[str, Any]:
        """All that the summaries of orders rest on."""
        version = self.versions.get(ORDER_LINES.name)
        facts = {
            "version": version,
            "merged": self.versions.get(MERGED),
            "as_of": run.as_of,
            "last_day": run.last_day,
            "currency": run.currency,
        }
        return {**facts, "code": code()}

    def _difference(self, engine: DuckEngine, name: str, run: Run) -> Difference | None:
        """What came and went since the sums were kept; None where they can't be gone on from."""
        known, told = self._state.get(name), self._told(run)
        if known is None or not _is_table(self.folder / known["file"]):
            return None
        if any(known[each] != told[each] for each in ("currency", "code", "merged")) or None in {
            known["version"],
            told["version"],
        }:
            return None
        if known["last_day"] is None or known["last_day"] > min(known["as_of"], run.as_of):
            return None
        ledger = self.store.ledger(ORDER_LINES)
        found = Difference(ledger.snapshot(known["version"]), ledger.snapshot(told["version"]))
        return found if engine.rows_in(found.files) < MUCH * engine.rows_in(found.now.rows) else None

    def _note(self, name: str, told: Mapping[str, Any]) -> None:
        self._state = {**self._state, name: dict(told)}
        _write_whole(self.folder / STATE, self._state)

    def recall(self, key: str) -> Arrays | None:
        """The arrays that were kept under the key."""
        with suppress(OSError, EOFError, ValueError, BadZipFile), np.load(self._place(key), allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
        return None

    def keep(self, key: str, arrays: Arrays) -> None:
        """Put arrays under the key."""
        place = self._place(key)
        fresh = place.with_suffix(".writing")
        with fresh.open("wb") as target:
            np.savez(target, allow_pickle=False, **arrays)
        fresh.rename(place)

    def _place(self, key: str, ending: str = "npz") -> Path:
        name = f"{key}-{code()}.{ending}"
        self._used.add(name)
        return self.folder / name

    def stamp(self, last: int, tables: Collection[str]) -> str | None:
        """The state since which no order line up to that month came or went, the run's currency, the tables' versions."""
        if not isinstance(self.engine, DuckEngine) or ORDER_LINES.name not in self.versions:
            return None
        if last not in self._stamps:
            self._stamps[last] = self._same_since(self.engine, last)
            self._note("months", {"last": last, "since": self._stamps[last], **self._months_told()})
        return "-".join(map(str, (self._stamps[last], self.currency, *(self.versions.get(name) for name in tables))))

    def _months_told(self) -> dict[str, Any]:
        """The version of the lines, and what beside the ledgers says how rows are read."""
        beside = {name: told for name, told in self.versions.items() if name not in TABLES}
        said = _digest(json.dumps(beside, sort_keys=True, default=str).encode())
        return {"version": self.versions[ORDER_LINES.name], "beside": said, "code": code()}

    def _same_since(self, engine: DuckEngine, last: int) -> str:
        known, told = self._state.get("months", {}), self._months_told()
        fresh = f"{told['version']}-{told['beside']}"
        if known.get("last") != last or any(known[each] != told[each] for each in ("beside", "code")):
            return fresh
        ledger = self.store.ledger(ORDER_LINES)
        found = Difference(ledger.snapshot(known["version"]), ledger.snapshot(told["version"]))
        other = known["version"] != told["version"] and any(
            engine.rows_of(engine.asked(query, ORDER_LINES, None).filter(nw.col("month") <= last))
            for query in (found.came, found.went)
        )
        return fresh if other else str(known["since"])

    def recall_table(self, key: str) -> pa.Table | None:
        """The table that was kept under the key."""
        place = self._place(key, "parquet")
        return pq.read_table(place) if _is_table(place) else None

    def keep_table(self, key: str, table: pa.Table) -> None:
        """Put a table under the key."""
        place = self._place(key, "parquet")
        fresh = place.with_suffix(".writing")
        pq.write_table(table, fresh, compression="zstd")
        fresh.rename(place)

    def tidy(self) -> None:
        """Throw away what the run did not use."""
        for each in self.folder.iterdir():
            if each.name not in self._used and not each.name.endswith(NOTED):
                each.unlink(missing_ok=True)


def _state(place: Path) -> dict[str, Any]:
    """What was noted; nothing where that can't be read."""
    with suppress(OSError, ValueError):
        noted = json.loads(place.read_text())
        return noted if isinstance(noted, dict) else {}
    return {}


def _is_table(place: Path) -> bool:
    """Whether it is there and whole: a machine that lost its power may leave a torn file under a good name."""
    try:
        pq.read_metadata(place)
    except (OSError, pa.ArrowInvalid):
        return False
    return True


def _read(run: Run, lines: Frame) -> Frame:
    """Order lines as the run reads them."""
    return run.spoken(ORDER_LINES.name, run.source.as_one(ORDER_LINES.name, lines))


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]
