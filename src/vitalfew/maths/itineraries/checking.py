"""Whether a plan keeps every rule, looked at day by day and visit by visit, apart from how plans are made."""

from collections import Counter
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from vitalfew.maths.itineraries.planning import Plan
from vitalfew.maths.itineraries.request import Request


class Rule(StrEnum):
    """What no plan may break."""

    WORKED = "worked"
    """Only worked days on which the person is free."""
    A_DAY = "a_day"
    A_WEEK = "a_week"
    ONE_REGION = "one_region"
    """A person's proposed visits of a day lie in one region, that of those that stand."""
    MAY = "may"
    """Only those who may call there."""
    DISTANCE = "distance"
    """Visits to a door as far apart as they should be, whoever calls."""
    WANTED = "wanted"


class Violation(NamedTuple):
    """A rule that is broken, and by whom, where or when."""

    rule: Rule
    of: tuple[int, ...]


def violations(request: Request, made: Plan) -> list[Violation]:
    """Every breach; standing visits are held against each other by nobody."""
    return [*_free(request, made), *_crowded(request, made), *_regions(request, made), *_doors(request, made)]


def _free(request: Request, made: Plan) -> list[Violation]:
    column = {int(day): n for n, day in enumerate(request.days)}
    may = set(zip(request.pairs.person.tolist(), request.pairs.door.tolist(), strict=True))
    broken = []
    for visit in made.visits:
        if visit.day not in column or not request.people.free[visit.person, column[visit.day]]:
            broken.append(Violation(Rule.WORKED, (visit.person, visit.day)))
        if (visit.person, visit.door) not in may:
            broken.append(Violation(Rule.MAY, (visit.person, visit.door)))
    return broken


def _standing(request: Request) -> list[tuple[int, int, int]]:
    return list(zip(*(each.tolist() for each in request.standing), strict=True))


def _crowded(request: Request, made: Plan) -> list[Violation]:
    week = dict(zip(request.days.tolist(), request.week.tolist(), strict=True))
    proposed = [(visit.person, visit.door, visit.day) for visit in made.visits]
    whole = proposed + _standing(request)
    a_day = Counter((person, day) for person, _door, day in whole)
    a_week = Counter((person, week[day]) for person, _door, day in whole if day in week)
    days = {(person, day) for person, _door, day in proposed}
    weeks = {(person, week.get(day, -1)) for person, _door, day in proposed}
    return [
        *(Violation(Rule.A_DAY, at) for at in sorted(days) if a_day[at] > request.people.most_a_day[at[0]]),
        *(Violation(Rule.A_WEEK, at) for at in sorted(weeks) if a_week[at] > request.people.most_a_week[at[0]]),
    ]


def _regions(request: Request, made: Plan) -> list[Violation]:
    seen: dict[tuple[int, int], set[int]] = {}
    for person, door, day in [(v.person, v.door, v.day) for v in made.visits] + _standing(request):
        seen.setdefault((person, day), set()).add(int(request.doors.region[door]))
    proposed = sorted({(visit.person, visit.day) for visit in made.visits})
    return [Violation(Rule.ONE_REGION, at) for at in proposed if len(seen[at]) > 1]


def _doors(request: Request, made: Plan) -> list[Violation]:
    broken = []
    for door in sorted({visit.door for visit in made.visits}):
        proposed = [visit.day for visit in made.visits if visit.door == door]
        standing = {day for _person, at, day in _standing(request) if at == door}
        before, spacing = float(request.doors.last[door]), max(int(request.doors.spacing[door]), 1)
        in_order = sorted([(day, True) for day in proposed] + [(day, False) for day in standing])
        close = any(b - a < spacing and (new or newer) for (a, new), (b, newer) in pairwise(in_order))
        if close or min(proposed) - before < spacing:
            broken.append(Violation(Rule.DISTANCE, (door,)))
        within = [day for day in standing if request.days[0] <= day <= request.days[-1]]
        if len(proposed) + len(within) > request.doors.wanted[door]:
            broken.append(Violation(Rule.WANTED, (door,)))
    return broken
