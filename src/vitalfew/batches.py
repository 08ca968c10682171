from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items in tuples of ``size``, the last one shorter (``itertools.batched`` comes with Python 3.12)."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
