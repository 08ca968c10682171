"""Many rows into a table of the database and out of it: plain tuples, in short transactions between which others may write."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

from vitalfew.batches import batched

BATCH: Final = 50_000
"""Rows of one transaction: some seconds, less than others wait for their turn to write."""
CACHE: Final = -512 * 1024
"""In KiB, as SQLite counts it."""

AS_THEY_ARE: Final = (
    models.CharField,
    models.FloatField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    as_stored: Collection[str] = frozenset(),
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Insert rows of the named fields; a foreign key is given as its number. Defaults of the model do not apply.

    Fields ``as_stored`` are given as the database keeps them (JSON as its text).

    All or nothing is for the caller to ask: without a transaction of his, each batch is one.
    """
    described: Any = model._meta  # noqa: SLF001  (Django's public way to a model's fields)
    fields = [described.get_field(name) for name in names]
    target = connections[using]
    adapted = [
        (place, _adapter(field, target))
        for place, field in enumerate(fields)
        if not isinstance(field, AS_THEY_ARE) and field.name not in as_stored
    ]
    table = target.ops.quote_name(described.db_table)
    columns = ", ".join(target.ops.quote_name(field.column) for field in fields)
    write = _copy if target.vendor == "postgresql" else _insert
    with _roomy(target):
        for some in batched(rows, BATCH):
            with transaction.atomic(using), target.cursor() as cursor:
                write(cursor, table, columns, [_adapted(row, adapted) for row in some] if adapted else some)


def _insert(cursor: Any, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608  (our own tables' names)


def _copy(cursor: Any, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL's own way for many rows, several times as fast as statements."""
    with cursor.db.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def drop(rows: models.QuerySet[Any]) -> None:
    """Delete rows that nothing points to, a batch at a time."""
    ends = rows.aggregate(first=models.Min("pk"), last=models.Max("pk"))
    with _roomy(connection):
        for start in range(ends["first"] or 0, (ends["last"] or -1) + 1, BATCH):
            with transaction.atomic():
                rows.filter(pk__gte=start, pk__lt=start + BATCH).delete()


@contextmanager
def _roomy(target: Any) -> Iterator[None]:
    """SQLite may hold all pages of the indexes meanwhile; with fewer, each is read and written again and again."""
    if target.vendor != "sqlite":
        yield
        return
    with target.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = {CACHE}")
    try:
        yield
    finally:
        with target.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


Adapter = Callable[[Any], Any]


def _adapter(field: Any, target: Any) -> Adapter:
    return partial(field.get_db_prep_save, connection=target)


def _adapted(row: Sequence[Any], adapted: Sequence[tuple[int, Adapter]]) -> list[Any]:
    """The cells as the database keeps them; most go as they are."""
    cells = list(row)
    for place, adapt in adapted:
        cells[place] = adapt(cells[place])
    return cells
