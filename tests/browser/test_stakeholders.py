"""The stakeholder map in a browser: sound on a desk and on a phone; the chart moved by mouse, by keyboard, back, and printed."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.stakeholders import actions, covering
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def account(served: Any, administrator: User) -> Account:
    """An account with three people, one of whom blocks and whom we say we know."""
    found = Account.objects.get(code=served.mine)
    Post.objects.filter(account=found).delete()
    for name, what in (
        ("高总", {"influence": "high"}),
        ("李总监", {"part": "buyer"}),
        ("小陈", {"attitude": "critic"}),
    ):
        post = contacts.add(administrator, found, {"name": name}, {"influence": "medium", **what})
        actions.state(administrator, post.person, 0, {"closeness": "close", "note": ""})
    return found


def post_of(name: str) -> Post:
    return Post.objects.select_related("person").get(person__name=name)


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_the_map_is_sound(
    visit: Visit,
    administrator: User,
    account: Account,
    width: int,
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    contacts.change_post(administrator, post_of("李总监").pk, 1, {"reports_to": post_of("高总").person})
    code, someone = quote(account.code), post_of("高总").person_id
    Scorecard.objects.filter(refresh=scorecards.current(), customer=account.code).update(tier="mvc")
    covering.cover([account.pk])
    maps = [f"/stakeholders{page}/{code}/" for page in ("", "-chart", "-coverage", "-dependence")]
    forms = [f"/acquaintances/{someone}/", f"/stakeholders-plan/{code}/?level=president", "/coverage/plan/"]
    places = [*maps, *forms, "/acquaintances/", "/coverage/", "/department/"]

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


def test_somebody_is_dragged_onto_another_and_back(
    visit: Visit,
    administrator: User,
    account: Account,
) -> None:
    visit.sign_in(administrator)
    visit.open(f"/stakeholders-chart/{quote(account.code)}/")
    seat = visit.page.locator(".seat")
    seat.filter(has_text="李总监").drag_to(seat.filter(has_text="高总"))
    visit.page.wait_for_selector("[role=group]")
    assert post_of("李总监").reports_to == post_of("高总").person

    with visit.page.expect_navigation():
        visit.page.locator(".toast-line button", has_text="撤销").click()

    assert visit.page.locator("[role=group]").count() == 0
    assert post_of("李总监").reports_to is None
    assert visit.troubles == []


def test_the_keyboard_alone_places_somebody(
    visit: Visit,
    administrator: User,
    account: Account,
) -> None:
    visit.sign_in(administrator)
    visit.open(f"/stakeholders-chart/{quote(account.code)}/")
    visit.page.locator("[role=treeitem][tabindex='0']").focus()
    for key in ("ArrowDown", "End", "Home", "Enter"):
        visit.page.keyboard.press(key)
    who = visit.page.locator("select[name=who] option:checked").inner_text()
    assert visit.page.evaluate("document.activeElement.name") == "to"
    boss = post_of("小陈" if who != "小陈" else "高总")

    visit.page.locator("select[name=to]").select_option(str(boss.person_id))
    visit.page.keyboard.press("Tab")
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")

    assert post_of(who).reports_to == boss.person
    visit.page.locator("[role=treeitem]").first.focus()
    visit.page.keyboard.press("ArrowRight")
    assert who in visit.page.evaluate("document.activeElement.textContent")
    visit.page.keyboard.press("ArrowLeft")
    assert visit.page.evaluate("document.activeElement.getAttribute('aria-level')") == "1"


def test_a_chart_of_twenty_prints_on_one_page(
    visit: Visit,
    administrator: User,
    account: Account,
) -> None:
    visit.sign_in(administrator)
    for number in range(17):
        contacts.add(administrator, account, {"name": f"人{number}"}, {"title": "经理"})
    Post.objects.filter(account=account).exclude(person__name="高总").update(reports_to=post_of("高总").person)
    visit.open(f"/stakeholders-chart/{quote(account.code)}/")

    printed = visit.page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
