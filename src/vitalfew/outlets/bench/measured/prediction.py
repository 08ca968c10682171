"""What a real wholesaler's past told of its next 162 days: who buys no more, how often, and where the money is.

Online Retail II, customers with even ids (UCI, CC BY 4.0), known until 30 June 2011, judged on the days to 9 December: 2,500
accounts that had bought before. The files are no part of the package.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from vitalfew.outlets.bench import Benchmark, Figures
from vitalfew.outlets.bench.inputs import real_book

BOOK: Final = "online_retail_ii_half_a"
KNOWN_UNTIL, HORIZON, FIFTH = "2011-06-30", 162, 0.2
LINES: Final = """
    WITH a AS (SELECT CAST(Invoice AS VARCHAR) AS order_id, StockCode AS product, Quantity AS q, InvoiceDate AS t,
                      Price AS p, "Customer ID" AS c FROM read_parquet('{folder}/year_2009_2010.parquet')),
         b AS (SELECT CAST(InvoiceNo AS VARCHAR), StockCode, Quantity, InvoiceDate, UnitPrice, CustomerID
               FROM read_parquet('{folder}/year_2010_2011.parquet') WHERE CAST(InvoiceNo AS VARCHAR) NOT IN
               (SELECT order_id FROM a))
    SELECT order_id, CAST(row_number() OVER (ORDER BY t, order_id) AS VARCHAR) AS line_no, CAST(c AS VARCHAR) AS customer,
           CAST(CAST(t AS DATE) - DATE '1970-01-01' AS INTEGER) AS ordered_on, CAST(product AS VARCHAR) AS product,
           CAST(q AS DECIMAL(18, 4)) AS quantity, CAST(q * p AS DECIMAL(20, 4)) AS amount
    FROM (SELECT * FROM a UNION ALL SELECT * FROM b)
    WHERE c IS NOT NULL AND q > 0 AND p > 0 AND order_id NOT LIKE 'A%'
"""
"""Purchases only; invoices found in both files once; adjustments left out."""
CAME: Final = """
    SELECT customer, count(DISTINCT ordered_on) AS n, CAST(sum(amount) AS DOUBLE) AS money FROM lines
    WHERE ordered_on > {day} AND ordered_on <= {day} + {horizon} GROUP BY customer
"""


def order_lines(folder: Path | None) -> Any:
    """The wholesaler's purchases, from its two files, as order lines."""
    import pyarrow as pa

    from vitalfew.warehouse.engines.duck import connect
    from vitalfew.warehouse.tables import ORDER_LINES

    found = connect().sql(LINES.format(folder=folder)).to_arrow_table()
    for field in ORDER_LINES.schema:
        if field.name not in found.column_names:
            found = found.append_column(field, pa.nulls(found.num_rows, field.type))
    return found.select(ORDER_LINES.schema.names).cast(ORDER_LINES.schema)


def came(lines: Any, codes: Sequence[str], day: int) -> Any:
    """Purchase days and sales of each account in the horizon after the day."""
    import numpy as np

    from vitalfew.warehouse.engines.duck import connect

    connection = connect()
    connection.register("lines", lines)
    query = CAME.format(day=day, horizon=HORIZON)
    found = {code: (n, money) for code, n, money in connection.sql(query).fetchall()}
    return np.array([found.get(code, (0, 0.0)) for code in codes], dtype=float).T


def prepare(_size: int, folder: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(order_lines(real_book(BOOK)), folder / "lines.parquet")


def work(_size: int, folder: Path) -> Figures:
    from datetime import date

    import pyarrow.parquet as pq

    from vitalfew.warehouse.engines.duck import DuckEngine
    from vitalfew.warehouse.run import day_number, start
    from vitalfew.warehouse.sources import FromTables

    lines = pq.ParquetFile(folder / "lines.parquet").read()
    day = day_number(date.fromisoformat(KNOWN_UNTIL))
    engine = DuckEngine()
    began = time.perf_counter()
    told = start(FromTables(engine, {"order_lines": lines}), engine, day).result("churn").table
    seconds = time.perf_counter() - began
    return {**_judged(told, lines, day), "answer seconds": seconds}


def _judged(told: Any, lines: Any, day: int) -> Figures:
    import numpy as np

    from vitalfew.maths.brier import brier
    from vitalfew.maths.roc import auc

    n, money = came(lines, told["customer"].to_pylist(), day)
    of = {name: told[name].to_numpy() for name in told.column_names}
    lost = (n == 0).astype(float)
    first = np.argsort(-of["expected_revenue"], kind="stable")[: round(FIFTH * n.size)]
    inside = (n >= of["purchases_low"]) & (n <= of["purchases_high"])
    area = auc(of["probability"], lost)
    total = float(of["likely_purchases"].sum() / n.sum())
    return {
        "AUC": area.auc if area else 0.0,
        "Brier": float(brier(of["probability"], lost)),
        "purchases MAE": float(np.abs(of["likely_purchases"] - n).mean()),
        "total, off by": abs(total - 1),
        "revenue of the first fifth": float(money[first].sum() / money.sum()),
        "intervals, off 90 % by": abs(float(inside.mean()) - 0.9),
    }


BENCHMARK: Final = Benchmark(
    title="A real wholesaler foretold",
    unit="accounts",
    size=2_500,
    prepare=prepare,
    work=work,
    goals={
        2_500: {
            "AUC": 0.83, "Brier": 0.170, "purchases MAE": 0.89, "total, off by": 0.03, "revenue of the first fifth": 0.72,
            "intervals, off 90 % by": 0.03,
        }
    },
    more=frozenset({"AUC", "revenue of the first fifth"}),
    data=lambda: real_book(BOOK),
)  # fmt: skip
