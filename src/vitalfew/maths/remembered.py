"""Long calculations whose answers are kept: the same numbers in, the same numbers out, without calculating.

    @remembered(Trends)                 the answer as a whole is kept
    @remembered(Trends, by_row=True)    each row's answer is: it rests on that row of the first argument, and on the others

Nothing is kept unless somebody opens a memory for it (:func:`remembering`). A key is made of every bit of the arguments; rows
are told apart by 128 bits each.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from vitalfew.maths.arrays import Bools, Floats, Ints, blocks

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Arrays = Mapping[str, NDArray[Any]]
Keys = NDArray[np.uint64]
FIRST, SECOND = "first_key", "second_key"
ROWS_AND_COLUMNS: Final = 2
_BLOCK: Final = 8_192
_FEWEST: Final = 1_000
"""Fewer rows are calculated sooner than found."""


class Memory(Protocol):
    """Where answers are kept."""

    def recall(self, key: str) -> Arrays | None:
        """What was kept under the key."""

    def keep(self, key: str, arrays: Arrays) -> None:
        """Keep arrays under the key."""


_memory: ContextVar[Memory | None] = ContextVar("memory", default=None)


def memory() -> Memory | None:
    """The memory that is open, if any."""
    return _memory.get()


@contextmanager
def remembering(opened: Memory) -> Iterator[None]:
    """Within, answers are kept in the memory and found in it."""
    token = _memory.set(opened)
    try:
        yield
    finally:
        _memory.reset(token)


REMEMBERED: Final[dict[str, Callable[..., Any]]] = {}
"""Every function whose rows are kept one by one, by name."""


def remembered(
    kind: Callable[..., Any], *, by_row: bool = False
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Declare that a function's answer, of a kind made of arrays, may be kept; with ``by_row`` row by row."""

    def declare(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        name = f"{function.__module__.rpartition('.')[2]}-{function.__name__}"
        found = _by_row if by_row else _whole

        @wraps(function)
        def answer(*arguments: Given.args, **more: Given.kwargs) -> Answer:
            open_one = _memory.get()
            if open_one is None or more or getattr(arguments[0], "ndim", 0) != ROWS_AND_COLUMNS:
                return function(*arguments, **more)
            kept: Answer = found(open_one, name, function, kind, arguments)
            return kept

        if by_row:
            REMEMBERED[name] = answer
        return answer

    return declare


def _whole(opened: Memory, name: str, function: Callable[..., Any], kind: Callable[..., Any], given: Any) -> Any:
    key = f"{name}-{_digest(given)}"
    kept = opened.recall(key)
    if kept is None:
        found = function(*given)
        opened.keep(key, _parts(found))
        return found
    return kind(**kept)


def _by_row(opened: Memory, name: str, function: Callable[..., Any], kind: Callable[..., Any], given: Any) -> Any:
    """Rows that were kept are found by their keys; only the others are calculated."""
    rows, *others = given
    if len(rows) < _FEWEST:
        return function(*given)
    key, keys = f"{name}-{_digest((rows.shape[1], *others))}", row_keys(rows)
    kept = opened.recall(key)
    place = _places(keys, kept)
    fresh = np.flatnonzero(place < 0)
    if kept is None or fresh.size == len(rows):
        found = function(*given)
    elif fresh.size:
        found = _joined(kind, kept, place, fresh, function(rows[fresh], *others))
    else:
        return kind(**{part: kept[part][place] for part in kept if part not in {FIRST, SECOND}})
    opened.keep(key, _sorted(keys, _parts(found)))
    return found


def _joined(kind: Callable[..., Any], kept: Arrays, place: Ints, fresh: Ints, calculated: Any) -> Any:
    whole = {part: kept[part][place] for part in kept if part not in {FIRST, SECOND}}
    for part, values in _parts(calculated).items():
        whole[part][fresh] = values
    return kind(**whole)


def _parts(found: Any) -> Arrays:
    """An answer's arrays by their names."""
    if dataclasses.is_dataclass(found):
        return {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    named: Arrays = found._asdict()
    return named


def _sorted(keys: Keys, parts: Arrays) -> Arrays:
    """One row a key, in the order of the keys, to be found by halving."""
    first, place = np.unique(keys[0], return_index=True)
    return {FIRST: first, SECOND: keys[1][place], **{name: values[place] for name, values in parts.items()}}


def _places(keys: Keys, kept: Arrays | None) -> Ints:
    """Where each row's answer stands among those kept; -1 where it doesn't."""
    if kept is None or not len(kept[FIRST]):
        return np.full(keys.shape[1], -1)
    place = np.minimum(np.searchsorted(kept[FIRST], keys[0]), len(kept[FIRST]) - 1)
    same: Bools = (kept[FIRST][place] == keys[0]) & (kept[SECOND][place] == keys[1])
    return np.where(same, place, -1)


def row_keys(rows: Floats) -> Keys:
    """Two keys of 64 bits a row, of all its bits: two rows that differ share both once in 10^38."""
    bits = np.ascontiguousarray(rows, dtype=np.float64).view(np.uint64)
    odd = np.random.default_rng(20261125).integers(0, 2**64, (2, bits.shape[1]), dtype=np.uint64) | np.uint64(1)
    keys = np.zeros((2, len(bits)), dtype=np.uint64)
    for part in blocks(len(bits), _BLOCK):
        columns = np.ascontiguousarray(bits[part].T)
        for place, factors in enumerate(odd):
            keys[place, part] = _mixed(columns, factors)
    return keys


def _mixed(columns: Keys, factors: Keys) -> Keys:
    key = np.zeros(columns.shape[1], dtype=np.uint64)
    for column, factor in zip(columns, factors, strict=True):
        key ^= column
        key *= factor
        key ^= key >> np.uint64(29)
    return key


def _digest(given: Any) -> str:
    """A text of every bit of some arguments."""
    digest = hashlib.sha256()
    for each in given:
        if isinstance(each, np.ndarray):
            digest.update(f"{each.dtype}{each.shape}".encode())
            digest.update(np.ascontiguousarray(each).data)
        else:
            digest.update(repr(each).encode())
    return digest.hexdigest()[:32]
