"""A column of text cells on its way to a typed column: values, and what is wrong with which."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import NOTHING, Mask, bitmap, bools, codes_of, of, valid
from vitalfew.warehouse.readers.reasons import ROW

Problems = npt.NDArray[np.uint8]

FINE: Final = 0
REASON_OF: Final = ("", *ROW)
PROBLEM: Final = {reason: number for number, reason in enumerate(REASON_OF)}


@dataclass(frozen=True)
class Checked:
    """Typed values, null where the cell is empty or wrong; ``problems`` is None where nothing is wrong."""

    values: pa.Array
    problems: Problems | None = None


def offsets(column: pa.Array) -> npt.NDArray[np.int32]:
    whole = np.frombuffer(column.buffers()[1], np.int32)
    return whole[column.offset : column.offset + len(column) + 1]


def raw(column: pa.Array) -> bytes:
    """All cells of the column written one after another."""
    buffer = column.buffers()[2]
    if buffer is None or not len(column):
        return b""
    ends = offsets(column)
    return bytes(buffer[int(ends[0]) : int(ends[-1])].to_pybytes())


def blank_to_null(column: pa.Array) -> pa.Array:
    """The same cells with the empty ones null; no character is copied."""
    if not len(column):
        return column
    filled = np.diff(offsets(column)) > 0
    if column.null_count:
        filled &= valid(column)
    if filled.all():
        return column
    if column.offset:
        return pc.if_else(bools(filled), column, NOTHING)
    return pa.Array.from_buffers(column.type, len(column), [bitmap(filled), *column.buffers()[1:]])


def by_value(column: pa.Array, judge: Callable[[pa.Array], Checked]) -> Checked:
    """Judge each distinct value once."""
    coded = column.dictionary_encode()
    judged = judge(coded.dictionary)
    values = judged.values.take(coded.indices)
    if judged.problems is None or not judged.problems.any():
        return Checked(values)
    return Checked(values, np.append(judged.problems, np.uint8(FINE))[codes_of(coded)])


def one_by_one(column: pa.Array, kind: pa.DataType, parse: Callable[[str], object]) -> Checked:
    """Parse each distinct cell; a ``Wrong`` becomes its problem."""

    def judge(cells: pa.Array) -> Checked:
        values: list[object] = []
        problems = np.zeros(len(cells), np.uint8)
        for place, cell in enumerate(cells.to_pylist()):
            value: object = None
            try:
                value = parse(cell) if cell else None
            except Wrong as wrong:
                problems[place] = PROBLEM[wrong.reason]
            values.append(value)
        return Checked(of(values, kind), problems)

    return by_value(column, judge)


class Wrong(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def merged(first: pa.Array, done: Mask, rest: Checked) -> Checked:
    """``first`` where it is done, and the rest, in order, in the other places."""
    values = pc.replace_with_mask(first, bools(~done), rest.values)
    if rest.problems is None:
        return Checked(values)
    problems = np.zeros(len(first), np.uint8)
    problems[~done] = rest.problems
    return Checked(values, problems)


def marked(problems: Problems | None, mask: Mask, reason: str, size: int) -> Problems | None:
    """The problems with ``reason`` added where the mask holds and nothing was wrong before."""
    if not mask.any():
        return problems
    before = np.zeros(size, np.uint8) if problems is None else problems
    return np.where(mask & (before == FINE), np.uint8(PROBLEM[reason]), before)


def first_of(columns: Iterable[Problems | None], size: int) -> Problems:
    """For each row the first problem, in the order of the columns."""
    found = np.zeros(size, np.uint8)
    for problems in columns:
        if problems is not None:
            found = np.where(found == FINE, problems, found)
    return found
