"""Accounts as rows of arrays: how summaries leave the engine for NumPy.

A :class:`Panel` is a collected frame sorted by account, whose columns are NumPy arrays and whose codes stay in Arrow, so
that a million accounts never become a million Python objects.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vitalfew.catalogue import Refusal
from vitalfew.language import Message, Names, Word
from vitalfew.maths.remembered import memory
from vitalfew.summaries import HALF_YEAR
from vitalfew.terms import gettext_noop as _

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
        return np.asarray(_numbers(self.table[name]).to_numpy(zero_copy_only=False), dtype=np.float64)

    def whole(self, name: str) -> Whole:
        return np.asarray(_numbers(self.table[name]).to_numpy(zero_copy_only=False), dtype=np.int64)

    @property
    def codes(self) -> pa.Array:
        return _array(self.table["customer"])

    def starts(self, *more: str) -> Whole:
        """Where each account's rows begin; with more columns, where any of them changes."""
        if not len(self):
            return np.empty(0, dtype=np.int64)
        columns = [_array(self.table[name]) for name in ("customer", *more)]
        changed = [pc.not_equal(each[1:], each[:-1]).to_numpy(zero_copy_only=False) for each in columns]
        return np.concatenate([[0], np.flatnonzero(np.any(changed, axis=0)) + 1])

    def accounts(self) -> pa.Array:
        """Each account's code once, in order."""
        return self.codes.take(pa.array(self.starts()))


@runtime_checkable
class LinesMemory(Protocol):
    """Where panels are kept that were read out of order lines."""

    def stamp(self, last: int, tables: Collection[str]) -> str | None:
        """What tells the order lines up to that month, and some tables, from what they were otherwise; None where unknown."""

    def recall_table(self, key: str) -> pa.Table | None:
        """What was kept under the key."""

    def keep_table(self, key: str, table: pa.Table) -> None:
        """Keep a table under the key."""


def of_whole_months(
    name: str, last: int, ask: Callable[[], Panel], *options: object, tables: Collection[str] = ()
) -> Panel:
    """What ``ask`` reads out of order lines up to the month ``last``, of tables and options: kept, where a memory is open.

    The running month's lines come day by day; those before them are mostly as they were.
    """
    opened = memory()
    stamp = opened.stamp(last, tables) if isinstance(opened, LinesMemory) else None
    if stamp is None or not isinstance(opened, LinesMemory):
        return ask()
    key = "-".join(map(str, (name, last, *options, stamp)))
    if (kept := opened.recall_table(key)) is not None:
        return Panel(kept)
    panel = ask()
    opened.keep_table(key, panel.table)
    return panel


def begins(table: pa.Table, *names: str) -> Bools:
    """Where the columns of sorted rows take other values than in the row before."""
    found = np.ones(len(table), dtype=bool)
    if len(table):
        same = [pc.equal(table[name].slice(1), table[name].slice(0, len(table) - 1)) for name in names]
        found[1:] = ~np.logical_and.reduce([each.to_numpy() for each in same])
    return found


def _numbers(column: Any) -> Any:
    """An engine may give sums of whole numbers as decimals, which NumPy would take for a million Python objects."""
    whole = pa.types.is_decimal(column.type) and column.type.scale == 0
    return column.cast(pa.int64()) if whole else column


def _array(column: Any) -> pa.Array:
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


TEXT, NUMBER, DAY = pa.string(), pa.float64(), pa.date32()


def handed_over(
    frame: Frame, name: str, needed: Mapping[str, pa.DataType], more: Mapping[str, pa.DataType]
) -> pa.Table:
    """A table that is not canonical: its needed columns, refused in words where one is missing, and ``more``, else empty.

    An empty text is none.
    """
    read: pa.Table = frame.collect("pyarrow").to_native()
    if missing := [each for each in needed if each not in read.column_names]:
        text = _("The table '{table}' lacks the columns {columns}")
        raise Refusal(Message(text, {"table": name, "columns": Names(missing)}))
    columns = {each: _typed(read, each, kind, name) for each, kind in {**needed, **more}.items()}
    return pa.table(columns)


