"""Order lines: what was bought, at which price, when it came, and what came back.

Returns are documents of their own (``TH…`` beside ``SO…``) with negative pieces, amount, list amount and cost, at
the price of the line they take back. One product has a bad batch for some months: its returns and complaints stand
out.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.demobook.arrays import NEVER, Chance, Flags, Ints, Reals, one_of, sums
from vitalfew.demobook.basket import Lines, Shelf, lines_of
from vitalfew.demobook.calibration import Scale
from vitalfew.demobook.columns import day as day_column
from vitalfew.demobook.columns import money, numbered, picked, quantity, same, table
from vitalfew.demobook.days import Period, month_of_year
from vitalfew.demobook.delivery import Shipping, deliver
from vitalfew.demobook.losses import Losses
from vitalfew.demobook.products import Products

CHANNELS: Final = ("direct", "portal", "fair", "phone")
_CHANNEL_SHARES: Final = {0: 0.5, 1: 0.3, 2: 0.06, 3: 0.14}
_RETURNED, _RETURNED_BAD = 0.014, 0.13
_BAD_BATCH_AT: Final = (0.55, 0.72)
_BAD_CATEGORY: Final = 2


@dataclass(frozen=True, eq=False)
class Orders:
    """By document, dates ascending: an order, or a return (``returns`` true)."""

    account: Ints
    day: Ints
    channel: Ints
    rush: Flags
    promised_on: Ints
    returns: Flags

    def __len__(self) -> int:
        return len(self.account)


@dataclass(frozen=True, eq=False)
class Sales:
    """Documents and their lines; money in 分, negative on returns; ``delivered_on`` after the end: still to come."""

    orders: Orders
    order: Ints
    place: Ints
    product: Ints
    pieces: Ints
    unit_price: Ints
    amount: Ints
    list_amount: Ints
    cost: Ints
    delivered_on: Ints
    delivered: Ints
    short: Flags

    @property
    def account(self) -> Ints:
        return self.orders.account[self.order]

    @property
    def day(self) -> Ints:
        return self.orders.day[self.order]

    def by_account(self, values: Ints, accounts: int) -> Reals:
        return sums(self.account, values, accounts)


@dataclass(frozen=True, eq=False)
class BadBatch:
    product: int
    first: int
    last: int

    def holds(self, product: Ints, day: Ints) -> Flags:
        held: Flags = (product == self.product) & (day >= self.first) & (day <= self.last)
        return held


def bad_batch(period: Period, shelf: Shelf) -> BadBatch:
    """The best-liked washing machine."""
    liking = np.where(shelf.products.category == _BAD_CATEGORY, shelf.products.popularity, 0)
    return BadBatch(int(np.argmax(liking)), period.at(_BAD_BATCH_AT[0]), period.at(_BAD_BATCH_AT[1]))


def sales(
    rng: Chance, period: Period, arrivals: tuple[Ints, Ints], scale: Scale, *, demanding: Flags, shipping: Shipping
) -> Sales:
    orders = _orders(rng, arrivals, demanding)
    lines = lines_of(rng, scale.shelf, scale.customs, orders.account, month_of_year(orders.day))
    bought = _bought(rng, orders, lines, shipping)
    batch = bad_batch(period, scale.shelf)
    return _in_sequence(bought, _returned(rng, period, bought, batch, shipping.losses))


def _orders(rng: Chance, arrivals: tuple[Ints, Ints], demanding: Flags) -> Orders:
    by_day = np.lexsort(arrivals)
    account, day = arrivals[0][by_day], arrivals[1][by_day]
    rush = rng.random(len(day)) < np.where(demanding[account], 0.22, 0.05)
    channel = one_of(rng, _CHANNEL_SHARES, len(day))
    return Orders(account, day, channel, rush, day, np.zeros(len(day), dtype=bool))


def _bought(rng: Chance, orders: Orders, lines: Lines, shipping: Shipping) -> Sales:
    goods = deliver(
        rng, shipping, (orders.account, orders.day, orders.rush), (lines.order, lines.product, lines.pieces)
    )
    promised = Orders(orders.account, orders.day, orders.channel, orders.rush, goods.promised_on, orders.returns)
    return Sales(
        orders=promised,
        order=lines.order,
        place=lines.place,
        product=lines.product,
        pieces=lines.pieces,
        unit_price=lines.unit_price,
        amount=lines.pieces * lines.unit_price,
        list_amount=lines.pieces * lines.list_price,
        cost=lines.pieces * lines.unit_cost,
        delivered_on=goods.delivered_on,
        delivered=goods.pieces,
        short=goods.short,
    )


def _returned(rng: Chance, period: Period, bought: Sales, batch: BadBatch, losses: Losses) -> Sales:
    """Some weeks after delivery, never after the account has left."""
    risk = np.where(batch.holds(bought.product, bought.day), _RETURNED_BAD, _RETURNED)
    day = bought.delivered_on + 3 + rng.geometric(0.08, len(risk))
    last = np.minimum(period.end, losses.left_on[bought.account] - 1)
    back = np.flatnonzero((rng.random(len(risk)) < risk) & (day <= last))
    pieces = 1 + rng.binomial(bought.pieces[back] - 1, 0.2)
    return _documents(bought, back, day[back], -pieces)


def _documents(bought: Sales, back: Ints, day: Ints, pieces: Ints) -> Sales:
    source, count = bought.order[back], len(back)
    orders = Orders(
        bought.orders.account[source], day, bought.orders.channel[source],
        np.zeros(count, dtype=bool), np.full(count, NEVER), np.ones(count, dtype=bool),
    )  # fmt: skip
    return Sales(
        orders=orders,
        order=np.arange(count),
        place=np.zeros(count, dtype=np.int64),
        product=bought.product[back],
        pieces=pieces,
        unit_price=bought.unit_price[back],
        amount=pieces * bought.unit_price[back],
        list_amount=pieces * (bought.list_amount[back] // bought.pieces[back]),
        cost=pieces * (bought.cost[back] // bought.pieces[back]),
        delivered_on=np.full(count, NEVER),
        delivered=np.zeros(count, dtype=np.int64),
        short=np.zeros(count, dtype=bool),
    )


def _in_sequence(bought: Sales, returned: Sales) -> Sales:
    """Both together, documents and lines by date."""
    documents = {
        name: np.concatenate([getattr(bought.orders, name), getattr(returned.orders, name)])
        for name in Orders.__dataclass_fields__
    }
    sequence = np.argsort(documents["day"], kind="stable")
    place = np.empty(len(sequence), dtype=np.int64)
    place[sequence] = np.arange(len(sequence))
    columns = {
        name: np.concatenate([getattr(bought, name), getattr(returned, name)])
        for name in Sales.__dataclass_fields__
        if name not in {"orders", "order"}
    }
    order = place[np.concatenate([bought.order, returned.order + len(bought.orders)])]
    rows = np.argsort(order, kind="stable")
    orders = Orders(**{name: values[sequence] for name, values in documents.items()})
    return Sales(orders=orders, order=order[rows], **{name: values[rows] for name, values in columns.items()})


def order_ids(orders: Orders) -> pa.Array:
    """``SO-000042`` for orders, ``TH-000043`` for returns, numbered through by date."""
    number = np.arange(1, len(orders) + 1)
    return pc.if_else(pa.array(orders.returns), numbered("TH-", number, 6), numbered("SO-", number, 6))


def order_table(
    sold: Sales, period: Period, codes: tuple[str, ...], made: Products, sellers: tuple[tuple[str, ...], Ints]
) -> pa.Table:
    """``sellers``: our people's names, and for each document the place of who sold it."""
    people, person = sellers
    coming = sold.delivered_on > period.end
    returned = sold.orders.returns[sold.order]
    columns: dict[str, Any] = {
        "order_id": order_ids(sold.orders).take(pa.array(sold.order)),
        "line_no": pc.cast(pa.array(sold.place + 1), pa.string()),
        "customer": picked(codes, sold.account),
        "ordered_on": day_column(sold.day),
        "product": picked(made.code, sold.product),
        "quantity": quantity(sold.pieces),
        "amount": money(sold.amount),
        "unit_price": money(sold.unit_price),
        "cost": money(sold.cost),
        "currency": same("CNY", len(sold.order)),
        "channel": picked(CHANNELS, sold.orders.channel[sold.order]),
        "sales_person": picked(people, person[sold.order]),
        "promised_on": day_column(sold.orders.promised_on[sold.order], missing=returned),
        "delivered_on": day_column(sold.delivered_on, missing=coming),
        "quantity_delivered": quantity(sold.delivered, missing=coming),
        "list_amount": money(sold.list_amount),
    }
    return table("order_lines", columns)
