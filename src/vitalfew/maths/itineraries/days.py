"""On which day of the week who calls where: a region a day, what is due soonest first.

The weeks leave room for it: seats on days that stand in a region are taken before a new day there is begun.
"""

from collections.abc import Iterator

import numpy as np

from vitalfew.maths.arrays import Ints
from vitalfew.maths.itineraries.request import Request
from vitalfew.maths.itineraries.weeks import Slots


def laid_out(request: Request, found: Slots, taken: Ints) -> Ints:
    """The day of each slot that was taken."""
    chosen = np.full(taken.size, -1, dtype=np.int64)
    key = np.column_stack([found.person, found.week])[taken]
    for person, week in np.unique(key, axis=0):
        mine = np.flatnonzero((key == (person, week)).all(axis=1))
        chosen[mine] = _week(request, found, taken[mine], int(person), int(week))
    return chosen


def _week(request: Request, found: Slots, slots: Ints, person: int, week: int) -> Ints:
    """One person's visits of one week on days: regions by what is due soonest in each."""
    due = np.nan_to_num(request.by_when[found.door[slots]], nan=np.inf)
    order = np.lexsort((found.door[slots], -found.value[slots], due))
    region = found.region[slots]
    soonest = sorted(set(region.tolist()), key=lambda each: int(np.flatnonzero(region[order] == each)[0]))
    unused = iter(_unused(request, person, week))
    chosen = np.full(slots.size, -1, dtype=np.int64)
    for each in soonest:
        visits = order[region[order] == each]
        places = _places(request, person, week, int(found.regions[each]), unused)
        chosen[visits] = [day for _visit, day in zip(visits, places, strict=False)]
    return chosen


def _unused(request: Request, person: int, week: int) -> list[int]:
    """The days of the week on which the person is free and nothing stands."""
    standing = request.standing.day[request.standing.person == person]
    there = request.people.free[person] & (request.week == week) & ~np.isin(request.days, standing)
    return [int(day) for day in request.days[there]]


def _places(request: Request, person: int, week: int, region: int, unused: Iterator[int]) -> Iterator[int]:
    """A day for each visit to the region: those that stand there first, then new ones, each as often as it has room."""
    most = int(request.people.most_a_day[person])
    for day in request.days[request.people.free[person] & (request.week == week)]:
        doors = request.standing.door[(request.standing.person == person) & (request.standing.day == day)]
        if doors.size and (request.doors.region[doors] == region).all():
            yield from [int(day)] * (most - doors.size)
    for day in unused:
        yield from [day] * most
