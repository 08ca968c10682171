"""The order of a queue: who goes first does, and nobody waits without end for it."""

from datetime import date
from random import Random

import pytest

from vitalfew.channel.turns import REST, WAITED, Waiting, cutoff, place, serve, turn
from vitalfew.workdays import Calendar

LONGEST = 5
DAYS = 120
A_DAY = 4


def stream(seed, members_a_day, small_a_day):
    """Days of arrivals: members of three ranks, and small accounts."""
    random = Random(seed)  # noqa: S311  (the same draw every time)
    for day in range(DAYS):
        members = [Waiting(day, random.randint(1, 3)) for _each in range(members_a_day)]
        small = [Waiting(day) for _each in range(small_a_day)]
        yield [*members, *small]


def waits(taken, *, member):
    return [days for each, days in taken if (each.rank is not None) is member]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_stream_of_members_never_starves_a_small_account(seed):
    """Members alone take all that is done a day, every day; a small account's comes now and then all the same."""
    arrivals = [each if day % 10 else [*each, Waiting(day)] for day, each in enumerate(stream(seed, A_DAY, 0))]

    taken = serve(arrivals, A_DAY, LONGEST)

    assert len(waits(taken, member=False)) == DAYS // 10
    assert max(waits(taken, member=False)) <= LONGEST + 1
    assert max(waits(taken, member=True)) <= 2 * LONGEST


def test_without_the_guarantee_it_would_starve():
    arrivals = [each if day else [*each, Waiting(day)] for day, each in enumerate(stream(1, A_DAY, 0))]

    assert waits(serve(arrivals, A_DAY, DAYS), member=False) == []


def test_what_has_waited_long_enough_is_passed_by_nothing_that_comes_later():
    queue = [Waiting(0), Waiting(1, 1), Waiting(4, 1)]

    now = LONGEST
    ordered = sorted([*queue, Waiting(now, 1), Waiting(0, 1)], key=lambda each: place(each, now, LONGEST))

    assert ordered[:2] == [Waiting(0), Waiting(0, 1)]
    assert ordered[2:] == [Waiting(1, 1), Waiting(4, 1), Waiting(5, 1)]


def test_members_wait_less_while_there_is_time_for_all():
    random = Random(7)  # noqa: S311  (as above)
    arrivals = [
        [Waiting(day, 1 if random.random() < 0.3 else None) for _each in range(random.randint(2, 6))]
        for day in range(DAYS)
    ]

    taken = serve(arrivals, A_DAY, LONGEST)

    of_members, of_others = (waits(taken, member=member) for member in (True, False))
    assert sum(of_members) / len(of_members) < sum(of_others) / len(of_others)
    assert max(of_others) <= LONGEST + 3


def test_a_cutoff_counts_working_days_alone():
    known = Calendar("CN")

    assert cutoff(known, date(2026, 3, 13), 5) == date(2026, 3, 9)
    assert cutoff(known, date(2026, 3, 16), 1) == date(2026, 3, 16)
    assert cutoff(known, date(2026, 3, 15), 1) == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("rank", "came", "found"),
    [(None, date(2026, 3, 1), WAITED), (2, date(2026, 3, 10), 2), (None, date(2026, 3, 10), REST), (7, None, 7)],
    ids=["waited", "first", "rest", "undated"],
)
def test_turn_of(rank, came, found):
    assert turn(rank, came, date(2026, 3, 9)) == found
