"""Service journeys in a browser: sound on a desk and on a phone, a check done with one touch and taken back."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.journeys import actions, composing
from vitalfew.journeys.models import Journey, Suggestion
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def journey(served: Any, administrator: User) -> Journey:
    """A purchase delivered a month ago, with a check before it and two after."""
    account, today = Account.objects.get(code=served.mine), timezone.localdate()
    template = composing.define(administrator, {"name": "大单全程服务", "about": "首批进货"})
    for stage, title, months in (("before", "需求确认", None), ("after", "验收回访", None), ("use", "巡检", 3)):
        after = "opening" if stage == "before" else "delivery"
        asked = {"stage": stage, "title": title, "function": "service", "after": after, "days": 3, "months": months}
        composing.PARTS.put_in(administrator, template.pk, "check", asked)
    Suggestion.objects.create(
        account=account, order="S-1", kind="large", ordered_on=today, amount=99000, currency="CNY"
    )
    day = today - timedelta(days=30)
    fields = {"title": "首批进货", "owner": administrator, "opened_on": day, "delivered_on": day, "order": "B-1"}
    return actions.begin(administrator, account, template, fields)


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_service_journeys_is_sound(
    visit: Visit, served: Any, administrator: User, journey: Journey, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code, template, check = quote(served.mine), journey.template, journey.checks.first()
    assert check
    point = template.checkpoints.first()
    places = [
        "/journeys/", f"/journeys/new/?account={code}", f"/journeys/{journey.pk}/", f"/journeys/{journey.pk}/edit/",
        "/journeys/suggestions/", "/journeys/checks/", f"/journeys/checks/{check.pk}/", "/journeys/gaps/",
        "/journeys/gaps/list/", "/journeys/templates/", "/journeys/templates/new/", f"/journeys/templates/{template.pk}/",
        f"/journeys/templates/{template.pk}/add/check/", f"/journeys/templates/parts/check/{point.pk}/",
        f"/accounts/{code}/?tab=journeys",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_a_check_is_done_with_one_touch_and_taken_back(visit: Visit, administrator: User, journey: Journey) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.goto(f"{visit.address}{journey.get_absolute_url()}")

    fine = visit.page.get_by_role("button", name="All fine")
    fine.first.click()
    visit.page.get_by_role("button", name="Undo").click()
    fine.nth(2).wait_for()

    assert fine.count() == 3
