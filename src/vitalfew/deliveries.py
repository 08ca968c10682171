"""Which order lines were delivered late or short, told in one way wherever it is counted.

Due is a line that was bought (not returned) and whose promised day lies in the days looked at, up to one that has passed. Of
these late or short is one not delivered by that day, be it later or not yet, or with less than was ordered.

As an expression for analyses, and as SQL of the same meaning for pages.

Cut is an account that got less than four fifths of what it needed of a product that was shared out (``allotted``: customer,
product, decided_on, needed, given).

    needed 100, given 79  →  cut        needed 100, given 80  →  not
"""

from typing import Final, NamedTuple

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Frame
from vitalfew.panels import DAY, NUMBER, TEXT, Bools, Floats, day_numbers, handed_over

Day = int | nw.Expr
ENOUGH: Final = 0.8
MISSED_SQL: Final = (
    "(NOT coalesce(delivered_on <= promised_on, false) OR coalesce(quantity_delivered < quantity, false))"
)


def due(after: Day | None, until: Day) -> nw.Expr:
    """Whether the line was promised later than the one day (if any is named), and not later than the other."""
    promised = nw.col("promised_on")
    passed = ~promised.is_null() & (nw.col("quantity") > 0) & (promised <= until)
    return passed if after is None else passed & (promised > after)


def missed() -> nw.Expr:
    """1 for a due line that came late or short, else 0."""
    late = ~(nw.col("delivered_on") <= nw.col("promised_on")).fill_null(value=False)
    short = (nw.col("quantity_delivered") < nw.col("quantity")).fill_null(value=False)
    return nw.when(late | short).then(nw.lit(1)).otherwise(nw.lit(0))


def due_sql(after: str, until: str) -> str:
    return f"(promised_on > {after} AND promised_on <= {until} AND quantity > 0)"


class Shares(NamedTuple):
    """One of each account, product and sharing out: when it was decided, which part of its need it got, whether that is a cut."""

    customer: pa.ChunkedArray
    day: Floats
    part: Floats
    cut: Bools


def shares(allotted: Frame) -> Shares:
    """Where something was needed; more than was needed is all of it."""
    read = handed_over(
        allotted, "allotted", {"customer": TEXT, "decided_on": DAY, "needed": NUMBER, "given": NUMBER}, {}
    )
    needed = np.nan_to_num(np.asarray(read["needed"], dtype=np.float64))
    read, needed = read.filter(pa.array(needed > 0)), needed[needed > 0]
    part = np.clip(np.nan_to_num(np.asarray(read["given"], dtype=np.float64)) / needed, 0.0, 1.0)
    return Shares(read["customer"], day_numbers(read["decided_on"]).astype(np.float64), part, part < ENOUGH)
