"""What stands on an order: products, pieces, prices. The same arithmetic serves three hundred accounts and a million.

A shelf holds, for each assortment and month, the running shares of the products; one random number finds the product.
All money is whole 分: amount = pieces × unit price exactly, and unit price ≤ list price.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Chance, Ints, Reals
from vitalfew.demobook.products import Products

_REBATES: Final = np.array([0, 0, 0, 10, 10, 20, 20, 40])
MEAN_REBATE: Final = float(_REBATES.mean()) / 1000
_SPREAD: Final = 3.0  # gamma shape of the pieces on a line


@dataclass(frozen=True, eq=False)
class Shelf:
    """``shares``: assortments × months × products."""

    products: Products
    shares: Reals

    @classmethod
    def of(cls, products: Products, assortment: Reals, season: Reals) -> "Shelf":
        shares = assortment[:, None, :] * season.T[None]
        return cls(products, shares / shares.sum(axis=2, keepdims=True))

    @cached_property
    def running(self) -> Reals:
        running = np.cumsum(self.shares, axis=2).reshape(-1, len(self.products))
        running[:, -1] = 1
        stacked: Reals = (running + np.arange(len(running))[:, None]).ravel()
        return stacked

    def pick(self, rng: Chance, row: Ints) -> Ints:
        """A product for each row (assortment × 12 + month)."""
        found = np.searchsorted(self.running, row + rng.random(len(row)))
        product: Ints = np.minimum(found - row * len(self.products), len(self.products) - 1)
        return product


@dataclass(frozen=True, eq=False)
class Customs:
    """How an account's orders look: further lines beside the first, pieces, discount in thousandths."""

    assortment: Ints
    further: Reals
    pieces: Reals
    discount: Ints


@dataclass(frozen=True, eq=False)
class Lines:
    """One entry per line; ``order`` is the place of its order; money in 分, for one piece."""

    order: Ints
    place: Ints
    product: Ints
    pieces: Ints
    unit_price: Ints
    list_price: Ints
    unit_cost: Ints


def lines_of(rng: Chance, shelf: Shelf, customs: Customs, account: Ints, month: Ints) -> Lines:
    """The lines of the orders that ``account`` places in ``month`` (0 to 11)."""
    count = 1 + rng.poisson(customs.further[account])
    order = np.repeat(np.arange(len(account)), count)
    place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    product = shelf.pick(rng, (customs.assortment[account] * 12 + month)[order])
    listed = shelf.products.list_price[product]
    off = customs.discount[account][order] + _REBATES[rng.integers(0, len(_REBATES), len(order))]
    return Lines(
        order=order,
        place=place,
        product=product,
        pieces=_pieces(rng, customs.pieces[account][order] * shelf.products.lots[product]),
        unit_price=listed * (1000 - off) // 1000,
        list_price=listed,
        unit_cost=shelf.products.cost[product],
    )


def _pieces(rng: Chance, mean: Reals) -> Ints:
    """One piece at least, ``1 + mean`` on average."""
    return 1 + rng.poisson(mean * rng.standard_gamma(_SPREAD, len(mean)) / _SPREAD)
