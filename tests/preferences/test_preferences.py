"""What works with an account: written down once, shown to who visits it and to who answers its complaints."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.preferences import actions, questions
from vitalfew.preferences.models import Preference
from vitalfew.visits.brief import brief

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def fields(**other):
    said = {"works": "not", "area": "complaint", "text": "不要先发邮件", "evidence": "春季退回", "person": None}
    return {**said, "seen_on": timezone.localdate(), **other}


@pytest.fixture
def known(manager, mine):
    return actions.write(manager, mine, fields())


def test_it_stands_in_the_briefing_beside_complaints_and_with_the_plans(house, client, manager, mine, known):
    browser = signed_in(house, client, "complaints")

    assert brief(manager, mine).preferences == [known]
    for tab, there in (("complaints", True), ("plans", True), ("promises", False)):
        text = browser.get(f"{mine.get_absolute_url()}?tab={tab}").content.decode()
        assert (known.text in text) == there, tab


def test_what_does_not_work_stands_first(manager, mine, known):
    good = actions.write(manager, mine, fields(works="works", text="先打电话"))

    assert questions.of_account(manager, mine) == [known, good]


def test_after_a_year_it_is_to_be_asked_again_until_it_is_confirmed(manager, mine):
    row = actions.write(manager, mine, fields(seen_on=timezone.localdate() - timedelta(days=400)))
    assert row.freshness.value == "old"

    assert actions.confirm(manager, row.pk).freshness.value == "fresh"


def test_only_those_near_it_and_heads_change_it(house, known):
    with pytest.raises(Forbidden):
        actions.put_away(house.user("analyst"), known.pk)
    with pytest.raises(Preference.DoesNotExist):
        actions.put_away(User.objects.get(username="other"), known.pk)
    assert actions.put_away(house.user("director"), known.pk).put_away_at


def test_over_the_pages_it_is_written_corrected_and_put_away(house, client, mine):
    browser = signed_in(house, client, "manager")
    sent = {"works": "works", "area": "meeting", "text": "先看数据", "evidence": "采购总监说", "seen_on": "2026-01-05"}
    url = f"/preferences/new/?account={mine.code}"
    late = browser.post(url, {**sent, "seen_on": (timezone.localdate() + timedelta(days=2)).isoformat()})
    assert late.status_code == 422

    made = browser.post(url, sent)

    row = Preference.objects.get()
    place = row.get_absolute_url()
    assert made.url == place
    changed = {**sent, "text": "先看报表", "version": row.version}
    assert browser.post(f"{place}edit/", changed).status_code == 302
    assert browser.post(f"{place}edit/", changed).status_code == 409
    assert browser.post(f"{place}confirm/").status_code == 302
    for listed in ("/preferences/", "/preferences/?q=报表", "/search/?q=报表"):
        assert "先看报表" in browser.get(listed).content.decode(), listed
    assert browser.post(f"{place}put-away/").status_code == 302
    assert browser.get(place).status_code == 404
    assert browser.post(f"{place}fetch-back/").status_code == 204


def test_foreign_ones_are_not_there(client, known):
    client.force_login(User.objects.get(username="other"), backend="django.contrib.auth.backends.ModelBackend")

    for part in ("", "edit/"):
        assert client.get(f"{known.get_absolute_url()}{part}").status_code == 404
    for part in ("confirm/", "put-away/", "fetch-back/"):
        assert client.post(f"{known.get_absolute_url()}{part}").status_code == 404
    assert known.text not in client.get("/preferences/").content.decode()


def test_over_the_api(house, client):
    token = {"authorization": f"Bearer {house.tokens['manager']}"}
    new = {"account": house.mine, "works": "works", "area": "talk", "text": "微信快", "evidence": "三次当天回复"}

    made = client.post("/api/v1/preferences", new, content_type="application/json", headers=token)
    assert (made.status_code, made.json()["seen_on"]) == (201, timezone.localdate().isoformat())
    place = f"/api/v1/preferences/{made.json()['id']}"
    matched = {**token, "if-match": made.headers["ETag"]}
    assert client.patch(place, {"works": "x"}, content_type="application/json", headers=matched).status_code == 422
    changed = client.patch(place, {"works": "not"}, content_type="application/json", headers=matched)
    assert changed.json()["works"] == "not"
    assert client.post(f"{place}/confirm", headers=token).status_code == 200
    foreign = {**new, "account": house.foreign}
    assert (
        client.post("/api/v1/preferences", foreign, content_type="application/json", headers=token).status_code == 404
    )


def test_a_person_is_handed_out_and_forgotten(own_facts, house, manager, mine):  # noqa: ARG001
    wang = contacts.add(manager, mine, {"name": "王庆生", "birthday": None}, {"title": "总经理"}, []).person
    own = actions.write(manager, mine, fields(person=wang))
    other = actions.write(manager, mine, fields(text="见王庆生要早", evidence="他说"))

    told = erasing.hand_out(house.user("administrator"), wang)
    assert sum(each["kind"] == "preference" for each in told["elsewhere"]) == 2
    erasing.erase(house.user("administrator"), wang, wang.version)

    assert not Preference.objects.filter(pk=own.pk).exists()
    other.refresh_from_db()
    assert "王庆生" not in other.text
