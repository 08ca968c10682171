"""Sets the free scales of the book so that it meets its figures, whatever the seed.

    lines            about 9.3 order lines per account and month
    top 20 %         the best fifth of the accounts brings 67 % of the revenue   ← how far sizes spread
    peak month       the best calendar month is 1.4 times the average one        ← how strong the seasons are

Both are found by halving an interval on *expected* revenue, so the drawn book differs from them only by chance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Ints, Reals
from vitalfew.demobook.basket import MEAN_REBATE, Customs, Shelf
from vitalfew.demobook.habits import ONE_OFF, Habits
from vitalfew.demobook.products import Products

LINES_A_MONTH: Final = 9.3
TOP_FIFTH: Final = 0.67
PEAK_MONTH: Final = 1.4
# A large account orders more often, more lines each time, and more pieces a line.
_OFTEN, _WIDE, _DEEP = 0.5, 0.15, 0.35
_SELDOM: Final = 0.45
_LINES_OF_ONE_OFF: Final = 14.0
_STEPS: Final = 18


@dataclass(frozen=True, eq=False)
class Market:
    """What the search needs to know: for each account and month of the book, how much of its usual pace is left."""

    habits: Habits
    products: Products
    size: Reals
    pace: Reals
    month: Ints
    one_off_month: Ints


@dataclass(frozen=True, eq=False)
class Scale:
    """``rate``: orders on a usual day; ``orders``: expected ones by account and month; values in 分 an order.

    ``value`` goes by month of the book, ``value_of_year`` by month of the year, January to December.
    """

    shelf: Shelf
    season: Reals
    rate: Reals
    customs: Customs
    orders: Reals
    value: Reals
    value_of_year: Reals

    @property
    def revenue(self) -> Reals:
        return self.orders * self.value


def calibrate(market: Market) -> Scale:
    spread, strength = 1.2, 1.0
    for _ in range(2):
        strength = _halve(partial(_peak, market, spread), PEAK_MONTH, 0.05, 3.0)
        spread = _halve(partial(_top_fifth, market, strength), TOP_FIFTH, 0.3, 2.4)
    return _scale(market, spread, strength)


def _halve(figure: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a rising ``figure`` meets ``target``."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if figure(middle) < target else (low, middle)
    return (low + high) / 2


def _peak(market: Market, spread: float, strength: float) -> float:
    by_month = _scale(market, spread, strength).revenue.sum(axis=0)
    of_year = np.bincount(market.month, by_month, 12) / np.maximum(np.bincount(market.month, minlength=12), 1)
    return float(of_year.max() / of_year.mean())


def _top_fifth(market: Market, strength: float, spread: float) -> float:
    revenue = np.sort(_scale(market, spread, strength).revenue.sum(axis=1))[::-1]
    return float(revenue[: -(-len(revenue) // 5)].sum() / revenue.sum())


def _scale(market: Market, spread: float, strength: float) -> Scale:
    shelf = Shelf.of(market.products, market.habits.assortment, market.products.season(strength))
    season = market.habits.assortment @ market.products.season(strength)
    customs = _customs(market, spread)
    often = np.maximum(np.exp(_OFTEN * spread * market.size), _SELDOM)
    orders = often[:, None] * season[:, market.month] * market.pace
    orders, rate = _to_target(market, orders, often, 1 + customs.further)
    value = _value(shelf, customs)
    return Scale(shelf, season, rate, customs, orders, value[:, market.month], value)


def _customs(market: Market, spread: float) -> Customs:
    further = 2.8 * np.exp(_WIDE * spread * market.size)
    return Customs(
        assortment=np.arange(len(market.size)),
        further=np.where(market.habits.kind == ONE_OFF, _LINES_OF_ONE_OFF, further),
        pieces=5.0 * np.exp(_DEEP * spread * market.size),
        discount=market.habits.discount,
    )


def _to_target(market: Market, orders: Reals, often: Reals, lines: Reals) -> tuple[Reals, Reals]:
    """Brings the expected number of lines to what was asked; a one-off account orders once, whatever its size."""
    factor = LINES_A_MONTH * orders.size / (orders.sum(axis=1) @ lines)
    orders = orders * factor
    once = np.flatnonzero(market.habits.kind == ONE_OFF)
    orders[once, market.one_off_month[once]] = 1
    return orders, often * factor


def _value(shelf: Shelf, customs: Customs) -> Reals:
    """Accounts × months of the year: what an order is worth on average, in 分."""
    price = shelf.products.list_price.astype(np.float64)
    single = shelf.shares @ price
    by_piece = shelf.shares @ (price * shelf.products.lots)
    net = 1 - customs.discount / 1000 - MEAN_REBATE
    value: Reals = (single + customs.pieces[:, None] * by_piece) * ((1 + customs.further) * net)[:, None]
    return value
