"""How likely an event follows within some days: after given days, and after days taken at random.

Events of many owners stand on one line of time, owner × :data:`FAR` + day, sorted; so one search finds each owner's own.

    events on days 0, 10 and 40, window 20   →   of the days 0 to 39 all but 10 … 19 are followed within the window: .75
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Floats, Ints, floats

FAR: Final = 1_000_000
"""More days than anyone counts."""

_NEVER: Final = np.iinfo(np.int64).max // 2


@dataclass(frozen=True)
class Line:
    """All events, sorted."""

    events: Ints

    def after(self, moment: Ints) -> Ints:
        """The first event after each moment; another owner's lies far away.

        >>> Line(np.array([0, 10, 40])).after(np.array([0, 10]))
        array([10, 40])
        """
        following: Ints = np.append(self.events, _NEVER)[np.searchsorted(self.events, moment, side="right")]
        return following

    def followed(self, moment: Ints, window: int) -> Floats:
        """1 where an event follows within the window, else 0."""
        return floats(self.after(moment) - moment <= window)

    def first(self, owner: Ints) -> Ints:
        """Each owner's first event; one that has none has it far in the future."""
        found = self.after(owner * FAR - 1)
        return np.where(found // FAR == owner, found, owner * FAR + FAR - 1)

    def share_followed(self, start: Ints, end: Ints, window: int) -> Floats:
        """Of the days from ``start`` until before ``end`` (of one owner, not before its first event), how many are followed.

        NaN where there is no day.

        >>> Line(np.array([0, 10, 40])).share_followed(np.array([0]), np.array([40]), 20)
        array([0.75])
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            silent = (self._silent(end, window) - self._silent(start, window)) / (end - start)
        return floats(np.where(end > start, 1.0 - silent, np.nan))

    def _silent(self, day: Ints, window: int) -> Floats:
        """Days before that one, since the first event of all, that are followed by no event within the window."""
        if not self.events.size:
            return floats(day)
        gaps = np.maximum(np.diff(self.events) - window, 0)
        before = np.concatenate([[0], np.cumsum(gaps)])
        place = np.maximum(np.searchsorted(self.events, day, side="right") - 1, 0)
        open_gap = np.append(gaps, FAR)[place]
        return floats(before[place] + np.clip(day - self.events[place], 0, open_gap))
