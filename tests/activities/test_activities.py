"""Visits, calls and notes: logged in seconds, seen with their account, read by the analyses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.activities import actions, knowing, questions
from vitalfew.activities.knowing import HowWell
from vitalfew.activities.models import Activity
from vitalfew.activities.own_tables import own_tables
from vitalfew.contacts import actions as contacts
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import known

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def today():
    return timezone.localdate()


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def wang(house, mine):
    return contacts.add(house.user("manager"), mine, {"name": "王晓峰"}, {"influence": "high"})


@pytest.fixture
def visit(house, mine, wang):
    fields = {"way": "visit", "day": today(), "person": wang.person, "text": "谈了旺季备货", "pinned": False}
    return actions.log(house.user("manager"), mine, fields)


def test_what_is_logged_stands_in_the_timeline(house, mine, visit):
    first = timeline(house.user("director"), mine)[0]

    assert first.kind == "activity"
    assert "王晓峰" in first.what.say("zh-hans")
    assert "谈了旺季备货" in first.what.say("zh-hans")
    assert first.url == f"/activities/{visit.pk}/"


def test_what_lies_ahead_is_not_logged(house, mine):
    with pytest.raises(actions.NotYet):
        actions.log(house.user("manager"), mine, {"way": "visit", "day": today() + timedelta(days=1)})


def test_a_text_with_braces_is_told_as_it_is(house, mine):
    actions.log(house.user("manager"), mine, {"way": "note", "day": today(), "text": "{who} {0} %s <b>"})

    assert "{who} {0} %s <b>" in timeline(house.user("manager"), mine)[0].what.say("en")


def test_others_see_it_and_only_its_author_and_heads_change_it(house, visit):
    colleague = house.user("analyst")

    assert visit in questions.activities(colleague)
    with pytest.raises(Forbidden):
        actions.change(colleague, visit.pk, 1, {"text": "x"})
    assert actions.change(house.user("director"), visit.pk, 1, {"text": "订货会"}).version == 2
    with pytest.raises(Stale):
        actions.change(house.user("manager"), visit.pk, 1, {"text": "y"})


def test_foreign_activities_are_not_there(house, client):
    foreign = Account.objects.get(code=house.foreign)
    theirs = actions.log(house.user("director"), foreign, {"way": "call", "day": today(), "text": "外"})
    browser = signed_in(house, client, "manager")

    assert theirs not in questions.activities(house.user("manager"))
    for path in (f"/activities/{theirs.pk}/", f"/activities/new/?account={house.foreign}"):
        assert browser.get(path).status_code == 404
    for path in (f"/activities/{theirs.pk}/put-away/", f"/activities/{theirs.pk}/fetch-back/"):
        assert browser.post(path).status_code == 404
    assert Activity.objects.get(pk=theirs.pk).put_away_at is None


def test_put_away_can_be_fetched_back(house, client, visit):
    browser = signed_in(house, client, "manager")

    browser.post(f"/activities/{visit.pk}/put-away/")
    assert visit not in questions.activities(house.user("manager"))
    assert browser.post(f"/activities/{visit.pk}/fetch-back/").status_code == 204
    assert visit in questions.activities(house.user("manager"))


def test_logging_on_the_page_takes_one_form(house, client, mine, wang):
    sent = {"way": "call", "day": today().isoformat(), "text": "价格", "person": str(wang.person_id)}

    answer = signed_in(house, client, "manager").post(f"/activities/new/?account={house.mine}", sent)

    assert answer.status_code == 302
    row = Activity.objects.get(account=mine)
    assert (row.way, row.person, row.who.role) == ("call", wang.person, "manager")


def test_from_anywhere_the_account_is_named_in_the_form(house, client, mine):
    browser = signed_in(house, client, "manager")
    sent = {"way": "call", "day": today().isoformat(), "text": "x", "account": mine.name}

    assert browser.post("/activities/new/", sent).status_code == 302
    assert browser.post("/activities/new/", {**sent, "account": house.foreign}).status_code == 422
    assert "/activities/new/" in browser.get("/").content.decode()


def test_sent_twice_because_the_answer_got_lost_it_stands_once(house, client, mine):
    sent = {"way": "call", "day": today().isoformat(), "text": "旺季前订货"}
    browser = signed_in(house, client, "manager")
    for text in ("旺季前订货", "旺季前订货", "另一件事", "", ""):
        assert browser.post(f"/activities/new/?account={house.mine}", {**sent, "text": text}).status_code == 302

    texts = sorted(Activity.objects.filter(account=mine).values_list("text", flat=True))
    assert texts == ["", "", "另一件事", "旺季前订货"]


def test_a_photo_logged_with_it_is_a_file_of_the_account(house, client, mine):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"way": "visit", "day": today().isoformat(), "text": "货架"}
    browser = signed_in(house, client, "complaints")
    address = f"/activities/new/?account={house.mine}"
    wrong = browser.post(address, {**sent, "file": SimpleUploadedFile("a.jpg", b"MZ no picture")})
    assert wrong.status_code == 422
    assert not Activity.objects.exists()

    assert browser.post(address, {**sent, "file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff x")}).status_code == 302

    row = Activity.objects.get()
    assert [file.account for file in row.files.all()] == [mine]
    page = browser.get(row.get_absolute_url()).content.decode()
    assert f"/accounts-files/{row.files.get().pk}/" in page


def test_a_person_of_another_account_is_refused(house, client, mine):  # noqa: ARG001
    foreign = Account.objects.get(code=house.foreign)
    theirs = contacts.add(house.user("director"), foreign, {"name": "外人"}, {})
    sent = {"way": "call", "day": today().isoformat(), "person": str(theirs.person_id)}

    answer = signed_in(house, client, "manager").post(f"/activities/new/?account={house.mine}", sent)

    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_the_audit_trail_keeps_what_was_said_out(house, visit):
    actions.change(house.user("manager"), visit.pk, 1, {"text": "秘密"})

    told = [str(entry.changes) for entry in AuditEntry.objects.filter(subject=f"activity:{visit.pk}")]
    assert len(told) == 2
    assert not any("秘密" in text or "旺季" in text for text in told)


def test_who_was_met_stays_when_the_import_that_named_them_is_taken_back(house):
    from types import SimpleNamespace

    from vitalfew.contacts import sync
    from vitalfew.contacts.models import Person, Post

    sync.sync(known(house.home, DuckEngine()))
    post = Post.objects.order_by("pk").first()
    actions.log(
        house.user("director"), post.account, {"way": "call", "day": today(), "person": post.person, "text": ""}
    )

    sync.sync(SimpleNamespace(names=frozenset()))

    assert list(Person.objects.all()) == [post.person]


def test_analyses_read_touches_and_no_notes(house, mine, wang, visit):  # noqa: ARG001
    actions.log(house.user("manager"), mine, {"way": "note", "day": today(), "text": "only a note"})

    touches = own_tables()["touches"]
    assert touches.num_rows == 1
    row = touches.to_pylist()[0]
    assert (row["customer"], row["contact"], row["channel"]) == (house.mine, wang.contact_id, "visit")
    assert row["our_person"] == house.user("manager").name

    source = known(house.home, DuckEngine())
    assert source.frame("touches", None).collect("pyarrow").to_native().num_rows == 1


def test_without_activities_nothing_stands_beside_the_facts(house):
    assert "touches" not in known(house.home, DuckEngine()).names


def test_the_refresh_tells_on_whom_a_relationship_hangs(house, own_facts, mine, wang, visit):  # noqa: ARG001
    from vitalfew.imports.work import refresh_now
    from vitalfew.warehouse import scorecards
    from vitalfew.warehouse.run import day_number

    back = scorecards.current().as_of
    first = actions.log(house.user("manager"), mine, {"way": "call", "day": timezone.localdate(), "text": "x"})
    Activity.objects.update(day=back)
    Activity.objects.filter(pk=first.pk).update(day=back - timedelta(days=100))
    refresh = refresh_now(own_facts.home, day_number(back))

    row = next(iter(scorecards.of_account(own_facts.home, refresh, "single-thread", house.mine)))
    assert row["owner"] == house.user("manager").name
    assert row["owner_share"] == 1.0


def test_the_api_logs_once_and_reads_back(house, client):
    headers = {"authorization": f"Bearer {house.tokens['manager']}", "idempotency-key": "a1"}
    body = {"account": house.mine, "way": "call", "day": today().isoformat(), "text": "ok"}

    made = [
        client.post("/api/v1/activities", body, content_type="application/json", headers=headers) for _time in range(2)
    ]
    assert [answer.status_code for answer in made] == [201, 201]
    assert Activity.objects.count() == 1
    read = client.get(made[0].headers["Location"], headers=headers).json()
    assert (read["text"], read["account"]) == ("ok", house.mine)
    wrong = client.post(
        "/api/v1/activities",
        {**body, "way": "pigeon"},
        content_type="application/json",
        headers={**headers, "idempotency-key": "a2"},
    )
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "way"


def test_who_knows_whom_fades_and_says_who_would_be_lost(house, client, mine, wang):
    manager, director = house.user("manager"), house.user("director")
    li = contacts.add(manager, mine, {"name": "李会计"}, {"influence": "low"})
    for days in (0, 0, 90):
        given = {"way": "visit", "day": today() - timedelta(days=days), "person": wang.person}
        actions.log(manager, mine, given)
    actions.log(director, mine, {"way": "call", "day": today() - timedelta(days=400), "person": wang.person})
    actions.log(manager, mine, {"way": "call", "day": today() - timedelta(days=200), "person": li.person})
    actions.log(director, mine, {"way": "note", "day": today(), "person": li.person, "text": "x"})

    found = {each.post.person.name: each for each in knowing.known(mine, today())}

    assert [(link.who, link.how_well) for link in found["王晓峰"].links] == [
        (manager.name, HowWell.WELL),
        (director.name, HowWell.FAINTLY),
    ]
    assert found["王晓峰"].links[0].strength == pytest.approx(2.5)
    assert [(link.who, link.how_well) for link in found["李会计"].links] == [(manager.name, HowWell.FAINTLY)]
    assert knowing.lost_with(found.values()) == (manager.name, 1)
    page = signed_in(house, client, "director").get(f"{mine.get_absolute_url()}?tab=contacts").content.decode()
    assert f'<h2 class="card-title">{manager.name}' in page


def test_without_touches_nobody_is_said_to_know_anybody(mine, wang):
    assert [each.links for each in knowing.known(mine, today()) if each.post == wang] == [()]
    assert knowing.lost_with([]) is None


def test_what_is_sent_again_under_its_key_is_logged_once(house, client):
    browser = signed_in(house, client, "manager")
    sent = {"way": "call", "day": timezone.localdate(), "text": "", "key": "k" * 32}

    answers = [browser.post(f"/activities/new/?account={house.mine}", sent, headers={"x-outbox": "1"}) for _n in "ab"]
    Activity.objects.filter(key=sent["key"]).update(put_away_at=timezone.now())
    browser.post(f"/activities/new/?account={house.mine}", sent, headers={"x-outbox": "1"})

    assert [answer.status_code for answer in answers] == [204, 204]
    assert answers[0].headers["X-Kept-At"].endswith("?tab=timeline")
    assert Activity.objects.filter(key=sent["key"]).count() == 1
