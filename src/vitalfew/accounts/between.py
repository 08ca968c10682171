"""What an account's facts say of a span of days, each read once from the ledgers. Amounts of two currencies are never added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.conf import settings

from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

OURS: Final = "FILTER (WHERE coalesce(currency, $currency) = $currency)"
OTHERS: Final = "count(*) FILTER (WHERE coalesce(currency, $currency) <> $currency) AS others"


class Sums(NamedTuple):
    """Amount and cost in the currency asked for; how many rows are in another, and how many have no cost."""

    amount: float = 0.0
    cost: float = 0.0
    others: int = 0
    uncosted: int = 0


@dataclass(frozen=True)
class Between:
    """The account's codes, the first and last day, and in which currency amounts are told."""

    codes: Sequence[str]
    since: date
    until: date
    currency: str

    def of(self, category: str | None = None) -> Sums:
        """What was bought: all of it, or of one category."""
        rows = [sums for name, sums in self.bought.items() if category in {None, name}]
        return Sums(*(sum(figures) for figures in zip(*rows, strict=True))) if rows else Sums()

    @cached_property
    def bought(self) -> Mapping[str | None, Sums]:
        """By category; None is what stands in no category."""
        products = current_sql(self._store.ledger(TABLES["products"]).snapshot())
        columns = f"""category, coalesce(sum(amount) {OURS}, 0)::DOUBLE AS amount, coalesce(sum(cost) {OURS}, 0)::DOUBLE AS cost,
            {OTHERS}, count(*) FILTER (WHERE cost IS NULL) AS uncosted"""
        joined = f"LEFT JOIN (SELECT product AS code, category FROM ({products})) ON product = code"  # noqa: S608  (our own texts)
        rows = self.rows("order_lines", "ordered_on", columns, joined, "GROUP BY category")
        return {row["category"]: Sums(row["amount"], row["cost"], row["others"], row["uncosted"]) for row in rows}

    @cached_property
    def served(self) -> Sums:
        columns = f"coalesce(sum(cost) {OURS}, 0)::DOUBLE AS amount, {OTHERS}"
        (row,) = self.rows("service_costs", "spent_on", columns)
        return Sums(row["amount"], others=row["others"])

    @cached_property
    def complained(self) -> int:
        (row,) = self.rows("complaints", "received_on", "count(*) AS n")
        return int(row["n"])

    def rows(self, table: str, day: str, columns: str, joined: str = "", rest: str = "") -> list[dict[str, Any]]:
        """The account's rows of these days; all texts are ours, what anybody said is a parameter."""
        source = current_sql(self._store.ledger(TABLES[table]).snapshot())
        span = f"{day} BETWEEN {day_number(self.since)} AND {day_number(self.until)}"
        query = f"SELECT {columns} FROM ({source}) {joined} WHERE {one_of(list(self.codes))} AND {span} {rest}"  # noqa: S608  (our own texts; codes are parameters)
        asked = {"currency": self.currency} if "$currency" in query else {}
        return rows_of(query, {**named(list(self.codes)), **asked})

    @cached_property
    def _store(self) -> Store:
        return Store(settings.HOME.facts)


def categories() -> list[str]:
    """The categories of the product list."""
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["products"]).snapshot())
    query = f"SELECT DISTINCT category FROM ({source}) WHERE category IS NOT NULL ORDER BY 1"  # noqa: S608  (our own texts)
    return [row["category"] for row in rows_of(query, {})]
