"""The work moved to another database, all of it in one transaction or nothing; and the facts to a bucket.

    hold the old one for reading only → make the tables → copy, row by row → counters → count and compare → commit → remember

Each row goes through the fields of its model, so that dates, amounts and documents arrive as what they are, not as text.
Of every table the rows are counted and their digests added up, on the way out of the old database and as the new one gives
them back; the audit trail is walked in the new one. Until the home remembers the new database, the old one counts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from vitalfew.accounts.pieces import indexes
from vitalfew.databases import reached, without_password
from vitalfew.home import Home
from vitalfew.outlets.founding import found
from vitalfew.outlets.tallies import AT_A_TIME, Table, Tally, tables
from vitalfew.people import audit
from vitalfew.presence import alone
from vitalfew.warehouse.inserts import insert
from vitalfew.warehouse.sending import Sent, send

Progress = Callable[[str, float], None]
Told = Callable[[str, int], None]
TARGET: Final = "target"
LEFT: Final = ".moved"
"""What the old file is called from then on."""


class NotEmpty(ValueError):
    """There is something in the database already."""


class NotTaken(ValueError):
    """The new database does not take a row of the old one, or does not give back what it took."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(f"{table}: {why}")
        self.table = table
        self.why = why


@dataclass(frozen=True)
class Moved:
    """What went over; ``entries`` of the audit trail, whose chain was found whole."""

    tables: int
    rows: int
    entries: int


def move(home: Home, url: str, who: str, tell: Progress = lambda _step, _share: None) -> Moved:
    """Move everything to the database of the URL (none: the home's own file), and have the home remember it."""
    with alone(home.folder), _new(reached(url, home.database)) as target:
        with _held(), transaction.atomic(using=TARGET):
            moved = _moved(target, tell)
        if target.vendor == "postgresql":
            with target.cursor() as cursor:
                cursor.execute("ANALYZE")  # or the first pages would be planned as for empty tables
        home.remember_database(url)
        told = {"rows": moved.rows, "to": without_password(url) if url else home.database.name}
        audit.record(who, "move", "database", told, TARGET)
        connections[DEFAULT_DB_ALIAS].close()
        if url:
            _put_aside(home)
    return moved


def copy(file: Path) -> None:
    """Everything as it is at one moment, as an SQLite file; the work goes on meanwhile."""
    with _new(reached("", file)) as target, transaction.atomic():
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with transaction.atomic(using=TARGET):
            _sent(target, lambda _table, _rows: None)


def move_facts(home: Home, url: str, who: str, tell: Progress = lambda _step, _share: None) -> Sent:
    """Send the facts to a bucket, and have the home read them from there."""
    with alone(home.folder):
        sent = send(home.facts, url, tell)
        audit.record(who, "move", "facts", {"files": sent.files, "size": sent.size, "to": url})
    return sent


@contextmanager
def _new(settings: dict[str, Any]) -> Iterator[Any]:
    """The new database as a connection beside the house's own."""
    described = connections.configure_settings({DEFAULT_DB_ALIAS: {}, TARGET: settings})
    connections.settings[TARGET] = described[TARGET]
    try:
        with connections[TARGET].constraint_checks_disabled():
            yield connections[TARGET]
    finally:
        connections[TARGET].close()
        del connections[TARGET]
        del connections.settings[TARGET]


@contextmanager
def _held() -> Iterator[None]:
    """Nobody writes to the old database meanwhile; reading goes on."""
    old = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic():
        if old.vendor == "postgresql":
            names = ", ".join(old.ops.quote_name(each.name) for each in tables())
            with old.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {names} IN SHARE MODE")
        yield


def _put_aside(home: Home) -> None:
    """The old file keeps what it holds, under a name that nobody opens by accident."""
    for ending in ("", "-wal", "-shm"):
        old = home.database.with_name(home.database.name + ending)
        if old.exists():
            old.rename(home.database.with_name(home.database.name + LEFT + ending))


def _moved(target: Any, tell: Progress) -> Moved:
    told = _progress(tell)
    there = set(target.introspection.table_names())
    sent = _sent_before(there, told) if there else _sent(target, told)
    for table, tally in sent.items():
        if Tally(table).over(table.rows(TARGET), told) != tally:
            raise NotEmpty if there else NotTaken(table.name, "≠")
    return Moved(len(sent), sum(tally.rows for tally in sent.values()), _trail())


def _progress(tell: Progress) -> Told:
    """Every row is read twice: as it leaves, and as it arrived."""
    most = max(2 * sum(each.rows(DEFAULT_DB_ALIAS).count() for each in tables()), 1)
    done = 0

    def told(table: str, rows: int) -> None:
        nonlocal done
        done += rows
        tell(table, min(done / most, 1.0))

    return told


def _sent(target: Any, told: Told) -> dict[Table, Tally]:
    """The tables made, every row copied, and what is beside the tables too."""
    found(target)
    target.check_constraints()  # and, from here on, only at the end: some steps ask PostgreSQL for them row by row
    sent = {table: _copied(table, told) for table in tables()}
    for index in indexes():
        for rows in index.rows():
            index.put(rows, TARGET)
    if target.vendor == "postgresql":
        _go_on_counting(target)
    target.check_constraints()
    return sent


def _copied(table: Table, told: Told) -> Tally:
    tally = Tally(table)
    rows = table.rows(DEFAULT_DB_ALIAS).iterator(AT_A_TIME)
    try:
        insert(table.model, table.columns, tally.through(rows, told), using=TARGET)
    except (DatabaseError, ValueError) as failure:
        raise NotTaken(table.name, " · ".join(str(failure).split("\n")[:2])) from failure
    return tally


def _sent_before(there: set[str], told: Told) -> dict[Table, Tally]:
    """Something is there already: only what an earlier run of the same move left, whole, is taken for it."""
    if not there.issuperset(table.name for table in tables()):
        raise NotEmpty
    for table in tables():
        if table.rows(TARGET).count() != table.rows(DEFAULT_DB_ALIAS).count():
            raise NotEmpty
    return {table: Tally(table).over(table.rows(DEFAULT_DB_ALIAS), told) for table in tables()}


def _trail() -> int:
    """The audit trail in the new database is as whole as in the old one; gives its length."""
    verdict = audit.verify(TARGET)
    if verdict.broken_at is not None and audit.verify().broken_at is None:
        raise NotTaken("people_auditentry", str(verdict.broken_at))
    return verdict.entries


def _go_on_counting(target: Any) -> None:
    """New rows get numbers that no row ever had, also none that is gone."""
    last = _numbers_given()
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), [each.model for each in tables()]):
            cursor.execute(statement)
        for table in tables():
            if table.name in last:
                counter = [target.ops.quote_name(table.name), table.key]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*counter, last[table.name]])


def _numbers_given() -> dict[str, int]:
    """The highest number that each table of an SQLite file has given, also to rows that are gone."""
    old = connections[DEFAULT_DB_ALIAS]
    if old.vendor != "sqlite":
        return {}
    with old.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
        return dict(cursor.fetchall())
