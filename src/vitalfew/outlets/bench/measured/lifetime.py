"""Lifetime values: BG/NBD fitted to simulated customers, and what each is expected to buy in a year."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures, Peer

SEED: Final = 1951
CUSTOMERS: Final = {"r": 0.6, "alpha": 30.0, "a": 0.8, "b": 2.5}
YEAR: Final = 365.0
PEER: Final = """
import json, sys, time
import numpy as np
from lifetimes import BetaGeoFitter

x, last, age = np.load(sys.argv[2] + "/customers.npy")
began = time.perf_counter()
model = BetaGeoFitter().fit(x, last, age)
fitted = time.perf_counter()
model.conditional_expected_number_of_purchases_up_to_time(365.0, x, last, age)
print(json.dumps({"fit seconds": fitted - began, "predict seconds": time.perf_counter() - fitted}))
"""


def prepare(size: int, folder: Path) -> None:
    """Customers known for 30 to 730 days; a quarter or so never bought again."""
    import numpy as np

    from vitalfew.maths import bg_nbd

    rng = np.random.default_rng(SEED)
    age = rng.integers(30, 731, size).astype(np.float64)
    drawn = bg_nbd.simulate(CUSTOMERS, age, rng)
    last = np.minimum(np.ceil(drawn.recency), age)
    np.save(folder / "customers.npy", np.array([drawn.frequency, last, age]))


def work(_size: int, folder: Path) -> Figures:
    import numpy as np

    from vitalfew.maths import bg_nbd

    x, last, age = np.load(folder / "customers.npy")
    began = time.perf_counter()
    fit = bg_nbd.fit(x, last, age)
    fitted = time.perf_counter()
    bg_nbd.expected_purchases(fit, YEAR, x, last, age)
    return {"fit seconds": fitted - began, "predict seconds": time.perf_counter() - fitted}


BENCHMARK: Final = Benchmark(
    title="BG/NBD: fit and predict",
    unit="customers",
    size=100_000,
    prepare=prepare,
    work=work,
    goals={
        10_000: {"fit seconds": 0.012, "predict seconds": 0.003},
        100_000: {"fit seconds": 0.03, "predict seconds": 0.01},
        1_000_000: {"fit seconds": 0.10, "predict seconds": 0.08, "seconds": 0.8, "peak MiB": 260},
        10_000_000: {"seconds": 1.8, "peak MiB": 600},
    },
    peer=Peer("lifetimes", ("lifetimes==0.11.3", "pandas<3"), PEER),
)
