"""What an account is told, table by table, and nothing that is not agreed on with it.

Of what we have it hears whether there is enough, never how much, nor of anybody else's. What it should order follows from its
own stock and sales.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.exchange import counts
from vitalfew.exchange.costs import costs
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.prices import prices
from vitalfew.exchange.words import Enough, Measure, Offer, Rhythm
from vitalfew.maths.order_up_to import Demand, order
from vitalfew.people.records import NotPossible
from vitalfew.supply.models import Stocked
from vitalfew.supply.words import Cover
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

NOT_AGREED: Final = _("This is not agreed on with the account")
MOST: Final = 500
SERVICE: Final = 0.95
USUAL_LEAD: Final = (14.0, 3.0)
"""Days until goods are there, and their deviation, where too few deliveries tell."""
FEWEST_LINES, FEWEST_REPORTS = 10, 8
LATELY: Final = timedelta(days=92)
STALE: Final = timedelta(days=31)
"""What was counted longer ago says nothing of today's stock."""
REVIEW: Final[Mapping[str, float]] = {Rhythm.DAILY: 1.0, Rhythm.WEEKLY: 7.0, Rhythm.MONTHLY: 30.4}


@dataclass(frozen=True)
class Column:
    """A column of a table that leaves the house."""

    name: str
    label: str


@dataclass(frozen=True)
class Table:
    """What is told under a word: its columns in order, and its rows."""

    offer: Offer
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]

    @property
    def cells(self) -> list[list[Any]]:
        return [[row[column.name] for column in self.columns] for row in self.rows]


PRODUCT: Final = Column("product", _("Product"))
COLUMNS: Final[Mapping[Offer, tuple[Column, ...]]] = {
    Offer.AVAILABILITY: (
        PRODUCT, Column("state", _("Availability")), Column("again", _("Enough again from (no day: ask us)")),
    ),
    Offer.SHIPMENTS: (
        Column("order", _("Order")), PRODUCT, Column("quantity", _("Quantity")), Column("promised", _("Promised for")),
    ),
    Offer.PROPOSAL: (
        PRODUCT, Column("stock", _("Stock left")), Column("counted", _("Counted on")), Column("coming", _("On its way")),
        Column("daily", _("Sold on a day")), Column("order", _("Order proposed")),
    ),
    Offer.PRICES: (
        PRODUCT, Column("category", _("Category")), Column("from_quantity", _("From a quantity of")),
        Column("discount", _("Discount, per cent")), Column("price", _("Price")), Column("currency", _("Currency")),
        Column("until", _("Holds until")), Column("agreement", _("Agreement")),
    ),
    Offer.COSTS: (
        Column("promotion", _("Promotion")), Column("since", _("From")), Column("until", _("To")), Column("ours", _("We pay")),
        Column("theirs", _("You pay")), Column("currency", _("Currency")), Column("agreed_on", _("Agreed to on")),
    ),
}  # fmt: skip


def offered(exchange: DataExchange, word: str) -> Table:
    """The table, where it is agreed on and the exchange runs."""
    offer = next((each for each in exchange.offered if each.value == word), None)
    if offer is None or not exchange.runs_on(timezone.localdate()):
        raise NotPossible(NOT_AGREED)
    rows = [{name: _plain(value) for name, value in row.items()} for row in TABLES_OF[offer](exchange)[:MOST]]
    return Table(offer, COLUMNS[offer], rows)


def _plain(value: Any) -> Any:
    """A whole quantity without a point.

    >>> _plain(14.0), _plain(2.5), _plain("14.0")
    (14, 2.5, '14.0')
    """
    return int(value) if isinstance(value, float) and value.is_integer() else value


def availability(exchange: DataExchange) -> list[dict[str, Any]]:
    """Of what it buys of us."""
    own = {
        line["product"] for line in _lines(exchange.account, "ordered_on", timezone.localdate() - timedelta(days=730))
    }
    rows = Stocked.objects.filter(code__in=own).order_by("code").prefetch_related("weeks")
    return [_available(row) for row in rows]


def _available(row: Stocked) -> dict[str, Any]:
    """The week after the last that is short; no day where nothing that is known to come is enough."""
    if row.cover != Cover.SHORT:
        return {"product": row.code, "state": Enough.ENOUGH, "again": None}
    weeks = list(row.weeks.all())
    last = max((place for place, week in enumerate(weeks) if week.cover == Cover.SHORT), default=len(weeks))
    return {
        "product": row.code, "state": Enough.SHORT, "again": weeks[last + 1].since if last + 1 < len(weeks) else None,
    }  # fmt: skip


