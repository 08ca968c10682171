"""An account's figures of four weeks, as the facts have them: how long its stock lasts, how often it is out, how well we foresee.

    stock    sum over products of the mean stock counted, by what was sold of them in a day
    out      counts at which nothing was left, of all counts
    error    sum |ordered - foreseen| / sum ordered, over products; foreseen is 28 times what was ordered in a day of the 168
             days before, by this rule before and since alike, whatever forecast we had (WAPE)

The first two need what the account counted and sold, the last one its orders with us.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.exchange.effect import DAYS
from vitalfew.exchange.words import Gain
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

KNOWN: Final = 168
"""Days of orders by which the next four weeks are foreseen."""


@dataclass
class Facts:
    """What is known of an account: reports of its products, and its orders, by product and day."""

    reports: list[tuple[int, str, float, float | None]] = field(default_factory=list)
    orders: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def told_until(self) -> int:
        return max((day for day, *_rest in self.reports), default=0)

    @property
    def ordered_since(self) -> int:
        return min((day for days in self.orders.values() for day in days), default=2**31)


def read(account: Account, since: date, until: date) -> Facts:
    found, first = Facts(), day_number(since) - KNOWN
    for row in _rows(
        "sell_out", "product, date AS day, quantity::DOUBLE AS n, stock_after::DOUBLE AS stock", account, first
    ):
        found.reports.append((row["day"], row["product"], row["n"], row["stock"]))
    columns = "product, ordered_on AS day, sum(quantity)::DOUBLE AS n"
    for row in _rows("order_lines", columns, account, first, "AND quantity > 0 GROUP BY product, ordered_on"):
        if row["day"] <= day_number(until):
            found.orders[row["product"]][row["day"]] = row["n"]
    return found


def _rows(table: str, columns: str, account: Account, first: int, rest: str = "") -> list[dict[str, Any]]:
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES[table]).snapshot())
    day = "date" if table == "sell_out" else "ordered_on"
    query = f"SELECT {columns} FROM ({source}) WHERE {one_of(account.codes)} AND {day} >= {first} AND product IS NOT NULL {rest}"  # noqa: S608  (our own texts; codes are parameters)
    return rows_of(query, named(account.codes))


def figure(gain: Gain, facts: Facts, begin: date, until: date) -> float | None:
    """Of the four weeks that begin so; None where the facts don't reach over them, or tell nothing of them."""
    first = day_number(begin)
    last = first + DAYS - 1
    if gain == Gain.ERROR:
        known = facts.ordered_since <= first - KNOWN and last <= day_number(until)
        return _error(facts.orders, first) if known else None
    if last > facts.told_until:
        return None
    counted = [row for row in facts.reports if first <= row[0] <= last]
    return _lasts(counted) if gain == Gain.STOCK else _out(counted)


def _lasts(rows: Iterable[tuple[int, str, float, float | None]]) -> float | None:
    """Days that the stock lasts, of the products that were counted.

    >>> _lasts([(0, "A", 14, 30), (7, "A", 14, 26)])
    28.0
    """
    sold: dict[str, float] = defaultdict(float)
    left: dict[str, list[float]] = defaultdict(list)
    for _day, product, quantity, stock in rows:
        sold[product] += quantity
        if stock is not None:
            left[product].append(stock)
    daily = sum(sold[product] for product in left) / DAYS
    return sum(fmean(counts) for counts in left.values()) / daily if daily > 0 else None


def _out(rows: Iterable[tuple[int, str, float, float | None]]) -> float | None:
    counts = [stock for _day, _product, _quantity, stock in rows if stock is not None]
    return sum(stock <= 0 for stock in counts) / len(counts) if counts else None


def _error(orders: Mapping[str, Mapping[int, float]], first: int) -> float | None:
    """What was ordered beside what was foreseen, of what was ordered.

    >>> _error({"A": {0: 60.0, 170: 15.0}}, 168)
    0.333...
    """
    beside = ordered = 0.0
    for days in orders.values():
        came = sum(n for day, n in days.items() if first <= day < first + DAYS)
        foreseen = sum(n for day, n in days.items() if first - KNOWN <= day < first) / KNOWN * DAYS
        beside, ordered = beside + abs(came - foreseen), ordered + came
    return beside / ordered if ordered > 0 else None


def weeks(begin: date, number: int, days_back: int = 0) -> date:
    """On which day the four weeks of a number begin, so many days earlier."""
    return begin + timedelta(days=number * DAYS - days_back)
