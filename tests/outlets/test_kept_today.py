"""What waits for somebody is kept while nobody changes a record, and never a moment longer."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.outlets import today
from vitalfew.promises import actions

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def kept(settings):
    settings.TODAY_KEPT = 60
    cache.clear()
    yield
    cache.clear()


def promised(user, house):
    account = Account.objects.get(code=house.mine)
    fields = {"text": "三天内报价", "made_on": timezone.localdate(), "due": timezone.localdate(), "owner": user}
    return actions.promise(user, account, fields)


def about(user, row):
    return [task for task in today.tasks_for(user) if task.url.startswith(row.get_absolute_url())]


def test_a_second_look_asks_no_room_and_finds_the_same(house, django_assert_max_num_queries):
    manager = house.user("manager")
    row = promised(manager, house)
    first = today.tasks_for(manager)

    with django_assert_max_num_queries(4):
        assert today.tasks_for(manager) == first
    assert about(manager, row)


def test_what_somebody_does_is_seen_at_once_and_another_sees_his_own(house):
    manager, director = house.user("manager"), house.user("director")
    today.tasks_for(manager)
    row = promised(manager, house)
    assert about(manager, row)
    assert not about(director, row)

    actions.keep(manager, row.pk, row.version, on=timezone.localdate(), evidence="已报价")

    assert not about(manager, row)
