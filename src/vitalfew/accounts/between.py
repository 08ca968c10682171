"""What an account's facts say of a span of days, each read once from the ledgers. Amounts of two currencies are never added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.conf import settings

from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

OUR: Final = "coalesce(currency, $currency) = $currency"
OURS: Final = f"FILTER (WHERE {OUR})"
OTHERS: Final = "count(*) FILTER (WHERE coalesce(currency, $currency) <> $currency) AS others"


ALMOST: Final = 0.9999
"""Before the last day nothing is missed, though earlier years had bought everything by then."""
FEWEST: Final = 12
"""Days with orders from which earlier years tell how a year runs."""


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
        """What was bought: all of it, or of one category; added up to the cent."""
        rows = [sums for name, sums in self.bought.items() if category in {None, name}]
        amount, cost, others, uncosted = (sum(figures) for figures in zip(*rows, strict=True)) if rows else (0, 0, 0, 0)
        return Sums(float(amount), float(cost), int(others), int(uncosted))

    @cached_property
    def bought(self) -> Mapping[str | None, tuple[Decimal | int, ...]]:
        """By category; None is what stands in no category."""
        columns = f"""category, coalesce(sum(amount) {OURS}, 0) AS amount, coalesce(sum(cost) {OURS}, 0) AS cost,
            {OTHERS}, count(*) FILTER (WHERE cost IS NULL) AS uncosted"""
        rows = self.rows("order_lines", "ordered_on", columns, self._products, "GROUP BY category")
        return {row["category"]: (row["amount"], row["cost"], row["others"], row["uncosted"]) for row in rows}

    @cached_property
    def served(self) -> Sums:
        columns = f"coalesce(sum(cost) {OURS}, 0)::DOUBLE AS amount, {OTHERS}"
        (row,) = self.rows("service_costs", "spent_on", columns)
        return Sums(row["amount"], others=row["others"])

    @cached_property
    def complained(self) -> int:
        (row,) = self.rows("complaints", "received_on", "count(*) AS n")
        return int(row["n"])

    def gone_by(self, end: date, category: str | None = None) -> float | None:
        """Which share of what it buys from the first day to ``end`` it has usually bought by the last day.

        ``sum over years k = 1, 2 of bought(since - k .. until - k) / sum of bought(since - k .. end - k)``: a share of
        sales, not of days, so that a quiet season is not taken for lagging. None where those years say too little: fewer
        than twelve days with orders, or returns that outweigh what was bought before them.
        """
        years = [[years_before(day, k) for day in (self.since, self.until, end)] for k in (1, 2)]
        so_far, whole = (self._then([(year[0], year[at]) for year in years], category) for at in (1, 2))
        columns = (
            f"sum(amount) FILTER (WHERE {so_far})::DOUBLE AS part, sum(amount) FILTER (WHERE {whole})::DOUBLE AS whole, "
            f"count(DISTINCT ordered_on) FILTER (WHERE {whole}) AS days"
        )
        before = replace(self, since=years[-1][0], until=years[0][-1])
        joined = self._products if category else ""
        (row,) = before.rows("order_lines", "ordered_on", columns, joined, category=category)
        part, bought = row["part"] or 0.0, row["whole"] or 0.0
        told = row["days"] >= FEWEST and bought > 0 and 0 <= part <= bought
        return min(float(part / bought), ALMOST) if told else None

    @staticmethod
    def _then(spans: Sequence[tuple[date, date]], category: str | None) -> str:
        """Lines of these spans, in our currency, and of the category where one is asked for."""
        days = " OR ".join(f"ordered_on BETWEEN {day_number(since)} AND {day_number(until)}" for since, until in spans)
        return f"({days}) AND {OUR}{' AND category = $category' if category else ''}"

    def rows(
        self,
        table: str,
        day: str,
        columns: str,
        joined: str = "",
        rest: str = "",
        *,
        category: str | None = None,
        product: str | None = None,
    ) -> list[dict[str, Any]]:
        """The account's rows of these days; all texts are ours, what anybody said is a parameter."""
        source = current_sql(self._store.ledger(TABLES[table]).snapshot())
        span = f"{day} BETWEEN {day_number(self.since)} AND {day_number(self.until)}"
        query = f"SELECT {columns} FROM ({source}) {joined} WHERE {one_of(list(self.codes))} AND {span} {rest}"  # noqa: S608  (our own texts; codes are parameters)
        asked = {"currency": self.currency, "category": category, "product": product}
        return rows_of(query, {**named(list(self.codes)), **{k: v for k, v in asked.items() if f"${k}" in query}})

    @cached_property
    def _products(self) -> str:
        """Lines joined with the category of their product."""
        products = current_sql(self._store.ledger(TABLES["products"]).snapshot())
        return f"LEFT JOIN (SELECT product AS code, category FROM ({products})) ON product = code"  # noqa: S608  (our own texts)

    @cached_property
    def _store(self) -> Store:
        return Store(settings.HOME.facts)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the day before."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def categories() -> list[str]:
    """The categories of the product list."""
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["products"]).snapshot())
    query = f"SELECT DISTINCT category FROM ({source}) WHERE category IS NOT NULL ORDER BY 1"  # noqa: S608  (our own texts)
    return [row["category"] for row in rows_of(query, {})]
