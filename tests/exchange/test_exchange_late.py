"""Data later than agreed on is an alarm, asked of the account once, and ends when it comes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.products import product_codes
from vitalfew.contacts.models import Person
from vitalfew.exchange import alarming, asking, doubting, taking
from vitalfew.exchange.background import looked
from vitalfew.exchange.models import DataDoubt, DataExchange
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Settled, Way
from vitalfew.outbox import refusing, server
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.words import Kind, LetterState

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def day(back):
    return timezone.localdate() - timedelta(days=back)


def send(house, row, *lines):
    data = "\n".join(["date,product,sold,stock", *(",".join(map(str, line)) for line in lines)])
    return taking.take(house.user("director"), row.pk, Sent(f"{len(data)}.csv", data.encode(), Way.UPLOAD))


def late(row):
    return DataDoubt.objects.filter(account=row.account, kind="late", state=Settled.OPEN)


def test_reports_that_are_late_alike_are_asked_about_once(house):
    row, a = agreed(house, since=day(5)), min(product_codes())
    assert [each.measure for each in late(row)] == [""]
    DataExchange.objects.filter(pk=row.pk).update(since=day(5))
    doubt = late(row).get()
    doubting.explain(house.user("director"), doubt.pk, doubt.version, "盘点停业")
    row.refresh_from_db()
    assert row.owes == 0
    doubting.reopen(house.user("director"), doubt.pk)
    send(house, row, *((day(back), a, 1, "") for back in range(5, 0, -1)))
    assert [(each.measure, each.day) for each in late(row)] == [("stock", day(5))]
    assert "of what it has left" in late(row).get().why["text"]


def test_the_alarm_stands_from_the_agreed_day_on_and_ends_with_the_data(house):
    row, a = agreed(house, since=day(5), due_days=2, owner=house.user("manager")), min(product_codes())
    (matter,) = alarming.late(0, None)

    assert (matter.since, matter.account, matter.until) == (day(3), house.mine, None)
    assert matter.concerned == (house.user("manager").username,)
    assert [each.since for each in alarming.late(3, None)] == [day(0)]
    assert list(alarming.late(4, None)) == []
    send(house, row, *((day(back), a, 1, 9) for back in range(5, 1, -1)))
    assert list(alarming.late(0, None)) == []
    (ended,) = alarming.late(0, day(9))
    assert (ended.subject, ended.until) == (matter.subject, day(0))


def test_who_answers_for_the_data_is_written_once(house):
    person = Person.objects.create(name="李工", email="li@example.com")
    agreed(house, since=day(5), person=person)
    agreed(house, house.foreign, since=day(5))
    looked.call()
    looked.call()

    (letter,) = OutgoingMail.objects.filter(about__startswith="datadoubt:")
    assert (letter.address, letter.account.code) == ("li@example.com", house.mine)
    assert DataDoubt.objects.exclude(written_at=None).get().account.code == house.mine
    assert asking.ask() == 0


def test_a_reader_without_news_is_asked_all_the_same_and_what_became_of_the_letter_is_told(house, client, settings):
    settings.EMAIL_BACKEND = server.NOWHERE
    person = Person.objects.create(name="李工", email="li@example.com")
    refusing.refuse(refusing.mark(person.email), ["news", "survey", "campaign"])
    row = agreed(house, since=day(5), person=person)
    asking.ask()
    doubt = late(row).get()
    letter = OutgoingMail.objects.get(about=doubt.subject)
    calls = Client(headers={"Authorization": f"Bearer {house.tokens['director']}"})

    assert (letter.kind, letter.state) == (Kind.AGREED, LetterState.KEPT)
    page = signed_in(house, client, "director").get(doubt.get_absolute_url())
    assert "未发送" in page.content.decode()
    assert calls.get(f"/api/v1/exchange/questions/{doubt.pk}").json()["letter"] == "kept"
