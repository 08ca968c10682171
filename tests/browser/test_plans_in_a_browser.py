"""Account plans and preferences in a browser: sound on a desk and on a phone."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.between import categories
from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.plans import actions, composing
from vitalfew.plans.models import Plan
from vitalfew.preferences import actions as preferences
from vitalfew.preferences.models import Preference

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def planned(served: Any, administrator: User) -> Plan:
    today = timezone.localdate()
    account = Account.objects.get(code=served.mine)
    span = {"since": today - timedelta(days=500), "until": today + timedelta(days=90), "review_on": today}
    row = actions.write(administrator, account, {
        "title": "年度客户计划", "owner": administrator, "threats": "对手账期更长。", **span,
    })  # fmt: skip
    said = {"text": "全年销售额再上一个台阶", "category": "", "start": None, "target": 9_000_000, "unit": ""}
    for measure in ("sales", "visits", "hand"):
        composing.put_in(administrator, row.pk, "goal", {**said, "measure": measure})
    step = {"text": "约见总经理，定下全年合作框架。", "owner": administrator, "due": today, "goal": None}
    composing.put_in(administrator, row.pk, "step", step)
    composing.put_in(administrator, row.pk, "target", {"category": categories()[0], "amount": 9000, "note": ""})
    composing.put_in(administrator, row.pk, "promotion", {
        "name": "夏季联合促销", "categories": categories()[0], "since": span["since"], "until": today, "budget": 9000,
        "our_share": 60, "note": "",
    })  # fmt: skip
    actions.ask(administrator, row.pk)
    second = served.user("director")
    actions.agree(second, row.pk)
    return actions.revise(administrator, row.pk)


@pytest.fixture
def known(served: Any, administrator: User) -> Preference:
    return preferences.write(administrator, Account.objects.get(code=served.mine), {
        "works": "not", "area": "complaint", "text": "不要先发邮件", "evidence": "春季退回", "person": None,
        "seen_on": timezone.localdate() - timedelta(days=400),
    })  # fmt: skip


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_plans_is_sound(
    visit: Visit, served: Any, administrator: User, planned: Plan, known: Preference, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code, plan = quote(served.mine), f"/plans/{planned.pk}/"
    places = [
        "/plans/", f"/plans/new/?account={code}", plan, f"{plan}edit/", f"{plan}versions/",
        *(f"{plan}add/{name}/" for name in ("goal", "step", "target", "promotion")),
        f"/accounts/{code}/?tab=plans", f"/accounts/{code}/?tab=complaints",
        "/preferences/", f"/preferences/new/?account={code}", f"/preferences/{known.pk}/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_goal_is_added_and_taken_back_by_a_click(visit: Visit, administrator: User, planned: Plan) -> None:
    visit.sign_in(administrator)
    visit.open(planned.get_absolute_url())
    visit.page.get_by_role("link", name="新增目标").click()
    visit.page.locator("#id_text").fill("投诉减半")
    visit.page.locator("#id_measure").select_option("complaints")
    visit.page.locator("#id_target").fill("4")
    visit.page.get_by_role("button", name="保存").click()
    visit.page.get_by_role("rowheader", name="投诉减半").wait_for()

    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="撤销").last.click()

    assert visit.page.get_by_role("rowheader", name="投诉减半").count() == 0
    assert planned.goals.filter(put_away_at=None).count() == 3
    assert visit.troubles == []
