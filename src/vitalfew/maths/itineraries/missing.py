"""What found no place in a plan, and why."""

from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Ints
from vitalfew.maths.itineraries.request import Request
from vitalfew.maths.itineraries.weeks import Room, Slots, apart, room


class Obstacle(StrEnum):
    """Why a visit that is wanted stands on no day."""

    NOBODY = "nobody"
    """Nobody who takes part may call there."""
    NO_DAY = "no_day"
    """None of those who may has a day free."""
    TOO_SOON = "too_soon"
    """Every week lies too near another visit."""
    FULL = "full"
    """The days of those who may are taken by visits that bring more."""
    NOT_WORTH_IT = "not_worth_it"
    """There is room, but it would bring less than the way or the next visit costs."""


class Missing(NamedTuple):
    """A door, how many visits there are fewer than wanted, and why."""

    door: int
    visits: int
    why: Obstacle


def missing(request: Request, found: Slots, taken: Ints, days: Ints) -> list[Missing]:
    """Every door with fewer visits than wanted, the greatest need first."""
    placed = np.bincount(found.door[taken], minlength=request.doors.need.size)
    short = request.doors.wanted - request.stand - placed
    order = np.lexsort((np.arange(short.size), -request.doors.need))
    search = _Search(request, found, taken, days)
    return [Missing(int(door), int(short[door]), search.why(int(door))) for door in order if short[door] > 0]


class _Search:
    """Looks through what is left of everybody's weeks when the plan is made."""

    def __init__(self, request: Request, found: Slots, taken: Ints, days: Ints) -> None:
        self.request = request
        whole = _with(request, found, taken, days)
        self.apart = apart(whole)
        self.regions = found.regions
        self.left, self.empty = room(whole, found.regions), room(request, found.regions)

    def why(self, door: int) -> Obstacle:
        people = self.request.pairs.person[self.request.pairs.door == door]
        if not people.size:
            return Obstacle.NOBODY
        if not self._open(self.empty, people, door).any():
            return Obstacle.NO_DAY
        if not self.apart[door].any():
            return Obstacle.TOO_SOON
        fits = self._open(self.left, people, door)[:, self.apart[door]]
        return Obstacle.NOT_WORTH_IT if fits.any() else Obstacle.FULL

    def _open(self, left: Room, people: Ints, door: int) -> Bools:
        """People × weeks: where one more visit has a place."""
        region = int(np.searchsorted(self.regions, self.request.doors.region[door]))
        opened = (left.days[people] > 0) | (left.seats[people, :, region] > 0)
        return np.asarray(opened & (left.visits[people] > 0))


def _with(request: Request, found: Slots, taken: Ints, days: Ints) -> Request:
    """The same with the plan's visits standing."""
    person, door, day = request.standing
    standing = request.standing._replace(
        person=np.append(person, found.person[taken]),
        door=np.append(door, found.door[taken]),
        day=np.append(day, days),
    )
    return replace(request, standing=standing)
