"""The table of contracts as it is read: renewals watched, known ends, and every further column as a sign."""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Frame
from vitalfew.maths.contract_periods import Watched, watched
from vitalfew.maths.signs import Columns, Sign, columns
from vitalfew.panels import DAY, NUMBER, TEXT, Whole, day_numbers, handed_over

NEEDED: Final = {"customer": TEXT, "started_on": DAY}
MORE: Final = {"ended_on": DAY, "period_value": NUMBER, "contract": TEXT, "covers": TEXT}
NO_SIGNS: Final = {*NEEDED, *MORE, "currency"}


@dataclass(frozen=True)
class Book:
    """Contracts in order of account: their renewals, the day on which they end if known, and their signs."""

    table: pa.Table
    watch: Watched
    start: Whole
    until: Whole
    """The day on which a running contract is known to end; 0 where none is."""
    made: Columns
    names: tuple[str, ...]
    left_out: int


def read(contracts: Frame, as_of: int, period: int) -> Book:
    raw: pa.Table = contracts.collect("pyarrow").to_native()
    told = handed_over(nw.from_native(raw).lazy(), "contracts", NEEDED, MORE)
    start, has_end = day_numbers(told["started_on"]), told["ended_on"].is_valid().to_numpy()
    end = day_numbers(told["ended_on"])
    wrong = (
        ~told["customer"].is_valid().to_numpy() | ~told["started_on"].is_valid().to_numpy() | (has_end & (end < start))
    )
    chosen = np.flatnonzero(~wrong & (start <= as_of))
    names = [name for name in raw.column_names if name not in NO_SIGNS and raw[name].null_count < len(raw)]
    for name in names:
        told = told.append_column(name, raw[name])
    ordered = told.take(pa.array(chosen)).sort_by(
        [(name, "ascending") for name in ("customer", "contract", "started_on")]
    )
    table = ordered.combine_chunks()
    start, end = day_numbers(table["started_on"]), day_numbers(table["ended_on"])
    has_end = table["ended_on"].is_valid().to_numpy()
    lost = has_end & (end <= as_of)
    signs = {name: each for name in names if (each := _sign(table[name], as_of)) is not None}
    return Book(
        table, watched(start, np.where(lost, end, as_of), lost, as_of, period), start, np.where(has_end & ~lost, end, 0),
        columns(list(signs.values()), len(table)),
        tuple(signs), int(wrong.sum()),
    )  # fmt: skip


def _sign(column: Any, as_of: int) -> Sign | None:
    """A column as numbers: days before today, words by their code; none of another type."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(pa.string()), pa.string()
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        words = column.unique().drop_null().sort()
        return Sign(pc.index_in(column, words).cast(pa.float64()).to_numpy(), len(words))
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        before = as_of - pc.cast(column.cast(pa.date32()).cast(pa.int32()), pa.float64()).to_numpy()
        return Sign(np.where(before >= 0, before, np.nan))
    if pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    try:
        return Sign(column.cast(pa.float64()).to_numpy().astype(np.float64))
    except (pa.ArrowException, ValueError):
        return None
