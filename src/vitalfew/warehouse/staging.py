"""Checked rows on their way in: written to files beside the ledger, rejects kept with all their values.

Nothing here is visible to a reader of the facts. What doesn't become an import is thrown away with its folder.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from vitalfew.warehouse.readers import Reading, Reject
from vitalfew.warehouse.readers.rows import BEYOND

KEPT_IN_REPORT: Final = 100
REJECTS: Final = "rejects.csv"
STAGED: Final = "staged.parquet"
REST: Final = "rejected_rest"
WHY: Final = "rejected_why"
"""The reason as a sentence, in the language of whoever fetches the file."""
NOTES: Final = ("rejected_row", "rejected_field", "rejected_value", "rejected_reason", REST)
TOLD: Final = frozenset({*NOTES, WHY})
PLACE: Final = "line_no"


@dataclass
class Staged:
    """Where the checked rows wait, and how many there are of which."""

    folder: Path
    files: list[str] = field(default_factory=list)
    accepted: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    @property
    def rejects_file(self) -> Path:
        return self.folder / REJECTS


def stage(reading: Reading, folder: Path, progress: Callable[[int], None] = lambda _rows: None) -> Staged:
    """Read everything, write what passed to ``folder``, and keep what didn't."""
    folder.mkdir(parents=True, exist_ok=True)
    staged = Staged(folder)
    with Rejects(staged, reading) as rejects:
        _write_rows(reading, staged, rejects, progress)
    pa.default_memory_pool().release_unused()
    return staged


def _write_rows(reading: Reading, staged: Staged, rejects: "Rejects", progress: Callable[[int], None]) -> None:
    path = staged.folder / STAGED
    writer: pq.ParquetWriter | None = None
    for batch in reading.batches():
        rejects.keep(batch.rejects)
        if batch.rows.num_rows:
            writer = writer or pq.ParquetWriter(path, batch.rows.schema, compression="lz4")
            writer.write_batch(batch.rows)
            staged.accepted += batch.rows.num_rows
        progress(staged.accepted + staged.rejected)
    if writer:
        writer.close()
        staged.files.append(str(path))


class Rejects:
    """The rejects' own file: the row as it was, and why it was refused, so that it can be mended and sent again.

    Where the source numbers no lines, each row's place within its order goes with it: sent alone, it keeps its key.
    """

    def __init__(self, staged: Staged, reading: Reading) -> None:
        self.staged = staged
        self.headings = [
            *(each for each in reading.headings if each not in TOLD),
            *([PLACE] if reading.numbers_lines else []),
        ]
        self._file = staged.rejects_file.open("a", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)

    def __enter__(self) -> Self:
        if self._file.tell() == 0:
            self._writer.writerow([*self.headings, *NOTES])
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()

    def keep(self, rejects: Sequence[Reject]) -> None:
        for reject in rejects:
            values = {**reject.values, PLACE: reject.place} if reject.place else reject.values
            self._writer.writerow([*_values(values, self.headings), *_notes(reject, self.headings)])
            self.staged.reasons[reject.reason] = self.staged.reasons.get(reject.reason, 0) + 1
        self.staged.rejected += len(rejects)
        self.staged.rejects.extend(rejects[: KEPT_IN_REPORT - len(self.staged.rejects)])


def _values(values: Mapping[str, str], headings: Sequence[str]) -> list[str]:
    return [values.get(heading, "") for heading in headings]


def _notes(reject: Reject, headings: Sequence[str]) -> list[str]:
    """What was wrong; of a row sent again and wrong again, what stood beyond its headings the first time stays."""
    beyond = [value for name, value in reject.values.items() if name.startswith(BEYOND) and name not in headings]
    rest = _as_line(beyond) if beyond else reject.values.get(REST, "")
    return [str(reject.row), reject.field or "", reject.value or "", reject.reason, rest]


def _as_line(cells: Sequence[str]) -> str:
    """Cells beyond the last heading, as a line of a CSV file has them."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
