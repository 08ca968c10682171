"""A block of text cells → typed rows, and the rows that were not taken with the reason."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.alike import Alike
from vitalfew.warehouse.readers.amounts import oddities, with_amount
from vitalfew.warehouse.readers.arrays import EMPTY, Mask, bools, mask_of, repeated, texts, valid, whole
from vitalfew.warehouse.readers.cells import (
    FINE,
    PROBLEM,
    REASON_OF,
    Checked,
    Problems,
    first_of,
    marked,
    raw,
)
from vitalfew.warehouse.readers.dates import Order, day_column
from vitalfew.warehouse.readers.numbers import number_column, rounded
from vitalfew.warehouse.readers.options import Options
from vitalfew.warehouse.readers.places import Places
from vitalfew.warehouse.readers.rows import BEYOND, LINE, SHOWN, Batch, Block, Reject, Torn
from vitalfew.warehouse.readers.text import clean, text_column
from vitalfew.warehouse.readers.totals import is_blank, is_total, may_hold_total, total_rows
from vitalfew.warehouse.tables import Column, Table

ROUNDED: Final = frozenset({"money", "quantity"})
ODD: Final[tuple[str, ...]] = ("amount", "quantity", "unit_price", "customer", "customer_name")
"""What tells of accepted rows that they are worth a second look."""
DECIMAL_COMMA: Final = re.compile(r"^\D{0,4}\d[\d. ]*,\d{1,2}\D{0,4}$|\d\.\d{3},\d")


@dataclass
class Checker:
    """What a source's blocks are checked against, and the running counts of what came of it."""

    table: Table
    headings: Sequence[str]
    columns: Mapping[str, int]
    options: Options
    order: Order
    epoch: str | None
    places: Places | None
    remarks: Counter[str] = field(default_factory=Counter)
    blanks: int = 0
    totals: int = 0
    rounded: int = 0
    """Cells with more than four places, where these are rounded."""
    emptied: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Optional fields that could not be read and were left empty, with the reason."""
    alike: Alike = field(default_factory=Alike)

    def check(self, block: Block) -> Batch:
        """Judge every record of a block."""
        block = self._without_blanks(block)
        checked = {name: self._column(name, block.columns[i]) for name, i in self.columns.items()}
        if self.options.forgiving:
            checked = {name: self._forgiven(name, cells) for name, cells in checked.items()}
        self._complete(checked, len(block))
        found = {name: self._required(self.table.by_name[name], cells) for name, cells in checked.items()}
        self._spot_totals(found, checked, block)
        self._spot_strangers(found, checked)
        bad = first_of(found.values(), len(block))
        numbers = self._numbered(checked["order_id"].values, block) if self.places is not None else None
        if numbers is not None:
            checked["line_no"] = Checked(numbers.slice(0, len(block)))
        rows = self._rows(checked, bad == FINE, block)
        taken = {name: rows.column(name) for name in ODD if name in checked}
        self.remarks.update(oddities(taken))
        if self.table.key != ("customer",):
            self.remarks.update(self.alike.of(taken))
        return Batch(rows, self._rejects(found, bad, block, numbers))

    def _without_blanks(self, block: Block) -> Block:
        """Empty lines are no records; they are counted. Those of spaces are judged one by one."""
        empty = np.ones(len(block), np.bool_)
        for column in block.columns:
            empty &= mask_of(pc.equal(column, EMPTY))
            if not empty.any():
                return block
        self.blanks += int(empty.sum())
        kept = bools(~empty)
        return Block(block.lines[~empty], [column.filter(kept) for column in block.columns], block.torn)

    def _column(self, name: str, cells: pa.Array) -> Checked:
        kind = self.table.by_name[name].type
        if kind == "text":
            return text_column(cells, name)
        if kind == "day":
            return day_column(cells, name, self.order, self.options.today, self.epoch)
        if self.options.forgiving and kind in ROUNDED:
            cells, n = rounded(cells)
            self.rounded += n
        return number_column(cells, kind, decimal_comma=self.options.decimal_comma)

    def _forgiven(self, name: str, cells: Checked) -> Checked:
        """An optional field that can't be read is left empty; what an amount is counted in never is."""
        column = self.table.by_name[name]
        if cells.problems is None or column.required or name in {*self.table.key, "currency"}:
            return cells
        for mark, n in zip(*np.unique(cells.problems[cells.problems != FINE], return_counts=True), strict=True):
            self.emptied[name, REASON_OF[mark]] += int(n)
        return Checked(cells.values)

    def _complete(self, checked: dict[str, Checked], size: int) -> None:
        """What can be said of every row although the file does not: its currency, its amount."""
        names = self.table.by_name
        if "amount" in names and {"quantity", "unit_price"} <= checked.keys():
            checked["amount"] = with_amount(
                checked.get("amount"), checked["quantity"], checked["unit_price"], rounding=self.options.forgiving
            )
        if "currency" in names and "currency" not in checked and self.options.currency:
            checked["currency"] = Checked(repeated(self.options.currency, size))

    def _required(self, column: Column, cells: Checked) -> Problems | None:
        if not column.required or not cells.values.null_count:
            return cells.problems
        return marked(cells.problems, ~valid(cells.values), "missing", len(cells.values))

    def _spot_totals(self, found: dict[str, Problems | None], checked: Mapping[str, Checked], block: Block) -> None:
        """A total line that happens to be complete is still no sale: its key says so."""
        key = self.table.key[0]
        if key not in self.columns or not may_hold_total(raw(block.columns[self.columns[key]])):
            return
        total = total_rows(checked[key].values)
        if total.any():
            before = first_of([found[key]], len(block))
            found[key] = np.where(total, np.uint8(PROBLEM["missing"]), before)

    def _spot_strangers(self, found: dict[str, Problems | None], checked: Mapping[str, Checked]) -> None:
        """A customer that is none of those named, where only those are taken."""
        if self.options.customers is None or "customer" not in checked or self.table.key == ("customer",):
            return
        codes = checked["customer"].values
        strange = valid(codes) & ~valid(pc.index_in(codes, value_set=self.options.customers))
        found["customer"] = marked(found["customer"], strange, "unknown-customer", len(codes))

    def _numbered(self, orders: pa.Array, block: Block) -> pa.Array:
        """Line numbers by place, those of the torn records behind: they count where their order number can be read."""
        assert self.places is not None  # noqa: S101 - asked by the caller
        if not block.torn:
            return whole(self.places.of(orders)).cast(pa.string())
        torn = texts(self._order_of(record) for record in block.torn)
        lines = np.append(block.lines, [record.line for record in block.torn])
        way = np.argsort(lines, kind="stable")
        places = np.empty(len(lines), np.int64)
        places[way] = self.places.of(pa.concat_arrays([orders, torn]).take(whole(way)))
        return whole(places).cast(pa.string())

    def _order_of(self, record: Torn) -> str | None:
        at = self.columns["order_id"]
        return clean(record.cells[at], "order_id") if at < len(record.cells) else None

    def _rows(self, checked: Mapping[str, Checked], good: Mask, block: Block) -> pa.RecordBatch:
        arrays = [
            checked[column.name].values if column.name in checked else pa.nulls(len(block), column.arrow)
            for column in self.table.columns
        ]
        schema = self.table.schema.append(pa.field(LINE, pa.int64()))
        rows = pa.RecordBatch.from_arrays([*arrays, whole(block.lines)], schema=schema)
        return rows if good.all() else rows.filter(bools(good))

    def _rejects(
        self, found: Mapping[str, Problems | None], bad: Problems, block: Block, numbers: pa.Array | None
    ) -> list[Reject]:
        places = np.flatnonzero(bad)
        rejects = [*self._wrong(found, places, block), *self._torn(block.torn)]
        if numbers is not None:
            lines = [*block.lines[places].tolist(), *(record.line for record in block.torn)]
            taken = numbers.take(whole(np.append(places, np.arange(len(block), len(numbers)))))
            by_line = dict(zip(lines, taken.to_pylist(), strict=True))
            rejects = [replace(reject, place=by_line[reject.row]) for reject in rejects]
        return sorted(rejects, key=lambda reject: reject.row)

    def _wrong(
        self, found: Mapping[str, Problems | None], places: np.ndarray[tuple[int], np.dtype[np.intp]], block: Block
    ) -> Iterator[Reject]:
        if not len(places):
            return
        taken = whole(places)
        problems = {name: marks[places] for name, marks in found.items() if marks is not None}
        cells = [column.take(taken).to_pylist() for column in block.columns]
        for i, line in enumerate(block.lines[places].tolist()):
            row = [column[i] for column in cells]
            wrong = [(name, REASON_OF[marks[i]]) for name, marks in problems.items() if marks[i] != FINE]
            if not self._skipped(row, wrong):
                yield self._reject(line, row, wrong)

    def _skipped(self, row: Sequence[str], wrong: Sequence[tuple[str, str]]) -> bool:
        """Blank lines and total lines are no records; they are counted."""
        if all(reason != "missing" for _, reason in wrong):
            return False
        if is_blank(row):
            self.blanks += 1
        elif is_total(row):
            self.totals += 1
        else:
            return False
        return True

    def _reject(self, line: int, row: Sequence[str], wrong: Sequence[tuple[str, str]]) -> Reject:
        (name, reason), *more = wrong
        value = row[self.columns[name]] if name in self.columns else None
        if reason == "not-a-number" and DECIMAL_COMMA.search(value or ""):
            self.remarks["decimal_comma"] += 1
        values = dict(zip(self.headings, row, strict=True))
        return Reject(line, name, value[:SHOWN] if value else value, reason, values, tuple(more))

    def _torn(self, records: Sequence[Torn]) -> Iterator[Reject]:
        for record in records:
            if is_blank(record.cells):
                self.blanks += 1
            elif is_total(record.cells):
                self.totals += 1
            else:
                names = [*self.headings, *(f"{BEYOND}{i + 1}" for i in range(len(self.headings), len(record.cells)))]
                values = dict(zip(names, record.cells, strict=False))
                yield Reject(record.line, None, None, record.reason, values)
