"""Proportional hazards, ties by Efron: coefficients and errors of eight covariates, times in whole days."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures, Peer

SEED, SHAPE, SCALE, LONGEST = 1951, 1.3, 1000, 1500
COEFFICIENTS: Final = (0.5, -0.3, 0.2, 0.0, 0.7, -0.4, 0.1, -0.05)
PEER: Final = """
import json, sys, time
import numpy as np
import pandas as pd
from lifelines import CoxPHFitter

known = np.load(f"{sys.argv[2]}/known.npy")
frame = pd.DataFrame(known, columns=["time", "event", *(f"x{n}" for n in range(known.shape[1] - 2))])
began = time.perf_counter()
found = CoxPHFitter().fit(frame, "time", "event", fit_options={"precision": 1e-12})
print(json.dumps({"fit seconds": time.perf_counter() - began, "first coefficient": found.params_.iloc[0]}))
"""


def prepare(size: int, folder: Path) -> None:
    import numpy as np

    rng = np.random.default_rng(SEED)
    metric, flags = rng.normal(size=(size, 4)), rng.random((size, 2)) < 0.3  # noqa: PLR2004  (a share)
    x = np.column_stack([metric, flags, rng.gamma(2, 1, size), rng.integers(0, 5, size)])
    until = rng.weibull(SHAPE, size) * np.exp(-(x @ COEFFICIENTS) / SHAPE) * SCALE
    watched = rng.uniform(100, LONGEST, size)
    np.save(folder / "known.npy", np.column_stack([np.ceil(np.minimum(until, watched)), until <= watched, x]))


def work(_size: int, folder: Path) -> Figures:
    import numpy as np

    from vitalfew.maths import cox

    known = np.load(folder / "known.npy", mmap_mode="r")
    times, happened, covariates = np.array(known[:, 0]), known[:, 1] > 0, np.array(known[:, 2:])
    began = time.perf_counter()
    found = cox.fit(times, happened, covariates)
    return {"fit seconds": time.perf_counter() - began, "first coefficient": float(found.coefficients[0])}


BENCHMARK: Final = Benchmark(
    title="Cox regression, eight covariates",
    unit="times",
    size=100_000,
    prepare=prepare,
    work=work,
    goals={1_000_000: {"fit seconds": 1.0, "peak MiB": 400}},
    peer=Peer("lifelines", ("lifelines==0.30.3", "pandas<3"), PEER),
)
