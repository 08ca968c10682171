"""What a programme is said to have changed: refused where too few, told with its interval where the facts show it."""

from datetime import timedelta

import pyarrow as pa
import pytest

from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive
from vitalfew.language import Message
from vitalfew.training import actions, work
from vitalfew.training.effect import DAYS, worked_out
from vitalfew.training.models import Attendee, Programme, Session
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.tables import TABLES

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def programme(house):
    return actions.make(house.user("director"), Programme(title="门店导购"))


def trained(programme, codes, day):
    """Somebody of each account came on that day."""
    session = Session.objects.create(programme=programme, day=day, state="closed", made_by="x", changed_by="x")
    for account in Account.objects.filter(code__in=codes):
        Attendee.objects.create(
            session=session, account=account, name="甲", came_at=session.made_at, made_by="x", changed_by="x"
        )


def buyers():
    return list(Account.objects.filter(stub=False).order_by("code").values_list("code", flat=True))


def test_too_few_cannot_tell(house, programme):
    shown = scorecards.current()
    found = worked_out(programme, shown.currency)
    assert found["tells"] is False
    assert "0 trained accounts" in Message.restored(found["said"]).say("en")

    trained(programme, [house.mine], shown.as_of - timedelta(days=DAYS))
    trained(programme, buyers()[3:6], shown.as_of - timedelta(days=DAYS - 1))  # the facts do not reach far enough
    said = Message.restored(worked_out(programme, shown.currency)["said"]).say("en")
    assert said.startswith("Cannot tell: 1 trained account ")


def sales(codes, since, until, amount):
    """An order a week of about that amount each."""
    rows = [
        (f"X-{code}-{day}", code, day, amount + (place * 37 + day) % 23)
        for place, code in enumerate(codes)
        for day in range(since, until, 7)
    ]
    order, customer, days, amounts = (list(column) for column in zip(*rows, strict=True))
    return pa.table({
        "order_id": order, "line_no": ["1"] * len(rows), "customer": customer,
        "ordered_on": pa.array(days, pa.int32()).cast(pa.date32()), "quantity": [1.0] * len(rows),
        "amount": [float(each) for each in amounts],
    })  # fmt: skip


def test_what_the_facts_show_is_told(own_facts, programme):
    shown = scorecards.current()
    start = day_number(shown.as_of) - DAYS
    groups = [f"T{place:02d}" for place in range(12)], [f"C{place:02d}" for place in range(14)]
    every = [code for codes in groups for code in codes]
    before = sales(every, start - 200, start + 1, 100)
    after = pa.concat_tables(
        [sales(groups[0], start + 1, start + DAYS, 300), sales(groups[1], start + 1, start + DAYS, 100)]
    )
    for name, table in (("before", before), ("after", after)):
        receive(Job("order-lines", table, "test", given_name=f"{name}.csv"), own_facts.home)
    for code in groups[0]:
        Account.objects.get_or_create(code=code, defaults={"name": code})
    trained(programme, groups[0], shown.as_of - timedelta(days=DAYS))

    found = worked_out(programme, "CNY")
    assert "basis" in found, Message.restored(found["said"]).say("en")
    assert (found["tells"], found["basis"]) == (True, "orders")
    weeks = len(range(start + 1, start + DAYS, 7))
    assert found["change"] == pytest.approx(200 * weeks, rel=0.1)
    assert 0 < found["low"] < found["change"] < found["high"]
    assert "more in ninety days" in Message.restored(found["said"]).say("en")

    sold = after.select(["customer"]).append_column("product", [["P"] * len(after)])
    sold = sold.append_column("date", after["ordered_on"]).append_column("quantity", after["amount"])
    earlier = before.select(["customer"]).append_column("product", [["P"] * len(before)])
    earlier = earlier.append_column("date", before["ordered_on"]).append_column("quantity", before["amount"])
    receive(Job(TABLES["sell_out"].kind, pa.concat_tables([earlier, sold]), "test", given_name="s.csv"), own_facts.home)
    again = worked_out(programme, "CNY")
    assert again["basis"] == "sell-out"
    assert "pieces more" in Message.restored(again["said"]).say("en")


def test_it_is_worked_out_beside_the_page(house, client, programme):
    client.force_login(house.user("director"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"{programme.get_absolute_url()}effect/").status_code == 302
    programme.refresh_from_db()
    assert work.is_working(programme)
    assert work.work_out.func(programme.pk)
    programme.refresh_from_db()
    assert not work.is_working(programme)
    assert "两边至少各需" in client.get(programme.get_absolute_url()).content.decode()
    client.force_login(house.user("marketing"), backend="django.contrib.auth.backends.ModelBackend")
    assert "两边至少各需" not in client.get(programme.get_absolute_url()).content.decode()
    assert client.post(f"{programme.get_absolute_url()}effect/").status_code == 403
