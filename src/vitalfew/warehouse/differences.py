"""Which rows of a table came and which went between two versions of its ledger, out of the files in which they differ.

    came  =  current now, not then       went  =  current then, not now

A file that both versions name holds the same rows in both; only a mark can have made one of them current or not. So a day's
import is read, and not what lay there before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vitalfew.warehouse.engines.duck import current_sql, files
from vitalfew.warehouse.ledger import Snapshot


@dataclass(frozen=True)
class Difference:
    """Two versions of one ledger."""

    then: Snapshot
    now: Snapshot

    @property
    def came(self) -> str:
        """The query for the rows that are current now and were not then."""
        return _current_in_one(self.now, self.then)

    @property
    def went(self) -> str:
        """The query for the rows that were current then and are not now."""
        return _current_in_one(self.then, self.now)

    @property
    def customers(self) -> str:
        """The query for the customers of both."""
        return f"SELECT customer FROM ({self.came}) UNION SELECT customer FROM ({self.went})"

    @property
    def files(self) -> tuple[str, ...]:
        """The files of rows that only one of the two names."""
        return tuple(sorted({*self.then.rows} ^ {*self.now.rows}))


def _current_in_one(one: Snapshot, other: Snapshot) -> str:
    own = replace(one, rows=_without(one.rows, other.rows))
    freed = _freed(one, other)
    return current_sql(own) if freed is None else f"{current_sql(own)} UNION ALL BY NAME {freed}"


def _freed(one: Snapshot, other: Snapshot) -> str | None:
    """Rows of the common files that the other version marks as replaced and this one does not."""
    common = tuple(path for path in one.rows if path in {*other.rows})
    marks = _without(other.marks, one.marks)
    if not common or not marks:
        return None
    pairs = f"SELECT DISTINCT _old_import, _old_line FROM {_read(marks)}"
    if one.marks:
        pairs += f" EXCEPT SELECT _old_import, _old_line FROM {_read(one.marks)}"
    return (
        f"SELECT r.* FROM {_read(common)} AS r SEMI JOIN ({pairs}) AS m "
        "ON m._old_import = r._import AND m._old_line = r._line"
    )


def _without(paths: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if path not in {*others})


def _read(paths: Sequence[str]) -> str:
    return f"read_parquet({files(paths)}, hive_partitioning = false)"
