"""Demand that comes now and then: Croston, SBA and TSB of many series at once."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures, Peer

SEED, PERIODS, CHANCE = 1951, 60, 0.3
PEER: Final = """
import json, sys, time
import numpy as np
from statsforecast.models import CrostonSBA

series = np.load(sys.argv[2] + "/series.npy")
CrostonSBA().forecast(series[0], h=1)
began = time.perf_counter()
for each in series:
    CrostonSBA().forecast(each, h=1)
print(json.dumps({"forecast seconds": time.perf_counter() - began}))
"""
"""SBA alone; its first call, which compiles, is not counted."""


def prepare(size: int, folder: Path) -> None:
    """Series with a demand in three periods of ten, the first period among them."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    asked = rng.random((size, PERIODS)) < CHANCE
    asked[:, 0] = True
    np.save(folder / "series.npy", np.where(asked, np.ceil(rng.lognormal(2, 0.8, asked.shape)), 0.0))


def work(_size: int, folder: Path) -> Figures:
    import numpy as np

    from vitalfew.maths.croston import croston

    series = np.load(folder / "series.npy")
    croston(series[:10])
    began = time.perf_counter()
    croston(series)
    return {"forecast seconds": time.perf_counter() - began}


BENCHMARK: Final = Benchmark(
    title="Croston, SBA and TSB of 60 periods",
    unit="series",
    size=10_000,
    prepare=prepare,
    work=work,
    goals={10_000: {"forecast seconds": 0.015}},
    peer=Peer("statsforecast", ("statsforecast==2.0.3", "pandas<3"), PEER),
)
