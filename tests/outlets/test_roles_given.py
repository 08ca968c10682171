"""Rights are given and taken by a button, said in words, and taken back by one more."""

import re

import pytest

from house import signed_in
from vitalfew.people.models import AuditEntry, User

pytestmark = [pytest.mark.database, pytest.mark.django_db]
UNDO = re.compile(r'data-extra="undo:([^"]+)"')


@pytest.fixture
def browser(house, client):
    return signed_in(house, client, "administrator")


def done(browser, user, **asked):
    page = browser.post(f"/admin/users/{user.pk}/", asked, follow=True).content.decode()
    return page, UNDO.findall(page)[0].replace("&amp;", "&")


def test_another_role_is_said_and_undone(house, browser):
    user = house.user("executive")

    page, undo = done(browser, user, do="role", role="analyst")
    given = User.objects.get(pk=user.pk).role
    answer = browser.post(undo, headers={"x-requested-with": "fetch"})

    assert given == "analyst"
    assert f"{user}的角色已改为“分析师”，原为" in page
    assert answer.status_code == 204, "the page that the script loads next says what was done"
    assert User.objects.get(pk=user.pk).role == "executive"
    assert AuditEntry.objects.latest("number").changes == {"role": ["analyst", "executive"]}


def test_locking_out_is_said_and_undone(house, browser):
    user = house.user("supply")

    page, undo = done(browser, user, do="deactivate")
    active = User.objects.get(pk=user.pk).is_active
    browser.post(undo)

    assert not active
    assert f"已停用{user}" in page
    assert User.objects.get(pk=user.pk).is_active


def test_the_same_role_again_is_nothing(house, browser):
    user, before = house.user("executive"), AuditEntry.objects.count()

    browser.post(f"/admin/users/{user.pk}/", {"do": "role", "role": "executive"})

    assert AuditEntry.objects.count() == before
