"""Which order lines were delivered late or short, told in one way wherever it is counted.

Due is a line that was bought (not returned) and whose promised day lies in the days looked at, up to one that has passed. Of
these late or short is one not delivered by that day, be it later or not yet, or with less than was ordered.

As an expression for analyses, and as SQL of the same meaning for pages.
"""

from typing import Final

import narwhals as nw

Day = int | nw.Expr
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
