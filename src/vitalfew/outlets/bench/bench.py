"""Running a benchmark: prepare, warm up once, then ours and the peer's in turn, and the median of each figure."""

import os
import platform
import shutil
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from vitalfew.outlets.bench import Benchmark, Figures, peers
from vitalfew.outlets.bench.processes import measured

PACKAGES: Final = ("vitalfew", "numpy", "scipy", "pyarrow", "duckdb", "deltalake", "django")
GIB: Final = 2**30


@dataclass(frozen=True)
class Line:
    """One figure: the median of the runs, its goal at this size, and the peer's."""

    benchmark: str
    size: int
    unit: str
    figure: str
    measured: float
    goal: float | None
    peer: float | None = None
    more: bool = False
    """Whether the goal is the least it should be."""

    @property
    def reached(self) -> bool | None:
        if self.goal is None:
            return None
        return self.measured >= self.goal if self.more else self.measured <= self.goal

    @property
    def ratio(self) -> float | None:
        return self.peer / self.measured if self.peer and self.measured else None

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "reached": self.reached, "ratio": self.ratio}


@dataclass(frozen=True)
class Bench:
    """Where benchmarks work, and how often each is run."""

    folder: Path
    runs: int = 3
    with_peers: bool = False

    def run(self, name: str, benchmark: Benchmark, size: int, tell: Callable[[str], None]) -> list[Line]:
        """The benchmark's figures, those with a goal first."""
        tell(f"{name} {size:,} {benchmark.unit}")
        place = self._prepared(name, size)
        peer = self._peer(benchmark, size, place) if self.with_peers else None
        ours = [self._once(name, benchmark, size, place)]
        theirs = [peer()] if peer else []
        for _again in range(self.runs):
            ours.append(self._once(name, benchmark, size, place))
            theirs += [peer()] if peer else []
        return _lines(name, benchmark, size, _medians(ours[1:]), _medians(theirs[1:]))

    def _prepared(self, name: str, size: int) -> Path:
        """The input, kept for the next time."""
        place = self.folder / f"{name}-{size}"
        if not (place / "complete").exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            measured(_step("prepare", name, size, place), {"VITALFEW_HOME": str(place / "home")}, place)
            (place / "complete").touch()
        return place

    def _once(self, name: str, benchmark: Benchmark, size: int, place: Path) -> Figures:
        scratch = place / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        command = benchmark.command(size, place) if benchmark.command else _step("work", name, size, place)
        home = place / "home"
        return measured(command, {"VITALFEW_HOME": str(home if home.exists() else scratch)}, place)

    def _peer(self, benchmark: Benchmark, size: int, place: Path) -> Callable[[], Figures] | None:
        if benchmark.peer is None:
            return None
        command = peers.command(peers.ready(self.folder, benchmark.peer), benchmark.peer, size, place)
        return lambda: measured(command, {}, place)


def _step(step: str, name: str, size: int, place: Path) -> list[str]:
    return [sys.executable, "-m", "vitalfew.outlets.bench", step, name, str(size), str(place)]


def _medians(runs: list[Figures]) -> Figures:
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: statistics.median(run[name] for run in runs if name in run) for name in names}


def _lines(name: str, benchmark: Benchmark, size: int, ours: Figures, theirs: Figures) -> list[Line]:
    lines = [
        Line(
            name,
            size,
            benchmark.unit,
            figure,
            value,
            benchmark.goal(size, figure),
            theirs.get(figure),
            figure in benchmark.more,
        )
        for figure, value in ours.items()
    ]
    return sorted(lines, key=lambda line: line.goal is None)


def machine() -> Mapping[str, Any]:
    """On what it was measured, and how busy that was."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "memory GiB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB, 1),
        "load": round(os.getloadavg()[0], 2),
        **{name: version(name) for name in PACKAGES},
    }
