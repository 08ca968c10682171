"""The timeline: everything that passed between an account and us, and one kind of it where that is asked for."""

import pytest
from django.conf import settings
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline, told
from vitalfew.activities import actions

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def account(house):
    found = Account.objects.get(code=house.mine)
    actions.log(house.user("manager"), found, {"way": "call", "day": timezone.localdate(), "text": "问到货时间"})
    return found


def test_orders_deliveries_surveys_and_calls_stand_in_one_place(house, account):
    kinds = {touch.kind for touch in told(house.user("manager"), account, "")["touches"]}

    assert {"activity", "order", "delivery", "survey"} <= kinds
    days = [touch.day for touch in timeline(house.user("manager"), account)]
    assert days == sorted(days, reverse=True)


def test_one_kind_can_be_chosen_and_an_unknown_one_shows_all(house, account):
    manager = house.user("manager")

    assert {touch.kind for touch in told(manager, account, "order")["touches"]} == {"order"}
    assert told(manager, account, "nothing")["touches"] == told(manager, account, "")["touches"]
    assert [each.value for each in told(manager, account, "")["kinds"]][:3] == ["activity", "visit", "order"]


def test_visits_of_the_cost_record_are_told_without_whom_they_met(house, account):
    visits = told(house.user("manager"), account, "visit")["touches"]

    assert len(visits) == len(facts_of.visits(settings.HOME, account.codes)) > 0
    assert all(each.what.say("en").endswith("from the cost record: who met whom is not said") for each in visits)


def test_the_page_offers_the_kinds_there_are(house, client, account):
    browser = signed_in(house, client, "manager")
    path = f"{account.get_absolute_url()}?tab=timeline"

    page = browser.get(path).content.decode()

    assert "of=delivery" in page
    assert "of=tier" not in page
    assert "问到货时间" not in browser.get(f"{path}&of=order").content.decode()


def test_a_late_delivery_says_so(house, account):
    late = [touch.what.say("en") for touch in told(house.user("manager"), account, "delivery")["touches"]]

    assert any(text.endswith("delivered") for text in late)
