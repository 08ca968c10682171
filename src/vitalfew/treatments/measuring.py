"""An account's contribution by whole month, as the facts tell: margin of the goods less what serving it cost.

A month with sales of which no cost is known has none; one without sales has what it cost to serve. What unpaid invoices cost is
left out: it is not known by month.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.spans import months_later
from vitalfew.treatments.judging import Judged, judged
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

OURS: Final = "FILTER (WHERE coalesce(currency, $currency) = $currency)"
YEAR: Final = 12
DAY: Final = timedelta(days=1)


def first_of(day: date) -> date:
    return day.replace(day=1)


def months_since(begun: date, until: date) -> list[date]:
    """The first days of the whole months after the one in which it began, up to the last whole month."""
    found, month = [], months_later(first_of(begun), 1)
    while months_later(month, 1) - DAY <= until:
        found.append(month)
        month = months_later(month, 1)
    return found


def since(codes: Sequence[str], begun: date, until: date, currency: str) -> Judged:
    """Each whole month since it began beside the same month a year before."""
    months = months_since(begun, until)
    earlier = [months_later(month, -YEAR) for month in months]
    known = by_month(codes, currency, [*earlier, *months])
    return judged([known[month] for month in earlier], [known[month] for month in months])


def by_month(codes: Sequence[str], currency: str, months: Sequence[date]) -> dict[date, float | None]:
    """By the first day of the month."""
    if not months:
        return {}
    sold = {_month(row["month"]): row for row in _rows("order_lines", "ordered_on", MARGIN, codes, currency)}
    served = {
        _month(row["month"]): float(row["spent"]) for row in _rows("service_costs", "spent_on", SPENT, codes, currency)
    }
    return {month: _contribution(sold.get(month), served.get(month, 0.0)) for month in months}


MARGIN: Final = f"coalesce(sum(amount - cost) {OURS}, 0)::DOUBLE AS margin, count(cost) AS costed, count(*) AS lines"
SPENT: Final = f"coalesce(sum(cost) {OURS}, 0)::DOUBLE AS spent"


def _contribution(sold: dict[str, Any] | None, spent: float) -> float | None:
    if sold is None:
        return -spent
    return float(sold["margin"]) - spent if sold["costed"] == sold["lines"] else None


def _month(number: int) -> date:
    return date(number // YEAR, number % YEAR + 1, 1)


def _rows(table: str, day: str, columns: str, codes: Sequence[str], currency: str) -> list[dict[str, Any]]:
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES[table]).snapshot())
    on = f"(DATE '1970-01-01' + {day}::INTEGER)"
    month = f"year({on}) * 12 + month({on}) - 1"
    query = f"SELECT {month} AS month, {columns} FROM ({source}) WHERE {one_of(list(codes))} GROUP BY month"  # noqa: S608  (our own texts; codes are parameters)
    return rows_of(query, {**named(list(codes)), "currency": currency})
