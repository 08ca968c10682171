"""Booked against taken against sold: what an account booked of each product and week, ordered then, and sold on.

Taken is what it ordered in the week; sold is what it told of its sales, where it tells them. Shares are of what was booked.

    booked 100, taken 90, sold 81   →   taken 90 %, sold 81 %
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.peaks.days import year_before
from vitalfew.peaks.models import Booking, Peak, monday
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

WEEK: Final = timedelta(days=7)
CELL: Final = Decimal("0.01")
Cells = Mapping[tuple[str, date], Decimal]


@dataclass(frozen=True)
class Outturn:
    """Of all that was booked."""

    booked: Decimal
    taken: Decimal
    sold: Decimal | None
    """None where the account tells no sales."""

    @property
    def taken_share(self) -> float | None:
        return float(self.taken / self.booked) if self.booked else None

    @property
    def sold_share(self) -> float | None:
        return float(self.sold / self.booked) if self.booked and self.sold is not None else None


def whole(rows: list[Booking]) -> Outturn:
    """Over all weeks and products; what was taken and sold stands in the rows."""
    told = [row.sold for row in rows if row.sold is not None]
    return Outturn(
        sum((row.quantity for row in rows), Decimal(0)), sum((row.taken or Decimal(0) for row in rows), Decimal(0)),
        sum(told, Decimal(0)) if told else None,
    )  # fmt: skip


def filled(peak: Peak, rows: list[Booking]) -> list[Booking]:
    """The rows with what was taken and sold so far; of a closed peak they stand as they were then."""
    if peak.closed_on is None and rows:
        since, until = min(row.week for row in rows), max(row.week for row in rows) + WEEK
        taken, sold = _taken(peak.account, since, until), _sold(peak.account, since, until)
        for row in rows:
            row.taken = taken.get((row.product, row.week), Decimal(0))
            row.sold = sold.get((row.product, row.week), Decimal(0)) if sold else None
    return rows


def last_time(peak: Peak) -> dict[tuple[str, date], Decimal]:
    """What it ordered of the category in the same weeks of its peak before, set upon this one's weeks."""
    begins, ends = (year_before(day, peak.follows) for day in (peak.begins, peak.ends))
    moved = monday(peak.begins) - monday(begins)
    cells = _taken(peak.account, monday(begins), ends + timedelta(days=1), peak.category)
    return {(product, week + moved): quantity for (product, week), quantity in cells.items()}


def _taken(account: Account, since: date, until: date, category: str = "") -> Cells:
    within = f"AND product IN (SELECT product FROM ({_sql('products')}) WHERE category = $category)"  # noqa: S608  (our own texts)
    more = {"category": category} if category else {}
    return _cells("order_lines", "ordered_on", account, (since, until), within if category else "", more)


def _sold(account: Account, since: date, until: date) -> Cells:
    return _cells("sell_out", "date", account, (since, until))


def _cells(  # noqa: PLR0917  (one query)
    table: str, day: str, account: Account, span: tuple[date, date], narrowed: str = "", more: Mapping[str, Any] | None = None
) -> Cells:  # fmt: skip
    """Sums by product and week."""
    query = (
        f"SELECT product, {day} - ({day} + 3) % 7 AS week, sum(quantity)::DOUBLE AS quantity FROM ({_sql(table)}) "  # noqa: S608  (our own texts; codes are parameters)
        f"WHERE {one_of(account.codes)} AND {day} >= {day_number(span[0])} AND {day} < {day_number(span[1])} "
        f"AND product IS NOT NULL AND quantity > 0 {narrowed} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    rows = rows_of(query, {**named(account.codes), **(more or {})})
    return {(row["product"], day_of(row["week"])): Decimal(str(row["quantity"])).quantize(CELL) for row in rows}


def _sql(table: str) -> str:
    return current_sql(Store(settings.HOME.facts).ledger(TABLES[table]).snapshot())
