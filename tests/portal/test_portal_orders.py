"""What the portal says of an order is what an exchange says of its lines."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.exchange import offering
from vitalfew.exchange.models import DataExchange
from vitalfew.imports.work import Job, receive
from vitalfew.portal import ordered

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_an_order_is_delivered_once_no_line_of_it_is_under_way(own_facts, tmp_path):
    account, today = Account.objects.get(code=own_facts.mine), timezone.localdate()
    day = {n: (today + timedelta(days=n)).isoformat() for n in (-20, -5, -3, 5)}
    rows = [
        ("SO-T1", 1, day[-5], day[-5]), ("SO-T1", 2, day[5], ""), ("SO-T2", 1, day[-5], day[-5]), ("SO-T3", 1, day[-3], ""),
        ("SO-T4", 1, day[-5], day[-3]), ("SO-T5", 1, day[5], ""),
    ]  # fmt: skip
    lines = [f"{order},{n},{account.code},{day[-20]},A-1,14,140,{promised},{done}" for order, n, promised, done in rows]
    file = tmp_path / "lines.csv"
    names = "order_id,line_no,customer,ordered_on,product,quantity,amount,promised_on,delivered_on"
    file.write_text("\n".join([names, *lines]), encoding="utf-8")
    assert receive(Job("order-lines", file, "test", given_name=file.name), own_facts.home).rows_rejected == 0

    told = {row["number"]: row["state"] for row in ordered.orders(account, {}) if row["number"].startswith("SO-T")}

    assert told == {
        "SO-T1": ordered.PARTLY, "SO-T2": ordered.DELIVERED, "SO-T3": ordered.LATE, "SO-T4": ordered.DELIVERED_LATE,
        "SO-T5": ordered.ON_ITS_WAY,
    }  # fmt: skip
    under_way = {row["order"] for row in offering.shipments(DataExchange(account=account))}
    waits = {number for number, state in told.items() if state in ordered.WAITS}
    assert {each for each in under_way if each.startswith("SO-T")} == waits
    assert facts_of.orders(own_facts.home, account.codes, 1)
