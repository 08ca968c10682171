"""The project's own benchmarks: what is measured, how large, and the goal beside it.

    vitalfew bench                      every benchmark, small enough for a laptop
    vitalfew bench lifetime --size 1000000 --with-peers

A benchmark is one file of ``vitalfew.outlets.bench.measured``, found by walking that package: it prepares its input
(not measured), says what a process of its own does with it, and which figures of that process have a goal.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Figures = Mapping[str, float]
Goals = Mapping[int, Figures]
Prepare = Callable[[int, Path], None]
Work = Callable[[int, Path], Figures]
Command = Callable[[int, Path], list[str]]


@dataclass(frozen=True)
class Peer:
    """Another tool at the same work: a script that gets the size and the input's folder and prints its figures."""

    name: str
    packages: tuple[str, ...]
    script: str


@dataclass(frozen=True)
class Benchmark:
    """One piece of work. ``goals``: for a size, the most that each figure may be, or the least if it is among ``more``."""

    title: str
    unit: str
    """What the size counts."""
    size: int
    prepare: Prepare
    goals: Goals
    work: Work | None = None
    """What a process of its own does; it gives the figures that it took itself."""
    command: Command | None = None
    """In place of ``work``: a command that is measured whole."""
    peer: Peer | None = None
    more: frozenset[str] = frozenset()
    """Figures of which more is better."""
    data: Callable[[], Path | None] | None = None
    """Where data lie that are no part of the package; without them it is left out."""

    @property
    def possible(self) -> bool:
        return self.data is None or self.data() is not None

    def goal(self, size: int, figure: str) -> float | None:
        return self.goals.get(size, {}).get(figure)


@cache
def benchmarks() -> Mapping[str, Benchmark]:
    """Every benchmark by name."""
    package = importlib.import_module(f"{__name__}.measured")
    found = {each.name: importlib.import_module(f"{package.__name__}.{each.name}") for each in _files(package)}
    return {name.replace("_", "-"): module.BENCHMARK for name, module in found.items()}


def _files(package: Any) -> list[pkgutil.ModuleInfo]:
    return sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name)
