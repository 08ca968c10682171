"""What waits for others: seen by heads alone, as it stands on each one's Today; and comments where a line stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.comments import actions as comments
from vitalfew.comments.models import Comment
from vitalfew.outlets.overseeing import Waiting
from vitalfew.outlets.today import lines_for, tasks_for
from vitalfew.people.models import User
from vitalfew.promises import actions as promises
from vitalfew.rooms import Task
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


@pytest.fixture
def late(house):
    manager, today = house.user("manager"), timezone.localdate()
    fields = {
        "text": "两天内报价", "person": None, "origin": "visit", "reference": "", "department": "", "owner": manager,
        "made_on": today - 9 * DAY, "due": today - 4 * DAY,
    }  # fmt: skip
    return promises.promise(manager, Account.objects.get(code=house.mine), fields)


def test_lines_are_counted_by_how_long_they_may_wait():
    day = timezone.localdate()
    dues = [day - 9 * DAY, day - DAY, day + DAY, day + 60 * DAY, None]

    told = Waiting.of([Task("Visit", "", "Open", "/", due=due) for due in dues], 3, day)

    assert told == Waiting(late=2, oldest=day - 9 * DAY, soon=1, later=2, aside=3)


def test_a_head_sees_who_is_late_and_with_what(house, client, late):
    manager, browser = house.user("manager"), signed_in(house, client, "director")

    page = browser.get("/today/people/").content.decode()
    row = browser.get(f"/today/people/{manager.pk}/row/").content.decode()
    whole = browser.get(f"/today/people/{manager.pk}/").content.decode()

    assert f"/today/people/{manager.pk}/row/" in page
    assert page.index(str(manager)) < page.index(str(house.user("analyst"))), "who carries accounts stands first"
    overdue = sum(task.due is not None and task.due < timezone.localdate() for task in tasks_for(manager))
    assert overdue >= 1
    assert f">{overdue}</span>" in row
    assert "两天内报价" in whole
    assert late.get_absolute_url() in whole
    assert "data-decide" not in whole, "deciding stays with that person"


@pytest.mark.parametrize("role", ["manager", "analyst", "executive", "complaints", "supply", "marketing"])
def test_nobody_else_sees_what_waits_for_others(house, client, role):
    browser, whose = signed_in(house, client, role), User.objects.get(username="other")

    answers = [browser.get(f"/today/people/{part}") for part in ("", f"{whose.pk}/", f"{whose.pk}/row/")]
    token = {"authorization": f"Bearer {house.tokens[role]}"}

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert client.get("/api/v1/today?of=other", headers=token).status_code == 404


def test_over_the_api_a_head_asks_for_somebodys_lines(house, client, late):
    token = {"authorization": f"Bearer {house.tokens['director']}"}

    his = client.get("/api/v1/today?of=manager", headers=token).json()["items"]

    assert late.get_absolute_url() in [line["url"] for line in his]
    assert client.get("/api/v1/today?of=nobody", headers=token).status_code == 404


def test_who_left_and_the_portal_are_not_among_them(house, client):
    User.objects.filter(username="other").update(is_active=False)
    gone, browser = User.objects.get(username="other"), signed_in(house, client, "director")

    assert browser.get(f"/today/people/{gone.pk}/").status_code == 404
    assert browser.get(f"/today/people/{house.user('portal').pk}/").status_code == 404


def test_a_comment_on_a_line_stands_under_it_and_on_the_account(house, client, late):
    browser, account = signed_in(house, client, "manager"), late.account

    sent = browser.post(
        f"/comments/on/account/{account.pk}/", {"text": "Keep a promise: 周五前"}, headers={"X-Requested-With": "fetch"}
    )

    assert sent.status_code == 200
    assert sent.json()["undo"]
    page, tab = browser.get("/").content.decode(), browser.get(f"{account.get_absolute_url()}?tab=comments")
    assert "周五前" in page
    assert "周五前" in tab.content.decode()
    empty = browser.post(f"/comments/on/account/{account.pk}/", {"text": " "}, headers={"X-Requested-With": "fetch"})
    assert empty.status_code == 422
    assert empty.json()["text"]
    foreign = Account.objects.get(code=house.foreign)
    assert browser.post(f"/comments/on/account/{foreign.pk}/", {"text": "x"}).status_code == 404


def test_what_was_said_long_ago_stands_on_the_account_alone(house, late):
    manager = house.user("manager")
    made = comments.write(manager, "account", late.account.pk, "很久以前")
    Comment.objects.filter(pk=made.pk).update(made_at=timezone.now() - 15 * DAY)

    lines = [
        line for line in lines_for(manager, tasks_for(manager), scorecards.current()) if line.account == late.account
    ]

    assert lines
    assert {line.said for line in lines} == {None}
