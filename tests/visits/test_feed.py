"""Visits in calendars: by a secret address, with the rights of the moment, as RFC 5545 has it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.people.models import AuditEntry
from vitalfew.visits import actions, feeding
from vitalfew.visits.actions import Going
from vitalfew.visits.models import Feed

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


@pytest.fixture
def read(client):
    """What a calendar gets by an address: its events by their numbers."""

    def asked(token):
        answer = client.get(f"/visits/feed/{token}.ics")
        if answer.status_code != 200:
            return answer.status_code
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert "no-store" in answer.headers["Cache-Control"]
        return list(Calendar.from_ical(answer.content).walk("VEVENT"))

    return asked


def test_it_holds_the_own_visits_in_universal_time_with_a_number_that_stays(manager, director, mine, planned, read):
    row = planned(manager, mine, at=time(10, 30), minutes=90, place="总部", topic="旺季备货")
    planned(director, mine)
    token = feeding.add(manager, "手机")

    [event] = read(token)

    begins = datetime.combine(row.day, time(2, 30), tzinfo=UTC)  # 10:30 in Shanghai
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (begins, begins + timedelta(minutes=90))
    assert (event["SEQUENCE"], event["STATUS"], event["LOCATION"]) == (0, "TENTATIVE", "总部")
    assert mine.name in event["SUMMARY"]
    assert "旺季备货" in event["DESCRIPTION"]
    assert event["URL"] == f"http://testserver{row.get_absolute_url()}"
    actions.confirm(manager, row.pk)
    [again] = read(token)
    assert (again["UID"], again["SEQUENCE"], again["STATUS"]) == (event["UID"], 1, "CONFIRMED")
    actions.cancel(manager, row.pk, 2, "出差")
    [gone] = read(token)
    assert (gone["UID"], gone["STATUS"]) == (event["UID"], "CANCELLED")


def test_a_visit_of_which_only_the_day_is_known_takes_the_whole_day(manager, mine, planned, read):
    row = planned(manager, mine)

    [event] = read(feeding.add(manager, "手机"))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (row.day, row.day + DAY)


def test_an_account_he_sees_no_more_vanishes_from_it(manager, mine, foreign, planned, read, director):
    row = planned(manager, mine)
    table = planned(director, mine, foreign, ahead=5)
    table.companions.add(manager)
    token = feeding.add(manager, "手机")
    assert len(read(token)) == 2
    assert not [event for event in read(token) if foreign.name in event["SUMMARY"]]

    Account.objects.filter(pk=mine.pk).update(manager=None)

    assert read(token) == []
    assert row.leader == manager


def test_revoked_or_of_somebody_who_left_it_is_not_there(house, manager, director, read, client):
    tokens = [feeding.add(manager, "手机"), feeding.add(manager, "电脑")]
    first, second = Feed.objects.order_by("pk")
    with pytest.raises(Feed.DoesNotExist):
        feeding.revoke(director, first.pk)
    feeding.revoke(house.user("administrator"), first.pk)

    assert (read(tokens[0]), read(tokens[1]), read("not-an-address"), read(second.digest)) == (404, [], 404, 404)
    manager.is_active = False
    manager.save()
    assert read(tokens[1]) == 404
    assert client.post(f"/visits/feed/{tokens[1]}.ics").status_code == 405


def test_an_address_is_shown_once_and_kept_as_a_hash(house, client):
    browser = signed_in(house, client, "manager")

    made = browser.post("/visits/calendars/", {"name": "手机"}, follow=True).content.decode()

    row = Feed.objects.get()
    token = made.split("/visits/feed/")[1].split(".ics")[0]
    assert Feed.digest_of(token) == row.digest
    assert token not in browser.get("/visits/calendars/").content.decode()
    assert token not in str(list(AuditEntry.objects.values_list("changes", flat=True)))
    assert browser.post(f"/visits/calendars/{row.pk}/revoke/").status_code == 302
    assert browser.post(f"/visits/calendars/{row.pk}/revoke/").status_code == 404
    assert browser.post("/visits/calendars/", {"name": ""}).status_code == 422


def test_that_it_was_read_is_noted_once_an_hour(manager, read):
    token = feeding.add(manager, "手机")
    read(token)
    first = Feed.objects.get().used_at
    read(token)

    assert first is not None
    assert Feed.objects.get().used_at == first
    assert first <= timezone.now()


def test_one_visit_is_taken_into_a_calendar_and_once_cancelled_out_of_it(house, client, manager, mine, planned):
    row, browser = planned(manager, mine), signed_in(house, client, "manager")

    told = Calendar.from_ical(browser.get(f"/visits/{row.pk}/visit.ics").content)
    actions.change(manager, row.pk, 1, {"place": "总部"}, Going())
    actions.cancel(manager, row.pk, 2, "出差")
    after = Calendar.from_ical(browser.get(f"/visits/{row.pk}/visit.ics").content)

    assert (told["METHOD"], after["METHOD"]) == ("PUBLISH", "CANCEL")
    [first], [last] = told.walk("VEVENT"), after.walk("VEVENT")
    assert (last["UID"], last["SEQUENCE"] > first["SEQUENCE"]) == (first["UID"], True)
