"""Ideas in a browser: sound on a desk and on a phone, and a pilot's result written where it was begun."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.ideas import actions as ideas
from vitalfew.ideas.models import Idea, Pilot
from vitalfew.people.models import User
from vitalfew.portal import actions
from vitalfew.portal.models import Access

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser
LONG = "柜机包装能不能改成可回收的周转箱，旺季废纸箱堆满仓库，清运一次要等两天。"


@pytest.fixture
def idea(served: Any, administrator: User) -> Idea:
    """One that is answered, shared, tried with the account that asked, and like another one."""
    account, today = Account.objects.get(code=served.mine), timezone.localdate()
    said = {"text": LONG, "said_on": today, "owner": administrator, "product": "空调"}
    ideas.write_down(administrator, account, {**said, "text": f"{LONG}还有泡沫。"})
    row = ideas.write_down(administrator, account, said)
    row = ideas.share(administrator, row.pk, row.version, outside_title="可回收周转箱", outside_text="随车回收。")
    row = ideas.say(administrator, row.pk, row.version, text="是三匹的还是五匹的？")
    ideas.begin_pilot(
        administrator, row.pk, account, since=today, until=today + timedelta(days=30), measure="每百台破损数"
    )
    return Idea.objects.get(pk=row.pk)


@pytest.fixture
def access(served: Any, administrator: User) -> Access:
    account, known = Account.objects.get(code=served.mine), {"made_by": "test", "changed_by": "test"}
    person = Person.objects.create(name="张伟", **known)
    post = Post.objects.create(person=person, account=account, contact_id="ideas-1", **known)
    return actions.give(administrator, post, {"subsidiaries": False, "parts": ["ideas"], "until": None})


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_ideas_is_sound(
    visit: Visit, served: Any, administrator: User, idea: Idea, access: Access, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code = quote(served.mine)
    places = [
        "/ideas/", "/ideas/new/", f"/ideas/new/?account={code}", idea.get_absolute_url(), f"{idea.get_absolute_url()}edit/",
        f"/accounts/{code}/?tab=ideas",
    ]  # fmt: skip
    found = [fault for path in places for fault in unsound(visit, path, width)]
    visit.page.context.clear_cookies(name="sessionid")
    assert access.user
    visit.sign_in(access.user)
    found += unsound(visit, "/portal/ideas/", width)

    assert found == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
def test_what_came_of_a_pilot_is_written_where_it_stands(visit: Visit, administrator: User, idea: Idea) -> None:
    visit.sign_in(administrator)
    visit.open(idea.get_absolute_url())
    pilot = visit.page.locator(f"#pilot-{Pilot.objects.get().pk}")

    pilot.locator("summary").click()
    pilot.locator("[name=result]").fill("破损少了一半")
    pilot.locator("form.form-narrow button").click()
    visit.page.get_by_text("破损少了一半").first.wait_for()

    assert Pilot.objects.get().result == "破损少了一半"
