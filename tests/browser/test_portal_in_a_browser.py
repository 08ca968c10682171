"""The portal in a browser: sound on a desk and on a phone, for who visits it and for who gives access."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.people.models import User
from vitalfew.portal import actions
from vitalfew.portal.models import Access
from vitalfew.portal.parts import parts
from vitalfew.promises import actions as promises
from vitalfew.promises import answering

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def access(served: Any, administrator: User) -> Access:
    """Somebody of an account who is asked for another day of a promise."""
    account, today = Account.objects.get(code=served.mine), timezone.localdate()
    known = {"made_by": "test", "changed_by": "test"}
    person = Person.objects.create(name="张伟", **known)
    post = Post.objects.create(person=person, account=account, contact_id="portal-1", **known)
    row = promises.promise(administrator, account, {
        "text": "旺季前把两周安全库存备齐", "person": None, "origin": "visit", "reference": "", "department": "",
        "owner": administrator, "made_on": today, "due": today + timedelta(days=5),
    })  # fmt: skip
    answering.ask(administrator, row.pk, row.version, due=today + timedelta(days=9), why="货在路上")
    wished = {"subsidiaries": False, "parts": [each.name for each in parts()], "until": None}
    return actions.give(administrator, post, wished)


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_the_portal_is_sound(
    visit: Visit, served: Any, administrator: User, access: Access, width: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.sign_in(administrator)
    code = quote(served.mine)
    places = [
        "/portal-access/", f"/portal-access/{access.pk}/", f"/portal-access/{access.pk}/edit/",
        f"/portal-access/new/?account={code}", f"/portal-access/{access.pk}/preview/promises/", "/letter-words/new/",
        f"/accounts/{code}/?tab=contacts",
    ]  # fmt: skip
    found = [fault for path in places for fault in unsound(visit, path, width)]
    visit.page.context.clear_cookies(name="sessionid")
    assert access.user
    visit.sign_in(access.user)
    found += [
        fault
        for name in ("", *(f"{each.name}/" for each in parts()))
        for fault in unsound(visit, f"/portal/{name}", width)
    ]

    assert found == []
    assert visit.troubles == []
