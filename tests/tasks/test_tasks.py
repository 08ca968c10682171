"""Lines of Today are ticked off, put off, handed on and taken back; by whom they wait for, and by nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry
from vitalfew.people.records import NotPossible
from vitalfew.promises import actions as promises
from vitalfew.rooms import Task
from vitalfew.tasks import actions
from vitalfew.tasks.models import Decision

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


def advice(user):
    return next(task for task in tasks_for(user) if task.advice)


def keys(user):
    return [task.key for task in tasks_for(user)]


@pytest.fixture
def promised(house, manager):
    return promises.promise(manager, Account.objects.get(code=house.mine), {
        "text": "两天内报价", "person": None, "origin": "visit", "reference": "", "department": "", "owner": manager,
        "made_on": today(), "due": today(),
    })  # fmt: skip


def test_a_line_is_told_again_by_its_key_however_its_reason_is_worded():
    first, second = (Task("Visit", reason, "Open", "/accounts/C1/", "C1") for reason in ("90 days", "91 days"))

    assert first.key == second.key
    assert first.key != Task("Visit", "90 days", "Open", "/accounts/C2/", "C2").key


def test_ticked_off_it_stays_away_for_a_month_and_the_next_moves_up(manager):
    before, task = keys(manager), advice(manager)

    row = actions.tick_off(manager, task)

    assert task.key not in keys(manager)
    assert len(keys(manager)) >= len(before) - 1
    assert row.until == today() + 30 * DAY
    Decision.objects.update(until=today())
    assert task.key in keys(manager)


def test_what_a_record_asks_for_is_settled_there_and_may_wait(manager, promised):
    task = next(each for each in tasks_for(manager) if each.url == promised.get_absolute_url())

    with pytest.raises(NotPossible, match="settled where it stands"):
        actions.tick_off(manager, task)
    actions.put_off(manager, task, today() + DAY)

    assert task.key not in keys(manager)


@pytest.mark.parametrize("ahead", [-1, 0, 31])
def test_it_is_put_off_to_a_day_of_the_next_month(manager, ahead):
    with pytest.raises(NotPossible, match="next 30 days"):
        actions.put_off(manager, advice(manager), today() + ahead * DAY)


def test_handed_on_it_waits_for_the_colleague_with_who_and_why(manager, director):
    task = advice(manager)

    actions.hand_on(manager, task, director, "你认识他们的总经理")

    assert task.key not in keys(manager)
    handed = next(each for each in tasks_for(director) if "你认识他们的总经理" in str(each.why))
    assert (handed.what, handed.customer, handed.url, handed.advice) == (task.what, task.customer, task.url, True)
    actions.tick_off(director, handed)
    assert "你认识他们的总经理" not in " ".join(str(each.why) for each in tasks_for(director))


def test_it_is_not_handed_to_who_does_not_see_the_account_nor_to_oneself(house, manager):
    task = advice(manager)
    other = Account.objects.get(code=house.foreign).manager

    with pytest.raises(NotPossible, match="does not see the account"):
        actions.hand_on(manager, task, other, "")
    with pytest.raises(NotPossible, match="Hand it to a colleague"):
        actions.hand_on(manager, task, manager, "")
    with pytest.raises(NotPossible, match="Hand it to a colleague"):
        actions.hand_on(manager, task, house.user("portal"), "")


def test_taken_back_it_waits_again_and_every_step_stands_in_the_trail(manager, director):
    task = advice(manager)
    actions.put_off(manager, task, today() + DAY)
    actions.hand_on(manager, task, director, "")
    assert Decision.objects.count() == 1

    assert actions.take_back(manager, task.key).kind == "handed"
    assert actions.take_back(manager, task.key) is None

    assert task.key in keys(manager)
    told = AuditEntry.objects.filter(subject=f"task:{task.key}").order_by("number").values_list("action", flat=True)
    assert list(told) == ["task-later", "task-handed", "task-again"]


def test_a_line_of_somebody_else_is_not_there(house, client, manager):
    task = advice(manager)
    browser = signed_in(house, client, "marketing")

    answer = browser.post("/today/decide/", {"key": task.key, "kind": "done"}, headers={"x-requested-with": "fetch"})

    assert (answer.status_code, Decision.objects.count()) == (422, 0)
    assert browser.post(f"/today/again/{task.key}/").status_code == 404


@pytest.mark.parametrize(
    "sent", [{"kind": "later"}, {"kind": "handed"}, {"kind": "gone"}, {"kind": "later", "until": "soon"}]
)
def test_half_a_decision_is_told_in_words(house, client, manager, sent):
    browser = signed_in(house, client, "manager")

    answer = browser.post("/today/decide/", {"key": advice(manager).key, **sent}, headers={"x-requested-with": "fetch"})

    assert answer.status_code == 422
    assert answer.json()["text"]
    assert not Decision.objects.exists()


def test_without_a_script_the_page_comes_back_with_what_is_set_aside(house, client, manager):
    browser, task = signed_in(house, client, "manager"), advice(manager)

    page = browser.post("/today/decide/", {"key": task.key, "kind": "done"}, follow=True)

    assert [row.key for row, _account in page.context["aside"]] == [task.key]
    assert browser.post(f"/today/again/{task.key}/", follow=True).context["aside"] == []


def test_the_api_decides_and_takes_back(house, client, manager):
    headers = {"authorization": f"Bearer {house.tokens['manager']}"}
    lines = client.get("/api/v1/today", headers=headers).json()["items"]
    line = next(each for each in lines if each["advice"])
    place = f"/api/v1/today/{line['key']}"

    assert client.post(place, {"kind": "later"}, content_type="application/json", headers=headers).status_code == 422
    done = client.post(place, {"kind": "done"}, content_type="application/json", headers=headers)
    assert (done.status_code, done.json()["until"]) == (200, (today() + 30 * DAY).isoformat())
    assert line["key"] not in {each["key"] for each in client.get("/api/v1/today", headers=headers).json()["items"]}
    assert client.post(place, {"kind": "done"}, content_type="application/json", headers=headers).status_code == 404
    assert client.post(f"{place}/again", headers=headers).json()["kind"] == "done"
    assert manager.pk


def test_a_persons_name_leaves_the_notes(own_facts, house, manager, director):  # noqa: ARG001
    task = advice(manager)
    post = contacts.add(director, Account.objects.get(code=task.customer), {"name": "钱守信"}, {"title": "总监"})
    actions.hand_on(manager, task, director, "找钱守信谈")
    told = str(erasing.hand_out(director, post.person))

    erasing.erase(director, post.person, post.person.version)

    assert "找钱守信谈" in told
    assert "钱守信" not in Decision.objects.get().note


def test_handed_on_it_is_gone_with_the_sight_of_the_account(house, manager, director):
    account = Account.objects.get(code=house.foreign)
    actions.hand_on(director, Task("Visit", "", "Open", account.get_absolute_url(), account.code), account.manager, "")
    theirs = account.manager
    assert account.get_absolute_url() in {task.url for task in tasks_for(theirs) if "handed" in str(task.why)}

    Account.objects.filter(pk=account.pk).update(manager=manager)

    assert account.get_absolute_url() not in {task.url for task in tasks_for(theirs)}
