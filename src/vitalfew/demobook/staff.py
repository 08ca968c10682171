"""Our own sales people: fifteen today, and three who left during the book and took customers along.

A region's accounts are shared among its people. Each of the three left a part of the accounts of one of today's people,
the successor; orders of the time before carry the old name. This is the ground for losses by ``staff_departure``.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Chance, Ints
from vitalfew.demobook.days import Period
from vitalfew.demobook.persons import persons

_REGION_OF: Final = np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6])
_SUCCESSORS: Final = (1, 6, 10)
_LEFT_AT: Final = (0.38, 0.6, 0.8)
_INHERITED: Final = 0.6


@dataclass(frozen=True, eq=False)
class Staff:
    """``names`` holds today's people first, then those who left; the other arrays have one entry per account."""

    names: tuple[str, ...]
    manager: Ints
    predecessor: Ints
    handed_over_on: Ints

    def at(self, account: Ints, day: Ints) -> Ints:
        """Who looked after the account on that day."""
        before = (self.predecessor[account] >= 0) & (day < self.handed_over_on[account])
        return np.where(before, self.predecessor[account], self.manager[account])


def staff(rng: Chance, period: Period, region: Ints) -> Staff:
    names = persons(rng, len(_REGION_OF) + len(_SUCCESSORS))
    manager = np.array([rng.choice(np.flatnonzero(place == _REGION_OF)) for place in region])
    predecessor = np.full(len(region), -1)
    handed_over_on = np.full(len(region), period.start)
    for number, successor in enumerate(_SUCCESSORS):
        inherited = (manager == successor) & (rng.random(len(region)) < _INHERITED)
        predecessor[inherited] = len(_REGION_OF) + number
        handed_over_on[inherited] = period.at(_LEFT_AT[number])
    return Staff(tuple(names), manager, predecessor, handed_over_on)
