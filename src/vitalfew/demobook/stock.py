"""Our own stock, counted every other week in three warehouses: a few weeks' cover, next to nothing in the shortage."""

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.arrays import Chance, Flags, Ints, Reals, sums
from vitalfew.demobook.columns import day, picked, quantity, table
from vitalfew.demobook.days import Period
from vitalfew.demobook.orders import Sales
from vitalfew.demobook.products import Products

WAREHOUSES: Final = ("苏州总仓", "佛山仓", "武汉仓")
_SHARE: Final = np.array([0.5, 0.28, 0.22])
_EVERY: Final = 14
_COVER: Final = 2.4  # of two weeks' demand
_LEFT_IN_SHORTAGE: Final = 0.06


def stock_table(rng: Chance, period: Period, sold: Sales, made: Products, scarce: Flags) -> pa.Table:
    counts = np.arange(period.start + _EVERY - 1, period.end + 1, _EVERY)
    level = _levels(rng, _demand(period, sold, len(made), len(counts)))
    first, last = period.shortage
    short = scarce[:, None] & ((counts >= first) & (counts <= last))
    level[short] *= _LEFT_IN_SHORTAGE
    product, count, place = (axis.ravel() for axis in np.indices(level.shape))
    coming = level.mean(axis=2)[product, count] * np.where(short[product, count], 12, 0.6) * _SHARE[place] * 2
    columns: dict[str, Any] = {
        "product": picked(made.code, product),
        "place": picked(WAREHOUSES, place),
        "counted_on": day(counts[count]),
        "quantity": quantity(np.floor(level).astype(np.int64).ravel()),
        "on_order": quantity(np.round(coming).astype(np.int64)),
    }
    return table("stock", columns)


def _demand(period: Period, sold: Sales, products: int, counts: int) -> Reals:
    """Products × counts: pieces ordered in the two weeks before each count."""
    fortnight = (sold.day - period.start) // _EVERY
    within = (fortnight < counts) & (sold.pieces > 0)
    cell: Ints = sold.product[within] * counts + fortnight[within]
    demand: Reals = sums(cell, sold.pieces[within], products * counts)
    return demand.reshape(products, counts)


def _levels(rng: Chance, demand: Reals) -> Reals:
    """Products × counts × warehouses: cover for what was ordered lately, never less than a few weeks of the average."""
    lately = (demand + np.roll(demand, 1, axis=1)) / 2
    level = _COVER * np.maximum(lately, 0.5 * demand.mean(axis=1, keepdims=True))
    levels: Reals = level[:, :, None] * _SHARE * rng.gamma(16, 1 / 16, (*level.shape, len(_SHARE)))
    return levels
