"""What the facts tell of reservations: order lines delivered take from them, the earliest first; what nobody took in time ends.

Worked out anew from the facts each time, so that lines that were corrected or taken back give back what they had taken. By the
figures' day, not by today's: what was delivered later is not known yet.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.conf import settings

from vitalfew.supply.models import Reservation
from vitalfew.supply.reserving import NONE
from vitalfew.supply.weeks import DAY
from vitalfew.supply.words import Hold
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

YEAR: Final = 365 * DAY
Of = tuple[int, str]
"""An account and a product."""


def settle(as_of: date) -> None:
    """All that were made within a year."""
    rows = list(Reservation.objects.filter(since__gt=as_of - YEAR).select_related("account"))
    if not rows:
        return
    delivered, by = deliveries(rows, as_of), defaultdict[Of, list[Reservation]](list)
    for row in rows:
        by[row.account_id, row.product].append(row)
    changed = [row for of, each in by.items() for row in settled(each, delivered.get(of, []), as_of)]
    for row in changed:
        row.version += 1
    Reservation.objects.bulk_update(changed, ["taken", "ended_on", "state", "version"], batch_size=500)


def deliveries(rows: list[Reservation], as_of: date) -> Mapping[Of, list[tuple[date, Decimal]]]:
    """What each account got of each product, by day."""
    accounts = {row.account for row in rows}
    whose = {code: account.pk for account in accounts for code in account.codes}
    query = (
        "SELECT customer, product, delivered_on, sum(coalesce(quantity_delivered, quantity)) AS quantity "  # noqa: S608  (our own texts)
        f"FROM ({current_sql(Store(settings.HOME.facts).ledger(TABLES['order_lines']).snapshot())}) "
        f"WHERE {one_of(list(whose))} AND delivered_on BETWEEN $since AND $until AND quantity > 0 "
        "GROUP BY customer, product, delivered_on ORDER BY delivered_on, customer"
    )
    found: dict[Of, list[tuple[date, Decimal]]] = defaultdict(list)
    days = {"since": day_number(min(row.since for row in rows)), "until": day_number(as_of)}
    for row in rows_of(query, {**named(list(whose)), **days}):
        found[whose[row["customer"]], row["product"]].append(
            (day_of(row["delivered_on"]), Decimal(str(row["quantity"])))
        )
    return found


def settled(rows: list[Reservation], delivered: list[tuple[date, Decimal]], as_of: date) -> list[Reservation]:
    """Of one account and product, by week: those that are not what they were."""
    before = [(row.taken, row.ended_on, row.state) for row in rows]
    most = {row.pk: row.taken if row.state == Hold.GIVEN_BACK else row.quantity for row in rows}
    for row in rows:
        row.taken = NONE
    for day, quantity in delivered:
        _take(rows, most, day, quantity)
    for row in rows:
        if row.state != Hold.GIVEN_BACK:
            _end(row, as_of)
    return [row for row, was in zip(rows, before, strict=True) if (row.taken, row.ended_on, row.state) != was]


def _take(rows: list[Reservation], most: Mapping[int, Decimal], day: date, quantity: Decimal) -> None:
    for row in rows:
        if row.since <= day <= row.expires_on:
            part = min(quantity, most[row.pk] - row.taken)
            row.taken, quantity = row.taken + part, quantity - part


def _end(row: Reservation, as_of: date) -> None:
    """Keeps the day on which it ended, as long as it ended so."""
    waits = Hold.EXPIRED if row.expires_on < as_of else Hold.KEPT
    how = (Hold.FULFILLED if row.taken >= row.quantity else waits).value
    if how != row.state:
        row.ended_on, row.state = (None if how == Hold.KEPT else as_of), how
