"""Each account's months as a refresh saw them, and what was imported since: a page need not go through the lines again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vitalfew.home import Home
from vitalfew.panels import Months, month_of
from vitalfew.warehouse import blocks
from vitalfew.warehouse.engines.duck import MONTH, current_sql, named, one_of, rows_of
from vitalfew.warehouse.ledger import Ledger, Snapshot
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

WIDTH: Final = 37
"""Three years, and the month that runs."""
FILE: Final = "months.parquet"


def keep(months: Months, folder: Path, into: Mapping[str, str]) -> None:
    """One row an account: its first month, the net sales of every month of the window, the codes merged ``into`` it."""
    amounts = pa.FixedSizeListArray.from_arrays(pa.array(months.values.ravel()), months.values.shape[1])
    accounts = months.accounts.cast(pa.string())
    merged = _merged(accounts, into)
    table = pa.table({"customer": accounts, "first": months.first, "amounts": amounts, "merged": merged})
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.writing"
    pq.write_table(table, fresh, compression="zstd", row_group_size=blocks.rows_a_block(table))
    fresh.rename(folder / FILE)


def _merged(accounts: pa.Array, into: Mapping[str, str]) -> pa.Array:
    """The codes that each account stands for beside its own; most stand for none."""
    codes: dict[str, list[str]] = {}
    for code, survivor in sorted(into.items()):
        codes.setdefault(survivor, []).append(code)
    places = pc.index_in(accounts, pa.array(list(codes), pa.string()))
    return pa.array([*codes.values(), None], pa.list_(pa.string())).take(places.fill_null(len(codes)))


def of_account(home: Home, refresh: Refresh | None, folder: Path | None, codes: list[str]) -> list[dict[str, Any]]:
    """Net sales by month, from the first month with orders on; in the refresh's currency, if there are any in it.

    ``codes`` are the account's own, and those that were merged into it.
    """
    ledger = Store(home.facts).ledger(ORDER_LINES)
    amounts = _told(ledger, refresh, folder, codes) if refresh and folder else {}
    if not amounts:
        return _summed(ledger.snapshot(), codes)
    return [{"month": month, "amount": amount} for month, amount in sorted(amounts.items())]


def _told(ledger: Ledger, refresh: Refresh, folder: Path, codes: list[str]) -> dict[int, float]:
    """What the refresh kept, with what was imported since; the lines themselves where older ones or codes changed meanwhile."""
    amounts = _kept(folder / FILE, codes, month_of(day_number(refresh.as_of)))
    newer = _since(ledger, refresh.versions.get(ORDER_LINES.name)) if amounts is not None else None
    if amounts is None or newer is None:
        return {row["month"]: row["amount"] for row in _summed(ledger.snapshot(), codes, refresh.currency)}
    for row in _summed(newer, codes, refresh.currency) if newer.rows else []:
        amounts[row["month"]] = amounts.get(row["month"], 0.0) + row["amount"]
    return amounts


def _kept(file: Path, codes: list[str], end: int) -> dict[int, float] | None:
    """What the refresh kept of the account; None where it knew nothing of it, or read other codes as one with it."""
    found = blocks.rows_of(file, codes[0]) if file.exists() else []
    if not found or set(found[0].get("merged") or ()) != set(codes[1:]):
        return None
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


def _summed(snapshot: Snapshot, codes: list[str], currency: str | None = None) -> list[dict[str, Any]]:
    month = MONTH.format(day=ORDER_LINES.day)
    spoken = "" if currency is None else "AND coalesce(currency, '') = $currency"
    query = (
        f"SELECT {month} AS month, sum(amount)::DOUBLE AS amount FROM ({current_sql(snapshot)}) "  # noqa: S608  (our own texts)
        f"WHERE {one_of(codes)} {spoken} GROUP BY ALL ORDER BY 1"
    )
    return rows_of(query, named(codes) | ({} if currency is None else {"currency": currency}))
