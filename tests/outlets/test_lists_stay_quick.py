"""A list of a room asks the database as often for one row as for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account
from vitalfew.activities import actions as activities
from vitalfew.handover import actions as handovers

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def hand_over(house, accounts):
    wish = handovers.Wish(house.user("manager"), "reassigned", timezone.localdate() + timedelta(days=9), "")
    handovers.start(house.user("director"), list(accounts), wish)


def log(house, accounts):
    for account in accounts:
        activities.log(house.user("director"), account, {"way": "call", "day": timezone.localdate(), "text": "x"})


def be_away(house, accounts):
    day = timezone.localdate()
    for number, _account in enumerate(accounts):
        begins = day + timedelta(days=10 * number)
        Absence.objects.create(user=house.user("manager"), deputy=house.user("director"), since=begins, until=begins)


@pytest.mark.parametrize(
    ("address", "make"), [("/handovers/", hand_over), ("/activities/", log), ("/absences/", be_away)]
)
def test_as_many_queries_for_one_row_as_for_many(house, client, address, make):
    browser = signed_in(house, client, "director")
    accounts = Account.objects.exclude(manager=house.user("manager")).exclude(manager=None).order_by("code")[:4]
    assert len(accounts) == 4

    def asked():
        browser.get(address)
        with CaptureQueriesContext(connection) as taken:
            assert browser.get(address).status_code == 200
        return len(taken)

    make(house, accounts[:1])
    one = asked()
    make(house, accounts[1:])

    assert asked() == one
