"""The club and the green channel in a browser: sound on a desk and on a phone."""

from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.club import actions, joining
from vitalfew.club.models import Benefit, Event, Invited, Level
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def club(served: Any, administrator: User) -> Invited:
    """A level with a right, a member, and an event to which it is invited."""
    account, today = Account.objects.get(code=served.mine), timezone.localdate()
    level = actions.make(administrator, Level(name="金卡会员", name_en="Gold", mark="金", rank=1, net_sales=10**12))
    actions.make(administrator, Benefit(level=level, kind="delivery", text="省内免费配送", yearly_cost=96000))
    joining.enter(account, level, today, ())
    event = actions.make(administrator, Event(title="总经理座谈会", day=today, level=level, place="总部"))
    actions.invite(administrator, event, [account])
    return Invited.objects.get(event=event)


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_the_club_is_sound(
    visit: Visit, served: Any, administrator: User, club: Invited, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code, level = quote(served.mine), club.event.level
    assert level
    places = [
        "/club/", "/club/levels/", f"/club/levels/{level.pk}/", f"/club/levels/{level.pk}/edit/",
        f"/club/levels/{level.pk}/rights/new/", "/club/members/", f"/club/nominate/?account={code}",
        f"/club/uses/new/?account={code}", "/club/events/", "/club/events/new/", f"/club/events/{club.event.pk}/",
        "/club/invitations/", f"/club/invitations/{club.pk}/", f"/club/invitations/{club.pk}/letter/",
        f"/accounts/{code}/?tab=club", "/green-channel/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []
