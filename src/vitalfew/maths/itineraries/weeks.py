"""Which week who calls where: a mixed integer program, solved by HiGHS.

    max  sum x need · suits · 0.99^w · 0.9^late  −  sum u need (1 − 1/2^(k−1))  −  travel · sum y

x is 1 where a person calls at a door in week w, counted from 0; late are the weeks after the one it should be visited by. The
k-th visit to a door counts half of the one before: u takes off what the first would have counted more. y are a person's days in
a region in a week.

    sum x of a region ≤ most a day · y + seats left on days that stand there      a region a day
    sum y ≤ days free · sum x ≤ most a week · sum x of a door ≤ wanted
    sum x of a door over weeks that are nearer than its spacing ≤ 1               whichever of their days are taken

Huangfu, Q. & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming Computation 10.
Falling returns of calls and the way as a price of a day: Lodish, L. M. (1971). CALLPLAN. Management Science 18(4).
"""

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.itineraries.request import Request

LATER: Final = 0.99
LATE: Final = 0.9
AGAIN: Final = 0.5
WEEK: Final = 7


class Room(NamedTuple):
    """People × weeks: whole days free, and visits left; people × weeks × regions: seats on days that stand there."""

    days: Ints
    visits: Ints
    seats: Ints


def room(request: Request, regions: Ints) -> Room:
    """What standing visits leave. A day with one belongs to its region; one with two regions takes no more."""
    people, (persons, days) = request.people, request.people.free.shape
    held = np.zeros((persons, days), dtype=np.int64)
    place = np.full((persons, days), -1, dtype=np.int64)
    person, door, day = (each[request.here] for each in request.standing)
    column = np.searchsorted(request.days, day)
    np.add.at(held, (person, column), 1)
    region = np.searchsorted(regions, request.doors.region[door])
    np.maximum.at(place, (person, column), region)
    mixed, other = np.zeros((persons, days), dtype=bool), place[person, column] != region
    mixed[person[other], column[other]] = True
    left = np.where(people.free & (held > 0) & ~mixed, np.maximum(people.most_a_day[:, None] - held, 0), 0)
    seats = np.zeros((persons, request.weeks, regions.size), dtype=np.int64)
    who, when = np.nonzero(left)
    np.add.at(seats, (who, request.week[when], place[who, when]), left[who, when])
    return Room(
        _by_week(request, people.free & (held == 0) & (people.most_a_day > 0)[:, None]),
        np.maximum(people.most_a_week[:, None] - _by_week(request, held), 0),
        seats,
    )


def _by_week(request: Request, days: Any) -> Ints:
    """Summed over the days of each week."""
    sums = np.zeros((days.shape[0], request.weeks), dtype=np.int64)
    np.add.at(sums.T, request.week, days.T)
    return sums


@dataclass(frozen=True)
class Slots:
    """What could be: a pair in a week, with what it counts as a door's first visit. ``region`` is a place among ``regions``."""

    person: Ints
    door: Ints
    week: Ints
    value: Floats
    region: Ints
    regions: Ints

    @property
    def size(self) -> int:
        return self.person.size


def apart(request: Request) -> Bools:
    """Doors × weeks: whether every day of the week lies as far from the last and the standing visits as it should."""
    fine = request.first[None, :] - request.doors.last[:, None] >= request.doors.spacing[:, None]
    door, day = request.standing.door[:, None], request.standing.day[:, None]
    distance = np.maximum(np.maximum(request.first[None, :] - day, day - request.last[None, :]), 0)
    near = (distance < request.doors.spacing[door]) | ((request.first[None, :] <= day) & (day <= request.last[None, :]))
    at, week = np.nonzero(near)
    fine[request.standing.door[at], week] = False
    return fine


def late(request: Request) -> Ints:
    """Doors × weeks: how many weeks after the one by which it should be visited; an overdue one is late from the first."""
    by = np.nan_to_num(request.by_when, nan=np.inf, posinf=np.inf)
    behind = np.ceil((request.first[None, :] - by[:, None]) / WEEK)
    return np.maximum(np.where(np.isfinite(behind), behind, 0), 0).astype(np.int64)


def slots(request: Request) -> Slots:
    """Every pair in every week that keeps its distance and has somebody with room."""
    regions = np.unique(request.doors.region)
    pairs, left = request.pairs, room(request, regions)
    pair, week = (each.ravel() for each in np.indices((pairs.person.size, request.weeks)))
    person, door = pairs.person[pair], pairs.door[pair]
    region = np.searchsorted(regions, request.doors.region[door])
    possible = apart(request)[door, week] & (left.visits[person, week] > 0)
    possible &= (left.days[person, week] > 0) | (left.seats[person, week, region] > 0)
    possible &= request.doors.wanted[door] > request.stand[door]
    value = request.doors.need[door] * pairs.suits[pair] * LATER**week * LATE ** late(request)[door, week]
    possible &= value > 0
    return Slots(person[possible], door[possible], week[possible], value[possible], region[possible], regions)


class Chosen(NamedTuple):
    """Which slots are taken, what the plan is worth, and the most that any could be; ``ended`` before the time was up."""

    taken: Ints
    value: float
    bound: float
    ended: bool


def chosen(request: Request, found: Slots, seconds: float, gap: float) -> Chosen:
    """The slots that together bring most, as far as can be told in the time given."""
    if not found.size:
        return Chosen(np.empty(0, dtype=np.int64), 0.0, 0.0, True)
    from scipy.optimize import Bounds, LinearConstraint, milp

    program = _Program(request, found)
    scale = float(found.value.max())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solved: Any = milp(
            -program.worth / scale,
            integrality=program.whole,
            bounds=Bounds(0, program.most),
            constraints=LinearConstraint(program.matrix, ub=program.limits),
            options={"time_limit": seconds, "mip_rel_gap": gap},
        )
    if solved.x is None:
        bound = -solved.mip_dual_bound * scale if solved.mip_dual_bound is not None else float(found.value.sum())
        return Chosen(np.empty(0, dtype=np.int64), 0.0, max(bound, 0.0), False)
    value = max(-solved.fun * scale, 0.0)
    taken = np.flatnonzero(solved.x[: found.size] > 1 / 2)
    return Chosen(taken, value, max(-solved.mip_dual_bound * scale, value), solved.status == 0)


class _Program:
    """The columns x, y, u in this order, and the rows, put together block by block."""

    def __init__(self, request: Request, found: Slots) -> None:
        self.request, self.found = request, found
        self.room = room(request, found.regions)
        key = np.column_stack([found.person, found.week, found.region])
        self.trips, self.trip = np.unique(key, axis=0, return_inverse=True)
        self.doors, self.at = np.unique(found.door, return_inverse=True)
        self.stand = request.stand[self.doors]
        self.left = request.doors.wanted[self.doors] - self.stand
        again = np.maximum(np.minimum(self.left, request.weeks) - (self.stand == 0), 0)
        self.again = np.repeat(np.arange(self.doors.size), again)
        self.nth = _counted(again) + 1 + np.maximum(self.stand, 1)[self.again]
        self.rows: list[tuple[Ints, Ints, Floats, Ints]] = []
        self._rows()

    @property
    def sizes(self) -> tuple[int, int, int]:
        return self.found.size, len(self.trips), self.again.size

    @cached_property
    def worth(self) -> Floats:
        home = self.request.people.home[self.trips[:, 0]] == self.found.regions[self.trips[:, 2]]
        way = np.where(home, 0.0, self.request.travel)
        less = self.request.doors.need[self.doors[self.again]] * (1 - AGAIN ** (self.nth - 1))
        return np.concatenate([self.found.value, -way, -less])

    @cached_property
    def whole(self) -> Ints:
        x, y, u = self.sizes
        return np.concatenate([np.ones(x + y, dtype=np.int64), np.zeros(u, dtype=np.int64)])

    @cached_property
    def most(self) -> Floats:
        x, _y, u = self.sizes
        days = self.room.days[self.trips[:, 0], self.trips[:, 1]]
        return np.concatenate([np.ones(x), days.astype(float), np.ones(u)])

    @property
    def matrix(self) -> Any:
        from scipy.sparse import csr_array

        row, column, value, start = [], [], [], 0
        for each_row, each_column, each_value, limits in self.rows:
            row.append(each_row + start)
            column.append(each_column)
            value.append(each_value)
            start += limits.size
        joined = (np.concatenate(value), (np.concatenate(row), np.concatenate(column)))
        return csr_array(joined, shape=(start, sum(self.sizes)))

    @property
    def limits(self) -> Floats:
        return np.concatenate([limits for *_cells, limits in self.rows]).astype(float)

    def _rows(self) -> None:
        x, y = np.arange(self.found.size), np.arange(len(self.trips)) + self.found.size
        u = np.arange(self.again.size) + self.found.size + len(self.trips)
        person, week, region = self.trips.T
        seats = self.room.seats[person, week, region]
        self._row([(self.trip, x, 1), (np.arange(y.size), y, -self.request.people.most_a_day[person])], seats)
        alone = np.flatnonzero(seats[self.trip] == 0)
        self._row([(np.arange(alone.size), alone, 1), (np.arange(alone.size), y[self.trip[alone]], -1)], 0 * alone)
        weeks = self.request.weeks
        desks, desk = np.unique(person * weeks + week, return_inverse=True)
        self._row([(desk, y, 1)], self.room.days.ravel()[desks])
        self._row([(desk[self.trip], x, 1)], self.room.visits.ravel()[desks])
        self._row([(self.at, x, 1)], self.left)
        self._row([(self.at, x, 1), (self.again, u, -1)], 1 * (self.stand == 0))
        self._windows(x)

    def _row(self, cells: list[tuple[Ints, Ints, Any]], limits: Ints) -> None:
        """A block of rows ``sum value · column ≤ limit``."""
        row, column = (np.concatenate([cell[place] for cell in cells]) for place in (0, 1))
        value = np.concatenate([np.broadcast_to(np.asarray(v, dtype=float), r.shape) for r, _c, v in cells])
        self.rows.append((row, column, value, limits))

    def _windows(self, x: Ints) -> None:
        """From each week on, those that are nearer than the spacing: one visit among them."""
        spacing = self.request.doors.spacing[self.doors]
        for week in range(self.request.weeks):
            near = self.request.first[None, :] - self.request.last[week] < spacing[:, None]
            near[:, week], near[:, :week] = True, False
            inside = np.flatnonzero(near[self.at, self.found.week])
            self._row([(self.at[inside], x[inside], 1)], np.ones(self.doors.size, dtype=np.int64))


def _counted(sizes: Ints) -> Ints:
    """0, 1, 2 … within each run of the size."""
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.arange(int(sizes.sum())) - starts
