"""A visit logged after the figures' day: Today asks for it no more, and the calendar shows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.worklist import THEIRS, waiting
from vitalfew.activities import actions
from vitalfew.activities.since import done
from vitalfew.people.roles import Role
from vitalfew.terms import NextAction, label_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal

pytestmark = [pytest.mark.database, pytest.mark.django_db]
VISIT = label_of(NextAction, NextAction.VISIT)


@pytest.fixture
def asked(house):
    """An account of the manager's that the figures ask to visit first of all."""
    codes = Account.objects.visible_to(house.user("manager")).values("code")
    row = Proposal.objects.filter(refresh=scorecards.current(), customer__in=codes, rank=1).first()
    Proposal.objects.filter(pk=row.pk).update(action=NextAction.VISIT)
    return Account.objects.get(code=row.customer)


def asks(house, account):
    return VISIT in [task.what for task in waiting(house.user("manager")) if task.customer == account.code]


def test_today_asks_for_a_visit_until_one_is_logged(house, asked):
    manager, day = house.user("manager"), scorecards.current().as_of
    assert asks(house, asked)

    actions.log(manager, asked, {"way": "visit", "day": day, "text": "之前"})
    assert asks(house, asked), "the figures know that one"
    logged = actions.log(manager, asked, {"way": "visit", "day": day + timedelta(days=1), "text": "之后"})
    assert not asks(house, asked)
    assert done([asked.code], day)[asked.code, NextAction.VISIT] == logged.day
    actions.put_away(manager, logged.pk)
    assert asks(house, asked), "it was put away"


def test_the_calendar_shows_what_was_logged_without_a_plan(house, client, asked):
    manager, today = house.user("manager"), timezone.localdate()
    logged = actions.log(manager, asked, {"way": "visit", "day": today, "text": "路过"})
    browser = signed_in(house, client, "manager")

    assert logged.get_absolute_url() in browser.get("/visits/").content.decode()
    assert logged.get_absolute_url() in browser.get("/visits/?state=held").content.decode()
    assert logged.get_absolute_url() not in browser.get("/visits/?state=planned").content.decode()
    assert logged.get_absolute_url() not in browser.get(f"/visits/?day={today - timedelta(days=40)}").content.decode()


@pytest.mark.parametrize("role", [Role.COMPLAINTS, Role.SUPPLY, Role.MARKETING, Role.EXECUTIVE, Role.ANALYST])
def test_the_figures_ask_of_each_role_what_is_its_trade(house, role):
    theirs = {label_of(NextAction, action) for action in THEIRS[role]} | {"Complete accounts"}

    assert {task.what for task in waiting(house.user(role.value))} <= theirs
