"""A clean file of order lines, checked, traced to file and line, and committed: the whole command."""

from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Peer
from vitalfew.outlets.bench.inputs import FIELDS, import_of, write_lines

FILE: Final = "clean.csv"
PEER: Final = """
import sys
import numpy as np
import pandas as pd

lines = pd.read_csv(sys.argv[2] + "/clean.csv", parse_dates=["ordered_on"])
total = lines.groupby("customer")["amount"].sum().sort_values(ascending=False)
share = total.cumsum() / total.sum()
each = lines.groupby("customer")
rfm = pd.DataFrame({
    "recency": lines["ordered_on"].max() - each["ordered_on"].max(),
    "frequency": each["ordered_on"].nunique(), "monetary": total,
})
scores = rfm.rank(pct=True).mul(5).apply(np.ceil)
"""
"""A bare read with vital few and RFM: nothing is checked, nothing is kept."""


def prepare(size: int, folder: Path) -> None:
    write_lines(size, folder / FILE, "utf-8", FIELDS, lambda _number, row: row)


BENCHMARK: Final = Benchmark(
    title="Import of a clean UTF-8 file",
    unit="lines",
    size=200_000,
    prepare=prepare,
    command=import_of(FILE),
    goals={1_000_000: {"seconds": 4, "peak MiB": 450}},
    peer=Peer("pandas", ("pandas<3", "pyarrow"), PEER),
)
