"""What the demo house knows beyond its book."""

import pytest
from django.utils import timezone

from vitalfew.contacts import sync
from vitalfew.contacts.models import Post
from vitalfew.contacts.questions import bosses_at
from vitalfew.contacts.reporting import closes_circle
from vitalfew.people.models import User
from vitalfew.stakeholders import demo, questions
from vitalfew.stakeholders.models import Acquaintance
from vitalfew.stakeholders.tree import chart
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.sources import FromStore
from vitalfew.warehouse.store import Store

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def planted(house):
    sync.sync(FromStore(DuckEngine(), Store(house.home.facts).snapshot()))
    User.objects.filter(role__in=("director", "executive")).update(demo=True)
    return demo.plant(timezone.localdate())


@pytest.mark.usefixtures("planted")
def test_everything_planted_is_of_the_demo_and_of_all_kinds():
    said = Acquaintance.objects.all()

    assert {row.made_by for row in said} == {"demo"}
    assert set(said.values_list("closeness", flat=True)) == {each.value for each in demo.SAID}
    assert {"manager", "director", "executive"} <= set(said.values_list("user__role", flat=True))
    assert 0 < said.asked_again(timezone.localdate()).count() < said.count() / 2
    assert {post.part for post in Post.objects.all()} == {"", "decider", "influencer", "buyer", "user", "gatekeeper"}


@pytest.mark.usefixtures("planted")
def test_nobody_stands_in_a_circle_and_some_seats_are_empty():
    accounts = {post.account for post in Post.objects.filter(reports_to__isnull=False).select_related("account")}
    assert len(accounts) > 20
    for account in accounts:
        bosses = bosses_at(account)
        for who, boss in bosses.items():
            others = {each: over for each, over in bosses.items() if each != who}
            assert not closes_circle(others, who, boss)
    assert sum(chart(questions.seats(account)).empty_seats for account in accounts) > 0


def test_a_second_time_changes_nothing(planted):
    before = list(Acquaintance.objects.values_list("pk", "closeness"))

    assert planted == len(before) > 30
    assert demo.plant(timezone.localdate()) == 0
    assert list(Acquaintance.objects.values_list("pk", "closeness")) == before


@pytest.mark.usefixtures("planted")
def test_the_facts_do_not_hear_of_it():
    assert not Post.objects.filter(told=False).exists()
