"""A plan: visits on days, what each counts, and how far the whole may lie from the best.

one person, two visits a day, two doors in one region, need 3 and 2  →  both on the first day, value 5
"""

import time
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Ints
from vitalfew.maths.itineraries.days import laid_out
from vitalfew.maths.itineraries.missing import Missing, missing
from vitalfew.maths.itineraries.request import Request
from vitalfew.maths.itineraries.weeks import Slots, chosen, late, slots


class Visit(NamedTuple):
    """A proposal: who calls where and when, what it counts, weeks late; ``nearby`` are the region's other doors that day."""

    person: int
    door: int
    day: int
    week: int
    value: float
    late: int
    nearby: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """``value`` is less the way; ``bound`` is what no plan by weeks exceeds; ``ended`` where time was not what stopped it."""

    visits: list[Visit]
    missing: list[Missing]
    value: float
    bound: float
    ended: bool
    seconds: float

    @property
    def short_of_best(self) -> float:
        """The share by which the best plan could bring more at most."""
        return (self.bound - self.value) / self.bound if self.bound > self.value else 0.0


def plan(request: Request, *, seconds: float = 15.0, gap: float = 0.005) -> Plan:
    """Visits for the days asked for; what stands is kept. It stops within ``gap`` of the best, or when time is up."""
    began = time.perf_counter()
    if not request.days.size or not request.people.most_a_day.size or not request.doors.need.size:
        return Plan([], [], 0.0, 0.0, True, time.perf_counter() - began)
    found = slots(request)
    best = chosen(request, found, seconds, gap)
    days = laid_out(request, found, best.taken)
    visits = _visits(request, found, best.taken, days)
    left = missing(request, found, best.taken, days)
    return Plan(visits, left, best.value, best.bound, best.ended, time.perf_counter() - began)


def _visits(request: Request, found: Slots, taken: Ints, days: Ints) -> list[Visit]:
    """By day, then person; whoever else is called on in the region that day stands beside each."""
    person, door = (
        np.append(planned, standing)
        for planned, standing in zip((found.person[taken], found.door[taken]), request.standing[:2], strict=True)
    )
    key = np.column_stack([person, np.append(days, request.standing.day), request.doors.region[door]])
    _trips, trip = np.unique(key, axis=0, return_inverse=True)
    behind = late(request)
    order = np.lexsort((found.door[taken], found.person[taken], days))
    return [
        Visit(
            int(person[n]), int(door[n]), int(days[n]), int(found.week[taken[n]]), float(found.value[taken[n]]),
            int(behind[door[n], found.week[taken[n]]]),
            tuple(int(other) for other in np.unique(door[trip == trip[n]]) if other != door[n]),
        )
        for n in order
    ]  # fmt: skip
