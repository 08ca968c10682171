"""A search index: one row of pieces a record, in SQLite's FTS5 or PostgreSQL's tsvector.

Only ids come out; whoever asks intersects them with what the user may see, in the same query.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from vitalfew.accounts.grams import Asked, asked


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

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        """Records by id, each with its pieces, replacing what was there of them."""
        given = list(rows)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.executemany(
                    f"INSERT INTO {self.table} VALUES (%s, array_to_tsvector(string_to_array(%s, ' '))) "
                    "ON CONFLICT (rowid) DO UPDATE SET pieces = excluded.pieces",
                    given,
                )
                return
            cursor.executemany(f"DELETE FROM {self.table} WHERE rowid = %s", [(pk,) for pk, _pieces in given])
            cursor.executemany(f"INSERT INTO {self.table} (rowid, pieces) VALUES (%s, %s)", given)

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


def _match(wanted: Asked) -> str:
    """Pieces are hanzi, latin letters and digits only, so quoting is all they need."""
    return " ".join([*(f'"{piece}"' for piece in wanted.whole), *(f'"{start}"*' for start in wanted.starts)])


def _tsquery(wanted: Asked) -> str:
    return " & ".join([*(f"'{piece}'" for piece in wanted.whole), *(f"'{start}':*" for start in wanted.starts)])
