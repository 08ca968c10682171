"""Whoever chooses one of ours finds the account's team first, then the own department, and many by how they sound."""

import re

import pytest

from vitalfew.accounts.colleagues import MANY, ColleagueField, colleagues
from vitalfew.accounts.models import Account, TeamMember
from vitalfew.people.models import User

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def groups(field):
    """By heading, the user names."""
    return {label: [str(value) for value, _name in some] for label, some in field.choices if isinstance(some, list)}


def test_the_team_comes_first_then_the_own_department(house, mine):
    manager, supply = house.user("manager"), house.user("supply")
    peer = User.objects.create_user("peer", name="彭辉", role="manager")
    TeamMember.objects.create(account=mine, user=supply, role="production")

    told = groups(ColleagueField(manager, mine))

    assert list(told) == ["该客户的团队", "本部门", "其他部门"]
    team, own, others = told.values()
    assert {manager.username, supply.username} == set(team)
    assert peer.username in own
    assert house.user("director").username in others


def test_who_left_or_is_a_customer_is_not_offered(house):
    gone = User.objects.create_user("gone", name="走了", is_active=False)
    portal = User.objects.create_user("customer", name="客户", role="portal")

    names = {row.username for row in colleagues()}

    assert not {gone.username, portal.username} & names
    assert house.user("manager").username in names


@pytest.mark.parametrize("more", [0, MANY], ids=["few", "many"])
def test_where_they_are_many_each_says_how_it_sounds(house, more):
    User.objects.filter(pk__in=[row.pk for row in colleagues()[5:]]).update(is_active=False)
    for number in range(more):
        User.objects.create_user(f"u{number}", name=f"欧阳{number}", role="manager")
    field = ColleagueField(house.user("manager"))

    html = field.widget.render("owner", None)

    assert ("data-people" in html) is bool(more)
    sounds = re.findall(r'data-sounds="([^"]+)"', html)
    assert sum({"ouyang", "oy"} <= set(each.split()) for each in sounds) == more


@pytest.mark.parametrize("n", [1, 30])
def test_it_asks_as_often_for_one_as_for_many(house, mine, django_assert_num_queries, n):
    for number in range(n):
        User.objects.create_user(f"u{number}", name=f"欧阳{number}", role="manager")
    user = house.user("manager")

    with django_assert_num_queries(2):
        ColleagueField(user, mine).widget.render("owner", None)
