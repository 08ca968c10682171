"""Many small files of a ledger become one, so that a year of daily imports reads as fast as one import.

Only files are merged: every version of every row stays with its import, and older versions of the ledger keep the files
they name. Large files are left alone, so that each row is written anew a few times at most.
"""

from pathlib import Path
from typing import Final

from vitalfew.warehouse.engines.duck import connect, files
from vitalfew.warehouse.ledger import ECHOES, MARKS, ROWS, Ledger, Overtaken
from vitalfew.warehouse.store import MEMORY, Store, copy
from vitalfew.warehouse.tables import TABLES, Table

MANY: Final = 16
SMALL: Final = 32 * 1024 * 1024


def compact(store: Store) -> int:
    """Merge the small files of every table that has many; gives how many there were.

    A table that somebody else commits to meanwhile, on another machine, is left for the next time.
    """
    return sum(_if_nobody_comes_first(store.ledger(table), store.folder) for table in TABLES.values())


def _if_nobody_comes_first(ledger: Ledger, folder: Path) -> int:
    try:
        return _compact(ledger, folder)
    except Overtaken:
        return 0


def _compact(ledger: Ledger, folder: Path) -> int:
    with ledger.writing():
        snapshot = ledger.snapshot()
        parts = {ROWS: snapshot.rows, MARKS: snapshot.marks, ECHOES: snapshot.echoes}
        small = {part: _small(paths) for part, paths in parts.items()}
        old = [path for paths in small.values() for path in paths]
        if old:
            added = dict(_merged(ledger, part, paths, folder) for part, paths in small.items() if paths)
            ledger.commit(snapshot, added, {"action": "compact"}, old)
        return len(old)


def _small(paths: tuple[str, ...]) -> list[str]:
    small = [path for path in paths if Path(path).stat().st_size < SMALL]
    return small if len(small) >= MANY else []


def _merged(ledger: Ledger, part: str, paths: list[str], folder: Path) -> tuple[Path, int]:
    place = ledger.place(part, 0)
    order = _order(ledger.table) if part == ROWS else "_import, _line"
    with connect(MEMORY, spill=folder / ".spill") as connection:
        query = f"SELECT * FROM read_parquet({files(paths)}, hive_partitioning = false) ORDER BY {order}"
        return place, copy(connection, query, place)


def _order(table: Table) -> str:
    """As an import writes them: an account's rows beside each other, by day."""
    first = ["customer"] if "customer" in table.by_name else []
    return ", ".join([*first, table.day or table.key[0], "_import", "_line"])