def shipments(exchange: DataExchange) -> list[dict[str, Any]]:
    """Order lines that are not delivered yet, the soonest first."""
    lines = _lines(exchange.account, "ordered_on", timezone.localdate() - timedelta(days=366))
    waiting = [line for line in lines if line["delivered_on"] is None and line["promised_on"] is not None]
    told = [
        {"order": line["order_id"], "product": line["product"], "quantity": line["quantity"],
         "promised": day_of(line["promised_on"])}
        for line in waiting
    ]  # fmt: skip
    return sorted(told, key=lambda row: (row["promised"], row["order"], row["product"]))


def proposal(exchange: DataExchange) -> list[dict[str, Any]]:
    """What it should order of each product whose sales and stock it told lately."""
    today = timezone.localdate()
    told = counts.read(exchange.account, today - LATELY)
    coming: dict[str, float] = {}
    for row in shipments(exchange):
        coming[row["product"]] = coming.get(row["product"], 0.0) + row["quantity"]
    lead, review = _lead(exchange.account), REVIEW.get(exchange.stock or exchange.sell_out, 7.0)
    found = (
        _proposed(told, product, coming.get(product, 0.0), (*lead, review), today)
        for product in sorted({product for product, _place in told.of(Measure.STOCK)})
    )
    return [row for row in found if row]


def _proposed(
    told: counts.Told, product: str, coming: float, days: tuple[float, float, float], today: date
) -> dict[str, Any] | None:
    """None where too few reports tell its demand, or its stock was counted too long ago."""
    left = {place: max(on.items()) for (what, place), on in told.of(Measure.STOCK).items() if what == product}
    counted = min(day for day, _quantity in left.values())
    sold = _sold(told, product)
    if counted < today - STALE or len(sold) < FEWEST_REPORTS:
        return None
    stock, (lead, spread, review) = sum(quantity for _day, quantity in left.values()), days
    demand = Demand(*_of_a_day(sold), lead, spread, review)
    return {
        "product": product, "stock": stock, "counted": counted, "coming": coming, "daily": round(demand.mean, 2),
        "order": order(demand, SERVICE, stock, coming),
    }  # fmt: skip


def _sold(told: counts.Told, product: str) -> list[tuple[float, int]]:
    """What was sold over all places and in how many days, report by report; of the first nobody knows since when it tells."""
    days: dict[date, float] = {}
    for (what, _place), on in told.of(Measure.SOLD).items():
        if what == product:
            for day, quantity in on.items():
                days[day] = days.get(day, 0.0) + quantity
    return [(days[day], (day - before).days) for before, day in pairwise(sorted(days))]


def _of_a_day(sold: list[tuple[float, int]]) -> tuple[float, float]:
    """Mean and deviation of a day's demand: the mean of a report's days deviates by √days less than a single day does.

    >>> _of_a_day([(70, 7), (84, 7), (56, 7)])
    (10.0, 5.29...)
    """
    rates, days = [quantity / n for quantity, n in sold], fmean(n for _quantity, n in sold)
    return max(fmean(rates), 0.0), stdev(rates) * sqrt(days)


def _lead(account: Account) -> tuple[float, float]:
    """Days from order to delivery at this account, and their deviation."""
    lines = _lines(account, "delivered_on", timezone.localdate() - timedelta(days=366))
    days = [float(line["delivered_on"] - line["ordered_on"]) for line in lines if line["delivered_on"] is not None]
    return (fmean(days), stdev(days)) if len(days) >= FEWEST_LINES else USUAL_LEAD


def _lines(account: Account, since_of: str, since: date) -> list[dict[str, Any]]:
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    query = (
        f"SELECT order_id, product, quantity::DOUBLE AS quantity, ordered_on, promised_on, delivered_on FROM ({source}) "  # noqa: S608  (our own texts; codes are parameters)
        f"WHERE {one_of(account.codes)} AND {since_of} >= {day_number(since)} AND product IS NOT NULL AND quantity > 0 "
        "ORDER BY order_id, line_no"
    )
    return rows_of(query, named(account.codes))


TABLES_OF: Final[Mapping[Offer, Callable[[DataExchange], list[dict[str, Any]]]]] = {
    Offer.AVAILABILITY: availability, Offer.SHIPMENTS: shipments, Offer.PROPOSAL: proposal,
    Offer.PRICES: prices, Offer.COSTS: costs,
}  # fmt: skip
