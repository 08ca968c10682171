"""A search index: one row of pieces a record, in SQLite's FTS5 or PostgreSQL's tsvector.

Only ids come out; whoever asks intersects them with what the user may see, in the same query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models.expressions import RawSQL

from vitalfew.accounts.grams import Asked, asked

ENDING: Final = "_search"
"""What the name of an index' table ends with."""
AT_A_TIME: Final = 10_000


@dataclass(frozen=True)
class Index:
    """The index in a table of its own; ``table`` is one of our names."""

    table: str

    def statements(self, vendor: str) -> tuple[str, ...]:
        """What makes it, for a migration."""
        if vendor == "postgresql":
            return (
                f"CREATE TABLE {self.table} (rowid bigint PRIMARY KEY, pieces tsvector NOT NULL)",
                f"CREATE INDEX {self.table}_pieces ON {self.table} USING gin (pieces)",
            )
        kept = "pieces, tokenize='unicode61', prefix='1 2 3', detail=none"
        return (f"CREATE VIRTUAL TABLE {self.table} USING fts5({kept})",)

    def put(self, rows: Iterable[tuple[int, str]], using: str = DEFAULT_DB_ALIAS) -> None:
        """Records by id, each with its pieces, replacing what was there of them."""
        given = list(rows)
        with connections[using].cursor() as cursor:
            if connections[using].vendor == "postgresql":
                cursor.executemany(
                    f"INSERT INTO {self.table} VALUES (%s, array_to_tsvector(string_to_array(%s, ' '))) "
                    "ON CONFLICT (rowid) DO UPDATE SET pieces = excluded.pieces",
                    given,
                )
                return
            cursor.executemany(f"DELETE FROM {self.table} WHERE rowid = %s", [(pk,) for pk, _pieces in given])
            cursor.executemany(f"INSERT INTO {self.table} (rowid, pieces) VALUES (%s, %s)", given)

    def rows(self, using: str = DEFAULT_DB_ALIAS) -> Iterator[list[tuple[int, str]]]:
        """All records by id, each with its pieces in order, some thousands at a time."""
        postgresql = connections[using].vendor == "postgresql"
        pieces = "array_to_string(tsvector_to_array(pieces), ' ')" if postgresql else "pieces"
        after: int | None = 0
        while after is not None:
            with connections[using].cursor() as cursor:
                query = f"SELECT rowid, {pieces} FROM {self.table} WHERE rowid > %s ORDER BY rowid LIMIT {AT_A_TIME}"
                cursor.execute(query, [after])
                some = [(pk, " ".join(sorted(text.split()))) for pk, text in cursor.fetchall()]
            if some:
                yield some
            after = some[-1][0] if len(some) == AT_A_TIME else None

    def forget(self, ids: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self.table} WHERE rowid = %s", [(pk,) for pk in ids])

    def matching(self, text: str) -> RawSQL | None:
        """The ids of what the text finds, as a subquery; None where there is nothing to search for."""
        wanted = asked(text)
        if not wanted:
            return None
        if connection.vendor == "postgresql":
            return RawSQL(f"SELECT rowid FROM {self.table} WHERE pieces @@ %s::tsquery", [_tsquery(wanted)])
        return RawSQL(f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s", [_match(wanted)])


def indexes(using: str = DEFAULT_DB_ALIAS) -> list[Index]:
    """Every index that the database has."""
    names = connections[using].introspection.table_names()
    return [Index(name) for name in names if name.endswith(ENDING)]


def _match(wanted: Asked) -> str:
    """Pieces are hanzi, latin letters and digits only, so quoting is all they need."""
    return " ".join([*(f'"{piece}"' for piece in wanted.whole), *(f'"{start}"*' for start in wanted.starts)])


def _tsquery(wanted: Asked) -> str:
    return " & ".join([*(f"'{piece}'" for piece in wanted.whole), *(f"'{start}':*" for start in wanted.starts)])
