"""What the facts tell of products: what is on hand and on order, how long deliveries take, what all accounts will need."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from vitalfew.catalogue import Refusal, catalogue
from vitalfew.language import Message
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines import engine
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number, day_of, start
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

MOST: Final = 200
"""So many products are drawn, those with the most net sales of a year."""
MONTHS: Final = 5
FEWEST: Final = 10
"""So many delivered lines tell how long a product's deliveries take."""
YEAR: Final = 365


@dataclass
class Read:
    """What was read, by product."""

    as_of: date
    currency: str
    stock: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    leads: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    prices: dict[str, float] = field(default_factory=dict)
    needs: dict[str, dict[date, tuple[float, float]]] = field(default_factory=dict)
    foretold: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By which method, and how that did on the last six months."""
    refused: Message | None = None
    came: dict[str, tuple[float, int]] = field(default_factory=dict)
    """Which part of what stood on order at the count before the latest had come by that one, and how many days lie between."""


def read(refresh: Refresh) -> Read:
    """As of a refresh."""
    found = Read(refresh.as_of, refresh.currency)
    _stock(found)
    _came(found)
    _orders(found)
    _names(found)
    _needs(found)
    return found


def _sql(table: str) -> str:
    return current_sql(Store(settings.HOME.facts).ledger(TABLES[table]).snapshot())


def _stock(found: Read) -> None:
    """The latest count of each place, none after the figures' day."""
    query = (
        f"SELECT product, place, counted_on, quantity::DOUBLE AS on_hand, coalesce(on_order, 0)::DOUBLE AS on_order "  # noqa: S608  (our own texts)
        f"FROM ({_sql('stock')}) WHERE counted_on <= $day "
        "QUALIFY row_number() OVER (PARTITION BY product, place ORDER BY counted_on DESC) = 1 ORDER BY product, place"
    )
    for row in rows_of(query, {"day": day_number(found.as_of)}):
        found.stock.setdefault(row["product"], []).append({**row, "counted_on": day_of(row["counted_on"])})


def _came(found: Read) -> None:
    """More is there than was, beside what was delivered meanwhile: so much came. Where the same places were counted."""
    counted = (
        "SELECT product, counted_on, count(*) AS places, sum(quantity)::DOUBLE AS on_hand, "  # noqa: S608  (our own texts)
        f"sum(coalesce(on_order, 0))::DOUBLE AS on_order FROM ({_sql('stock')}) WHERE counted_on <= $day GROUP BY 1, 2"
    )
    pairs = (
        "SELECT product, counted_on, places, on_hand, lag(counted_on) OVER earlier AS since, "  # noqa: S608  (our own texts)
        "lag(places) OVER earlier AS places_then, lag(on_hand) OVER earlier AS had, "
        f"lag(on_order) OVER earlier AS expected FROM ({counted}) "
        "WINDOW earlier AS (PARTITION BY product ORDER BY counted_on) "
        "QUALIFY row_number() OVER (PARTITION BY product ORDER BY counted_on DESC) = 1"
    )
    query = (
        "SELECT pair.product, any_value(expected) AS expected, any_value(counted_on - since) AS days, "  # noqa: S608  (our own texts)
        "any_value(on_hand - had) + coalesce(sum(coalesce(quantity_delivered, quantity)), 0)::DOUBLE AS came "
        f"FROM ({pairs}) AS pair LEFT JOIN ({_sql('order_lines')}) AS line ON line.product = pair.product AND quantity > 0 "
        "AND delivered_on > since AND delivered_on <= counted_on "
        "WHERE places = places_then AND expected > 0 GROUP BY pair.product"
    )
    for row in rows_of(query, {"day": day_number(found.as_of)}):
        found.came[row["product"]] = min(max(row["came"] / row["expected"], 0.0), 1.0), row["days"]


def _orders(found: Read) -> None:
    """Lead times and the usual price, of a year's lines."""
    query = (
        f"SELECT product, sum(amount)::DOUBLE AS amount, sum(quantity)::DOUBLE AS quantity, "  # noqa: S608  (our own texts)
        "count(delivered_on) AS lines, avg(delivered_on - ordered_on) AS days, "
        "coalesce(stddev_samp(delivered_on - promised_on), stddev_samp(delivered_on - ordered_on)) AS deviation "
        f"FROM ({_sql('order_lines')}) WHERE product IS NOT NULL AND quantity > 0 AND ordered_on <= $day "
        "AND ordered_on > $since AND coalesce(currency, '') = $currency GROUP BY product"
    )
    day = day_number(found.as_of)
    for row in rows_of(query, {"day": day, "since": day - YEAR, "currency": found.currency}):
        found.prices[row["product"]] = row["amount"] / row["quantity"]
        found.leads[row["product"]] = row


def _names(found: Read) -> None:
    rows = rows_of(f"SELECT product, name, category FROM ({_sql('products')})", {})  # noqa: S608  (our own texts)
    found.names = {row["product"]: (row["name"] or "", row["category"] or "") for row in rows}


def _needs(found: Read) -> None:
    """What all accounts together will need: foretold as one account's, so that season and interval are the product's."""
    try:
        with engine() as chosen:
            run = start(facts(settings.HOME, chosen), chosen, day_number(found.as_of), found.currency or None)
            lines = run.frame("order_lines").with_columns(customer=nw.lit("*"))
            rows = (
                catalogue()["demand"]
                .function(lines, as_of=run.as_of, horizon=MONTHS, accounts=1, each=MOST)
                .rows.to_pylist()
            )
    except Refusal as refused:
        found.refused = refused.message
        return
    for row in rows:
        if row["mean"] is not None:
            month = day_of(row["period"])
            found.needs.setdefault(row["product"], {})[month] = (row["mean"], max(row["high"] or 0.0, row["mean"]))
            found.foretold[row["product"]] = {name: row[name] for name in ("method", "mase", "wape")}


def of_accounts(refresh: Refresh, products: Collection[str] = ()) -> Mapping[str, dict[str, dict[date, float]]]:
    """What each of the largest accounts will need of a product, by month: of the kept forecast."""
    try:
        table = scorecards.result(settings.HOME, refresh, "demand").table
    except Refusal:
        return {}
    rows = (
        table.filter(pc.is_in(table["product"], pa.array(products, pa.string()))) if products else table
    ).to_pylist()
    found: dict[str, dict[str, dict[date, float]]] = {}
    for row in rows:
        if row["mean"]:
            by_account = found.setdefault(row["product"], {}).setdefault(row["customer"], {})
            by_account[day_of(row["period"])] = row["mean"]
    return found
