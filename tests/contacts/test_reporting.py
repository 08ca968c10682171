"""To whom people at a customer report, and what part in buying they have."""

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions, erasing
from vitalfew.contacts.models import Person, Post
from vitalfew.contacts.own_tables import own_tables
from vitalfew.contacts.reporting import closes_circle
from vitalfew.duplicates.merging import merge_persons
from vitalfew.people.models import AuditEntry
from vitalfew.people.records import NotPossible

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def people(house, manager):
    """A president, her director and his clerk."""
    mine = Account.objects.get(code=house.mine)
    named = {"name": "高总"}, {"name": "李总监"}, {"name": "小陈"}
    return [actions.add(manager, mine, each, {"level": "manager"}) for each in named]


def report(manager, post, to):
    post.refresh_from_db()
    return actions.change_post(manager, post.pk, post.version, {"reports_to": to and to.person})


@pytest.mark.parametrize(
    ("bosses", "who", "boss", "closes"),
    [({}, 1, 2, False), ({}, 1, 1, True), ({2: 1}, 1, 2, True), ({3: 2, 2: 3}, 1, 3, False), ({2: 1}, 3, 2, False)],
)
def test_a_circle_is_seen_over_any_number_of_steps(bosses, who, boss, closes):
    assert closes_circle(bosses, who, boss) is closes


def test_nobody_reports_over_others_to_oneself(manager, people):
    gao, li, chen = people
    report(manager, li, gao)
    report(manager, chen, li)

    for wrong in (gao, li, chen):
        with pytest.raises(NotPossible):
            report(manager, gao, wrong)
    assert report(manager, chen, gao).reports_to == gao.person


def test_one_reports_to_somebody_at_the_same_account(house, manager, people):
    elsewhere = actions.add(house.user("director"), Account.objects.get(code=house.foreign), {"name": "外人"}, {})

    with pytest.raises(NotPossible):
        report(manager, people[0], elsewhere)


def test_who_left_stays_the_one_reported_to_until_somebody_says_who_follows(manager, people):
    gao, li, _chen = people
    report(manager, li, gao)
    gao.refresh_from_db()
    actions.change_post(manager, gao.pk, gao.version, {"left_on": "2026-01-01"})

    li.refresh_from_db()
    same = actions.change_post(manager, li.pk, li.version, {"reports_to": gao.person, "title": "采购总监"})
    assert (same.reports_to, same.title) == (gao.person, "采购总监")
    assert report(manager, li, None).reports_to is None


def test_the_form_offers_colleagues_and_keeps_the_one_who_left(house, client, people):
    gao, li, chen = people
    report(house.user("manager"), li, gao)
    Post.objects.filter(pk=gao.pk).update(left_on="2026-01-01")
    page = signed_in(house, client, "manager").get(f"/contacts/posts/{li.pk}/edit/").content.decode()

    assert f'<option value="{gao.person_id}" selected>' in page
    assert f'<option value="{chen.person_id}">' in page
    assert f'<option value="{li.person_id}"' not in page


def test_the_form_refuses_a_circle_in_words(house, client, people):
    gao, li, _chen = people
    report(house.user("manager"), li, gao)
    gao.refresh_from_db()
    asked = {"version": gao.version, "reports_to": li.person_id}
    answer = signed_in(house, client, "manager").post(f"/contacts/posts/{gao.pk}/edit/", asked)

    assert answer.status_code == 422
    assert "不能形成循环" in answer.content.decode()
    gao.refresh_from_db()
    assert gao.reports_to is None


def test_a_conflict_shows_both_bosses_by_name(house, client, people):
    gao, li, chen = people
    report(house.user("manager"), chen, gao)
    answer = signed_in(house, client, "manager").post(
        f"/contacts/posts/{chen.pk}/edit/", {"version": 1, "part": "user", "reports_to": li.person_id}
    )

    assert answer.status_code == 409
    assert "高总" in answer.content.decode()


def test_part_and_boss_go_over_the_api(house, client, people):
    gao, li, _chen = people
    path, token = f"/api/v1/contacts/{li.pk}", {"authorization": f"Bearer {house.tokens['manager']}"}
    tag = client.get(path, headers=token).headers["ETag"]
    sent = {"part": "decider", "reports_to": gao.person_id}
    changed = client.patch(path, sent, content_type=JSON, headers={**token, "if-match": tag})

    assert changed.status_code == 200
    assert (changed.json()["part"], changed.json()["reports_to"]) == ("decider", gao.person_id)
    sent = {"reports_to": li.person_id}
    other = f"/api/v1/contacts/{gao.pk}"
    tag = client.get(other, headers=token).headers["ETag"]
    refused = client.patch(other, sent, content_type=JSON, headers={**token, "if-match": tag})
    assert [each["field"] for each in refused.json()["errors"]] == ["reports_to"]
    made = {"account": house.mine, "name": "新人", "reports_to": gao.person_id}
    assert client.post("/api/v1/contacts", made, content_type=JSON, headers=token).json()["reports_to"] == gao.person_id


def test_the_trail_names_the_field_and_no_person(manager, people):
    report(manager, people[1], people[0])

    entry = AuditEntry.objects.filter(action="post-change").order_by("-number").first()
    assert entry.changes["fields"] == ["by_hand", "reports_to"]


def test_merging_two_records_leaves_their_people_with_the_one_that_stays(manager, people):
    gao, li, chen = people
    report(manager, chen, li)
    merge_persons(gao.person, li.person)

    chen.refresh_from_db()
    assert chen.reports_to == gao.person


def test_what_is_kept_is_handed_out_and_erasing_frees_the_others(house, manager, people):
    gao, li, _chen = people
    report(manager, li, gao)
    director = house.user("director")
    assert erasing.hand_out(director, li.person)["posts"][0]["reports_to_id"] == gao.person_id

    erasing.erase(director, Person.objects.get(pk=gao.person_id), gao.person.version)

    li.refresh_from_db()
    assert li.reports_to is None


def test_analyses_read_the_parts_that_are_said(manager, people):
    gao, li, chen = people
    for post, part in ((gao, "decider"), (li, "user")):
        post.refresh_from_db()
        actions.change_post(manager, post.pk, post.version, {"part": part})
    Post.objects.filter(pk=li.pk).update(put_away_at=timezone.now())

    rows = own_tables()["buying_parts"].to_pylist()

    assert {"contact": gao.contact_id, "part": "decider"} in rows
    assert not {li.contact_id, chen.contact_id} & {row["contact"] for row in rows}
