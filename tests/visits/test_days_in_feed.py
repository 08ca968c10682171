"""One feed holds all of a person's days: what rooms declare for calendars, with the rights of the moment."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement, Obligation
from vitalfew.club.models import Event, Invited
from vitalfew.contacts import actions as contacts
from vitalfew.milestones.models import Milestone
from vitalfew.training.models import Programme, Session
from vitalfew.visits import feeding

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def read(client):
    """What a user's calendar says, by day."""

    def asked(user):
        answer = client.get(f"/visits/feed/{feeding.add(user, '手机')}.ics")
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        assert len({event["UID"] for event in events}) == len(events)
        return {(str(event["SUMMARY"]), event["DTSTART"].dt) for event in events}

    return asked


@pytest.fixture
def days(manager, director, mine, foreign):
    """Days of every kind, the manager's and the head's."""
    Milestone.objects.all().delete()
    for owner, account in ((manager, mine), (director, foreign)):
        Milestone.objects.create(
            account=account,
            kind="founding",
            day=today() - 3650 * DAY,
            next_on=today() + 9 * DAY,
            tell_on=today(),
            owner=owner,
        )
        agreement = Agreement.objects.create(
            account=account, title="年度协议", kind="annual", since=today() - 300 * DAY, until=today() + 60 * DAY,
            renewal="automatic", notice_days=30, owner=owner, state="in-force",
        )  # fmt: skip
        agreement.with_days().save()
        Obligation.objects.create(
            agreement=agreement, side="ours", text="门店样机", rhythm="once", due=today() + 20 * DAY, measure="none"
        )
        event = Event.objects.create(title=f"圆桌会 {account.code}", day=today() + 40 * DAY, made_by="somebody")
        Invited.objects.create(event=event, account=account)


@pytest.mark.usefixtures("days")
def test_the_own_days_of_all_rooms_stand_in_it(manager, mine, read):
    name = mine.name

    assert read(manager) == {
        (f"成立周年：{name}", today() + 9 * DAY), (f"最迟通知日：年度协议，{name}", today() + 30 * DAY),
        (f"协议到期：年度协议，{name}", today() + 60 * DAY), (f"协议约定事项：门店样机，{name}", today() + 20 * DAY),
        (f"俱乐部：圆桌会 {mine.code}", today() + 40 * DAY),
    }  # fmt: skip


def test_a_training_stands_in_its_trainers_calendar_alone(manager, director, read):
    Milestone.objects.all().delete()
    programme = Programme.objects.create(title="安装与交付规范")
    Session.objects.create(programme=programme, day=today() + 6 * DAY, trainer=manager)
    Session.objects.create(programme=programme, day=today() - 400 * DAY, trainer=manager)

    assert read(manager) == {("培训：安装与交付规范", today() + 6 * DAY)}
    assert read(director) == set()


@pytest.mark.usefixtures("days")
def test_what_he_may_not_see_any_more_vanishes(manager, mine, read):
    Account.objects.filter(pk=mine.pk).update(manager=None)

    assert read(manager) == set()


@pytest.mark.usefixtures("days")
def test_what_was_done_or_declined_vanishes(manager, read):
    Obligation.objects.update(kept_on=today())
    Agreement.objects.update(notice_given_on=today())
    Invited.objects.update(answer="declined")

    said = {what.split("：")[0] for what, _day in read(manager)}

    assert said == {"成立周年", "协议到期"}


def test_whose_birthday_it_is_stays_in_the_house(manager, director, mine, read):
    Milestone.objects.all().delete()
    person = contacts.add(director, mine, {"name": "欧阳清风"}, {"title": "总经理"}).person
    Milestone.objects.create(
        account=mine, kind="personal", title="欧阳清风生日", day=today() - 9000 * DAY, next_on=today(), tell_on=today(),
        owner=manager, person=person, consent="面谈",
    )  # fmt: skip

    [(what, _day)] = read(manager)

    assert "欧阳" not in what


@pytest.mark.usefixtures("days")
def test_it_takes_as_many_queries_for_one_as_for_many(manager, mine, client, django_assert_max_num_queries):
    token = feeding.add(manager, "手机")
    agreement = Agreement.objects.filter(account=mine).get()
    for _each in range(20):
        Obligation.objects.create(
            agreement=agreement, side="ours", text="培训", rhythm="once", due=today() + DAY, measure="none"
        )

    with django_assert_max_num_queries(14):
        assert client.get(f"/visits/feed/{token}.ics").content.count(b"BEGIN:VEVENT") == 25
