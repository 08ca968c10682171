"""No plan breaks a rule, small ones are the best there are, and what found no place is told with its reason."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitalfew.maths.itineraries.checking import Rule, violations
from vitalfew.maths.itineraries.missing import Obstacle
from vitalfew.maths.itineraries.planning import Plan, Visit, plan
from vitalfew.maths.itineraries.request import NEVER, Doors, Pairs, People, Request, Standing

MONDAY = 20_000 - 20_000 % 7 + 4
NOTHING = Standing(*(np.empty(0, dtype=np.int64) for _each in range(3)))


def worked(weeks, a_week=5):
    days = np.concatenate([MONDAY + 7 * w + np.arange(a_week) for w in range(weeks)])
    return days.astype(np.int64), np.repeat(np.arange(weeks), a_week)


def request(need, *, weeks=2, people=1, wanted=1, region=0, spacing=7, travel=0.0, a_day=2, a_week=10, days=5, **more):
    """Everybody may call everywhere, nothing is due, nothing stands, unless said otherwise."""
    count = len(need)
    all_days, week = worked(weeks, days)
    whole = lambda value, n: np.broadcast_to(np.asarray(value, dtype=np.int64), n).copy()  # noqa: E731
    person, door = (each.ravel() for each in np.indices((people, count)))
    unknown = np.full(count, np.nan)
    doors = Doors(
        np.asarray(need, dtype=float), whole(wanted, count), whole(region, count),
        more.get("due", unknown), more.get("occasion", unknown), whole(spacing, count),
        more.get("last", np.full(count, NEVER)),
    )  # fmt: skip
    free = more.get("free", np.ones((people, all_days.size), dtype=bool))
    crew = People(free, whole(a_day, people), whole(a_week, people), whole(more.get("home", -1), people))
    pairs = more.get("pairs", Pairs(person, door, np.ones(person.size)))
    return Request(all_days, week, crew, doors, pairs, more.get("standing", NOTHING), travel)


def standing(*rows):
    return Standing(*(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)))


@st.composite
def requests(draw):
    people, count, weeks, a_week = (draw(st.integers(1, most)) for most in (3, 6, 4, 5))
    days, _week = worked(weeks, a_week)
    numbers = lambda low, high, n: np.array(draw(st.lists(st.integers(low, high), min_size=n, max_size=n)))  # noqa: E731
    bits = numbers(0, 3, people * days.size).reshape(people, days.size) > 0
    every = list(product(range(people), range(count)))
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))
    pairs = Pairs(
        np.array([p for p, _d in chosen], dtype=np.int64), np.array([d for _p, d in chosen], dtype=np.int64),
        numbers(1, 10, len(chosen)) / 10,
    )  # fmt: skip
    kept = draw(st.lists(st.tuples(
        st.integers(0, people - 1), st.integers(0, count - 1), st.integers(int(days[0]) - 9, int(days[-1]) + 9)
    ), max_size=4))  # fmt: skip
    return without_some(draw, request(
        numbers(0, 50, count), weeks=weeks, people=people, days=a_week, pairs=pairs,
        wanted=numbers(0, 3, count), region=numbers(-1, 2, count), spacing=numbers(0, 20, count),
        travel=float(draw(st.integers(0, 10))), a_day=numbers(0, 3, people), a_week=numbers(0, 6, people),
        free=bits, home=numbers(-1, 2, people), due=MONDAY + numbers(-20, 40, count).astype(float),
        occasion=np.where(numbers(0, 2, count) == 0, MONDAY + numbers(0, 25, count), np.nan),
        last=MONDAY - numbers(1, 30, count).astype(float), standing=standing(*kept) if kept else NOTHING,
    ))  # fmt: skip


def without_some(draw, asked):
    """On some days of it nobody works."""
    some = np.array(
        draw(st.lists(st.sampled_from([True, True, False]), min_size=asked.days.size, max_size=asked.days.size))
    )
    some[draw(st.integers(0, asked.days.size - 1))] = True
    people = asked.people._replace(free=asked.people.free[:, some])
    return replace(asked, days=asked.days[some], week=asked.week[some], people=people)


@settings(deadline=None, max_examples=150)
@given(asked=requests())
def test_no_plan_breaks_a_rule(asked):
    made = plan(asked, gap=0.0)

    assert violations(asked, made) == []
    assert made.ended
    assert 0 <= made.value <= made.bound * (1 + 1e-9)
    assert worth(asked, [(v.person, v.door, v.day) for v in made.visits]) == pytest.approx(
        made.value, rel=1e-6, abs=1e-6
    )
    short = {each.door: each.visits for each in made.missing}
    for door in range(asked.doors.need.size):
        planned = sum(visit.door == door for visit in made.visits) + asked.stand[door]
        assert max(asked.doors.wanted[door] - planned, 0) == short.get(door, 0)


def worth(asked, visits):
    """What a plan counts, added up visit by visit: an own reading of the same convention."""
    total, doors = 0.0, asked.doors
    suits = {(p, d): s for p, d, s in zip(*asked.pairs, strict=True)}
    for person, door, day in visits:
        week = int(asked.week[asked.days == day][0])
        by = np.nanmin([doors.due[door], doors.occasion[door], np.inf])
        behind = max(0, np.ceil((asked.days[asked.week == week].min() - by) / 7)) if np.isfinite(by) else 0
        total += doors.need[door] * suits[person, door] * 0.99**week * 0.9**behind
    for door in {door for _p, door, _day in visits}:
        number, stand = sum(at == door for _p, at, _day in visits), int(asked.stand[door])
        total -= sum(doors.need[door] * (1 - 0.5 ** (k - 1)) for k in range(stand + 1, stand + number + 1))
    standing = {(p, day) for p, _d, day in zip(*asked.standing, strict=True)}
    for person, day in {(p, day) for p, _d, day in visits} - standing:
        region = {int(doors.region[d]) for p, d, at in visits if (p, at) == (person, day)}
        total -= asked.travel * (asked.people.home[person] not in region)
    return total


def possible(asked, chosen):
    """Whether every rule holds, and visits lie apart whichever days of their weeks are taken."""
    made = Plan([Visit(p, d, day, 0, 0.0, 0, ()) for p, d, day in chosen], [], 0, 0, True, 0)
    if violations(asked, made):
        return False
    for door in {d for _p, d, _day in chosen}:
        weeks = [int(asked.week[asked.days == day][0]) for _p, at, day in chosen if at == door]
        for one, other in combinations(sorted(weeks), 2):
            if one == other or asked.first[other] - asked.last[one] < asked.doors.spacing[door]:
                return False
        if any(asked.first[week] - asked.doors.last[door] < asked.doors.spacing[door] for week in weeks):
            return False
    return True


def best_of_all(asked):
    every = [
        (int(p), int(d), int(day))
        for p, d in zip(asked.pairs.person, asked.pairs.door, strict=True)
        for day in asked.days
    ]
    most = int(asked.doors.wanted.sum())
    tried = (chosen for n in range(most + 1) for chosen in combinations(every, n))
    return max((worth(asked, chosen) for chosen in tried if possible(asked, chosen)), default=0.0)


@pytest.mark.parametrize("seed", range(12))
def test_a_small_plan_is_the_best_of_all(seed):
    rng = np.random.default_rng(seed)
    people, count = 1 + seed % 2, 3
    asked = request(
        rng.integers(1, 40, count), weeks=2, people=people, days=2, wanted=rng.integers(1, 3, count) if people == 1 else 1,
        region=rng.integers(0, 2, count), spacing=rng.integers(0, 12, count), travel=float(rng.integers(0, 12)),
        a_day=rng.integers(1, 3, people), a_week=rng.integers(1, 4, people), free=rng.random((people, 4)) < 0.8,
        due=MONDAY + rng.integers(-15, 15, count).astype(float), home=rng.integers(-1, 2, people),
        last=MONDAY - rng.integers(1, 12, count).astype(float),
    )  # fmt: skip
    made = plan(asked, gap=0.0)

    assert made.value == pytest.approx(best_of_all(asked), rel=1e-6, abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(asked=requests(), person=st.integers(0, 2))
def test_more_room_never_brings_less(asked, person):
    people = asked.people
    more = np.arange(people.most_a_day.size) == person
    wider = replace(asked, people=people._replace(
        most_a_day=people.most_a_day + more, most_a_week=people.most_a_week + more, free=people.free | more[:, None]
    ))  # fmt: skip

    assert plan(wider, gap=0.0).value >= plan(asked, gap=0.0).value * (1 - 1e-6) - 1e-6


@settings(deadline=None, max_examples=40)
@given(asked=requests(), factor=st.sampled_from([1e-6, 1e6]))
def test_another_currency_plans_the_same(asked, factor):
    other = replace(asked, travel=asked.travel * factor, doors=asked.doors._replace(need=asked.doors.need * factor))

    assert plan(other, gap=0.0).value == pytest.approx(plan(asked, gap=0.0).value * factor, rel=1e-5, abs=1e-5 * factor)


def test_the_most_needed_come_first_and_a_region_is_visited_together():
    made = plan(request([5, 40, 30, 35], region=[0, 1, 0, 1], a_day=2, a_week=4, weeks=1, days=2, travel=1.0))

    days = {visit.door: visit.day for visit in made.visits}
    assert days[1] == days[3] != days[0] == days[2]
    assert next(visit for visit in made.visits if visit.door == 1).nearby == (3,)
    assert made.value == pytest.approx(5 + 40 + 30 + 35 - 2)


def test_what_is_due_or_celebrated_comes_in_time():
    nan = np.nan
    asked = request(
        [10, 10, 10], weeks=3, a_week=1, a_day=1,
        due=np.array([nan, MONDAY + 20.0, MONDAY + 20.0]), occasion=np.array([MONDAY + 2.0, nan, MONDAY + 9.0]),
    )  # fmt: skip

    assert [visit.door for visit in plan(asked).visits] == [0, 2, 1]
    assert all(visit.late == 0 for visit in plan(asked).visits)


def test_a_visit_that_is_overdue_is_late_from_the_first_week():
    made = plan(request([10], due=np.array([MONDAY - 8.0])))
    assert [(visit.week, visit.late) for visit in made.visits] == [(0, 2)]


def test_further_visits_count_half_of_the_one_before_and_lie_apart():
    made = plan(request([16], weeks=6, wanted=3, spacing=10), gap=0.0)

    days = sorted(visit.day for visit in made.visits)
    assert len(days) == 3
    assert np.diff(days).min() >= 10
    assert made.value == pytest.approx(16 * (1 + 0.99**2 + 0.99**4) - 16 * (0.5 + 0.75))


def test_what_stands_is_kept_and_its_day_is_filled_up():
    asked = request([9, 8, 7], region=[0, 0, 1], a_day=2, a_week=2, weeks=1, standing=standing((0, 0, MONDAY + 2)))
    made = plan(asked)

    assert [(visit.door, visit.day, visit.nearby) for visit in made.visits] == [(1, MONDAY + 2, (0,))]
    assert [(each.door, each.why) for each in made.missing] == [(2, Obstacle.FULL)]


def test_two_of_us_are_at_one_door_only_where_that_stands():
    together = standing((0, 0, MONDAY), (1, 0, MONDAY))
    made = plan(request([9, 9], people=2, wanted=2, weeks=1, standing=together))

    assert sorted(visit.door for visit in made.visits) == [1]
    assert violations(request([9, 9], people=2, wanted=2, weeks=1, standing=together), made) == []


def test_a_week_without_a_worked_day_is_passed_over():
    asked = request([9, 8], weeks=4, wanted=2, spacing=10, a_day=1, a_week=1)
    some = (asked.week == 1) | (asked.week == 3)
    holiday = replace(
        asked,
        days=asked.days[some],
        week=asked.week[some],
        people=asked.people._replace(free=asked.people.free[:, some]),
    )
    made = plan(holiday, gap=0.0)

    assert violations(holiday, made) == []
    assert [(visit.door, visit.week) for visit in made.visits] == [(0, 1), (1, 3)]
    assert holiday.first.tolist() == [MONDAY + 7, MONDAY + 7, MONDAY + 11, MONDAY + 21]
    assert holiday.last.tolist() == [MONDAY + 7, MONDAY + 11, MONDAY + 11, MONDAY + 25]


def test_why_a_visit_found_no_place():
    away = np.ones((2, 5), dtype=bool)
    away[1] = False
    person, door = np.array([0, 0, 1, 0, 0]), np.array([0, 1, 2, 4, 5])
    asked = request(
        [50, 40, 30, 20, 10, 2], people=2, weeks=1, a_day=1, a_week=1, free=away, travel=3.0, spacing=7,
        pairs=Pairs(person, door, np.ones(5)), last=np.array([NEVER] * 4 + [MONDAY - 1.0, NEVER]),
    )  # fmt: skip
    made = plan(asked)

    assert [visit.door for visit in made.visits] == [0]
    assert {each.door: each.why for each in made.missing} == {
        1: Obstacle.FULL, 2: Obstacle.NO_DAY, 3: Obstacle.NOBODY, 4: Obstacle.TOO_SOON, 5: Obstacle.FULL,
    }  # fmt: skip
    poor = request([2], travel=3.0)
    assert [each.why for each in plan(poor).missing] == [Obstacle.NOT_WORTH_IT]


def test_nothing_to_plan_is_an_empty_plan():
    none = request([], weeks=1)
    assert plan(none).visits == []
    assert plan(replace(request([5]), days=np.empty(0, dtype=np.int64), week=np.empty(0, dtype=np.int64))).visits == []
    assert (
        plan(request([5], pairs=Pairs(*(np.empty(0, dtype=np.int64) for _each in range(3))))).missing[0].why == "nobody"
    )
    assert plan(request([0.0])).missing[0].why is Obstacle.NOT_WORTH_IT


def test_without_time_the_plan_says_how_far_it_may_be_from_the_best():
    rng = np.random.default_rng(3)
    asked = request(
        rng.lognormal(3, 1, 60), people=4, weeks=6, wanted=2, region=rng.integers(0, 9, 60), spacing=14, travel=4.0,
        a_week=4,
    )  # fmt: skip
    hurried = plan(asked, seconds=0.0)

    assert violations(asked, hurried) == []
    assert not hurried.ended
    assert 0 < hurried.short_of_best <= 1
    assert hurried.bound >= plan(asked, seconds=10).value * (1 - 1e-9)


BROKEN = [
    (Visit(0, 0, MONDAY + 5, 0, 1.0, 0, ()), Rule.WORKED),
    (Visit(1, 0, MONDAY, 0, 1.0, 0, ()), Rule.MAY),
]


@pytest.mark.parametrize(("visit", "rule"), BROKEN)
def test_the_check_finds_a_day_that_is_not_worked_and_a_stranger(visit, rule):
    asked = request([5, 5], people=2, pairs=Pairs(np.array([0, 0, 1]), np.array([0, 1, 1]), np.ones(3)))
    assert rule in {each.rule for each in violations(asked, _made(visit))}


def _made(*visits):
    return Plan(list(visits), [], 0.0, 0.0, True, 0.0)


def test_the_check_finds_what_is_crowded_mixed_near_and_unwanted():
    asked = request(
        [5, 5, 5], a_day=2, a_week=3, region=[0, 1, 0], spacing=3, last=np.array([NEVER, MONDAY - 1.0, NEVER])
    )
    at = lambda door, day: Visit(0, door, MONDAY + day, 0, 1.0, 0, ())  # noqa: E731

    assert [each.rule for each in violations(asked, _made(at(0, 0), at(2, 0)))] == []
    assert [each.rule for each in violations(asked, _made(at(0, 0), at(1, 0)))] == [Rule.ONE_REGION, Rule.DISTANCE]
    assert [each.rule for each in violations(asked, _made(at(0, 0), at(0, 2)))] == [Rule.DISTANCE, Rule.WANTED]
    crowded = violations(
        replace(asked, people=asked.people._replace(most_a_week=np.array([1]))), _made(at(0, 0), at(2, 0))
    )
    assert [each.rule for each in crowded] == [Rule.A_WEEK]
    crowded = violations(
        replace(asked, people=asked.people._replace(most_a_day=np.array([1]))), _made(at(0, 0), at(2, 0))
    )
    assert [each.rule for each in crowded] == [Rule.A_DAY]
