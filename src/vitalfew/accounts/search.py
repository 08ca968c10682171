"""The search index over accounts: one row of pieces an account, in SQLite's FTS5 or PostgreSQL's tsvector.

Only ids come out; whoever asks intersects them with what the user may see, in the same query.
"""

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models.expressions import RawSQL

from vitalfew.accounts.grams import Asked, asked, stored
from vitalfew.accounts.models import Account

SQLITE: Final = (
    "CREATE VIRTUAL TABLE accounts_search USING fts5(pieces, tokenize='unicode61', prefix='1 2 3', detail=none)"
)
POSTGRES: Final = (
    "CREATE TABLE accounts_search (rowid bigint PRIMARY KEY, pieces tsvector NOT NULL)",
    "CREATE INDEX accounts_search_pieces ON accounts_search USING gin (pieces)",
)


def pieces_of(account: Account) -> str:
    return stored(account.name, account.code, account.uscc)


def index(accounts: Iterable[Account]) -> None:
    """Put accounts into the index, replacing what it had of them."""
    rows = [(account.pk, pieces_of(account)) for account in accounts]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO accounts_search VALUES (%s, array_to_tsvector(string_to_array(%s, ' '))) "
                "ON CONFLICT (rowid) DO UPDATE SET pieces = excluded.pieces",
                rows,
            )
            return
        cursor.executemany("DELETE FROM accounts_search WHERE rowid = %s", [(pk,) for pk, _pieces in rows])
        cursor.executemany("INSERT INTO accounts_search (rowid, pieces) VALUES (%s, %s)", rows)


def forget(ids: Iterable[int]) -> None:
    """Take accounts out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM accounts_search WHERE rowid = %s", [(pk,) for pk in ids])


def matching(text: str) -> RawSQL | None:
    """The ids of accounts that the text finds, as a subquery; None where there is nothing to search for."""
    wanted = asked(text)
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        return RawSQL("SELECT rowid FROM accounts_search WHERE pieces @@ %s::tsquery", [_tsquery(wanted)])
    return RawSQL("SELECT rowid FROM accounts_search WHERE accounts_search MATCH %s", [_match(wanted)])


def _match(wanted: Asked) -> str:
    """Pieces are hanzi, latin letters and digits only, so quoting is all they need."""
    return " ".join([*(f'"{piece}"' for piece in wanted.whole), *(f'"{start}"*' for start in wanted.starts)])


def _tsquery(wanted: Asked) -> str:
    return " & ".join([*(f"'{piece}'" for piece in wanted.whole), *(f"'{start}':*" for start in wanted.starts)])