def _typed(read: pa.Table, column: str, kind: pa.DataType, name: str) -> Any:
    if column not in read.column_names:
        return pa.nulls(read.num_rows, kind)
    values = read[column]
    try:
        if kind == DAY and pa.types.is_integer(values.type):
            values = values.cast(pa.int32())
        values = values.cast(kind)
    except pa.ArrowException:
        text = _("In the table '{table}' the column {column} holds something else than {kind}")
        said = {TEXT: _("text"), NUMBER: _("numbers"), DAY: _("dates")}[kind]
        raise Refusal(Message(text, {"table": name, "column": column, "kind": Word(said)})) from None
    return pc.if_else(pc.equal(values, ""), None, values) if kind == TEXT else values


def day_numbers(dates: Any) -> Whole:
    """Dates as days since 1970; those without one as the first day of all."""
    return np.asarray(dates.cast(pa.int32()).fill_null(0).to_numpy(), dtype=np.int64)


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

    def until(self, last: int) -> "Months":
        """The window without the months after ``last``."""
        return Months(self.accounts, self.values[:, : self.values.shape[1] - (self.end - last)], self.first, last)


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


def period_months(periods: Any) -> tuple[Whole, Whole]:
    """A period's first month since 1970 and its length: 2025 is a year, 2025-03 a month; of anything else the length is 0."""
    texts = pc.ascii_trim_whitespace(periods.cast(pa.string()))
    yearly, monthly = (pc.match_substring_regex(texts, shape) for shape in (r"^\d{4}$", r"^\d{4}-(0[1-9]|1[0-2])$"))
    year = pc.if_else(pc.or_(yearly, monthly), pc.utf8_slice_codeunits(texts, 0, 4), "1970").cast(pa.int64())
    month = pc.if_else(monthly, pc.utf8_slice_codeunits(texts, 5, 7), "01").cast(pa.int64())
    length = pc.if_else(yearly, MONTHS_A_YEAR, pc.if_else(monthly, 1, 0)).fill_null(0)
    first = pc.add(pc.multiply(pc.subtract(year, 1970), MONTHS_A_YEAR), pc.subtract(month, 1)).fill_null(0)
    return np.asarray(first.to_numpy(), dtype=np.int64), np.asarray(length.to_numpy(), dtype=np.int64)


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


def views(survey_scores: Frame, items: Sequence[str], since: int) -> Panel:
    """What each respondent thinks of us and of each rival: a row per account, respondent and supplier, "" for us."""
    asked = survey_scores.filter(nw.col("item").is_in(items), nw.col("half") >= since, ~nw.col("score").is_null())
    each = asked.group_by("customer", "respondent", "supplier").agg(
        nw.col("score").mean().round(8), respondents=nw.len()
    )
    return Panel.of(each, "respondent", "supplier")


def ratings(survey_scores: Frame, items: Sequence[str], since: int) -> Panel:
    """What each account thinks of us and of each rival: a row per account and supplier, "" for us.

    ``score`` from 0 to 1: the questions' mean of the respondents' means since that half-year; ``respondents`` the most
    that answered one question.
    """
    asked = survey_scores.filter(nw.col("item").is_in(items), nw.col("half") >= since, ~nw.col("score").is_null())
    each = asked.group_by("customer", "supplier", "item", "respondent").agg(nw.col("score").mean())
    item = each.group_by("customer", "supplier", "item").agg(nw.col("score").mean(), respondents=nw.len())
    both = item.group_by("customer", "supplier").agg(nw.col("score").mean().round(8), nw.col("respondents").max())
    return Panel.of(both, "supplier")


@dataclass(frozen=True)
class Against:
    """Us and our rivals in the eyes of each account, or of each respondent; NaN where it was not asked."""

    accounts: pa.Array
    ours: Floats
    best: Floats
    best_rival: pa.Array
    better: Whole
    """Rivals that it thinks better of than of us."""
    equal: Whole
    rivals: Whole
    respondents: Whole


def against(rated: Panel, *more: str) -> Against:
    """Each account's view of us beside its view of the best rival (the first by name of equals); or each respondent's."""
    starts = rated.starts(*more)
    row = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(rated))))
    supplier, score = rated.table["supplier"].combine_chunks(), rated.floats("score")
    us = pc.equal(supplier, "").to_numpy(zero_copy_only=False)
    ours = np.full(starts.size, np.nan)
    ours[row[us]] = score[us]
    theirs, of = score[~us], row[~us]
    best = np.full(starts.size, -np.inf)
    np.maximum.at(best, of, theirs)
    place = np.full(starts.size, -1)
    winner = np.flatnonzero(~us)[theirs == best[of]][::-1]
    place[row[winner]] = winner
    respondents = np.zeros(starts.size, dtype=np.int64)
    respondents[row[us]] = rated.whole("respondents")[us]
    with np.errstate(invalid="ignore"):
        better, equal = (
            np.bincount(of[sign], minlength=starts.size) for sign in (theirs > ours[of], theirs == ours[of])
        )
    return Against(
        rated.codes.take(pa.array(starts)),
        ours,
        np.where(place >= 0, best, np.nan),
        supplier.take(pa.array(place, mask=place < 0)),
        better,
        equal,
        np.bincount(of, minlength=starts.size),
        respondents,
    )


