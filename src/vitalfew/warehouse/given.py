"""Tables and files handed straight to an analysis, without a home: checked as an import checks them, then forgotten."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Figure, Message, Word
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import Options, Reading, open_frame, open_source
from vitalfew.warehouse.readers.reasons import ROW
from vitalfew.warehouse.tables import TABLES, Table, is_open

Caveats = list[Message]
Reason = tuple[str | None, str]
"""A field and what is wrong with it."""


def checked(name: str, given: Any) -> tuple[pa.Table, Caveats]:
    """A frame from Python as a canonical table; one that is no canonical table is taken as it is."""
    frame = _arrow(name, given)
    if is_open(name):
        return frame, []
    return _collected(open_frame(frame, TABLES[name], Options(forgiving=True)), TABLES[name])


def _arrow(name: str, given: Any) -> pa.Table:
    """Whatever speaks Arrow as a table of it; a lazy frame is worked out."""
    frame = nw.from_native(given, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        return frame.collect("pyarrow").to_native()
    try:
        return given if isinstance(given, pa.Table) else pa.table(given)
    except (TypeError, ValueError, pa.ArrowException):
        text = _("'{name}' is no table: hand over a frame that speaks Arrow, such as pandas, Polars, DuckDB or PyArrow")
        raise Refusal(Message(text, {"name": name})) from None


def read_file(name: str, path: Path, options: Options) -> tuple[pa.Table, Caveats, Reading | None]:
    """A file as a canonical table; one that is no canonical table is read as plain columns."""
    if is_open(name):
        return _plain(path), [], None
    with open_source(path, TABLES[name], replace(options, forgiving=True)) as reading:
        rows, caveats = _collected(reading, TABLES[name])
        return rows, caveats, reading


def together(name: str, parts: list[pa.Table]) -> pa.Table:
    """Several files of one table as one; where they hold the same key, the later file's row stands."""
    if len(parts) == 1:
        return parts[0]
    if is_open(name):
        return pa.concat_tables(parts, promote_options="default")
    later_first = [
        rows.set_column(rows.column_names.index("_line"), "_line", pc.subtract(rows["_line"], number * _A_FILE))
        for number, rows in enumerate(parts)
    ]
    return _first_of_each_key(pa.concat_tables(later_first), TABLES[name])


_A_FILE = 2**40
"""More lines than any file has."""

REASONS = 4
"""So many reasons are told apart."""
CODES = ("customer", "ID", "id", "customer_id", "CustomerID")
"""Headings of an account's code in a table of sufficient statistics."""


def _plain(path: Path) -> pa.Table:
    """Plain columns; the account's code is text, whatever it looks like."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        read = pq.ParquetFile(path).read()
    else:
        from pyarrow import csv

        read = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=dict.fromkeys(CODES, pa.string())))
    code = next((name for name in CODES if name in read.column_names), None)
    if code is None:
        return read
    names = ["customer" if name == code else name for name in read.column_names]
    renamed = read.rename_columns(names)
    return renamed.set_column(names.index("customer"), "customer", renamed["customer"].cast(pa.string()))


def _collected(reading: Reading, table: Table) -> tuple[pa.Table, Caveats]:
    batches, rejects = [], Counter[Reason]()
    for batch in reading.batches():
        batches.append(batch.rows)
        rejects.update((each.field, each.reason) for each in batch.rejects)
    schema = pa.schema([*table.schema, pa.field("_line", pa.int64())])
    rows = pa.Table.from_batches([batch.select(schema.names).cast(schema) for batch in batches], schema)
    unique = _first_of_each_key(rows, table)
    rejects[None, "duplicate-key"] += len(rows) - len(unique)
    return unique, [*_caveats(rejects, len(unique)), *_forgiven(reading)]


def _forgiven(reading: Reading) -> Caveats:
    """What was not taken as it stood, though its row was."""
    said = []
    if reading.rounded:
        text = _("{n} numbers had more than four decimal places and were rounded to four")
        said.append(Message(text, {"n": Count(reading.rounded)}))
    text = _("In {n} rows {field} was left empty: {reason}")
    for (name, reason), n in reading.emptied.most_common():
        said.append(Message(text, {"n": Count(n), "field": name, "reason": Word(ROW[reason])}))
    return said


def _first_of_each_key(rows: pa.Table, table: Table) -> pa.Table:
    first = rows.group_by(list(table.key)).aggregate([("_line", "min")])
    if len(first) == len(rows):
        return rows
    return rows.join(first.select([*table.key, "_line_min"]), keys=list(table.key)).filter(
        pc.equal(pc.field("_line"), pc.field("_line_min"))
    )


def _caveats(rejects: Counter[Reason], taken: int) -> Caveats:
    """How many rows were left out for which reasons, the commonest first; where none was taken that is a refusal."""
    if not rejects.total():
        return []
    if not taken:
        (field, reason), n = rejects.most_common(1)[0]
        figures = {"all": Count(rejects.total()), **_why(field, reason, n)}
        raise Refusal(Message(_("None of the {all} rows could be read. {n} of them, {field}: {reason}"), figures))
    text = _("{n} {n:row|rows} could not be read and {n:was|were} left out. {field}: {reason}")
    said = [Message(text, _why(field, reason, n)) for (field, reason), n in rejects.most_common(REASONS) if n]
    return [*said, *_fewer(rejects)]


def _fewer(rejects: Counter[Reason]) -> Caveats:
    """The rows left out for reasons that are rarer."""
    rest = sum(n for _reason, n in rejects.most_common()[REASONS:])
    text = _("{n} more {n:row was|rows were} left out for other reasons")
    return [Message(text, {"n": Count(rest)})] if rest else []


def _why(field: str | None, reason: str, n: int) -> dict[str, Figure]:
    return {"n": Count(n), "field": field or "–", "reason": Word(ROW[reason])}
