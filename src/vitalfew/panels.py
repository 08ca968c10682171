"""Accounts as rows of arrays: how summaries leave the engine for NumPy.

A :class:`Panel` is a collected frame sorted by account, whose columns are NumPy arrays and whose codes stay in Arrow, so
that a million accounts never become a million Python objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]
Frame = nw.LazyFrame[Any]
MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True)
class Panel:
    """A collected frame, one row or several per account, sorted by account (and by ``then``)."""

    table: pa.Table

    @classmethod
    def of(cls, frame: Frame, *then: str) -> "Panel":
        collected: pa.Table = frame.sort("customer", *then).collect("pyarrow").to_native()
        return cls(collected.combine_chunks())

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def floats(self, name: str) -> Floats:
        """A column as floats, NaN where it is empty."""
        return np.asarray(self.table[name].to_numpy(zero_copy_only=False), dtype=np.float64)

    def whole(self, name: str) -> Whole:
        return np.asarray(self.table[name].to_numpy(zero_copy_only=False), dtype=np.int64)

    @property
    def codes(self) -> pa.Array:
        return _array(self.table["customer"])

    def starts(self) -> Whole:
        """Where each account's rows begin."""
        codes = self.codes
        if not len(codes):
            return np.empty(0, dtype=np.int64)
        changed = pc.not_equal(codes[1:], codes[:-1]).to_numpy(zero_copy_only=False)
        return np.concatenate([[0], np.flatnonzero(changed) + 1])

    def accounts(self) -> pa.Array:
        """Each account's code once, in order."""
        return self.codes.take(pa.array(self.starts()))


def begins(table: pa.Table, *names: str) -> Bools:
    """Where the columns of sorted rows take other values than in the row before."""
    found = np.ones(len(table), dtype=bool)
    if len(table):
        same = [pc.equal(table[name].slice(1), table[name].slice(0, len(table) - 1)) for name in names]
        found[1:] = ~np.logical_and.reduce([each.to_numpy() for each in same])
    return found


def _array(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


@dataclass(frozen=True)
class Months:
    """Accounts × months: a value for every account in every month of the window, 0 where nothing happened."""

    accounts: pa.Array
    values: Floats
    first: Whole
    """The account's first month with orders, in months since 1970, be it before the window."""
    end: int
    """The last month of the window."""

    @property
    def numbers(self) -> Whole:
        """The window's months, since 1970."""
        return np.arange(self.end - self.values.shape[1] + 1, self.end + 1)


def months(account_months: Frame, column: str, last: int, width: int) -> Months:
    """The window of ``width`` months up to ``last``, for all accounts that ever ordered."""
    panel = Panel.of(account_months.select("customer", "month", column), "month")
    starts = panel.starts()
    counts = np.diff(np.append(starts, len(panel)))
    month = panel.whole("month")
    row = np.repeat(np.arange(len(starts)), counts)
    place = month - (last - width + 1)
    inside = (place >= 0) & (place < width)
    values = np.zeros((len(starts), width))
    values[row[inside], place[inside]] = panel.floats(column)[inside]
    return Months(panel.accounts(), values, month[starts] if len(starts) else month, last)


def month_of(day: int) -> int:
    """The month of a day, both since 1970."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64))


def month_start(month: int) -> int:
    """The first day of a month, both since 1970."""
    return int(np.datetime64(month, "M").astype("datetime64[D]").astype(np.int64))


def last_whole_month(as_of: int) -> int:
    """The latest month that is over at the end of that day."""
    month = month_of(as_of)
    return month if month_of(as_of + 1) != month else month - 1


def text(values: Sequence[str] | NDArray[np.str_]) -> pa.Array:
    return pa.array(values, type=pa.string())


def figures(values: Floats) -> pa.Array:
    """Floats as Arrow, null where there is no finite figure."""
    return pa.array(values, type=pa.float64(), mask=~np.isfinite(values))


def figure(value: float | None) -> float | None:
    """One headline figure: null where there is none."""
    return None if value is None or not np.isfinite(value) else float(value)


def words(codes: Sequence[str], choice: NDArray[np.int64]) -> pa.Array:
    """A few words by number, without an object per row."""
    return pa.DictionaryArray.from_arrays(pa.array(choice, type=pa.int32()), pa.array(list(codes))).cast(pa.string())
