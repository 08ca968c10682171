"""Reading one block ahead, so that the next is read while this one is checked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from vitalfew.warehouse.readers.rows import Block


def ahead(blocks: Iterator[Block]) -> Iterator[Block]:
    """The same blocks in the same order; never more than one waits."""
    with ThreadPoolExecutor(1, "reader") as thread:
        coming = thread.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = thread.submit(next, blocks, None)
            yield block
