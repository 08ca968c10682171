"""What several benchmarks read: files of order lines, and a home with accounts and scorecards."""

import csv
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Command

LINES_AN_ACCOUNT: Final = 100
FEWEST_LINES: Final = 100_000
FEWEST_ACCOUNTS: Final = 300
FIELDS: Final = ("order_id", "line_no", "customer", "ordered_on", "product", "quantity", "amount")

SHARED: Final = "VITALFEW_SHARED"
"""Names the folder with real order books, which are no part of the package."""

Written = Callable[[int, list[str]], list[str]]


def accounts_for(lines: int) -> int:
    return max(FEWEST_ACCOUNTS, lines // LINES_AN_ACCOUNT)


def lines_for(accounts: int) -> int:
    return max(FEWEST_LINES, accounts * LINES_AN_ACCOUNT)


def import_of(file: str) -> Command:
    """The whole command that imports a prepared file; which home it works on is told by the environment."""
    return lambda _size, folder: [sys.executable, "-m", "vitalfew", "import", "order-lines", str(folder / file)]


def write_lines(size: int, file: Path, encoding: str, headings: tuple[str, ...], written: Written) -> None:
    """About ``size`` order lines as CSV; ``written`` gives a row as it stands in the file."""
    with file.open("w", encoding=encoding, newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(headings)
        writer.writerows(written(number, row) for number, row in enumerate(_rows(size)))


def _rows(size: int) -> Iterator[list[str]]:
    import pyarrow as pa

    from vitalfew.demobook import stream_order_lines
    from vitalfew.warehouse.tables import ORDER_LINES

    for batch in stream_order_lines(accounts=accounts_for(size), lines=size):
        rows = ORDER_LINES.dated(pa.Table.from_batches([batch])).select(FIELDS)
        yield from map(list, zip(*(column.cast(pa.string()).to_pylist() for column in rows.columns), strict=True))


def write_book(accounts: int, folder: Path) -> None:
    """Customers, products and order lines as files to import."""
    from vitalfew.demobook import write

    write(folder, accounts=accounts, lines=lines_for(accounts))


def filled(folder: Path) -> None:
    """A home with the book of the folder; Django is ready for it."""
    from vitalfew.outlets.cli.house import opened

    home = opened()
    from vitalfew.imports.actions import Job, receive

    for kind in ("customers", "products", "order-lines"):
        for file in sorted(folder.glob(f"{kind}*.csv")):
            report = receive(Job(kind, file, "bench", given_name=file.name), home)
            if not report.rows_accepted:
                raise RuntimeError(f"{file.name}: {report.reasons}")


def real_book(name: str) -> Path | None:
    """The folder of a real order book, where there is one."""
    folder = Path(os.environ.get(SHARED, "")) / "data" / name
    return folder if SHARED in os.environ and folder.is_dir() else None
