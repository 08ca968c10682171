"""From count to count of an account's stock: what was left, sold and delivered between them, as far as it is known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.exchange import odd
from vitalfew.exchange.models import DataExchange, DataRow
from vitalfew.exchange.words import Measure
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

KNOWN: Final = timedelta(days=280)
"""So far back figures tell what is usual."""
BORDER: Final = timedelta(days=2)
"""So many days around a count goods may have been counted with it or not."""
Series = Mapping[tuple[str, str], dict[date, float]]


@dataclass
class Told:
    """What is told by now, by measure, product and place."""

    series: dict[str, dict[tuple[str, str], dict[date, float]]] = field(default_factory=dict)

    def of(self, measure: Measure) -> Series:
        return self.series.get(measure.value, {})


def read(account: Account, since: date) -> Told:
    rows = DataRow.objects.filter(account=account, current=True, day__gte=since).order_by("day")
    told = Told()
    for measure, product, place, day, quantity in rows.values_list("measure", "product", "place", "day", "quantity"):
        told.series.setdefault(measure, {}).setdefault((product, place), {})[day] = float(quantity)
    return told


@dataclass(frozen=True)
class Span:
    """From one count of a product to the next, over the places that told both."""

    product: str
    since: date
    day: date
    before: float
    sold: float
    delivered: tuple[float, float]
    after: float
    tolerance: float

    @property
    def beside(self) -> float | None:
        return odd.balance(self.before, self.sold, self.delivered, self.after, self.tolerance)


def spans(exchange: DataExchange, told: Told, since: date) -> Iterator[Span]:
    """Counts that follow each other, where both what was sold and what was delivered between them is known."""
    came = Came(told, deliveries(exchange.account, since - KNOWN), _known_until())
    for product, days in _counted(told).items():
        for before, day in pairwise(sorted(days)):
            if day >= since and days[before].keys() == days[day].keys():
                sold = _sold(told, product, set(days[day]), (before, day))
                delivered = came.between(product, before, day)
                if sold is not None and delivered is not None:
                    left, after = (sum(days[each].values()) for each in (before, day))
                    yield Span(product, before, day, left, sold, delivered, after, exchange.tolerance / 100)


def _counted(told: Told) -> Mapping[str, Mapping[date, Mapping[str, float]]]:
    """By product and day what each place has left."""
    found: dict[str, dict[date, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for (product, place), days in told.of(Measure.STOCK).items():
        for day, quantity in days.items():
            found[product][day][place] = quantity
    return found


def _sold(told: Told, product: str, places: set[str], span: tuple[date, date]) -> float | None:
    """What those places sold after one day until another; None where one of them tells nothing."""
    total, (before, day) = 0.0, span
    for place in places:
        days = told.of(Measure.SOLD).get((product, place), {})
        figures = [quantity for on, quantity in days.items() if before < on <= day]
        if not figures:
            return None
        total += sum(figures)
    return total


@dataclass(frozen=True)
class Came:
    """What came in: as the account tells it, else what we delivered, as far as our own figures reach."""

    told: Told
    ours: Mapping[str, Mapping[date, float]]
    until: date | None

    def between(self, product: str, before: date, day: date) -> tuple[float, float] | None:
        """At least and at most."""
        theirs = [
            quantity for (what, _place), days in self.told.of(Measure.RECEIVED).items() if what == product
            for on, quantity in days.items() if before < on <= day
        ]  # fmt: skip
        if theirs:
            return sum(theirs), sum(theirs)
        if self.until is None or day > self.until:
            return None
        ours = self.ours.get(product, {})
        low = sum(n for on, n in ours.items() if before + BORDER < on <= day - BORDER)
        return low, sum(n for on, n in ours.items() if before - BORDER < on <= day + BORDER)


def _known_until() -> date | None:
    refresh = scorecards.current()
    return refresh.as_of if refresh else None


def deliveries(account: Account, since: date) -> dict[str, dict[date, float]]:
    """What we delivered to it, by product and day."""
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    query = (
        f"SELECT product, delivered_on, sum(coalesce(quantity_delivered, quantity))::DOUBLE AS n FROM ({source}) "  # noqa: S608  (our own texts; codes are parameters)
        f"WHERE {one_of(account.codes)} AND delivered_on >= {day_number(since)} AND product IS NOT NULL AND quantity > 0 "
        "GROUP BY product, delivered_on"
    )
    found: dict[str, dict[date, float]] = defaultdict(dict)
    for row in rows_of(query, named(account.codes)):
        found[row["product"]][day_of(row["delivered_on"])] = row["n"]
    return found
