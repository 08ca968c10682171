"""vitalfew: key account management with sound statistics.

    import vitalfew
    result = vitalfew.analyse("pareto", order_lines=frame, as_of="2011-12-01")
    result.table, result.meta, result.to_pandas(), result.chart()

Any table that speaks Arrow will do (pandas, Polars, DuckDB, PyArrow). Django is not imported.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitalfew.warehouse.run import analyse as analyse

__version__ = "0.1.0"
__all__ = ["__version__", "analyse"]


def __getattr__(name: str) -> object:
    if name == "analyse":
        from vitalfew.warehouse.run import analyse

        return analyse
    raise AttributeError(f"module 'vitalfew' has no attribute {name!r}")
