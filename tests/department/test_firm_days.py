"""The firm's own days: entered by heads, seen by the department, counted as the calendar has them."""

from datetime import date

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.department import actions
from vitalfew.department.models import FirmDays
from vitalfew.department.workdays import calendar, festivals, moved
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.workdays import DAY, Calendar

pytestmark = pytest.mark.django_db
CLOSED = {"since": date(2026, 3, 30), "until": date(2026, 3, 31), "works": "closed", "reason": "盘点"}
OPEN = {"since": date(2026, 3, 28), "until": date(2026, 3, 28), "works": "open", "reason": "补班"}


@pytest.fixture
def director(house):
    return house.user("director")


def test_the_calendar_knows_what_the_firm_closes_and_opens(director):
    made = actions.enter_days(director, CLOSED)
    actions.enter_days(director, OPEN)
    assert list(calendar().days(date(2026, 3, 27), date(2026, 4, 1))) == [
        date(2026, 3, 27), date(2026, 3, 28), date(2026, 4, 1),
    ]  # fmt: skip

    actions.take_days_back(director, made.pk)
    assert calendar().works(date(2026, 3, 30))

    actions.enter_days_again(director, made.pk)
    assert not calendar().works(date(2026, 3, 30))


def test_days_that_cannot_be_are_refused(director):
    made = actions.enter_days(director, CLOSED)

    for wrong in (
        OPEN | {"until": date(2026, 3, 30)},
        CLOSED,
        CLOSED | {"until": date(2026, 3, 1)},
        CLOSED | {"since": date(2027, 1, 1), "until": date(2028, 1, 2)},
    ):
        with pytest.raises(NotPossible):
            actions.enter_days(director, wrong)
    actions.take_days_back(director, made.pk)
    actions.enter_days(director, CLOSED)
    with pytest.raises(NotPossible):
        actions.enter_days_again(director, made.pk)


def test_every_step_stands_in_the_trail_and_heads_alone_may(house, director):
    made = actions.enter_days(director, CLOSED)
    actions.change_days(director, made.pk, 1, {"reason": "年中盘点"})

    steps = AuditEntry.objects.filter(subject=f"firmdays:{made.pk}").order_by("number")
    assert [entry.action for entry in steps] == ["firmdays-add", "firmdays-change"]
    for role in ("manager", "executive", "analyst"):
        with pytest.raises(Forbidden):
            actions.enter_days(house.user(role), OPEN)
        with pytest.raises(Forbidden):
            actions.take_days_back(house.user(role), made.pk)


@pytest.mark.parametrize(("role", "sees", "sets"), [
    ("director", 200, 200), ("administrator", 200, 200), ("manager", 200, 403), ("executive", 200, 403), ("supply", 403, 403),
])  # fmt: skip
def test_who_sees_and_who_sets(house, client, director, role, sees, sets):
    made = actions.enter_days(director, CLOSED)
    browser = signed_in(house, client, role)

    assert browser.get("/workdays/").status_code == sees
    assert browser.get("/workdays/new/").status_code == sets
    assert browser.get(f"/workdays/{made.pk}/").status_code == sets


def test_days_are_entered_changed_taken_back_and_fetched_back_on_the_page(house, client):
    browser, today = signed_in(house, client, "director"), timezone.localdate()
    given = {"works": "closed", "since": today, "until": today + DAY, "reason": "工厂检修"}

    assert browser.post("/workdays/new/", given | {"until": today - DAY}).status_code == 422
    assert not FirmDays.objects.exists()
    assert browser.post("/workdays/new/", given).status_code == 302
    made = FirmDays.objects.get()
    assert "工厂检修" in browser.get("/workdays/").content.decode()
    assert browser.post(f"/workdays/{made.pk}/", given | {"reason": "厂庆", "version": 1}).status_code == 302
    assert browser.post(f"/workdays/{made.pk}/", given | {"reason": "迟到", "version": 1}).status_code == 409
    assert browser.post(f"/workdays/{made.pk}/take-back/").status_code == 302
    assert "厂庆" not in browser.get("/workdays/").content.decode()
    assert browser.post(f"/workdays/{made.pk}/take-back/").status_code == 404
    assert browser.post(f"/workdays/{made.pk}/again/").status_code == 204
    assert "厂庆" in browser.get("/workdays/").content.decode()


def test_the_page_says_until_when_moved_days_are_announced(house, client, settings):
    browser = signed_in(house, client, "director")
    browser.cookies["django_language"] = "zh-hans"
    told = browser.get("/workdays/").content.decode()
    ahead = Calendar().known_until < timezone.localdate() + 365 * DAY
    assert ("note" in told) == ahead

    settings.COUNTRY = "XX"
    told = browser.get("/workdays/").content.decode()
    assert "XX" in told
    settings.COUNTRY = "DE"
    assert 'role="note"' not in browser.get("/workdays/").content.decode()


def test_festivals_are_told_as_stretches():
    told = festivals(Calendar(), date(2026, 9, 1), "zh-hans")

    assert [(each.since, each.until, each.reason) for each in told][:2] == [
        (date(2026, 9, 25), date(2026, 9, 27), "中秋节"), (date(2026, 10, 1), date(2026, 10, 7), "国庆节"),
    ]  # fmt: skip
    assert (told[3].since, told[3].reason) == (date(2027, 2, 5), "春节")
    assert moved(Calendar(), date(2026, 9, 1))[:2] == [date(2026, 9, 20), date(2026, 10, 10)]
