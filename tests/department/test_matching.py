"""Who is proposed for an account: who fits and has room, all placed together."""

import pytest

from vitalfew.department.matching import Candidate, Case, Reason, propose
from vitalfew.department.workload import in_sql, load, usual_capacity

WANG = Candidate(1, 10.0, 40.0, 10, regions={"East": 9, "West": 1}, kinds={"dealer": 10})
LI = Candidate(2, 10.0, 40.0, 10, regions={"West": 10}, kinds={"agent": 10})


def who(cases, *candidates):
    return {match.code: match.pk for match in propose(cases, candidates)}


@pytest.mark.parametrize(
    ("tier", "chance", "asks", "counts"),
    [("", None, False, 1.0), ("mvc", 0.4, True, 5.7), ("mgc", 0.0, False, 2.0), ("bz", 1.0, False, 2.0)],
)
def test_an_account_counts_by_tier_and_need(tier, chance, asks, counts):
    assert load(tier, chance, asks=asks) == counts
    assert "c.tier" in in_sql()


def test_capacity_is_a_quarter_above_the_mean_where_nobody_said():
    assert usual_capacity([10.0, 30.0]) == 25.0
    assert usual_capacity([]) == usual_capacity([0.0]) == 1.0


def test_the_region_decides_where_both_have_room():
    assert who([Case("A", 1.0, "East"), Case("B", 1.0, "West")], WANG, LI) == {"A": 1, "B": 2}


def test_its_group_outweighs_region_and_kind():
    (match,) = propose([Case("A", 1.0, "East", "dealer", relatives=frozenset({2}))], [WANG, LI])

    assert (match.pk, match.reasons) == (2, (Reason.GROUP, Reason.ROOM))


def test_many_accounts_are_shared_out_by_room():
    cases = [Case(f"{n:02}", 1.0) for n in range(30)]
    full = Candidate(3, 35.0, 40.0)

    placed = list(who(cases, WANG, LI, full).values())

    assert placed.count(3) < 5
    assert abs(placed.count(1) - placed.count(2)) <= 1


def test_nobody_is_loaded_beyond_capacity_while_another_has_room():
    cases = [Case(f"{n}", 5.0, "East", relatives=frozenset({1})) for n in range(8)]
    tight = Candidate(1, 10.0, 20.0, 10, regions={"East": 10})

    placed = list(who(cases, tight, LI).values())

    assert (placed.count(1), placed.count(2)) == (2, 6)


def test_where_nobody_has_room_it_says_so():
    (match,) = propose([Case("A", 5.0)], [Candidate(1, 40.0, 40.0)])

    assert match.reasons == (Reason.FULL,)


def test_without_accounts_or_people_nothing_is_proposed():
    assert propose([], [WANG]) == propose([Case("A", 1.0)], []) == []
