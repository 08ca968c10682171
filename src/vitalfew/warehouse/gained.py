"""Columns that an analysis gained after a result of it was kept: empty there, so that past refreshes stay readable."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitalfew.catalogue import Analysis, Column
from vitalfew.terms import Unit

TYPES: Final[Mapping[Unit, pa.DataType]] = {
    **dict.fromkeys((Unit.CODE, Unit.WORD, Unit.TEXT, Unit.SENTENCES), pa.string()),
    **dict.fromkeys((Unit.DAY, Unit.MONTH), pa.int32()),
    Unit.YES_NO: pa.bool_(),
}
"""Of an empty column by its unit; a figure otherwise."""


def since(kept: pa.Schema, analysis: Analysis) -> list[Column]:
    """The columns that the kept result lacks."""
    return [column for column in analysis.columns if column.name not in kept.names]


def read(path: Path, analysis: Analysis, columns: Sequence[str] | None = None) -> pa.Table:
    """The kept rows, those columns only, in the analysis's present columns."""
    with pq.ParquetFile(path) as file:
        lacking = since(file.schema_arrow, analysis)
        names = {column.name for column in lacking}
        table = file.read(columns and [name for name in columns if name not in names])
    for column in lacking:
        if columns is None or column.name in columns:
            table = table.append_column(column.name, pa.nulls(len(table), TYPES.get(column.unit, pa.float64())))
    return table
