"""Names for the arrays that the models take and give."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_WORTH_IT: Final = 16
_BLOCK: Final = 8_192
_CELLS: Final = 4_000_000


def floats(values: object) -> Floats:
    """The values as a contiguous array of doubles; nothing is copied where they are one already."""
    return np.ascontiguousarray(values, dtype=np.float64)


def blocks(length: int, size: int) -> Iterator[slice]:
    """Slices that walk ``length`` rows ``size`` at a time, so that what is being worked on stays in the cache."""
    return (slice(start, min(start + size, length)) for start in range(0, length, size))


def sorted_within(values: Ints, rows: Ints) -> Ints:
    """Whole numbers from 0 in ascending order within their rows (whole numbers from 0, ascending).

    >>> sorted_within(np.array([5, 2, 9, 1]), np.array([0, 0, 1, 1])).tolist()
    [2, 5, 1, 9]
    """
    if not values.size:
        return values
    bits = int(values.max()).bit_length()
    return np.asarray(np.sort((rows << bits) | values) & ((1 << bits) - 1))


def side_by_side(function: Callable[[slice], None], parts: Iterable[slice]) -> None:
    """The function of each slice, on as many cores as there are; each must write to places of its own."""
    cores = os.cpu_count() or 1
    some = list(parts)
    if cores == 1 or len(some) < _WORTH_IT:
        for part in some:
            function(part)
        return
    around = copy_context()
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(lambda part: around.copy().run(function, part), some))


def in_blocks(function: Callable[..., Floats], *columns: ArrayLike, size: int = _BLOCK) -> Floats:
    """The function of the columns, broadcast to one shape, a cache-sized block of rows at a time."""
    arrays = np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in columns))
    flat = [array.ravel() for array in arrays]
    answer = np.empty(flat[0].size)
    for part in blocks(answer.size, size):
        answer[part] = function(*(column[part] for column in flat))
    return answer.reshape(arrays[0].shape)


def of_distinct_pairs(function: Callable[[Floats, Floats], Floats], first: ArrayLike, second: ArrayLike) -> Floats:
    """The function of the pairs, worked out once for each distinct pair; ``first`` holds whole numbers from 0."""
    one, other = np.broadcast_arrays(np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64))
    if one.size < _BLOCK:
        return function(one, other)
    distinct, place = _ranked(other.ravel())
    code = one.ravel().astype(np.intp)
    cells = (int(code.max()) + 1) * distinct.size
    if cells > min(_CELLS, 16 * one.size):
        return in_blocks(function, one, other)
    code *= distinct.size
    code += place
    table = np.zeros(cells)
    table[code] = 1.0
    seen = np.flatnonzero(table)
    table[seen] = function((seen // distinct.size).astype(np.float64), distinct[seen % distinct.size])
    return table[code].reshape(one.shape)


def _ranked(values: Floats) -> tuple[Floats, Ints]:
    """The values that may occur, ascending, and each value's place among them."""
    whole = values.astype(np.int64)
    if values.min() >= 0 and values.max() < _BLOCK and np.array_equal(whole, values):
        return np.arange(whole.max() + 1.0), whole
    distinct = np.unique(values)
    return distinct, np.searchsorted(distinct, values)
