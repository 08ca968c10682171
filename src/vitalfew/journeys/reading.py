"""What the facts say of orders: their days, and which of them suggest a journey. Each table is read once for all accounts.

Merged codes count for the account that stands for them. Amounts in another currency than the house's are not compared.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pyarrow as pa

from vitalfew.home import Home
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import day_number, day_of

MEMORY: Final = "512MB"
LATELY: Final = 60
"""Days before the figures' day in which an order still suggests a journey."""
KNOWN: Final = 180
"""So many days an account has bought before a family that is new to it says anything."""
USUAL: Final = 730
"""Days of earlier orders that say what is usual."""
FEWEST: Final = 6
"""Earlier orders, at least, that say what is usual."""
TIMES: Final = 2
"""Above so many times the median of earlier orders, and above nine of ten of them, an order is larger than usual."""


class OrderTold(NamedTuple):
    """When it was ordered, promised by, and delivered whole; of which product family most of it is."""

    ordered_on: date
    promised_on: date | None
    delivered_on: date | None
    family: str
    customer: str


class Found(NamedTuple):
    """An order that suggests a journey."""

    customer: str
    order: str
    family: str
    ordered_on: date
    amount: Decimal
    usual: Decimal | None


@dataclass
class Orders:
    """The order book as it is now, on a connection of its own."""

    home: Home
    currency: str
    engine: DuckEngine = field(default_factory=lambda: DuckEngine(connect(MEMORY)))

    def __post_init__(self) -> None:
        self.source = facts(self.home, self.engine)

    def told(self, orders: Collection[str]) -> dict[str, OrderTold]:
        """Of these orders; delivered is one whose every line is."""
        if not orders:
            return {}
        self.engine.connection.register("asked_for", pa.table({"order_id": pa.array(sorted(orders), pa.string())}))
        products = f"SELECT product AS code, category FROM ({self._source('products')})"  # noqa: S608  (our own texts)
        query = f"""WITH lines AS (SELECT * FROM ({self._source("order_lines")}) SEMI JOIN asked_for USING (order_id)
                LEFT JOIN ({products}) ON product = code WHERE quantity > 0),
            families AS (SELECT order_id, category, sum(amount) AS amount FROM lines WHERE category IS NOT NULL GROUP BY ALL),
            most AS (SELECT order_id, arg_max(category, (amount, category)) AS family FROM families GROUP BY order_id)
            SELECT order_id, min(ordered_on), max(promised_on),
            CASE WHEN count(delivered_on) = count(*) THEN max(delivered_on) END, coalesce(any_value(family), ''),
            min(customer)
            FROM lines LEFT JOIN most USING (order_id) GROUP BY order_id"""  # noqa: S608  (our own texts)
        rows = self.engine.connection.execute(query).fetchall()
        return {row[0]: OrderTold(day_of(row[1]), _day(row[2]), _day(row[3]), row[4], row[5]) for row in rows}

    def large(self, customers: Collection[str], as_of: date) -> Iterator[Found]:
        """Orders of the last days that are larger than what the account usually orders."""
        query = f"""WITH orders AS ({self._orders()}), late AS (SELECT * FROM orders WHERE day > $since AND day <= $as_of)
            SELECT l.customer, l.order_id, '', l.day, l.amount, median(o.amount) FROM late AS l
            JOIN orders AS o ON o.customer = l.customer AND o.day < l.day AND o.day >= l.day - {USUAL} AND o.amount > 0
            GROUP BY l.customer, l.order_id, l.day, l.amount
            HAVING count(*) >= {FEWEST} AND l.amount > {TIMES} * median(o.amount) AND l.amount > quantile_cont(o.amount, 0.9)
            ORDER BY l.amount DESC, l.order_id"""  # noqa: S608  (our own texts)
        return self._found(query, customers, as_of)

    def families(self, customers: Collection[str], as_of: date) -> Iterator[Found]:
        """Orders by which an account bought of a product family for the first time."""
        query = f"""WITH lines AS ({self._lines()}),
            first AS (SELECT customer, category, min(day) AS day, arg_min(order_id, (day, order_id)) AS order_id FROM lines
                WHERE category IS NOT NULL AND amount > 0 GROUP BY customer, category),
            known AS (SELECT customer, min(day) AS since FROM lines GROUP BY customer)
            SELECT f.customer, f.order_id, f.category, f.day, sum(l.amount), NULL FROM first AS f
            JOIN known AS k ON k.customer = f.customer AND k.since <= f.day - {KNOWN}
            JOIN lines AS l ON l.order_id = f.order_id AND l.customer = f.customer AND l.category = f.category
            WHERE f.day > $since AND f.day <= $as_of GROUP BY ALL ORDER BY 5 DESC, 2, 3"""  # noqa: S608  (our own texts)
        return self._found(query, customers, as_of)

    def _found(self, query: str, customers: Collection[str], as_of: date) -> Iterator[Found]:
        self.engine.connection.register("wanted", pa.table({"customer": pa.array(sorted(customers), pa.string())}))
        last = day_number(as_of)
        asked = {"currency": self.currency, "since": last - LATELY, "as_of": last}
        for code, order, family, day, amount, usual in self.engine.connection.execute(query, asked).fetchall():
            told = None if usual is None else Decimal(str(usual))
            yield Found(code, order, family, day_of(day), Decimal(str(amount)), told)

    def _orders(self) -> str:
        return f"SELECT customer, order_id, min(day) AS day, sum(amount) AS amount FROM ({self._lines()}) GROUP BY ALL"  # noqa: S608  (our own texts)

    def _lines(self) -> str:
        """Lines of the accounts that are looked at, in the house's currency, with the family of their product."""
        products = f"SELECT product AS code, category FROM ({self._source('products')})"  # noqa: S608  (our own texts)
        return (
            f"SELECT customer, order_id, ordered_on AS day, amount, category FROM ({self._source('order_lines')}) "  # noqa: S608  (our own texts)
            f"SEMI JOIN wanted USING (customer) LEFT JOIN ({products}) ON product = code "
            "WHERE coalesce(currency, $currency) = $currency"
        )

    def _source(self, table: str) -> str:
        relation: Any = self.source.frame(table, None).to_native()
        said: str = relation.sql_query()
        return said


def _day(number: int | None) -> date | None:
    return None if number is None else day_of(number)
