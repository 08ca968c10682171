"""One account's rows of a kept result, out of the few blocks of its file that can hold them.

A result's rows lie by account. Each block's first and last account is noted in the file's footer, which a process reads
once and keeps: however many accounts there are, one small block is opened. Smaller blocks take longer to be listed, larger
ones to be read; at half a megabyte a million accounts' results are found in 2 ms and their footers take 25 MiB.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

SIZE: Final = 500_000
"""So many bytes are read to show one account's rows ..."""
FEWEST: Final = 1_000
"""... but no fewer rows than these, however long their sentences."""
KEPT: Final = 256
"""So many footers a process keeps."""


@dataclass(frozen=True, eq=False)
class Blocks:
    """A file's footer, and the first and last account of each of its blocks."""

    footer: pq.FileMetaData
    first: tuple[str, ...]
    last: tuple[str, ...]

    def holding(self, code: str) -> list[int]:
        """The blocks that can hold the account."""
        return list(range(bisect_left(self.last, code), bisect_right(self.first, code)))


@lru_cache(KEPT)
def _blocks(path: Path, _changed: int) -> Blocks:
    footer = pq.read_metadata(path)
    ends = [_ends(footer.row_group(number)) for number in range(footer.num_row_groups)]
    return Blocks(footer, tuple(first for first, _last in ends), tuple(last for _first, last in ends))


def _ends(block: pq.RowGroupMetaData) -> tuple[str, str]:
    """Its first and last account; a block without rows holds none."""
    noted = block.column(0).statistics
    return (noted.min, noted.max) if noted else ("", "")


def rows_a_block(table: pa.Table) -> int:
    """How many rows of the table make a block.

    >>> rows_a_block(pa.table({"amount": [0.0] * 10_000}))
    62500
    """
    return max(FEWEST, int(SIZE * len(table) / max(1, table.nbytes)))


def rows_of(path: Path, code: str) -> list[dict[str, Any]]:
    """The account's rows, in the order of the file."""
    blocks = _blocks(path, path.stat().st_mtime_ns)
    holding = blocks.holding(code)
    if not holding:
        return []
    with pq.ParquetFile(path, metadata=blocks.footer) as file:
        rows: pa.Table = file.read_row_groups(holding, use_threads=False)
    found: list[dict[str, Any]] = rows.filter(pc.equal(rows[0].cast(pa.string()), code)).to_pylist()
    return found
