"""Exponential smoothing: fifteen forms of many monthly series, the best of each by AICc."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures, Peer

SEED, MONTHS, SEASON = 1951, 60, 12
NEAR: Final = 0.05
"""AICc that differ by less are alike: fits stop where little more is to be gained."""
THEIRS: Final = "theirs.npy"
PEER: Final = """
import json, sys, time
import numpy as np
from statsforecast.models import AutoETS

series = np.load(sys.argv[2] + "/series.npy")
AutoETS(season_length=12).fit(series[0])
began = time.perf_counter()
aicc = [AutoETS(season_length=12).fit(each).model_["aicc"] for each in series]
seconds = time.perf_counter() - began
np.save(sys.argv[2] + "/theirs.npy", np.array(aicc))
print(json.dumps({"fit seconds": seconds}))
"""


def prepare(size: int, folder: Path) -> None:
    """Five years of months: levels, trends and seasons of all sizes, multiplied, with errors of a tenth."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    month = np.arange(MONTHS)
    level = rng.lognormal(4, 1, (size, 1))
    growth = 1 + rng.normal(0, 0.01, (size, 1)) * month
    season = 1 + rng.uniform(0, 0.4, (size, 1)) * np.cos(
        2 * np.pi * (month + rng.integers(0, SEASON, (size, 1))) / SEASON
    )
    wander = np.exp(np.cumsum(rng.normal(0, 0.03, (size, MONTHS)), axis=1))
    series = level * np.maximum(growth, 0.2) * season * wander * np.exp(rng.normal(0, 0.1, (size, MONTHS)))
    np.save(folder / "series.npy", series)


def work(_size: int, folder: Path) -> Figures:
    """Once the other tool has run, how often our AICc is no worse than its."""
    import numpy as np

    from vitalfew.maths.ets import choose

    series = np.load(folder / "series.npy")
    began = time.perf_counter()
    found = choose(series, SEASON)
    seconds = {"fit seconds": time.perf_counter() - began}
    if not (folder / THEIRS).exists():
        return seconds
    theirs = np.load(folder / THEIRS)
    return {**seconds, "AICc no worse, share": float((found.aicc <= theirs + NEAR).mean())}


BENCHMARK: Final = Benchmark(
    title="Exponential smoothing of 60 months, fifteen forms",
    unit="series",
    size=1_000,
    prepare=prepare,
    work=work,
    goals={
        **{size: {"AICc no worse, share": 0.95} for size in (200, 500, 1_000)},
        10_000: {"fit seconds": 30, "AICc no worse, share": 0.95},
    },
    peer=Peer("statsforecast", ("statsforecast==2.0.3", "pandas<3"), PEER),
    more=frozenset({"AICc no worse, share"}),
)
