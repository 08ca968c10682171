"""Each account's months as a refresh saw them, and what was imported since: a page need not go through the lines again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitalfew.home import Home
from vitalfew.panels import Months, month_of
from vitalfew.warehouse import blocks
from vitalfew.warehouse.engines.duck import MONTH, current_sql, named, one_of, rows_of
from vitalfew.warehouse.known import aliases
from vitalfew.warehouse.ledger import Ledger, Snapshot
from vitalfew.warehouse.merged import mark
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

WIDTH: Final = 37
"""Three years, and the month that runs."""
FILE: Final = "months.parquet"


def keep(months: Months, folder: Path) -> None:
    """One row an account: its first month, and the net sales of every month of the window."""
    amounts = pa.FixedSizeListArray.from_arrays(pa.array(months.values.ravel()), months.values.shape[1])
    table = pa.table({"customer": months.accounts.cast(pa.string()), "first": months.first, "amounts": amounts})
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.writing"
    pq.write_table(table, fresh, compression="zstd", row_group_size=blocks.SIZE)
    fresh.rename(folder / FILE)


def of_account(home: Home, refresh: Refresh | None, folder: Path | None, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Net sales by month, from the first month with orders on; in the refresh's currency, if there are any in it.

    ``codes`` are the account's own, and those that were merged into it.
    """
    ledger = Store(home.facts).ledger(ORDER_LINES)
    amounts = _told(ledger, refresh, folder, codes) if refresh and folder else {}
    if not amounts:
        return _summed(ledger.snapshot(), codes)
    return [{"month": month, "amount": amount} for month, amount in sorted(amounts.items())]


def _told(ledger: Ledger, refresh: Refresh, folder: Path, codes: Sequence[str]) -> dict[int, float]:
    """What the refresh kept, with what was imported since; the lines themselves where older ones or codes changed meanwhile."""
    usable = (folder / FILE).exists() and refresh.versions.get("merged") == mark(aliases()).get("merged")
    newer = _since(ledger, refresh.versions.get(ORDER_LINES.name)) if usable else None
    if newer is None:
        return {row["month"]: row["amount"] for row in _summed(ledger.snapshot(), codes, refresh.currency)}
    amounts = _kept(folder, codes[0], month_of(day_number(refresh.as_of)))
    for row in _summed(newer, codes, refresh.currency) if newer.rows else []:
        amounts[row["month"]] = amounts.get(row["month"], 0.0) + row["amount"]
    return amounts


def _kept(folder: Path, code: str, end: int) -> dict[int, float]:
    found = blocks.rows_of(folder / FILE, code)
    if not found:
        return {}
    amounts = found[0]["amounts"]
    months = range(end - len(amounts) + 1, end + 1)
    return {month: amount for month, amount in zip(months, amounts, strict=True) if month >= found[0]["first"]}


def _since(ledger: Ledger, version: int | None) -> Snapshot | None:
    """What was only added after a version; None where older rows were replaced or taken back meanwhile."""
    now = ledger.snapshot()
    if now.version == version:
        return Snapshot(ORDER_LINES, version)
    then = ledger.snapshot(version) if version is not None else Snapshot(ORDER_LINES, None)
    if now.marks != then.marks or not set(now.rows).issuperset(then.rows):
        return None
    return Snapshot(ORDER_LINES, now.version, tuple(sorted(set(now.rows) - set(then.rows))))


def _summed(snapshot: Snapshot, codes: Sequence[str], currency: str | None = None) -> list[dict[str, Any]]:
    month = MONTH.format(day=ORDER_LINES.day)
    spoken = "" if currency is None else "AND coalesce(currency, '') = $currency"
    query = (
        f"SELECT {month} AS month, sum(amount)::DOUBLE AS amount FROM ({current_sql(snapshot)}) "  # noqa: S608  (our own texts)
        f"WHERE {one_of(codes)} {spoken} GROUP BY ALL ORDER BY 1"
    )
    return rows_of(query, named(codes) | ({} if currency is None else {"currency": currency}))
