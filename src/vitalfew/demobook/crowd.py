"""Any number of accounts as arrays: the part of ``scale`` that stays in memory.

Sizes are lognormal with a spread that gives the best fifth two thirds of the revenue; a quarter comes during the book,
a quarter leaves during it; trends fall, stand, rise or rise steeply; assortments are a few types shared by many.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import KINDS
from vitalfew.demobook.arrays import Chance, Ints, Reals, chance, one_of
from vitalfew.demobook.basket import Customs, Shelf
from vitalfew.demobook.columns import day, money, picked, record_batch, same, spelled
from vitalfew.demobook.credit_codes import credit_codes
from vitalfew.demobook.days import Period, month_of_year, working
from vitalfew.demobook.names import TRADES, combinations, parts, plain_names, scattered
from vitalfew.demobook.persons import persons
from vitalfew.demobook.places import CITIES, REGION_CODES, REGIONS
from vitalfew.demobook.products import CATEGORIES, Products, products
from vitalfew.maths.years import YEAR

_SPREAD: Final = 1.38
_STRENGTH: Final = 1.5  # of the seasons
_OFTEN, _WIDE, _DEEP = 0.5, 0.15, 0.35
_ASSORTMENTS: Final = 16
_GROWTH: Final = np.array([-0.35, 0.0, 0.2, 0.5])
_GROWTH_SHARES: Final = {0: 0.2, 1: 0.55, 2: 0.18, 3: 0.07}
_SHAPE_SHARES: Final = {1: 0.5, 2: 0.25, 4: 0.25}
_NEW, _LEAVING = 0.25, 0.25
_MANAGERS: Final = 200
_CHUNK: Final = 100_000


@dataclass(frozen=True, eq=False)
class Crowd:
    """``row`` is the account's clock: assortment × trend. ``opened`` and ``gone`` count days from the start."""

    period: Period
    shelf: Shelf
    number: Ints
    row: Ints
    shape: Ints
    opened: Ints
    gone: Ints
    often: Reals
    customs: Customs
    managers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.number)

    @cached_property
    def clocks(self) -> Reals:
        """Clocks × days: speed summed up to the end of each day."""
        days = self.period.days
        mix = self.shelf.shares.mean(axis=1) @ self.shelf.products.season(_STRENGTH)
        years = (days - days.mean()) / YEAR
        trend = np.exp(_GROWTH[:, None] * years) * working(days)
        speed = mix[:, None, month_of_year(days)] * trend
        clocks: Reals = np.cumsum(speed.reshape(-1, len(days)), axis=1)
        return clocks

    @cached_property
    def place(self) -> tuple[Ints, Ints, Ints]:
        """City, mark and trade of each account."""
        return parts(self.number)

    @cached_property
    def region(self) -> Ints:
        return np.array([city.region for city in CITIES])[self.place[0]]

    @cached_property
    def codes(self) -> pa.Array:
        """HD-0000042: region, and a number over all."""
        prefixes = np.array([f"{code}-".encode() for code in REGION_CODES])[self.region]
        digits = np.arange(1, len(self) + 1)[:, None] // 10 ** np.arange(6, -1, -1) % 10
        letters = [prefixes.view(np.uint8).reshape(len(self), 3), (digits + ord("0")).astype(np.uint8)]
        return spelled(np.concatenate(letters, axis=1))


def crowd(seed: int, period: Period, count: int) -> Crowd:
    if not 0 < count <= combinations():
        raise ValueError(f"Between 1 and {combinations()} accounts, not {count}")
    rng, made = chance(seed, "crowd"), products(chance(seed, "products"))
    size = np.clip(rng.normal(size=count), -4.5, 4.5) * _SPREAD
    assortment = rng.integers(0, _ASSORTMENTS, count)
    opened, gone = _stay(rng, count, period.length)
    return Crowd(
        period=period,
        shelf=_shelf(rng, made),
        number=scattered(np.arange(count), int(rng.integers(combinations()))),
        row=assortment * len(_GROWTH) + one_of(rng, _GROWTH_SHARES, count),
        shape=one_of(rng, _SHAPE_SHARES, count),
        opened=opened,
        gone=gone,
        often=np.maximum(np.exp(_OFTEN * size), 0.25),
        customs=_customs(rng, size, assortment),
        managers=tuple(persons(rng, _MANAGERS)),
    )


def _shelf(rng: Chance, made: Products) -> Shelf:
    """Every assortment leans to some categories and carries half of the range."""
    mix = rng.gamma(0.8, 1.0, (_ASSORTMENTS, len(CATEGORIES))) + 0.05
    carried = rng.random((_ASSORTMENTS, len(made))) < 0.55  # noqa: PLR2004 - half of the range
    weight = mix[:, made.category] * (carried + 0.02) * made.popularity
    return Shelf.of(made, weight, made.season(_STRENGTH))


def _stay(rng: Chance, count: int, length: int) -> tuple[Ints, Ints]:
    come = (rng.uniform(0, 0.8, count) * length).astype(np.int64)
    opened = np.where(rng.random(count) < _NEW, come, 0)
    left = opened + 30 + (rng.random(count) * (length - opened - 30)).astype(np.int64)
    return opened, np.where(rng.random(count) < _LEAVING, np.minimum(left, length), length)


def _customs(rng: Chance, size: Reals, assortment: Ints) -> Customs:
    discount = 110 + 30 * size + rng.normal(0, 20, len(size))
    return Customs(
        assortment=assortment,
        further=2.2 * np.exp(_WIDE * size),
        pieces=4.0 * np.exp(_DEEP * size),
        discount=np.clip(discount, 20, 260).astype(np.int64),
    )


def customer_batches(seed: int, people: Crowd) -> Iterator[pa.RecordBatch]:
    rng = chance(seed, "master")
    city, mark, trade = people.place
    districts = np.array([int(place.district) for place in CITIES])[city]
    codes = credit_codes(rng, districts)
    for start in range(0, len(people), _CHUNK):
        some = slice(start, start + _CHUNK)
        names = plain_names(city[some], mark[some], trade[some])
        yield record_batch("customers", _columns(rng, people, some, names, codes[some]))


def _columns(rng: Chance, people: Crowd, some: slice, names: pa.Array, credit: pa.Array) -> dict[str, Any]:
    trade, opened = people.place[2][some], people.opened[some]
    since = people.period.start + np.where(opened > 0, opened, -rng.integers(1, 12 * YEAR, len(opened)))
    kind = np.array([kind for _, kind, _ in TRADES])[trade]
    limit = np.round(people.customs.pieces[some] * people.often[some]).astype(np.int64) + 1
    return {
        "customer": people.codes[some],
        "name": names,
        "kind": picked(KINDS, kind),
        "region": picked(REGIONS, people.region[some]),
        "country": same("CN", len(opened)),
        "industry": picked([industry for _, _, industry in TRADES], trade),
        "uscc": credit,
        "opened_on": day(since),
        "founded_on": day(since - rng.integers(100, 12 * YEAR, len(opened))),
        "manager": picked(people.managers, np.arange(some.start, some.start + len(opened)) % _MANAGERS),
        "payment_terms_days": pa.array(rng.choice([15, 30, 45, 60], len(opened))),
        "credit_limit": money(limit * 1_000_000),
    }
