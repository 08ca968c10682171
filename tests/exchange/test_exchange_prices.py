"""An account is told its own prices as agreed and in force; what passed of its data stands in its timeline."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.agreements.models import Agreement, PriceRule
from vitalfew.exchange import offering, taking
from vitalfew.exchange.models import DataGiven
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.touches import touches
from vitalfew.exchange.words import Way
from vitalfew.people.records import NotPossible

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def day(back):
    return timezone.localdate() - timedelta(days=back)


def priced(code, number, state="in-force", *, since=9, until=-9, **rule):
    agreement = Agreement.objects.create(
        account=Account.objects.get(code=code), number=number, title="年度协议", kind="frame", since=day(99), until=day(-99),
        renewal="none", currency="CNY", state=state,
    )  # fmt: skip
    known = {"kind": "fixed", "value": Decimal("9.5000"), "since": day(since), "until": day(until)}
    PriceRule.objects.create(agreement=agreement, **{**known, **rule})


def test_only_its_own_prices_in_force_are_told_and_only_where_agreed(house, client):
    priced(house.mine, "M-1", product="A-1", from_quantity=100)
    priced(house.mine, "M-2", kind="discount", value=Decimal("3.5"))
    priced(house.mine, "M-OLD", until=1)
    priced(house.mine, "M-DRAFT", state="draft")
    priced(house.foreign, "F-1")
    row = agreed(house, offers=["prices"])

    told = offering.offered(row, "prices").rows
    assert [(each["agreement"], each["product"], each["price"], each["discount"]) for each in told] == [
        ("M-2", "", "", "3.5"), ("M-1", "A-1", "9.5", ""),
    ]  # fmt: skip
    page = signed_in(house, client, "manager")
    shown = page.get(f"/exchange/{row.pk}/gives/").content.decode()
    assert "M-1" in shown
    assert "F-1" not in shown
    file = page.get(f"/exchange/{row.pk}/gives/prices/").content.decode()
    assert file.count("\n") == 3
    assert DataGiven.objects.get().offer == "prices"
    with pytest.raises(NotPossible):
        offering.offered(agreed(house, house.foreign, offers=["shipments"]), "prices")


def test_what_passed_stands_in_the_timeline_of_who_sees_the_account(house, client):
    row, foreign = agreed(house, since=day(5), offers=["prices"]), agreed(house, house.foreign, since=day(5))
    data = f"date,product,sold,stock\n{day(2)},{min(product_codes())},1,-4\n".encode()
    taking.take(house.user("director"), row.pk, Sent("a.csv", data, Way.UPLOAD))
    signed_in(house, client, "manager").get(f"/exchange/{row.pk}/gives/prices/")

    said = [each.what.say("en") for each in touches(house.user("manager"), row.account)]
    assert said[0] == "Its data came: 1 row taken, 0 refused"
    assert "A question about its data: Stock below zero" in said
    assert said[-1] == "It was told: Its prices as agreed, 0 rows"
    assert list(touches(house.user("manager"), foreign.account)) == []
