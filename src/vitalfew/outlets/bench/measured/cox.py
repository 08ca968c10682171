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

times, happened, covariates = (np.load(f"{sys.argv[2]}/{name}.npy") for name in ("times", "happened", "covariates"))
frame = pd.DataFrame(covariates, columns=[f"x{n}" for n in range(covariates.shape[1])]).assign(time=times, event=happened)
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
    times = np.ceil(np.minimum(until, watched))
    for name, each in (("times", times), ("happened", until <= watched), ("covariates", x)):
        np.save(folder / f"{name}.npy", each)


def work(_size: int, folder: Path) -> Figures:
    import numpy as np

    from vitalfew.maths import cox

    times, happened, covariates = (np.load(folder / f"{name}.npy") for name in ("times", "happened", "covariates"))
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
