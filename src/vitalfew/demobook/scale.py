"""The same trade at any size: a million accounts, a hundred million order lines, in bounded memory.

What happens on a day is drawn when the day comes, so only the accounts and one batch of lines are ever held. Orders of
one day stand in random order, days ascend: the shape of an ERP export, clustered by nothing.

Accounts that share an assortment and a trend share a clock, the sum of its daily speeds. An account orders when its
clock passes the account's mark; the mark then moves on by an Erlang gap divided by the account's pace.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.demobook.arrays import Chance, Flags, Ints, Reals, chance
from vitalfew.demobook.basket import Lines, lines_of
from vitalfew.demobook.columns import day, money, numbered, picked, quantity, record_batch, same
from vitalfew.demobook.crowd import Crowd, crowd, customer_batches
from vitalfew.demobook.days import Period, month_of_year
from vitalfew.demobook.orders import CHANNELS

END: Final = date(2026, 10, 31)
_BATCH: Final = 200_000
_RETURNED: Final = 0.012
_LATE: Final = 0.1
_WIDTH: Final = 9


def stream_customers(
    seed: int = 1951, accounts: int = 1_000_000, *, months: int = 36, end: date = END
) -> Iterator[pa.RecordBatch]:
    """Draw the account master in batches."""
    yield from customer_batches(seed, crowd(seed, Period.before(end, months), accounts))


def stream_order_lines(
    seed: int = 1951,
    accounts: int = 1_000_000,
    lines: int = 100_000_000,
    *,
    months: int = 36,
    end: date = END,
    batch: int = _BATCH,
) -> Iterator[pa.RecordBatch]:
    """Draw about ``lines`` order lines, days ascending, in batches of about ``batch`` lines."""
    people = crowd(seed, Period.before(end, months), accounts)
    rng = chance(seed, "lines")
    first_number = 1
    for some in _orders(rng, people, lines, batch):
        drawn = lines_of(rng, people.shelf, people.customs, some.account, month_of_year(some.day))
        yield record_batch("order_lines", _columns(rng, people, some, drawn, first_number))
        first_number += len(some.account)


@dataclass(frozen=True, eq=False)
class _Some:
    """Orders of one or several days, in the order of entry."""

    account: Ints
    day: Ints


def _orders(rng: Chance, people: Crowd, lines: int, batch: int) -> Iterator[_Some]:
    pace = _pace(people, lines)
    waiting: list[_Some] = []
    expected = 0.0
    for number, due in enumerate(_due(rng, people, pace)):
        waiting.append(_Some(due, np.full(len(due), people.period.start + number)))
        expected += len(due) + float(people.customs.further[due].sum())
        if expected >= batch:
            yield from _cut(_joined(waiting), max(1, round(expected / batch)))
            waiting, expected = [], 0.0
    if expected:
        yield _joined(waiting)


def _joined(parts: list[_Some]) -> _Some:
    return _Some(np.concatenate([part.account for part in parts]), np.concatenate([part.day for part in parts]))


def _cut(some: _Some, pieces: int) -> Iterator[_Some]:
    """A day with many orders gives several batches."""
    for account, on in zip(np.array_split(some.account, pieces), np.array_split(some.day, pieces), strict=True):
        if len(account):
            yield _Some(account, on)


def _pace(people: Crowd, lines: int) -> Reals:
    """Orders per unit of the clock, so that about ``lines`` lines come about."""
    until = people.clocks[people.row, people.gone - 1]
    since = np.where(people.opened > 0, people.clocks[people.row, people.opened - 1], 0.0)
    expected = (people.often * (until - since) * (1 + people.customs.further)).sum()
    pace: Reals = people.often * (lines / expected)
    return pace


def _due(rng: Chance, people: Crowd, pace: Reals) -> Iterator[Ints]:
    """For each day of the book the accounts that order."""
    clocks, row = people.clocks, people.row
    limit = clocks[row, people.gone - 1]
    since = np.where(people.opened > 0, clocks[row, people.opened - 1], 0.0)
    mark = since + rng.random(len(row)) * rng.standard_gamma(people.shape + 1) / people.shape / pace
    mark[mark > limit] = np.inf
    for place in range(clocks.shape[1]):
        due = rng.permutation(np.flatnonzero(mark <= np.take(clocks[:, place], row)))
        moved = mark[due] + _gaps(rng, people.shape[due], pace[due])
        mark[due] = np.where(moved > limit[due], np.inf, moved)
        yield due


def _gaps(rng: Chance, shape: Ints, pace: Reals) -> Reals:
    gaps: Reals = rng.standard_gamma(shape) / shape / pace
    return gaps


def _columns(rng: Chance, people: Crowd, some: _Some, drawn: Lines, first_number: int) -> dict[str, Any]:
    order, returned = drawn.order, rng.random(len(some.account)) < _RETURNED
    pieces = np.where(returned[order], -drawn.pieces, drawn.pieces)
    return {
        "order_id": _order_ids(first_number, returned).take(pa.array(order)),
        "line_no": pc.cast(pa.array(drawn.place + 1), pa.string()),
        "customer": people.codes.take(pa.array(some.account)).take(pa.array(order)),
        "ordered_on": day(some.day[order]),
        "product": picked(people.shelf.products.code, drawn.product),
        "quantity": quantity(pieces),
        "amount": money(pieces * drawn.unit_price),
        "unit_price": money(drawn.unit_price),
        "cost": money(pieces * drawn.unit_cost),
        "currency": same("CNY", len(order)),
        "channel": picked(CHANNELS, rng.integers(0, len(CHANNELS), len(some.account))[order]),
        "sales_person": picked(people.managers, (some.account % len(people.managers))[order]),
        **_delivery(rng, people.period, some, returned, drawn),
        "list_amount": money(pieces * drawn.list_price),
    }


def _order_ids(first_number: int, returned: Flags) -> pa.Array:
    number = np.arange(first_number, first_number + len(returned))
    plain, back = numbered("SO-", number, _WIDTH), numbered("TH-", number, _WIDTH)
    return pc.if_else(pa.array(returned), back, plain)


def _delivery(rng: Chance, period: Period, some: _Some, returned: Flags, drawn: Lines) -> dict[str, Any]:
    """One day for the whole order, one in ten late; nothing for returns and for what is still to come."""
    count = len(some.day)
    promised = some.day + rng.integers(4, 10, count)
    arrived = promised + np.where(rng.random(count) < _LATE, rng.integers(1, 12, count), -1)
    missing = (returned | (arrived > period.end))[drawn.order]
    return {
        "promised_on": day(promised[drawn.order], missing=returned[drawn.order]),
        "delivered_on": day(arrived[drawn.order], missing=missing),
        "quantity_delivered": quantity(drawn.pieces, missing=missing),
    }
