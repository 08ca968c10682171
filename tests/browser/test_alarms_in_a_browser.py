"""Alarms in a browser: sound on a desk and on a phone, counted by the bell, picked and answered by keys."""

from typing import Any

import pytest

from vitalfew.alarms import actions, examples
from vitalfew.alarms.models import Alarm, Hook, Telling
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def told(served: Any, administrator: User) -> Alarm:  # noqa: ARG001  (its accounts)
    examples.plant()
    actions.add_hook(administrator, {"name": "大客户部群", "way": "wecom", "url": "https://robot.example/?key=k"})
    rows = list(Alarm.objects.filter(state="open").order_by("pk"))
    Telling.objects.filter(user=administrator).delete()
    Telling.objects.bulk_create(Telling(alarm=row, user=administrator) for row in rows[:3])
    return rows[0]


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_alarms_is_sound(visit: Visit, administrator: User, told: Alarm, width: int) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    places = [
        "/alarms/", f"/alarms/{told.pk}/", "/alarm-wish/", "/alarm-rules/", "/alarm-rules/promise-overdue/", "/alarm-noise/",
        "/alarm-hooks/", "/alarm-hooks/new/", f"/alarm-hooks/{Hook.objects.get().pk}/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_the_bell_counts_and_keys_pick_and_answer(visit: Visit, administrator: User, told: Alarm) -> None:  # noqa: ARG001  (some stand)
    visit.sign_in(administrator)
    visit.open("/alarms/?whose=mine&state=open")
    visit.page.locator(".bell", has_text="3").wait_for()
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("x")
    visit.page.locator("[data-selection-bar]").wait_for()
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="确认").click()

    visit.page.locator(".bell", has_text="2").wait_for()
    assert Alarm.objects.filter(state="seen", answered_by=administrator).count() == 1
    assert visit.troubles == []
