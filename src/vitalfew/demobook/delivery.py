"""Promised and delivered: when the goods came, and how many of them.

Mostly on time; somewhat worse in the summer peak; badly for accounts that will leave over a ``broken_promise``.
Before the last Spring Festival some goods run short: the largest fifth gets all it ordered, the others only a part,
and late.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Flags, Ints, Reals, percentile
from vitalfew.demobook.days import Period, month_of_year
from vitalfew.demobook.losses import NEGLECT, PROMISE, Losses
from vitalfew.demobook.products import CATEGORIES, Products

_PEAK_MONTHS: Final = (4, 5)
_SHORT_CATEGORIES: Final = ("冰箱", "洗衣机", "热水器", "小家电")
_SERVED_FIRST: Final = 0.8


@dataclass(frozen=True, eq=False)
class Delivery:
    """By order: when promised. By line: when delivered, how many pieces, and whether the goods were short."""

    promised_on: Ints
    delivered_on: Ints
    pieces: Ints
    short: Flags


@dataclass(frozen=True, eq=False)
class Shipping:
    """What decides on time and fullness."""

    period: Period
    losses: Losses
    favoured: Flags
    scarce: Flags

    @classmethod
    def of(cls, period: Period, accounts: Accounts, losses: Losses, products: Products) -> "Shipping":
        scarce = scarce_products(products)
        return cls(period, losses, percentile(accounts.size) >= _SERVED_FIRST, scarce)

    def is_short(self, account: Ints, day: Ints, product: Ints) -> Flags:
        first, last = self.period.shortage
        return (day >= first) & (day <= last) & self.scarce[product] & ~self.favoured[account]

    def lateness(self, rng: Chance, account: Ints, day: Ints) -> Ints:
        """Days late by order, 0 when on time."""
        risk = np.where(np.isin(month_of_year(day), _PEAK_MONTHS), 0.15, 0.07)
        risk = np.where(self.losses.showing(NEGLECT, account, day), 0.3, risk)
        usual = np.where(rng.random(len(day)) < risk, rng.integers(1, 7, len(day)), 0)
        broken = self.losses.showing(PROMISE, account, day)
        badly = np.where(rng.random(len(day)) < 0.85, rng.integers(6, 26, len(day)), 1)  # noqa: PLR2004 - hardly any on time
        return np.where(broken, badly, usual)


def scarce_products(products: Products) -> Flags:
    """The better-liked half of four categories that sell before Spring Festival."""
    categories = [place for place, kind in enumerate(CATEGORIES) if kind.name in _SHORT_CATEGORIES]
    scarce: Flags = np.isin(products.category, categories) & (products.popularity > np.median(products.popularity))
    return scarce


def deliver(
    rng: Chance, shipping: Shipping, orders: tuple[Ints, Ints, Flags], lines: tuple[Ints, Ints, Ints]
) -> Delivery:
    """``orders``: account, day, rush of each order; ``lines``: order, product, pieces of each line."""
    account, day, rush = orders
    order, product, pieces = lines
    promised = day + np.where(rush, 2, rng.integers(5, 10, len(day)))
    late = shipping.lateness(rng, account, day)
    early = np.where(late > 0, 0, rng.integers(0, 3, len(day)))
    arrival = np.maximum(promised - early + late, day + 1)
    short = shipping.is_short(account[order], day[order], product)
    split = np.where(rng.random(len(order)) < 0.04, rng.integers(1, 5, len(order)), 0)  # noqa: PLR2004 - lines that come later
    wait = np.where(short, rng.integers(4, 20, len(order)), split)
    return Delivery(promised, arrival[order] + wait, _filled(rng, pieces, short), short)


def _filled(rng: Chance, pieces: Ints, short: Flags) -> Ints:
    part: Reals = rng.uniform(0.3, 0.85, len(pieces))
    return np.where(short, np.floor(pieces * part).astype(np.int64), pieces)
