"""Order lines to what most analyses rest on: vital few, RFM and trend, from a file of checked lines."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures, Peer
from vitalfew.outlets.bench.inputs import accounts_for
from vitalfew.warehouse.engines import Frame
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.tables import TABLES

PEER: Final = """
import sys
from pathlib import Path
import numpy as np
import pandas as pd

columns = ["customer", "order_id", "ordered_on", "quantity", "amount"]
files = sorted(Path(sys.argv[2]).glob("order-lines-*.parquet"))
lines = pd.concat([pd.read_parquet(file, columns=columns) for file in files])
lines["amount"] = lines["amount"].astype(float)
total = lines.groupby("customer")["amount"].sum().sort_values(ascending=False)
share = total.cumsum() / total.sum()
total.to_frame().assign(vital=share.shift(fill_value=0) < 0.8)
bought = lines[lines["quantity"].astype(float) > 0]
days = bought.groupby(["customer", "ordered_on"])["amount"].sum().reset_index()
each = days.groupby("customer")
rfm = pd.DataFrame({
    "recency": days["ordered_on"].max() - each["ordered_on"].max(), "frequency": each.size(), "monetary": each["amount"].sum(),
})
scores = rfm.rank(pct=True).mul(5).apply(np.ceil)
month = pd.to_datetime(lines["ordered_on"], unit="D").dt.to_period("M")
months = lines.groupby(["customer", month])["amount"].sum().unstack(fill_value=0.0)
place = np.arange(months.shape[1]) - (months.shape[1] - 1) / 2
slope = months.to_numpy() @ place / (place @ place)
"""


def prepare(size: int, folder: Path) -> None:
    from vitalfew.demobook import write

    write(folder, accounts=accounts_for(size), lines=size, form="parquet")


@dataclass(frozen=True)
class Files:
    """The order lines of a folder as a run's source."""

    engine: DuckEngine
    folder: Path

    @property
    def names(self) -> frozenset[str]:
        return frozenset({"order_lines"})

    def frame(self, name: str, until: int | None) -> Frame:
        return self.engine.staged(TABLES[name], sorted(map(str, self.folder.glob("order-lines-*.parquet"))), until)

    def as_one(self, name: str, rows: Frame) -> Frame:  # noqa: ARG002  (as every source is asked)
        return rows


def work(_size: int, folder: Path) -> Figures:
    engine = DuckEngine()
    run = start(Files(engine, folder), engine)
    for name in ("pareto", "rfm", "trend"):
        run.result(name)
    return {}


BENCHMARK: Final = Benchmark(
    title="Order lines to vital few, RFM and trend",
    unit="lines",
    size=1_000_000,
    prepare=prepare,
    work=work,
    goals={10_000_000: {"seconds": 2.5, "peak MiB": 450}, 100_000_000: {"seconds": 20, "peak MiB": 2048}},
    peer=Peer("pandas", ("pandas<3", "pyarrow"), PEER),
)
