"""Visits in a browser: sound on a desk and on a phone; a result kept on the phone without a connection, and sent once."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone
from playwright.sync_api import Route

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity
from vitalfew.contacts import actions as contacts
from vitalfew.people.models import User
from vitalfew.promises.models import Promise
from vitalfew.visits import actions
from vitalfew.visits import models as visits
from vitalfew.visits.actions import Going

from .conftest import PASSWORD, Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser
KEPT = "已存在本机，尚未发送"


@pytest.fixture
def yesterday(served: Any, administrator: User) -> visits.Visit:
    account = Account.objects.get(code=served.mine)
    person = contacts.add(administrator, account, {"name": "钱守信"}, {"title": "采购总监"}).person
    fields = {"day": timezone.localdate() - timedelta(days=1), "at": None, "purpose": "review", "topic": "旺季备货"}
    return actions.plan(administrator, fields, Going([account], [], [person]))


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_visits_is_sound(
    visit: Visit, served: Any, administrator: User, yesterday: visits.Visit, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code, one = quote(served.mine), f"/visits/{yesterday.pk}/"
    places = [
        "/visits/", "/visits/?view=month&whose=all", "/visits/list/", "/visits/new/", f"/visits/new/?account={code}", one,
        f"{one}edit/", f"{one}hold/", f"{one}briefing/", "/visits/calendars/", "/visits/share/",
        f"/accounts/{code}/?tab=visits", f"/accounts/{code}/", "/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


def answer_lost(route: Route) -> None:
    """The request arrives; its answer does not."""
    route.fetch(max_redirects=0)
    route.abort()


def until(holds: Callable[[], bool], tries: int = 100) -> None:
    """The page's own policy forbids what the browser would wait by."""
    while not holds():
        tries -= 1
        assert tries
        time.sleep(0.1)


def written(visit: Visit, row: visits.Visit) -> None:
    """A result as somebody with a phone in the hand writes it."""
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.open("/")
    fill(visit, row)


def fill(visit: Visit, row: visits.Visit) -> None:
    visit.page.locator(f'a[href="/visits/{row.pk}/hold/"]').first.click()
    assert visit.page.get_by_label("钱守信").is_checked()
    visit.page.locator("[name=text]").fill("同意首批备货")
    visit.page.locator('input[value="good"]').first.check()
    visit.page.locator("[name=promise_0]").fill("三天内报价")
    visit.page.locator("[name=next_0]").fill("发会议纪要")


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_result_is_written_down_on_a_phone_one_tap_from_today(
    visit: Visit, administrator: User, yesterday: visits.Visit
) -> None:
    visit.sign_in(administrator)
    written(visit, yesterday)
    save = visit.page.locator("form[data-outbox] button.btn-primary")
    with visit.page.expect_navigation():
        save.click()

    assert visit.page.url.endswith(yesterday.get_absolute_url())
    visit.page.get_by_text("同意首批备货").wait_for()
    assert visit.page.get_by_text("已保存").count()
    assert (Activity.objects.filter(way="visit").count(), Promise.objects.count()) == (1, 1)
    assert visit.page.evaluate("Object.keys(localStorage).filter((name) => name.includes('outbox')).length") == 0
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_without_a_connection_it_is_kept_on_the_phone_and_sent_once_when_there_is_one(
    visit: Visit, administrator: User, yesterday: visits.Visit
) -> None:
    visit.sign_in(administrator)
    written(visit, yesterday)
    visit.page.context.set_offline(True)
    visit.page.locator("form[data-outbox] button.btn-primary").click()
    visit.page.get_by_text(KEPT).wait_for()
    assert not Activity.objects.filter(way="visit").exists()
    visit.page.locator("form[data-outbox] button.btn-primary").click()  # an impatient thumb
    visit.page.get_by_text(KEPT).wait_for()

    with visit.page.expect_navigation():
        visit.page.context.set_offline(False)

    visit.page.get_by_text("同意首批备货").wait_for()
    assert not visit.page.get_by_text(KEPT).is_visible()
    assert (Activity.objects.filter(way="visit").count(), Promise.objects.count()) == (1, 1)


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_what_waits_is_sent_from_another_page_and_not_twice_though_its_answer_was_lost(
    visit: Visit, administrator: User, yesterday: visits.Visit
) -> None:
    visit.sign_in(administrator)
    written(visit, yesterday)
    place = f"**/visits/{yesterday.pk}/hold/"
    visit.page.route(place, answer_lost)
    visit.page.locator("form[data-outbox] button.btn-primary").click()
    visit.page.get_by_text(KEPT).wait_for()
    assert Activity.objects.filter(way="visit").count() == 1  # it arrived, and the phone doesn't know
    visit.page.unroute(place)

    visit.open("/accounts/")

    waits = "Object.keys(localStorage).some((name) => name.includes('outbox'))"
    until(lambda: not visit.page.evaluate(waits))
    assert (Activity.objects.filter(way="visit").count(), Promise.objects.count()) == (1, 1)
    assert visits.Visit.objects.get().version == yesterday.version + 1


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_what_was_typed_before_the_page_had_loaded_comes_back(
    visit: Visit, administrator: User, yesterday: visits.Visit
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.open("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/outbox*.js", hold)
    fill(visit, yesterday)
    held.pop().continue_()
    visit.page.unroute("**/outbox*.js")
    until(lambda: bool(visit.page.evaluate("Object.keys(localStorage).some((name) => name.includes('written'))")))

    visit.page.reload()

    assert visit.page.locator("[name=text]").input_value() == "同意首批备货"
    assert visit.page.locator('input[value="good"]').first.is_checked()
    assert visit.page.locator("[name=next_0]").input_value() == "发会议纪要"


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_what_was_begun_comes_back_and_nobody_else_on_the_phone_sends_it(
    visit: Visit, served: Any, administrator: User, yesterday: visits.Visit
) -> None:
    visit.sign_in(administrator)
    written(visit, yesterday)
    visit.page.reload()
    assert visit.page.locator("[name=text]").input_value() == "同意首批备货"
    assert visit.page.locator('input[value="good"]').first.is_checked()
    visit.page.context.set_offline(True)
    visit.page.locator("form[data-outbox] button.btn-primary").click()
    visit.page.get_by_text(KEPT).wait_for()
    visit.page.context.clear_cookies(name="sessionid")
    visit.page.context.set_offline(False)
    visit.page.get_by_text("登录后即可发送").wait_for()

    director = served.user("director")
    director.set_password(PASSWORD)
    director.save()
    visit.sign_in(director)
    visit.open("/")
    visit.page.wait_for_timeout(500)
    assert not visit.page.get_by_text("已存在本机").count()
    assert not Activity.objects.filter(way="visit").exists()
