"""How each account buys: kind of cooperation, regularity, trend, what it carries, at which discount.

Kinds (terms.Cooperation): one-off, phased, seasonal, developing, long-term. The gaps between orders are Erlang:
shape 1 is Poisson, buying at random; shape 8 is nearly a timetable. A quarter is *demanding*: deep discounts and much
service, which later pulls the whale curve down.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Flags, Ints, Reals, one_of, percentile
from vitalfew.demobook.days import Period
from vitalfew.demobook.products import CATEGORIES, Products
from vitalfew.terms import Cooperation

COOPERATIONS: Final = (
    Cooperation.ONE_OFF,
    Cooperation.PHASED,
    Cooperation.SEASONAL,
    Cooperation.DEVELOPING,
    Cooperation.LONG_TERM,
)
ONE_OFF, PHASED, SEASONAL, DEVELOPING, LONG_TERM = range(5)
_SHARES: Final = {ONE_OFF: 0.05, PHASED: 0.07, SEASONAL: 0.13, DEVELOPING: 0.15}
_LARGE: Final = 0.85
_ALONE: Final = 3

# General dealers, air-conditioner firms, heating firms, kitchen fitters: weights of the eight categories.
_PROFILES: Final = np.array(
    [
        [5.0, 2.5, 2.0, 1.5, 1.6, 1.4, 1.0, 0.7],
        [40.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5],
        [1.0, 1.0, 1.0, 8.0, 2.0, 1.0, 1.0, 10.0],
        [1.0, 1.0, 1.0, 4.0, 10.0, 1.0, 4.0, 0.5],
    ]
)
_COOLING, _HEATING = 1, 2
_PROFILE_SHARES: Final = {0: 0.68, _COOLING: 0.16, _HEATING: 0.05, 3: 0.11}
_SEASONAL_PROFILES: Final = {_COOLING: 0.7, _HEATING: 0.3}
_BLOCK, _DEMANDING_LARGE, _DEMANDING_SMALL = 9, 4, 2
_LARGEST: Final = 0.12


@dataclass(frozen=True, eq=False)
class Habits:
    """``kind`` indexes COOPERATIONS; ``growth``: log change a year; ``discount``: thousandths of the list price."""

    kind: Ints
    shape: Ints
    growth: Reals
    profile: Ints
    assortment: Reals
    demanding: Flags
    discount: Ints
    starts_on: Ints
    single_threaded: Flags


def habits(rng: Chance, period: Period, accounts: Accounts, products: Products) -> Habits:
    kind = _kinds(rng, accounts)
    profile = _profiles(rng, kind)
    place = percentile(accounts.size)
    demanding = _demanding(rng, accounts.size)
    discount = 70 + 75 * place + 95 * demanding + rng.normal(0, 12, len(accounts))
    return Habits(
        kind=kind,
        shape=_shapes(rng, kind),
        growth=_growth(rng, kind),
        profile=profile,
        assortment=_assortment(rng, profile, place, products),
        demanding=demanding,
        discount=np.clip(discount, 20, 300).astype(np.int64),
        starts_on=_starts(rng, period, kind),
        single_threaded=rng.random(len(accounts)) < 0.14,  # noqa: PLR2004 - one in seven hangs on one person
    )


def _kinds(rng: Chance, accounts: Accounts) -> Ints:
    """As many of each kind as its share says; members of groups and the largest are no one-off or phased buyers."""
    steady = (accounts.level != _ALONE) | (percentile(accounts.size) > _LARGE)
    kind = np.full(len(accounts), LONG_TERM)
    for number, share in _SHARES.items():
        fitting = np.flatnonzero((kind == LONG_TERM) & ~(steady & (number <= PHASED)))
        kind[rng.choice(fitting, size=min(round(share * len(kind)), len(fitting)), replace=False)] = number
    return kind


def _shapes(rng: Chance, kind: Ints) -> Ints:
    regular = one_of(rng, {1: 0.35, 2: 0.2, 4: 0.25, 8: 0.2}, len(kind))
    loose = one_of(rng, {1: 0.6, 2: 0.4}, len(kind))
    return np.where(kind == LONG_TERM, regular, loose)


def _growth(rng: Chance, kind: Ints) -> Reals:
    """Log change a year: among the long-term a quarter rises and nearly a quarter falls; the developing mostly rise."""
    share = rng.random(len(kind))
    rising = np.choose(kind, [0.0, 0.1, 0.1, 0.8, 0.25])
    falling = np.choose(kind, [0.0, 0.1, 0.1, 0.0, 0.22])
    up = np.where(kind == DEVELOPING, rng.uniform(0.3, 0.8, len(kind)), rng.uniform(0.15, 0.55, len(kind)))
    down = -rng.uniform(0.15, 0.5, len(kind))
    return np.where(share < rising, up, np.where(share > 1 - falling, down, 0.0))


def _profiles(rng: Chance, kind: Ints) -> Ints:
    usual = one_of(rng, _PROFILE_SHARES, len(kind))
    return np.where(kind == SEASONAL, one_of(rng, _SEASONAL_PROFILES, len(kind)), usual)


def _assortment(rng: Chance, profile: Ints, place: Reals, products: Products) -> Reals:
    """Accounts × products: how often each is bought; large accounts carry more of the range."""
    mix = rng.standard_gamma(_PROFILES[profile])
    shape = (len(profile), len(products))
    carried = rng.random(shape) < (0.3 + 0.55 * place)[:, None]
    weight = (carried + 0.01) * products.popularity * rng.standard_gamma(2.0, shape)
    of_category = products.category[:, None] == np.arange(len(CATEGORIES))
    weight *= (mix / (weight @ of_category))[:, products.category]
    assortment: Reals = weight / weight.sum(axis=1, keepdims=True)
    return assortment


def _demanding(rng: Chance, size: Reals) -> Flags:
    """Four of every nine among the largest, two of every nine below: who buys much, asks for much."""
    demanding = np.zeros(len(size), dtype=bool)
    by_size = np.argsort(-size, kind="stable")
    for start in range(0, len(size), _BLOCK):
        block = by_size[start : start + _BLOCK]
        wanted = _DEMANDING_LARGE if start < _LARGEST * len(size) else _DEMANDING_SMALL
        demanding[rng.choice(block, size=min(wanted, len(block)), replace=False)] = True
    return demanding


def _starts(rng: Chance, period: Period, kind: Ints) -> Ints:
    """The first day an account may buy: developing and one-off ones come during the book."""
    late = period.start + (period.length * rng.uniform(0.38, 0.82, len(kind))).astype(np.int64)
    once = period.start + (period.length * rng.uniform(0.02, 0.78, len(kind))).astype(np.int64)
    return np.where(kind == ONE_OFF, once, np.where(kind == DEVELOPING, late, period.start))
