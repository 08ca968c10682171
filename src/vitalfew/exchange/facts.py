"""What accounts told goes to the facts as ``sell_out``, over all places of a day, where every analysis reads it.

A day is given once what was sold on it is told; what a later file corrects is given again, as a newer version of the row. A
figure that is below zero or jumps waits until somebody has explained it, or it is corrected.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from vitalfew.exchange.models import DataDoubt, DataRow
from vitalfew.exchange.models.doubts import UNSETTLED
from vitalfew.exchange.words import Doubt, Measure

Told = Callable[[frozenset[int]], None]
Key = tuple[str, str, date]
MOST: Final = 100_000
AT_A_TIME: Final = 500
SCHEMA: Final = pa.schema(
    [
        ("customer", pa.string()), ("product", pa.string()), ("date", pa.date32()), ("quantity", pa.decimal128(18, 4)),
        ("stock_after", pa.decimal128(18, 4)), ("place", pa.string()),
    ]
)  # fmt: skip


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The days that the facts don't know as they are here, and what to do when they are stored."""
    held = _held()
    rows = _ready().filter(known=False).order_by("pk")[:MOST]
    fresh = [row for row in rows if _key(row) not in held]
    keys = list(dict.fromkeys(_key(row) for row in fresh))
    days = _days(keys)
    told = [row for key in keys if (row := _row(key, days[key]))]
    if told:
        numbers = {key: [row.pk for row in days[key]] for key in keys}
        yield "sell-out", pa.Table.from_pylist(told, SCHEMA), lambda rejected: _given(numbers, told, rejected)
    elif fresh:
        _known([row.pk for row in fresh])


def _held() -> set[Key]:
    """What is in doubt."""
    doubts = DataDoubt.objects.filter(kind__in=(Doubt.NEGATIVE, Doubt.JUMP), state__in=UNSETTLED)
    return set(doubts.values_list("account__code", "product", "day"))


def _ready() -> Any:
    current = DataRow.objects.filter(current=True, measure__in=(Measure.SOLD, Measure.STOCK))
    return current.select_related("account")


def _key(row: DataRow) -> Key:
    return row.account.code, row.product, row.day


def _days(keys: list[Key]) -> dict[Key, list[DataRow]]:
    """All that is told of those products on those days."""
    found: dict[Key, list[DataRow]] = {key: [] for key in keys}
    if keys:
        accounts, dates = {key[0] for key in keys}, [key[2] for key in keys]
        for row in _ready().filter(account__code__in=accounts, day__range=(min(dates), max(dates))):
            if _key(row) in found:
                found[_key(row)].append(row)
    return found


def _row(key: Key, rows: list[DataRow]) -> dict[str, Any] | None:
    """Sums over places; the stock only where every place that sold tells it."""
    sold = {row.place: row.quantity for row in rows if row.measure == Measure.SOLD}
    left = {row.place: row.quantity for row in rows if row.measure == Measure.STOCK}
    if not sold:
        return None
    customer, product, day = key
    return {
        "customer": customer, "product": product, "date": day, "quantity": sum(sold.values(), Decimal(0)),
        "stock_after": sum(left.values(), Decimal(0)) if sold.keys() <= left.keys() else None,
        "place": next(iter(sold)) or None if len(sold) == 1 else None,
    }  # fmt: skip


def _given(numbers: dict[Key, list[int]], told: list[dict[str, Any]], rejected: frozenset[int]) -> None:
    """All but what was refused: that waits for its correction, and is offered again."""
    back = {(row["customer"], row["product"], row["date"]) for place, row in enumerate(told) if place in rejected}
    _known([pk for key, rows in numbers.items() if key not in back for pk in rows])


def _known(numbers: list[int]) -> None:
    for first in range(0, len(numbers), AT_A_TIME):
        DataRow.objects.filter(pk__in=numbers[first : first + AT_A_TIME]).update(known=True)
