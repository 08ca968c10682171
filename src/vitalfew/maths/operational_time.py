"""A clock that runs faster in the book's high season and slower in its low season.

Purchase-process models know no calendar. Measured in operational time they need none: a week in which the whole book
buys half as often again counts one and a half weeks, for silences and for what is to come.

The index of a calendar month is how many repeat purchases came, against how many the process expects of accounts of
that age (so that growth of the book is no season):

    ln E[purchases in month m] = ln expected_m + a + b years + s(calendar month)

by Poisson regression, the ``s`` drawn towards 0 (standard deviation .18 beforehand), the likelihood divided by the
dispersion. The trend ``b`` can be told from the season only where months come twice: with fewer than six calendar
months seen in two years every index is 1.

    November 1.6, all other months 1  →  thirty days of November pass as 48 others (before scaling to mean 1)

Bühlmann, H. (1970). Mathematical Methods in Risk Theory, ch. 2 (operational time). McCullagh, P. & Nelder, J. A.
(1989). Generalized Linear Models, ch. 6 and 9 (counts, dispersion).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Floats, Ints
from vitalfew.maths.ridge import poisson

YEAR: Final = 12
_TWICE: Final = 6
_PENALTY: Final = 30.0
_FREE: Final = 1e-6
_MOST_CELLS: Final = 8


@dataclass(frozen=True)
class Clock:
    """Operational time at the end of each day, from the day before ``start``."""

    start: int
    reading: Floats

    def at(self, day: ArrayLike) -> Floats:
        """The time at the end of the days; refuses (``IndexError``) days beyond its last."""
        return np.asarray(self.reading[np.asarray(day, dtype=np.int64) - self.start + 1])


def months_of(days: Ints) -> Ints:
    """The month of each day, both since 1970."""
    return np.asarray(days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


def clock(index: Floats, start: int, now: int, end: int) -> Clock:
    """The clock of twelve indices from ``start`` to ``end``; up to ``now`` a day is one day on average.

    >>> even = clock(np.ones(12), 0, 30, 60)
    >>> float(even.at(40) - even.at(30))
    10.0
    """
    pace = index[months_of(np.arange(start, end + 1)) % YEAR]
    pace = pace / pace[: now - start + 1].mean()
    return Clock(start, np.concatenate([[0.0], np.cumsum(pace)]))


def season_index(first: Ints, repeats: Ints, expected_since: Floats, start: int, now: int) -> Floats:
    """The twelve indices of the book's year, January first.

    ``first`` are the days on which accounts began, ``repeats`` the days of all later purchases, ``expected_since[d]`` how
    many repeats the process expects of an account within ``d`` days of its first.

    >>> days = np.arange(0, 1096)
    >>> busy = days[(days % 7 == 0) | ((months_of(days) % 12 == 10) & (days % 7 < 3))]
    >>> index = season_index(np.zeros(1, np.int64), np.repeat(busy, 20), np.arange(1097) * 20 / 7, 0, 1095)
    >>> [round(float(i), 1) for i in index[[0, 10]]]
    [0.9, 2.5]
    """
    calendar = months_of(np.arange(start, now + 1))
    place = calendar - calendar[0]
    months = calendar[0] + np.arange(place[-1] + 1)
    if (np.bincount(months % YEAR, minlength=YEAR) > 1).sum() < _TWICE:
        return np.ones(YEAR)
    came = np.bincount(place[repeats - start], minlength=months.size).astype(np.float64)
    expected = np.asarray(np.bincount(place, _expected(first, expected_since, start, place.size)), dtype=np.float64)
    seen = expected > 0
    columns = np.column_stack([np.ones(months.size), (months - months[-1]) / YEAR, np.eye(YEAR)[months % YEAR]])
    return np.asarray(np.exp(_fitted(columns[seen], came[seen], np.log(expected[seen]))))


def _expected(first: Ints, expected_since: Floats, start: int, days: int) -> Floats:
    begun = np.bincount(first - start, minlength=days).astype(np.float64)
    daily = np.diff(expected_since[: days + 1])
    spectrum = np.fft.rfft(begun, 2 * days) * np.fft.rfft(daily, 2 * days)
    shifted = np.fft.irfft(spectrum, 2 * days)[: days - 1]
    return np.asarray(np.maximum(np.concatenate([[0.0], shifted]), 0.0))


def _fitted(columns: Floats, came: Floats, offset: Floats) -> Floats:
    """The season's coefficients, the dispersion taken from a first fit."""
    penalty = np.concatenate([[_FREE, _FREE], np.full(YEAR, _PENALTY)])
    dispersion = 1.0
    found = poisson(columns, came, offset, penalty).coefficients
    for _ in range(3):
        mean = np.exp(columns @ found + offset)
        freedom = max(came.size - _MOST_CELLS, 3)
        dispersion = max(1.0, float(((came - mean) ** 2 / np.maximum(mean, _FREE)).sum()) / freedom)
        found = poisson(columns, came, offset, penalty * dispersion).coefficients
    return np.asarray(found[2:])