@dataclass(frozen=True)
class Sheets:
    """Answer sheets about us × questions, 0 to 1, NaN where unanswered; sorted by account, respondent and half-year."""

    codes: pa.Array
    first: Bools
    """Whether it is its respondent's first."""
    half: Whole
    answers: Floats

    def latest(self, since: int) -> "Sheets":
        """The last sheet of every respondent, those older than that half-year left out."""
        last = np.roll(self.first, -1)
        chosen = np.flatnonzero(last & (self.half >= since))
        return Sheets(self.codes.take(pa.array(chosen)), self.first[chosen], self.half[chosen], self.answers[chosen])


def sheets(survey_scores: Frame, items: Sequence[str]) -> Sheets:
    """What each respondent answered to these questions about us, a row a half-year."""
    ours = survey_scores.filter(nw.col("supplier") == "", nw.col("item").is_in(items), ~nw.col("score").is_null())
    panel = Panel.of(ours, "respondent", "half", "item")
    starts = panel.starts("respondent", "half")
    row = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(panel))))
    answers = np.full((starts.size, len(items)), np.nan)
    answers[row, in_order(_array(panel.table["item"]), pa.array(items))] = panel.floats("score")
    first = np.isin(starts, panel.starts("respondent"))
    return Sheets(panel.codes.take(pa.array(starts)), first, panel.whole("half")[starts], answers)


@dataclass(frozen=True)
class Marks:
    """What each respondent answered about each supplier, us first: respondents × suppliers × questions, NaN where nothing."""

    codes: pa.Array
    answers: Floats


def marks(survey_scores: Frame, items: Sequence[str], since: int, most: int) -> Marks:
    """The answers since that half-year of those who spoke of us, 0 to 1; suppliers beyond the first ``most`` are left out."""
    asked = survey_scores.filter(nw.col("item").is_in(items), nw.col("half") >= since, ~nw.col("score").is_null())
    each = asked.group_by("customer", "respondent", "supplier", "item").agg(nw.col("score").mean().round(8))
    panel = Panel.of(each, "respondent", "supplier", "item")
    person, view = panel.starts("respondent"), panel.starts("respondent", "supplier")
    rows = np.arange(len(panel))
    whose = np.searchsorted(person, rows, side="right") - 1
    place = np.searchsorted(view, rows, side="right") - np.searchsorted(view, person, side="right")[whose]
    kept = place < most
    answers = np.full((person.size, int(place[kept].max(initial=0)) + 1, len(items)), np.nan)
    item = in_order(_array(panel.table["item"]), pa.array(list(items)))
    answers[whose[kept], place[kept], item[kept]] = panel.floats("score")[kept]
    ours = pc.equal(_array(panel.table["supplier"]).take(pa.array(person)), "").to_numpy(zero_copy_only=False)
    return Marks(panel.codes.take(pa.array(person[ours])), answers[ours])


def in_order(codes: pa.Array, accounts: pa.Array) -> Whole:
    """Where each code stands among the accounts; -1 where it doesn't."""
    return np.asarray(pc.index_in(codes, accounts).fill_null(-1).to_numpy(), dtype=np.int64)


LEVELS: Final = 5
"""Groups of groups of groups …"""


def groups(codes: pa.Array, customers: Frame | None) -> Whole:
    """The group of each account, as a number: its parent's parent, and so on; itself where it has none."""
    top = codes
    if customers is not None:
        table = Panel.of(customers.filter(~nw.col("parent").is_null()).select("customer", "parent")).table
        children, parents = (_array(table[name].cast(TEXT)) for name in ("customer", "parent"))
        for _level in range(LEVELS):
            above = parents.take(pc.index_in(top, children))
            top = pc.if_else(pc.fill_null(pc.not_equal(above, ""), False), above, top)
    return in_order(top, top.unique())


def half_of(day: int) -> int:
    """The half-year of a day, since 1970."""
    return month_of(day) // HALF_YEAR
