"""Lifetime values by the other classic: Pareto/NBD fitted to the same customers as BG/NBD."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures
from vitalfew.outlets.bench.measured.lifetime import prepare


def work(_size: int, folder: Path) -> Figures:
    import numpy as np

    from vitalfew.maths import pareto_nbd

    x, last, age = np.load(folder / "customers.npy")
    began = time.perf_counter()
    found = pareto_nbd.fit(x, last, age)
    return {"fit seconds": time.perf_counter() - began, "iterations": found.iterations}


BENCHMARK: Final = Benchmark(
    title="Pareto/NBD: fit",
    unit="customers",
    size=100_000,
    prepare=prepare,
    work=work,
    goals={1_000_000: {"fit seconds": 3}},
)
