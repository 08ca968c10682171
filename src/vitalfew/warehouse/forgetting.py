"""A person's traces taken out of the facts: out of every version of them, while rows, sums and imports stay what they are.

A file of a ledger is written anew under its name, row by row in its old order, with the person's cells emptied. So the state of
any past import can still be read, and no version of it tells who it was. Done twice, it does nothing more.

    contacts     name erased; e-mail, phone, job title, department, influence and attitude empty; its number made meaningless
    surveys      a respondent of that name or number at these accounts
    complaints   the words in the texts of these accounts

What `one-to-one` said of intelligence about these accounts is written anew, too, in the results of every refresh that is kept.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vitalfew.home import Home
from vitalfew.rooms import ERASED, Traces
from vitalfew.warehouse import blocks
from vitalfew.warehouse.ledger import ROWS, Ledger
from vitalfew.warehouse.storage import flush
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

EMPTIED: Final = ("email", "phone", "title", "department", "influence", "attitude")
GONE: Final = "gone-"
GROUP: Final = 122_880
SAID: Final = "one-to-one"
HEARD: Final = "intelligence"
"""The result in whose column statements that people wrote are said."""

Erased = Callable[[pa.Table, Traces, bytes], pa.Table]


def meaningless(number: str, key: bytes) -> str:
    """What stands for a number: the same each time in this home, and nobody can tell from what."""
    return GONE + hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:16]


def key_of(home: Home) -> bytes:
    return home.secret.encode()


def forget(home: Home, traces: Traces) -> int:
    """Take the traces out of the facts; gives how many files were written anew."""
    store, key = Store(home.facts), key_of(home)
    return sum(_forget(store.ledger(TABLES[name]), erased, traces, key) for name, erased in ERASERS.items())


def forget_sentences(home: Home, traces: Traces) -> int:
    """Take the words out of what was said of these accounts at every refresh; gives how many files were written anew."""
    places = sorted((home.folder / "results").glob(f"*/{SAID}.parquet"))
    return sum(_said_anew(place, traces) for place in places)


def _said_anew(place: Path, traces: Traces) -> bool:
    before = pq.read_table(place, partitioning=None)
    if HEARD not in before.column_names:
        return False
    where = _among(before["customer"], traces.accounts)
    said = [text and traces.erased_from(text) for text in before[HEARD].to_pylist()]
    after = _replaced(before, HEARD, where, pa.array(said, pa.string()))
    if after.equals(before):
        return False
    fresh = place.with_suffix(".writing")
    pq.write_table(after, fresh, compression="zstd", row_group_size=blocks.rows_a_block(after))
    flush(fresh)
    fresh.rename(place)
    return True


def _forget(ledger: Ledger, erased: Erased, traces: Traces, key: bytes) -> int:
    """Every file there is, those of older versions too."""
    if ledger.snapshot().version is None:
        return 0
    with ledger.writing():
        places = sorted(ledger.folder.glob(f"_part={ROWS}/import-*.parquet"))
        return sum(_written_anew(ledger, place, erased, traces, key) for place in places)


def _written_anew(ledger: Ledger, place: Path, erased: Erased, traces: Traces, key: bytes) -> bool:
    before = pq.read_table(place, partitioning=None)
    after = erased(before, traces, key)
    if after.equals(before):
        return False
    fresh = place.with_suffix(".writing")
    pq.write_table(after, fresh, compression="zstd", row_group_size=GROUP)
    flush(fresh)
    fresh.rename(place)
    ledger.storage.keep(place)
    return True


def _replaced(table: pa.Table, column: str, where: pa.Array, value: object) -> pa.Table:
    """The cells of the rows named, one value in all of them or each its own."""
    cells = table[column].combine_chunks()
    new = value if isinstance(value, pa.Array) else pa.scalar(value, cells.type)
    at = table.column_names.index(column)
    return table.set_column(at, table.schema.field(column).with_nullable(True), pc.if_else(where, new, cells))


def _of_contacts(table: pa.Table, traces: Traces, key: bytes) -> pa.Table:
    where = _among(table["contact_id"], traces.numbers)
    if not pc.any(where).as_py():
        return table
    ids = table["contact_id"].to_pylist()
    anew = pa.array([meaningless(number, key) if number in traces.numbers else number for number in ids], pa.string())
    table = _replaced(table, "contact_id", where, anew)
    table = _replaced(table, "name", where, ERASED)
    for column in EMPTIED:
        table = _replaced(table, column, where, None)
    return table


def _of_surveys(table: pa.Table, traces: Traces, key: bytes) -> pa.Table:
    said = _among(table["respondent"], traces.numbers | traces.names | traces.words)
    where = pc.and_(said, _among(table["customer"], traces.accounts))
    if not pc.any(where).as_py():
        return table
    anew = [meaningless(each, key) if each else each for each in table["respondent"].to_pylist()]
    return _replaced(table, "respondent", where, pa.array(anew, pa.string()))


def _of_complaints(table: pa.Table, traces: Traces, _key: bytes) -> pa.Table:
    where = _among(table["customer"], traces.accounts)
    if not pc.any(where).as_py():
        return table
    anew = [text and traces.erased_from(text) for text in table["text"].to_pylist()]
    return _replaced(table, "text", where, pa.array(anew, pa.string()))


def _among(column: pa.ChunkedArray, values: frozenset[str]) -> pa.Array:
    found = pc.is_in(column.cast(pa.string()), pa.array(sorted(values), pa.string()))
    return pc.fill_null(found, fill_value=False).combine_chunks()


ERASERS: Final[Mapping[str, Erased]] = MappingProxyType(
    {"contacts": _of_contacts, "surveys": _of_surveys, "complaints": _of_complaints}
)
