"""Promises and the lines of Today in a browser: sound on a desk and on a phone; decided where they stand, by keys, and undone."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.comments.models import Comment
from vitalfew.milestones import actions as milestones
from vitalfew.people.models import User
from vitalfew.promises import actions as promises
from vitalfew.promises.models import Promise
from vitalfew.reviews import actions as reviews
from vitalfew.tasks.models import Decision

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def promised(served: Any, administrator: User) -> Promise:
    today = timezone.localdate()
    return promises.promise(administrator, Account.objects.get(code=served.mine), {
        "text": "两天内报价", "person": None, "origin": "visit", "reference": "", "department": "", "owner": administrator,
        "made_on": today - timedelta(days=9), "due": today - timedelta(days=1),
    })  # fmt: skip


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_promises_is_sound(
    visit: Visit, served: Any, administrator: User, promised: Promise, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code = quote(served.mine)
    places = [
        "/promises/", "/promises/new/", f"/promises/new/?account={code}", f"/promises/{promised.pk}/",
        f"/promises/{promised.pk}/edit/", "/integrity/", f"/accounts/{code}/?tab=promises", "/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_line_of_today_is_decided_by_keys_and_taken_back_by_a_click(
    visit: Visit, administrator: User, promised: Promise
) -> None:
    visit.sign_in(administrator)
    visit.open("/")
    lines = visit.page.locator("[data-key]")
    before = lines.count()
    mine = visit.page.locator("[data-key]", has_text=promised.text)
    mine.locator("[data-decide]").click()
    assert not visit.page.locator("[data-decide-done]").is_visible()
    visit.page.get_by_role("button", name="明天").click()
    visit.page.get_by_text("已推迟").first.wait_for()
    assert lines.count() == before - 1

    visit.page.locator("[data-advice]").first.focus()
    visit.page.keyboard.press("e")
    visit.page.get_by_text("已完成").first.wait_for()
    assert sorted(Decision.objects.values_list("kind", flat=True)) == ["done", "later"]

    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="撤销").last.click()
    assert list(Decision.objects.values_list("kind", flat=True)) == ["later"]
    assert not mine.count()
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_line_of_today_is_commented_where_it_stands(visit: Visit, administrator: User, promised: Promise) -> None:
    visit.sign_in(administrator)
    visit.open("/")
    line = visit.page.locator("[data-key]", has_text=promised.text)
    line.locator("[data-decide]").click()
    visit.page.locator("[data-decide-said] textarea").fill("周五前答复")
    visit.page.locator("[data-decide-said] button").click()
    visit.page.get_by_text("已发表评论").first.wait_for()

    assert Comment.objects.get().text == "兑现承诺: 周五前答复"
    visit.open("/")
    assert visit.page.locator("[data-key]", has_text=promised.text).locator(".line-said").is_visible()
    assert visit.troubles == []


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_what_waits_for_others_comes_in_row_by_row(visit: Visit, served: Any, administrator: User, width: int) -> None:
    late, today = served.user("manager"), timezone.localdate()
    promises.promise(administrator, Account.objects.get(code=served.mine), {
        "text": "两天内报价", "person": None, "origin": "visit", "reference": "", "department": "", "owner": late,
        "made_on": today - timedelta(days=9), "due": today - timedelta(days=1),
    })  # fmt: skip
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.open("/today/people/")
    row = visit.page.locator("tr", has=visit.page.locator(f"a[href='/today/people/{late.pk}/']"))
    row.locator("td .state.bad").last.wait_for()

    assert [
        fault for path in ("/today/people/", f"/today/people/{late.pk}/") for fault in unsound(visit, path, width)
    ] == []
    assert visit.troubles == []


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_milestones_is_sound(visit: Visit, served: Any, administrator: User, width: int) -> None:
    day = timezone.localdate() + timedelta(days=9)
    row = milestones.note(administrator, Account.objects.get(code=served.mine), {
        "kind": "founding", "title": "公司成立", "day": day.replace(year=day.year - 20, day=min(day.day, 28)),
        "lunar": False, "yearly": True, "round_only": False, "lead": 30, "owner": administrator, "person": None, "consent": "",
    })  # fmt: skip
    said = {"sign": "letter", "what": "贺信", "done_on": timezone.localdate()}
    milestones.congratulate(administrator, row.pk, row.version, **said)
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code = quote(served.mine)
    places = [
        "/milestones/", "/milestones/new/", f"/milestones/new/?account={code}", f"/milestones/{row.pk}/",
        f"/milestones/{row.pk}/edit/", f"/accounts/{code}/?tab=milestones", f"/accounts/{code}/?tab=comments",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_approvals_and_tier_rounds_is_sound(
    visit: Visit, served: Any, administrator: User, width: int
) -> None:
    director, account = served.user("director"), Account.objects.get(code=served.mine)
    begun = {"what": "补偿一台展示柜机", "why": "运输破损", "amount": Decimal(3000), "needed_by": None}
    row = approvals.ask_by_hand(director, "allowance", account, begun)
    limit = approvals.set_limit(administrator, "allowance", "manager", Decimal(5000))
    deputy = approvals.delegate(administrator, director, timezone.localdate(), timezone.localdate())
    first = reviews.open_review(director, served.home)
    reviews.approve(administrator, reviews.submit(director, first, timezone.localdate()), timezone.localdate())
    second = reviews.open_review(director, served.home)
    one = second.decisions.get(customer=served.mine)
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    places = [
        "/approvals/", "/approvals/new/", f"/approvals/{row.pk}/", "/approval-deputies/", f"/approval-deputies/{deputy.pk}/",
        "/approval-limits/", "/approval-limits/new/", f"/approval-limits/{limit.pk}/", "/tier-review/?show=all",
        f"/tier-review/{first.pk}/", f"/tier-decisions/{one.pk}/", "/tier-decisions/", "/tier-yield/",
        f"/tier-letter/{quote(served.mine)}/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []
