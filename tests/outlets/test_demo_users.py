"""Whom the demo house names of each role: of several key account managers the one whose day is fullest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.outlets import demo
from vitalfew.people.models import User
from vitalfew.promises import actions as promises

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("fullest", ["manager", "other"])
def test_of_two_managers_the_one_with_work_from_more_rooms_is_named(house, monkeypatch, fullest):  # noqa: ARG001  (its people)
    User.objects.filter(username__in=("manager", "other", "director")).update(demo=True)
    monkeypatch.setattr(demo, "_rooms_with_a_line", lambda user: 2 if user.username == fullest else 1)

    assert [user.username for user in demo._shown() if user.role == "manager"] == [fullest]
    assert {user.role for user in demo._shown()} == {"manager", "director"}


def test_a_room_counts_once_it_has_a_line(house):
    manager, today = house.user("manager"), timezone.localdate()
    before = demo._rooms_with_a_line(manager)

    for text in ("样机", "培训"):
        promises.promise(manager, Account.objects.get(code=house.mine), {
            "text": text, "origin": "visit", "owner": manager, "made_on": today, "due": today - timedelta(days=1),
        })  # fmt: skip

    assert demo._rooms_with_a_line(manager) == before + 1
