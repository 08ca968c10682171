"""Sums over windows of days, each owner's own; and which windows of an owner overlap.

Days of many owners stand on one line of time, owner × FAR + day, sorted; sums run along it, so that what a window holds is
a difference of two.

    owner 0: 5 on day 1, 7 on day 4; owner 1: 2 on day 3   →   days 0 to 3: 5 and 2
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints, floats
from vitalfew.maths.following import FAR


@dataclass(frozen=True)
class Windows:
    """The line of time and, by name, the running sums along it."""

    line: Ints
    sums: Mapping[str, Floats]

    @classmethod
    def of(cls, owner: Ints, day: Ints, values: Mapping[str, Floats]) -> "Windows":
        """From rows sorted by owner and day; what is not a number counts as nothing.

        >>> line = Windows.of(np.array([0, 0, 1]), np.array([1, 4, 3]), {"sales": np.array([5.0, 7, 2])})
        >>> line.between("sales", np.array([0, 1]), np.array([0, 0]), np.array([3, 3])).tolist()
        [5.0, 2.0]
        """
        sums = {name: np.concatenate([[0.0], np.cumsum(np.nan_to_num(each))]) for name, each in values.items()}
        return cls(owner * FAR + day, sums)

    def between(self, name: str, owner: Ints, first: Ints, last: Ints) -> Floats:
        """The sum of each window, both ends in it."""
        start = np.searchsorted(self.line, owner * FAR + first, side="left")
        end = np.searchsorted(self.line, owner * FAR + last, side="right")
        return floats(self.sums[name][end] - self.sums[name][start])


def overlapping(owner: Ints, first: Ints, last: Ints) -> Bools:
    """Whether another window of the same owner shares a day.

    >>> overlapping(np.array([0, 0, 1]), np.array([1, 5, 5]), np.array([5, 9, 9])).tolist()
    [True, True, False]
    """
    begun = np.searchsorted(np.sort(owner * FAR + first), owner * FAR + last, side="right")
    over = np.searchsorted(np.sort(owner * FAR + last), owner * FAR + first, side="left")
    return np.asarray(begun - over > 1)
