from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.visits import actions
from vitalfew.visits.actions import Going

DAY = timedelta(days=1)


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


@pytest.fixture
def planned():
    """Plan a visit, as a rule in three days."""

    def made(user, *accounts, companions=(), wanted=(), ahead=3, **said):
        plain = {
            "day": timezone.localdate() + ahead * DAY,
            "at": None,
            "place": "",
            "purpose": "review",
            "topic": "旺季备货",
        }
        return actions.plan(user, {**plain, **said}, Going(accounts, companions, wanted))

    return made


@pytest.fixture
def known(director):
    """Somebody at an account."""

    def made(account, name, **said):
        return contacts.add(director, account, {"name": name}, {"title": "采购总监", **said}).person

    return made
