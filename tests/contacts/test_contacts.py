"""People at customers: seen with their accounts, changed with care, known to the facts."""

import time
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions, questions, sync
from vitalfew.contacts.models import Person, Post
from vitalfew.imports.models import Import
from vitalfew.imports.work import give_facts, refresh_now
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.sources import FromStore
from vitalfew.warehouse.store import Store

pytestmark = [pytest.mark.database, pytest.mark.django_db]
WANG = {"name": "王晓峰", "called": "王总", "wechat": "wangxf"}


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


@pytest.fixture
def wang(house, mine):
    post = {"title": "采购总监", "level": "director", "influence": "high"}
    return actions.add(house.user("manager"), mine, WANG, post, [("mobile", "13800001111"), ("office", "021-5555")])


def known(house):
    return FromStore(DuckEngine(), Store(house.home.facts).snapshot())


def rows_of(house, number):
    from vitalfew.warehouse.engines.duck import current_sql
    from vitalfew.warehouse.engines.duck import rows_of as read
    from vitalfew.warehouse.tables import TABLES

    source = current_sql(Store(house.home.facts).ledger(TABLES["contacts"]).snapshot())
    query = f"SELECT * FROM ({source}) WHERE contact_id = $number"  # noqa: S608  (our own texts)
    return read(query, {"number": number})


def test_contacts_of_the_facts_become_people_with_posts(house):
    sync.sync(known(house))

    contacts = known(house).frame("contacts", None).collect("pyarrow").to_native()
    assert Post.objects.count() == contacts.num_rows
    assert set(Post.objects.values_list("contact_id", flat=True)) == set(contacts["contact_id"].to_pylist())
    assert sync.sync(known(house)) == 0


def test_what_people_set_outlives_newer_facts(house):
    sync.sync(known(house))
    post = Post.objects.order_by("pk").first()
    actions.change_post(house.user("director"), post.pk, post.version, {"title": "总裁"})
    actions.change_person(house.user("director"), post.person_id, post.person.version, {"called": "老板"})

    sync.sync(known(house))

    post.refresh_from_db()
    assert (post.title, post.person.called) == ("总裁", "老板")


def test_contacts_of_an_import_taken_back_go_unless_somebody_worked_on_them(house):
    source = known(house)
    sync.sync(source)
    first = Post.objects.order_by("pk").first()
    actions.change_post(house.user("director"), first.pk, first.version, {"title": "总裁"})

    sync.sync(SimpleNamespace(names=frozenset()))

    assert list(Post.objects.all()) == [first]
    assert list(Person.objects.all()) == [first.person]
    assert questions.people_found(house.user("director"), first.person.name, 5) == [first]
    assert sync.sync(source) > 0


def test_newer_facts_move_a_contact_and_renew_the_number(house, foreign):
    sync.sync(known(house))
    post = Post.objects.exclude(account=foreign).order_by("pk").first()
    empty = ("level", "title", "department", "email", "influence", "attitude", "since", "left_on")
    said = {"contact_id": post.contact_id, "customer": foreign.code, "name": "新名", "phone": "400-1"}

    sync._bring([{**dict.fromkeys(empty), **said}])

    post.refresh_from_db()
    assert (post.account, post.person.name, [str(each) for each in post.person.phones.all()]) == (
        foreign,
        "新名",
        ["400-1"],
    )


def test_today_asks_as_much_for_many_who_left_as_for_one(house, mine, django_assert_num_queries):
    from django.utils import timezone

    from vitalfew.contacts.worklist import waiting

    for number in range(12):
        actions.add(
            house.user("manager"), mine, {"name": f"人{number}"}, {"influence": "high", "left_on": timezone.localdate()}
        )

    user = house.user("director")
    with django_assert_num_queries(3):
        assert len(list(waiting(user))) == 12


def test_changes_reach_the_facts_and_every_analysis(own_facts, wang):
    give_facts(own_facts.home)

    (row,) = rows_of(own_facts, wang.contact_id)
    assert (row["name"], row["title"], row["customer"]) == ("王晓峰", "采购总监", own_facts.mine)
    assert row["phone"] == "13800001111"
    assert not Post.objects.filter(told=False).exists()

    actions.change_post(own_facts.user("manager"), wang.pk, wang.version, {"left_on": date(2030, 1, 1)})
    refresh_now(own_facts.home)
    (row,) = rows_of(own_facts, wang.contact_id)
    assert row["left_on"] is not None


def test_who_begins_later_reaches_the_facts_on_that_day(own_facts, wang, monkeypatch):
    day = timezone.localdate() + timedelta(days=10)
    actions.change_post(own_facts.user("manager"), wang.pk, wang.version, {"since": day})
    give_facts(own_facts.home)
    wang.refresh_from_db()
    assert (wang.told, rows_of(own_facts, wang.contact_id)) == (False, [])

    monkeypatch.setattr("vitalfew.contacts.facts.timezone.localdate", lambda: day)
    monkeypatch.setattr("vitalfew.warehouse.readers.options.time.time", lambda: time.time_ns() / 1e9 + 10 * 86_400)
    give_facts(own_facts.home)
    wang.refresh_from_db()
    assert (wang.told, len(rows_of(own_facts, wang.contact_id))) == (True, 1)


def test_what_the_facts_do_not_take_stays_untold_and_is_not_given_again_as_it_is(own_facts, wang, mine):
    other = actions.add(own_facts.user("manager"), mine, {"name": "李娜"}, {"title": "Buyer"})
    Post.objects.filter(pk=wang.pk).update(title="Buyer\x07")
    for _again in range(3):
        give_facts(own_facts.home)

    told = dict(Post.objects.filter(pk__in=(wang.pk, other.pk)).values_list("pk", "told"))
    assert told == {wang.pk: False, other.pk: True}
    given = Import.objects.filter(file="vitalfew:contacts").order_by("pk")
    assert [row.report["rows_rejected"] for row in given] == [1]

    Post.objects.filter(pk=wang.pk).update(title="Buyer")
    give_facts(own_facts.home)
    wang.refresh_from_db()
    assert wang.told


def test_a_person_is_found_by_name_pinyin_initials_and_wechat(house, wang):
    for text in ("王晓峰", "晓峰", "wangxiaofeng", "wxf", "wangxf"):
        assert wang in questions.people_found(house.user("manager"), text, 5), text


def test_only_posts_at_ones_own_accounts_are_seen(house, foreign):
    theirs = actions.add(house.user("director"), foreign, {"name": "外人"}, {})

    user = house.user("manager")
    assert questions.person(user, theirs.person_id) is None
    assert theirs not in questions.posts(user)
    assert questions.people_found(user, "外人", 5) == []
    with pytest.raises(Post.DoesNotExist):
        actions.change_post(user, theirs.pk, 1, {"title": "x"})


def test_who_may_not_change_changes_nothing(house, mine):
    with pytest.raises(Forbidden):
        actions.add(house.user("analyst"), mine, WANG, {})

    assert not Person.objects.filter(name="王晓峰").exists()


def test_two_editors_lose_nothing(house, wang):
    first = house.user("manager")
    actions.change_post(first, wang.pk, wang.version, {"title": "副总裁"})

    with pytest.raises(Stale) as stale:
        actions.change_post(house.user("director"), wang.pk, wang.version, {"title": "顾问"})
    assert stale.value.current.title == "副总裁"


def test_a_move_ends_one_post_and_opens_another(house, wang, foreign):
    moved = actions.move(house.user("director"), wang, foreign, date(2026, 3, 1), {"title": "总经理"})

    wang.refresh_from_db()
    assert wang.left_on == moved.since == date(2026, 3, 1)
    assert (moved.person, moved.account, moved.title) == (wang.person, foreign, "总经理")


def test_a_move_is_a_risk_here_and_a_chance_there(house, wang, foreign):
    from django.utils import timezone

    from vitalfew.contacts.worklist import waiting

    actions.move(house.user("director"), wang, foreign, timezone.localdate(), {"title": "总经理"})

    tasks = {task.customer: task for task in waiting(house.user("director"))}
    assert tasks[house.mine].what == "Find the successor"
    assert tasks[house.foreign].what == "Congratulate on the new post"


def test_nobody_leaves_before_having_come(house, wang):
    actions.change_post(house.user("manager"), wang.pk, wang.version, {"since": date(2025, 5, 1)})
    wang.refresh_from_db()

    with pytest.raises(actions.TooEarly):
        actions.change_post(house.user("manager"), wang.pk, wang.version, {"left_on": date(2025, 4, 1)})


def test_the_audit_trail_names_fields_of_a_person_never_their_values(house, wang):
    actions.change_person(house.user("manager"), wang.person_id, 1, {"email": "wang@example.com"})

    told = [f"{entry.subject} {entry.changes}" for entry in AuditEntry.objects.order_by("-number")[:6]]
    assert any("email" in text for text in told)
    assert not any(secret in text for text in told for secret in ("王晓峰", "wang@example.com", "13800001111"))


# ── Pages ─────────────────────────────────────────────────────────────


