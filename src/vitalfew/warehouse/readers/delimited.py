"""Delimited text: CSV, TSV and their kin, in blocks of a few megabytes.

A block whose quotes are in order goes to Arrow's reader as it is; its lines are its records. One with quoted line ends,
or quotes in odd places, goes through ``quoted``, record by record. Both give the line of each record in the file.
"""

from collections.abc import Iterator
from itertools import chain, pairwise
from typing import IO, Final

import numpy as np
import pyarrow as pa

from vitalfew.warehouse.readers import encoding, shape
from vitalfew.warehouse.readers.options import Options
from vitalfew.warehouse.readers.quoted import Records
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.rows import Block, Torn
from vitalfew.warehouse.tables import Table

SIZE: Final = 4 << 20
LINES: Final = 100_000
SAMPLE: Final = 256 << 10
LONGEST_LINE: Final = 16 << 20
NEWLINE, RETURN, QUOTE = b"\n", b"\r", b'"'


class Delimited:
    """A delimited text as a source of blocks."""

    epoch = None
    sheet = None

    def __init__(self, stream: IO[bytes], table: Table, options: Options) -> None:
        self._stream = stream
        self._encoding = encoding.detect(stream, options.encoding)
        text = encoding.sample(stream, self._encoding, SAMPLE)
        if not text.strip("\ufeff \t\r\n"):
            raise Refused("empty_file")
        self._shape = shape.find(text, table, options.mapping)
        self.headings = self._shape.headings
        self.encoding = self._encoding.shown
        self.delimiter = self._shape.delimiter
        self.bytes_read = 0
        self.remarks: dict[str, int] = {}

    def first(self) -> Block | None:
        return next(self.blocks(), None)

    def blocks(self) -> Iterator[Block]:
        """Blocks of records in the order of the file."""
        records = Records(self.delimiter, len(self.headings))
        line, skip = 1, self._shape.lines
        for piece in chain.from_iterable(map(_in_parts, self._pieces())):
            text, skipped = _below(piece, skip)
            line, skip = line + skipped, skip - skipped
            if not text:
                continue
            if records.waiting or _odd_quotes(text, self.delimiter):
                yield records.take(text, line)
            else:
                yield self._plain(text, line)
            line += text.count(NEWLINE)
        if records.waiting:
            yield records.rest()

    def _pieces(self) -> Iterator[bytes]:
        r"""The text in UTF-8, cut behind line ends, each line ended by one \n."""
        rest = b""
        self.bytes_read = 0
        for chunk in _one_line_end(encoding.utf8_chunks(self._stream, self._encoding, SIZE)):
            self.bytes_read = self._stream.tell()
            cut = chunk.rfind(NEWLINE) + 1
            if not cut:
                rest += chunk
                _refuse_endless(rest)
                continue
            yield rest + chunk[:cut] if rest else chunk[:cut]
            rest = chunk[cut:]
        if rest:
            yield rest + NEWLINE

    def _plain(self, text: bytes, line: int) -> Block:
        """Every line a record: Arrow reads them, and tells those with too few or too many cells."""
        import pyarrow.csv as pa_csv

        torn: list[pa_csv.InvalidRow] = []

        def set_aside(row: pa_csv.InvalidRow) -> str:
            torn.append(row)
            return "skip"

        names = [str(place) for place in range(len(self.headings))]
        table = pa_csv.read_csv(
            pa.BufferReader(text),
            pa_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(text) + 1),
            pa_csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=False,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
        lines = np.arange(line, line + table.num_rows + len(torn), dtype=np.int64)
        lines = np.delete(lines, [row.number - 1 for row in torn])
        columns = [_one_chunk(column) for column in table.columns]
        return Block(lines, columns, [self._torn(row.text, line + row.number - 1) for row in torn])

    def _torn(self, text: str, line: int) -> Torn:
        return Torn(line, Records(self.delimiter, len(self.headings)).cells(text), "wrong_column_count")


def _in_parts(text: bytes) -> Iterator[bytes]:
    """The text in parts of no more lines than memory has room for as records."""
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == NEWLINE[0])[LINES - 1 :: LINES] + 1
    cuts = [0, *ends.tolist(), len(text)]
    return (text[start:end] for start, end in pairwise(cuts) if start < end)


def _below(text: bytes, lines: int) -> tuple[bytes, int]:
    """The text without its first ``lines`` lines, and how many of them it held."""
    at, skipped = 0, 0
    while skipped < lines and at < len(text):
        at = text.index(NEWLINE, at) + 1
        skipped += 1
    return text[at:] if at else text, skipped


def _one_line_end(chunks: Iterator[bytes]) -> Iterator[bytes]:
    r"""\r\n and \r become \n; a \r at the end of a chunk waits for what follows it."""
    held = b""
    for chunk in chunks:
        text = held + chunk if held else chunk
        held = RETURN if text.endswith(RETURN) else b""
        text = text[:-1] if held else text
        if RETURN in text:
            text = text.replace(b"\r\n", NEWLINE).replace(RETURN, NEWLINE)
        if text:
            yield text
    if held:
        yield NEWLINE


def _odd_quotes(text: bytes, delimiter: str) -> bool:
    """Whether some quote opens or closes elsewhere than at the edge of a cell, or spans lines."""
    if QUOTE not in text:
        return False
    letters = np.frombuffer(NEWLINE + text, np.uint8)
    at = np.flatnonzero(letters == QUOTE[0])
    edge = np.zeros(256, np.bool_)
    edge[[QUOTE[0], NEWLINE[0], ord(delimiter)]] = True
    ends = np.flatnonzero(letters == NEWLINE[0])
    if (np.searchsorted(at, ends) % 2).any():
        return True
    return not (edge[letters[at[0::2] - 1]].all() and edge[letters[at[1::2] + 1]].all())


def _refuse_endless(line: bytes) -> None:
    if len(line) > LONGEST_LINE:
        raise Refused("malformed", limit=LONGEST_LINE)


def _one_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks or [pa.nulls(0, pa.string())])
