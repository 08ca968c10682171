"""What accounts that buy in season did in the same days of the years before.

With ``Y`` years in which an account was known, ``k`` of them with a purchase in these days and ``n`` purchases in all, and
``m`` the share of such years with a purchase over all these accounts, which counts as one more year:

    P(any) = (k + m) / (Y + 1)          expected = P(any) × purchases in a year with any = P(any) n / k

    bought in these days in 3 of 3 years with 6 purchases, all together in 90 % of years  →  3.9/4 = .975, 1.95 expected

Jeffreys, H. (1961). Theory of Probability, 3rd ed. (a share with a prior).
"""

from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.purchase_origins import Purchases
from vitalfew.maths.years import YEAR

_MOST_YEARS: Final = 10
_LEAST: Final = 1e-4
_THETA: Final = 0.35
"""How much yearly counts of accounts that buy in season vary beyond Poisson's."""


class YearsBefore(NamedTuple):
    """One entry an account: years it was known, those with a purchase in these days, and purchases in these days."""

    known: Ints
    bought: Ints
    purchases: Ints


def years_before(bought: Purchases, now: int, horizon: int) -> YearsBefore:
    """The same days of up to ten years before; a year counts if the account's first purchase was before these days.

    >>> days = np.array([0, 200, 565, 930])
    >>> one = Purchases(np.zeros(4, np.int64), days, np.ones(4), np.ones(4))
    >>> [int(each[0]) for each in years_before(one, 1260, 60)]
    [3, 3, 3]
    """
    accounts = bought.accounts
    first = np.full(accounts, np.iinfo(np.int64).max)
    np.minimum.at(first, bought.account, bought.day)
    known, some, n = np.zeros((3, accounts), dtype=np.int64)
    for back in range(YEAR, YEAR * _MOST_YEARS + 1, YEAR):
        if now - back < bought.start:
            break
        counts = bought.counts(accounts, now - back, min(now - back + horizon, now))
        before = first <= now - back
        known += before
        some += before & (counts > 0)
        n += np.where(before, counts, 0)
    return YearsBefore(known, some, n)


def own_season(years: YearsBefore) -> tuple[Floats, Floats]:
    """Chance of any purchase and expected purchases of accounts that buy in season, each known for a year or more.

    >>> found = own_season(YearsBefore(*np.array([[3, 3], [3, 2], [6, 2]])))
    >>> [each.round(3).tolist() for each in found]
    [[0.946, 0.696], [1.893, 0.696]]
    """
    share = (years.bought.sum() + 0.5) / (years.known.sum() + 1)
    chance = (years.bought + share) / (years.known + 1)
    return chance, chance * np.where(years.bought > 0, years.purchases / np.maximum(years.bought, 1), 1.0)


def doubt(years: YearsBefore) -> Floats:
    """The standard error of that chance on the logit: few years say little.

    >>> doubt(YearsBefore(*np.array([[1, 9], [1, 8], [1, 8]]))).round(2).tolist()
    [1.63, 0.89]
    """
    yes, no = years.bought + 0.5, years.known - years.bought + 0.5
    return np.asarray(np.sqrt(1 / yes + 1 / no))


def by_own_years(
    told: tuple[Floats, Floats, Floats], years: YearsBefore, which: Bools
) -> tuple[Floats, Floats, Floats]:
    """Chance, expected purchases and the logit's error as told, those of some accounts by their own years instead."""
    chance, mean, error = (each.copy() for each in told)
    if which.any():
        own = YearsBefore(*(each[which] for each in years))
        chance[which], mean[which] = own_season(own)
        error[which] = doubt(own)
    return chance, mean, error


class SeasonAhead(NamedTuple):
    """For each account: chance to buy within a year, purchases to come, the same discounted, chance of none, variance.

    ``told`` is whether it was known a year before, without which the rest says nothing of its own.
    """

    alive: Floats
    expected: Floats
    discounted: Floats
    none: Floats
    variance: Floats
    told: Bools


def ahead(bought: Purchases, now: int, horizon: int, rate: float) -> SeasonAhead:
    """What comes within ``horizon`` days if each year repeats the years before, and accounts leave between two years.

    Year by year, the days beyond the last whole one as in the years before; the j-th year counts ``stay^(j - 1)``, with
    ``stay`` the share of all account years with a purchase, and ``exp(-rate t)`` at its middle, ``t`` in days.

    >>> days = np.array([0, 200, 565, 930])
    >>> one = Purchases(np.zeros(4, np.int64), days, np.ones(4), np.ones(4))
    >>> [float(each[0].round(2)) for each in ahead(one, 1260, 730, 0.0)[:5]]
    [0.97, 1.82, 1.82, 0.0, 1.07]
    """
    whole = years_before(bought, now, YEAR)
    chance, yearly = own_season(whole)
    stay = float((whole.bought.sum() + 0.5) / (whole.known.sum() + 1))
    none = np.ones(chance.size)
    expected, discounted = np.zeros((2, chance.size))
    for number in range(-(-horizon // YEAR)):
        start, length = number * YEAR, min(horizon - number * YEAR, YEAR)
        any_, comes = (chance, yearly) if length == YEAR else own_season(years_before(bought, now, length))
        expected += comes * stay**number
        discounted += comes * stay**number * np.exp(-rate * (start + length / 2))
        none *= 1 - any_ * stay**number
    some = np.maximum(1 - none, _LEAST)
    further = np.maximum(expected / some - 1, 0.0)
    square = some * (further + _THETA * further**2 + (1 + further) ** 2)
    variance = np.maximum(square - expected**2, 0.0)
    return SeasonAhead(chance, expected, discounted, 1 - some, variance, whole.known > 0)
