"""Logging on a phone in seconds, drafts that outlive what happens to a connection, and mentions by keyboard."""

import time
from typing import Any

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.activities import actions
from vitalfew.activities.models import Activity
from vitalfew.comments.models import Mention
from vitalfew.people.models import User

from .conftest import Visit

PHONE = {"width": 390, "height": 844}
GOAL = 20.0


@pytest.fixture
def visited(served: Any, administrator: User) -> Activity:
    account = Account.objects.get(code=served.mine)
    return actions.log(administrator, account, {"way": "visit", "day": timezone.localdate(), "text": "x"})


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
def test_a_call_is_logged_on_a_phone_from_anywhere_in_seconds(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size(PHONE)
    visit.open("/")

    begun = time.monotonic()
    visit.page.click(".bottombar details:has(a[href='/activities/new/']) summary")
    visit.page.click(".bottombar a[href='/activities/new/']")
    account = Account.objects.get(code=served.mine)
    visit.page.locator("[name=account]").press_sequentially(account.name[:4])
    visit.page.wait_for_selector(".offers [role=option]")
    visit.page.locator(f".offers [data-value='{account.code}']").dispatch_event("mousedown")
    assert visit.page.input_value("[name=account]") == account.code
    visit.page.select_option("[name=way]", "call")
    visit.page.fill("[name=text]", "旺季前再订两百台")
    visit.page.click("main form button.btn-primary")
    visit.page.wait_for_url("**/?tab=timeline")

    assert time.monotonic() - begun < GOAL
    assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert (Activity.objects.get().text, Activity.objects.get().account) == ("旺季前再订两百台", account)
    assert visit.troubles == []


@pytest.mark.browser
def test_what_was_written_outlives_reload_and_a_lost_connection(visit: Visit, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open("/activities/new/")
    visit.page.fill("[name=text]", "谈了价格")
    visit.page.reload()
    assert visit.page.input_value("[name=text]") == "谈了价格"

    visit.page.fill("[name=account]", Account.objects.order_by("code").first().code)
    visit.page.context.set_offline(True)
    visit.page.click("main form button.btn-primary")
    visit.page.wait_for_selector(".outbox >> text=已存在本机")
    assert visit.page.input_value("[name=text]") == "谈了价格"

    visit.page.context.set_offline(False)
    visit.page.wait_for_url("**/?tab=timeline")
    visit.page.wait_for_selector(".toast-line.success")
    visit.open("/activities/new/")
    assert visit.page.input_value("[name=text]") == ""
    assert Activity.objects.count() == 1


@pytest.mark.browser
def test_a_server_that_is_away_while_it_is_sent_loses_nothing(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open(f"/activities/new/?account={served.mine}")
    visit.page.fill("[name=text]", "断线也不丢")
    visit.page.route("**/activities/new/**", lambda route: route.abort())
    visit.page.click("main form button.btn-primary")
    visit.page.wait_for_selector(".outbox >> text=已存在本机")
    visit.page.unroute("**/activities/new/**")
    logged = Activity.objects.exists()

    with visit.page.expect_response("**/activities/new/**"):
        visit.open("/accounts/")

    assert not logged
    assert (Activity.objects.get().text, Activity.objects.get().account.code) == ("断线也不丢", served.mine)


@pytest.mark.browser
def test_a_file_goes_at_once(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open(f"/activities/new/?account={served.mine}")
    visit.page.fill("[name=text]", "附上会议纪要")
    visit.page.set_input_files("[name=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": "纪要".encode()})
    visit.page.click("main form button.btn-primary")
    visit.page.wait_for_url("**/?tab=timeline")

    assert Activity.objects.get().files.count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_an_at_offers_colleagues_and_enter_takes_one(visit: Visit, administrator: User, visited: Activity) -> None:
    User.objects.create_user("zhou", name="周慧敏", role="director")
    visit.sign_in(administrator)
    visit.open(f"/activities/{visited.pk}/")
    field = visit.page.locator("textarea[data-mentions]")
    field.press_sequentially("please @zhm")
    visit.page.wait_for_selector(".offers [role=option]")
    assert visit.serious() == []

    field.press("Enter")
    field.press_sequentially("look")
    assert field.input_value() == "please @周慧敏 look"
    visit.page.click("#comments button.btn-primary")
    visit.page.wait_for_selector("#comments .comment")

    assert [mention.user.name for mention in Mention.objects.all()] == ["周慧敏"]
    assert visit.serious() == []
    assert visit.troubles == []
