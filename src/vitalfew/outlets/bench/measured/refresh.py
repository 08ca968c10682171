"""``vitalfew refresh``: every analysis for every account, and the scorecards, in a home that was just filled."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures
from vitalfew.outlets.bench.inputs import filled, write_book


def work(_size: int, folder: Path) -> Figures:
    filled(folder)
    from django.conf import settings

    from vitalfew.imports.work import refresh_now

    began = time.perf_counter()
    refresh_now(settings.HOME)
    first = time.perf_counter()
    refresh_now(settings.HOME)
    return {"refresh seconds": first - began, "again seconds": time.perf_counter() - first}


BENCHMARK: Final = Benchmark(
    title="Refresh after the first import, and again",
    unit="accounts",
    size=300,
    prepare=write_book,
    work=work,
    goals={
        300: {"refresh seconds": 10},
        100_000: {"refresh seconds": 60},
        1_000_000: {"refresh seconds": 600, "peak MiB": 6144},
    },
)