def form(**changed):
    fields = dict.fromkeys(
        ("called", "email", "wechat", "channel", "language", "birthday", "note", "title", "department", "level",
         "influence", "attitude", "since", "left_on"), "",
    )  # fmt: skip
    counts = {"phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0", "phones-0-kind": "mobile", "phones-0-number": ""}
    return {**fields, **counts, **changed}


def test_somebody_new_is_added_on_the_page(house, client):
    sent = form(account=house.mine, name="赵敏", **{"phones-0-number": "139"})

    answer = signed_in(house, client, "manager").post("/contacts/new/", sent)

    person = Person.objects.get(name="赵敏")
    assert answer.headers["Location"] == f"/contacts/{person.pk}/"
    assert [phone.number for phone in person.phones.all()] == ["139"]
    assert "赵敏" in client.get(f"/accounts/{house.mine}/?tab=contacts").content.decode()


def test_nobody_is_added_to_a_foreign_account(house, client):
    answer = signed_in(house, client, "manager").post("/contacts/new/", form(account=house.foreign, name="赵敏"))

    assert answer.status_code == 422
    assert not Person.objects.filter(name="赵敏").exists()


def test_editing_an_old_version_compares_both(house, client, wang):
    browser = signed_in(house, client, "manager")
    actions.change_person(house.user("director"), wang.person_id, 1, {"called": "王董"})

    answer = browser.post(f"/contacts/{wang.person_id}/edit/", form(name="王晓峰", called="峰哥", version="1"))

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "王董" in text
    assert "峰哥" in text


def test_a_move_on_the_page(house, client, wang, foreign):
    sent = {"account": house.foreign, "day": "2026-02-01", "title": "顾问", "department": ""}

    answer = signed_in(house, client, "director").post(f"/contacts/posts/{wang.pk}/move/", sent)

    assert answer.status_code == 302
    assert Post.objects.get(person=wang.person, account=foreign).since == date(2026, 2, 1)


@pytest.mark.usefixtures("wang")
def test_the_list_holds_ones_own_people_finds_and_narrows(house, client, foreign):
    theirs = actions.add(house.user("director"), foreign, {"name": "外人"}, {})
    browser = signed_in(house, client, "manager")

    assert "王晓峰" in browser.get("/contacts/").content.decode()
    assert theirs.person.name not in browser.get("/contacts/").content.decode()
    assert "王晓峰" in browser.get("/contacts/?q=wxf&level=director").content.decode()
    assert "王晓峰" not in browser.get("/contacts/?level=president").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.usefixtures("wang")
def test_the_list_is_exported_to_who_may_export(house, client, kind):
    assert signed_in(house, client, "manager").get(f"/contacts/?format={kind}").status_code == 200
    assert AuditEntry.objects.filter(action="export", subject="contacts").exists()
    assert signed_in(house, client, "complaints").get(f"/contacts/?format={kind}").status_code == 403


def test_pages_ask_the_same_number_of_questions_for_one_and_for_many(
    house, client, mine, django_assert_max_num_queries
):
    user, browser = house.user("director"), signed_in(house, client, "director")
    for number in range(30):
        actions.add(user, mine, {"name": f"员工{number}"}, {"influence": "high"}, [("mobile", str(number))])

    for url in ("/contacts/", f"/accounts/{house.mine}/?tab=contacts"):
        browser.get(url)
        with django_assert_max_num_queries(25):
            browser.get(url)


@pytest.mark.parametrize(
    ("address", "answered"), [("abc", 422), ("wang@", 422), (" wang@example.com ", 302), ("", 302)]
)
def test_an_address_must_be_one_that_mail_can_reach(house, client, wang, address, answered):
    form = {"version": wang.person.version, "name": "王晓峰", "email": address}
    rows = {"phones-TOTAL_FORMS": 0, "phones-INITIAL_FORMS": 0}

    page = signed_in(house, client, "manager").post(f"/contacts/{wang.person_id}/edit/", {**form, **rows})

    assert page.status_code == answered


def test_an_address_that_the_facts_brought_does_not_keep_the_rest_from_being_saved(house, client, wang):
    Person.objects.filter(pk=wang.person_id).update(email="abc")
    form = {"version": wang.person.version, "name": "王晓峰", "called": "老王", "email": "abc"}
    rows = {"phones-TOTAL_FORMS": 0, "phones-INITIAL_FORMS": 0}

    signed_in(house, client, "manager").post(f"/contacts/{wang.person_id}/edit/", {**form, **rows})

    wang.person.refresh_from_db()
    assert (wang.person.called, wang.person.email) == ("老王", "abc")
