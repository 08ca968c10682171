"""The pages of alarms: found, answered one by one or many at once, ruled over, tried out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.alarms import actions, examples
from vitalfew.alarms.models import Alarm, AlarmRule, Hook, Post, Telling, Wish

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NOW = timezone.now


def alarm(house, number=0, code=None, told=("manager",), **said):
    row = Alarm.objects.create(
        kind="unusual", matter=f"account:{number}", account=Account.objects.get(code=code or house.mine),
        said='[{"text": "{account}: {kind}", "figures": {"account": "甲", "kind": ["Word", "Unusually low month"]}}]',
        **{"urgency": "normal", "raised_at": NOW(), "last_seen": timezone.localdate(), **said},
    )  # fmt: skip
    for role in told:
        Telling.objects.create(alarm=row, user=house.user(role))
    return row


def page(house, client, path, role="manager"):
    return signed_in(house, client, role).get(path)


def test_the_list_shows_what_one_was_told_of_and_heads_all(house, client):
    mine, theirs = alarm(house), alarm(house, 1, house.foreign, told=())

    seen = {role: page(house, client, "/alarms/", role).content.decode() for role in ("manager", "director", "supply")}

    assert f"/alarms/{mine.pk}/" in seen["manager"]
    assert f"/alarms/{theirs.pk}/" not in seen["manager"]
    assert f"/alarms/{theirs.pk}/" in seen["director"]
    assert f"/alarms/{mine.pk}/" not in seen["supply"]
    assert page(house, client, f"/alarms/{theirs.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["manager", "director"])
def test_the_bell_counts_with_one_query(house, client, django_assert_num_queries, role):
    for number in range(3):
        alarm(house, number, told=("manager", "director"))
    alarm(house, 9, told=("manager", "director"), state="seen")
    browser = signed_in(house, client, role)

    with django_assert_num_queries(3):  # session, user, the count
        told = browser.get("/alarms/count/").content.decode()

    assert ">3</b>" in told
    assert page(house, client, "/alarms/count/", "supply").content.decode().strip() == ""
    assert 'href="/alarms/?state=open&amp;whose=mine"' in page(house, client, "/promises/").content.decode()


@pytest.mark.parametrize("n", [1, 40])
def test_the_list_takes_as_many_queries_for_one_as_for_many(house, client, django_assert_max_num_queries, n):
    for number in range(n):
        alarm(house, number)
    browser = signed_in(house, client, "manager")
    browser.get("/alarms/")

    with django_assert_max_num_queries(9):
        assert browser.get("/alarms/").status_code == 200


def test_many_are_acknowledged_at_once_as_far_as_one_sees_them(house, client):
    rows = [alarm(house, number) for number in range(3)]
    theirs = alarm(house, 8, house.foreign, told=("director",))
    browser = signed_in(house, client, "manager")

    browser.post("/alarms/acknowledge/", {"pk": [*(row.pk for row in rows), theirs.pk, "x", "9" * 30]})

    assert set(Alarm.objects.filter(state="seen").values_list("pk", flat=True)) == {row.pk for row in rows}
    theirs.refresh_from_db()
    assert theirs.state == "open"


def test_one_is_answered_and_opened_again(house, client):
    row, browser = alarm(house), signed_in(house, client, "manager")

    browser.post(f"/alarms/{row.pk}/acknowledge/", {"version": 1})
    row.refresh_from_db()
    assert (row.state, row.answered_by.username) == ("seen", "manager")
    said = browser.post(f"/alarms/{row.pk}/acknowledge/", {"version": 1}, follow=True).content.decode()
    assert "已有人应答" in said
    browser.post(f"/alarms/{row.pk}/done/", {"version": row.version})
    browser.post(f"/alarms/{row.pk}/reopen/")

    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("open", None)


def test_its_page_tells_all_of_it(house, client):
    alarm(house, ended_at=NOW(), state="ended")
    row = alarm(house, episode=2, repeats=3)
    browser = signed_in(house, client, "manager")

    told = browser.get(f"/alarms/{row.pk}/").content.decode()

    assert "向客户询问原因" in told
    assert "按规则通知" in told
    assert "第2次出现" in told
    assert "此前的同类预警" in told
    assert f"/visits/new/?account={house.mine}" in told


def test_an_account_shows_its_alarms_on_a_card_and_they_export(house, client):
    row, browser = alarm(house), signed_in(house, client, "manager")

    card = browser.get(f"/accounts/{house.mine}/?tab=overview&cards=1", headers={"hx-request": "true"}).content.decode()
    file = b"".join(browser.get("/alarms/?format=csv").streaming_content).decode()

    assert f"/alarms/{row.pk}/" in card + browser.get(f"/accounts-cards/{house.mine}/").content.decode()
    assert house.mine in file


def rule_of(**said):
    usual = {
        "version": 0,
        "urgency": "urgent",
        "threshold": "2",
        "to": ["manager"],
        "mail": "on",
        "people": ["user:supply"],
    }
    return {**usual, **said}


def test_a_kind_is_previewed_switched_on_changed_and_switched_off(house, client):
    browser = signed_in(house, client, "director")
    assert "已停用" in browser.get("/alarm-rules/").content.decode()

    seen = browser.post("/alarm-rules/promise-overdue/", rule_of(preview="1"))
    assert (seen.status_code, AlarmRule.objects.count()) == (200, 0)
    assert "目前不会发出预警" in seen.content.decode()
    browser.post("/alarm-rules/promise-overdue/", rule_of(after="4", higher=["role:director"]))
    row = AlarmRule.objects.get()
    assert (row.to, row.threshold, row.after, row.higher) == (["manager", "user:supply"], 2.0, 4, ["role:director"])
    stale = browser.post("/alarm-rules/promise-overdue/", rule_of(version=9))
    assert stale.status_code == 422
    assert f'name="version" value="{row.version}"' in stale.content.decode()
    browser.post("/alarm-rules/promise-overdue/", rule_of(version=row.version, threshold="5"))
    row.refresh_from_db()
    assert (row.threshold, row.version, row.after) == (5.0, 2, None)
    browser.post(f"/alarm-rules/{row.pk}/off/")
    assert not AlarmRule.objects.filter(put_away_at=None).exists()
    assert browser.post(f"/alarm-rules/{row.pk}/on/").status_code == 204


@pytest.mark.parametrize(
    "wrong",
    [{"to": [], "people": []}, {"threshold": "-1"}, {"threshold": "nan"}, {"threshold": "1e9"}, {"to": ["role:portal"]},
     {"people": ["user:nobody"]}, {"after": "4"}, {"higher": ["manager"]}, {"after": "0", "higher": ["manager"]},
     {"urgency": "loud"}],
    ids=["nobody", "below zero", "no number", "too much", "customers", "unknown", "to nobody", "never", "at once", "odd"],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_beside_its_field(house, client, wrong):
    answer = signed_in(house, client, "director").post("/alarm-rules/promise-overdue/", rule_of(**wrong))

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not AlarmRule.objects.exists()


def hook_of(**said):
    return {
        "name": "群",
        "way": "wecom",
        "url": "https://robot.example/x?key=k",
        "secret": "s",
        "language": "en",
        **said,
    }


def test_an_address_is_entered_kept_secret_changed_and_tried(house, client):
    browser = signed_in(house, client, "administrator")
    browser.post("/alarm-hooks/new/", hook_of())
    row = Hook.objects.get()
    assert "key=k" not in browser.get(f"/alarm-hooks/{row.pk}/").content.decode()

    browser.post(f"/alarm-hooks/{row.pk}/", hook_of(name="新群", url="", secret="", version=row.version))
    row.refresh_from_db()
    assert (row.name, row.url, row.secret) == ("新群", "https://robot.example/x?key=k", "s")
    browser.post(f"/alarm-hooks/{row.pk}/try/")
    assert Post.objects.get().alarm is None
    assert "测试" in browser.get(f"/alarm-hooks/{row.pk}/").content.decode()
    browser.post(f"/alarm-hooks/{row.pk}/put-away/")
    assert browser.get(f"/alarm-hooks/{row.pk}/").status_code == 404
    browser.post(f"/alarm-hooks/{row.pk}/fetch-back/")
    assert browser.get(f"/alarm-hooks/{row.pk}/").status_code == 200


@pytest.mark.parametrize("url", ["http://robot.example/", "robot", "file:///etc/passwd", ""])
def test_an_address_that_cannot_be_is_refused(house, client, url):
    answer = signed_in(house, client, "administrator").post("/alarm-hooks/new/", hook_of(url=url))

    assert answer.status_code == 422
    assert not Hook.objects.exists()


def test_one_says_how_one_is_told(house, client):
    browser = signed_in(house, client, "manager")
    said = {
        "urgent": "digest",
        "normal": "page",
        "low": "page",
        "digest_at": "9",
        "quiet_from": "19:00",
        "quiet_until": "08:00",
    }

    browser.post("/alarm-wish/", {**said, "version": 0})
    row = Wish.objects.get()
    assert (row.user.username, row.urgent, row.digest_at, row.workdays_only) == ("manager", "digest", 9, False)
    assert browser.post("/alarm-wish/", {**said, "version": 7}).status_code == 409
    assert browser.post("/alarm-wish/", {**said, "digest_at": "25", "version": 1}).status_code == 422


@pytest.mark.parametrize("path", ["/alarms/", "/alarm-rules/", "/alarm-noise/", "/alarm-hooks/", "/alarm-wish/"])
def test_pages_answer_with_and_without_records(house, client, path):
    browser = signed_in(house, client, "administrator")
    assert browser.get(path).status_code == 200
    examples.plant()
    actions.add_hook(house.user("administrator"), {"name": "x", "way": "json", "url": "https://a.example/"})

    assert browser.get(path).status_code == 200
    for row in Alarm.objects.order_by("-pk")[:2]:
        assert browser.get(f"/alarms/{row.pk}/").status_code == 200


def test_a_worker_looks_and_asks_for_the_next_look(house, own_facts, settings):  # noqa: ARG001  (a home of its own)
    from django_tasks_db.models import DBTaskResult

    from vitalfew.alarms.recurring import begin
    from vitalfew.alarms.work import EVERY, look, look_soon

    begin()
    begin()
    assert DBTaskResult.objects.filter(task_path=look.module_path).count() == 1
    DBTaskResult.objects.all().delete()
    look_soon()
    assert not DBTaskResult.objects.exists()  # no kind is switched on
    assert look.func() == {"raised": 0, "sent": 0}
    [following] = DBTaskResult.objects.filter(task_path=look.module_path)
    assert following.run_after <= NOW() + EVERY + timedelta(seconds=5)
