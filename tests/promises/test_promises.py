"""What was promised is kept, moved by consent, released or broken; reminded of, counted, found, and seen by whom it concerns."""

import doctest
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.activities import actions as activities
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.imports.actions import Job, receive
from vitalfew.outlets.search import hits
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises import actions, answering, examples, integrity, lines, portal, questions
from vitalfew.promises.models import Moved, Promise
from vitalfew.promises.own_tables import own_tables
from vitalfew.promises.words import Standing
from vitalfew.promises.worklist import waiting
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
PDF = ("签收单.pdf", b"%PDF-1.4 made up")


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def promised(user, account, **said):
    plain = {
        "text": "补发安装配件", "person": None, "origin": "visit", "reference": "", "department": "transport", "owner": user,
        "made_on": today() - 10 * DAY, "due": today() + 5 * DAY,
    }  # fmt: skip
    return actions.promise(user, account, {**plain, **said})


def kept(user, row, on, **said):
    return actions.keep(user, row.pk, row.version, on=on, evidence="客户签收", **said)


def test_the_example_is_true():
    found = doctest.testmod(integrity)

    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(("late", "state"), [(-1, "kept"), (0, "kept"), (1, "late")])
def test_done_by_its_day_it_is_kept_and_a_day_later_it_is_late(house, manager, mine, late, state):  # noqa: ARG001
    row = promised(manager, mine, due=today() - 3 * DAY)

    done = kept(manager, row, row.due + late * DAY, file=PDF)

    assert (done.state, done.settled_on, done.evidence) == (state, row.due + late * DAY, "客户签收")
    assert [file.name for file in done.files.all()] == [PDF[0]]


@pytest.mark.parametrize(("on", "why"), [(-11, "before the promise"), (1, "lies ahead")])
def test_it_is_not_done_before_it_was_promised_nor_tomorrow(manager, mine, on, why):
    row = promised(manager, mine)

    with pytest.raises(NotPossible, match=why):
        kept(manager, row, today() + on * DAY)
    assert Promise.objects.get(pk=row.pk).is_open


def test_its_day_is_moved_only_by_consent_given_before_it_had_passed(manager, mine):
    row = promised(manager, mine, due=today() - DAY)
    said = {"due": today() + 9 * DAY, "consent": "王采购", "why": "仓库搬迁"}

    with pytest.raises(NotPossible, match="had passed when the customer agreed"):
        actions.move(manager, row.pk, row.version, {**said, "agreed_on": today()})
    with pytest.raises(NotPossible, match="after the day on which"):
        actions.move(manager, row.pk, row.version, {**said, "agreed_on": today() - 2 * DAY, "due": today() - 2 * DAY})
    moved = actions.move(manager, row.pk, row.version, {**said, "agreed_on": today() - 2 * DAY})

    assert (moved.due, moved.standing) == (today() + 9 * DAY, Standing.LATER)
    assert [(each.was_due, each.consent) for each in Moved.objects.all()] == [(today() - DAY, "王采购")]
    assert questions.listed(manager).get(pk=row.pk).moved == 1


def test_released_it_counts_neither_way_and_not_kept_it_counts(manager, mine):
    rows = [promised(manager, mine) for _n in range(4)]
    actions.release(manager, rows[0].pk, rows[0].version, on=today(), consent="王采购", why="不再需要")
    actions.give_up(manager, rows[1].pk, rows[1].version, why="停产")
    kept(manager, rows[2], today())

    told = integrity.whole(integrity.judged(Promise.objects.visible_to(manager), today() - 365 * DAY, today()))

    assert (told.kept, told.judged) == (1, 2)
    assert told.is_thin


def test_overdue_counts_as_not_kept_and_due_today_does_not_count_yet(manager, mine):
    promised(manager, mine, due=today() - DAY)
    promised(manager, mine, due=today())

    told = integrity.whole(integrity.judged(Promise.objects.visible_to(manager), today() - 365 * DAY, today()))

    assert (told.kept, told.judged) == (0, 1)


def test_what_was_settled_is_settled_once_and_can_be_opened_again(manager, mine):
    row = promised(manager, mine)
    done = kept(manager, row, today())

    with pytest.raises(NotPossible, match="settled already"):
        actions.give_up(manager, row.pk, done.version, why="")
    again = actions.reopen(manager, row.pk)

    assert (again.is_open, again.settled_on, again.evidence) == (True, None, "")


def test_who_saw_an_older_version_settles_nothing(manager, director, mine):
    row = promised(manager, mine)
    actions.change(director, row.pk, row.version, {"text": "补发三套安装配件"})

    with pytest.raises(Stale):
        kept(manager, row, today())


def test_only_those_near_to_it_settle_it(house, manager, director, mine):
    row = promised(director, mine, owner=director)
    stranger = house.user("complaints")

    assert questions.promises(stranger).filter(pk=row.pk).exists()
    with pytest.raises(Forbidden):
        kept(stranger, row, today())
    assert kept(manager, row, today()).state == "kept"


def test_a_foreign_promise_is_not_there(house, manager, director):
    row = promised(director, Account.objects.get(code=house.foreign), owner=director)

    with pytest.raises(Promise.DoesNotExist):
        kept(manager, row, today())
    assert not questions.promises(manager).filter(pk=row.pk).exists()


def test_its_keeper_is_reminded_and_the_accounts_manager_learns_what_others_broke(manager, director, mine):
    own, soon = promised(manager, mine, due=today() - DAY), promised(manager, mine, due=today() + 7 * DAY)
    promised(manager, mine, due=today() + 8 * DAY, text="还早")
    theirs = promised(director, mine, owner=director, due=today() - 2 * DAY, text="总部的承诺")

    mine_now = [(task.what, task.url) for task in waiting(manager)]

    assert mine_now == [
        ("Keep a promise", own.get_absolute_url()), ("Keep a promise", soon.get_absolute_url()),
        ("Tell the customer before it asks", theirs.get_absolute_url()),
    ]  # fmt: skip
    assert [task.url for task in waiting(director)] == [theirs.get_absolute_url()]
    assert own.get_absolute_url() in {task.url for task in tasks_for(manager)}


def test_a_promise_of_somebody_who_left_comes_to_the_accounts_manager(house, manager, director, mine):  # noqa: ARG001
    row = promised(director, mine, owner=director)
    director.is_active = False
    director.save()

    assert [task.url for task in waiting(manager)] == [row.get_absolute_url()]


def test_it_stands_in_the_timeline_and_the_search(manager, mine):
    row = promised(manager, mine)
    kept(manager, row, today())

    told = [touch for touch in timeline(manager, mine) if touch.kind == "promise"]

    assert [touch.day for touch in told] == [today(), row.made_on]
    assert [hit.kind for hit in hits(manager, "anzhuang peijian", 5)] == ["promise"]
    assert not hits(manager, "从未说过的话", 5)


def test_a_person_is_told_of_it_and_forgotten(own_facts, house, manager, director, mine):  # noqa: ARG001
    post = contacts.add(director, mine, {"name": "钱守信"}, {"title": "采购总监"})
    row = promised(manager, mine, person=post.person, text="答应钱守信三天内回复")
    actions.move(manager, row.pk, row.version, {
        "due": today() + 9 * DAY, "agreed_on": today(), "consent": "钱守信", "why": "钱守信出差",
    })  # fmt: skip
    told = str(erasing.hand_out(director, post.person))

    erasing.erase(director, post.person, post.person.version)

    row = Promise.objects.get(pk=row.pk)
    assert "三天内回复" in told
    assert "钱守信出差" in told
    assert (row.person, "钱守信" in row.text) == (None, False)
    assert not Moved.objects.filter(consent__contains="钱守信").exists()
    assert not Moved.objects.filter(why__contains="钱守信").exists()
    assert not hits(director, "钱守信", 5)


def test_analyses_get_what_became_of_it(manager, mine):
    row = promised(manager, mine, due=today() - DAY)

    [line] = own_tables()["promises"].to_pylist()

    assert line == {
        "customer": mine.code, "made_on": row.made_on, "due": row.due, "state": "open", "settled_on": None,
    }  # fmt: skip


def test_the_trail_keeps_no_words(manager, mine):
    promised(manager, mine)

    entry = AuditEntry.objects.get(action="promise-add")

    assert "text" in entry.changes["fields"]
    assert "配件" not in str(entry.changes)


def test_pages_take_a_promise_from_its_making_to_its_end(house, client, mine):
    browser = signed_in(house, client, "manager")
    form = {
        "text": "两天内报价", "due": (today() + DAY).isoformat(), "owner": "manager", "made_on": today().isoformat(),
        "origin": "visit",
    }  # fmt: skip

    made = browser.post(f"/promises/new/?account={mine.code}", form)
    row = Promise.objects.get()
    assert made.url == row.get_absolute_url()
    assert (
        "两天内报价"
        in browser.get(f"/accounts/{mine.code}/?tab=promises", headers={"hx-request": "true"}).content.decode()
    )
    done = {"version": row.version, "on": today().isoformat(), "evidence": "已报价"}
    assert browser.post(f"/promises/{row.pk}/keep/", {**done, "version": 0}).status_code == 422
    assert browser.post(f"/promises/{row.pk}/keep/", done).status_code == 302
    assert browser.post(f"/promises/{row.pk}/reopen/").status_code == 302
    assert browser.post(f"/promises/{row.pk}/put-away/").status_code == 302
    assert browser.get(f"/promises/{row.pk}/").status_code == 404
    assert browser.post(f"/promises/{row.pk}/fetch-back/").status_code == 204
    assert browser.get(f"/promises/{row.pk}/").status_code == 200


def test_a_keeper_must_see_the_account_and_its_day_lies_after_the_promise(house, client):
    browser = signed_in(house, client, "director")
    form = {
        "account": house.foreign, "text": "报价", "due": (today() - 2 * DAY).isoformat(), "owner": "manager",
        "made_on": today().isoformat(), "origin": "visit",
    }  # fmt: skip

    answer = browser.post("/promises/new/", form, headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"due", "owner"}


def test_the_integrity_page_asks_the_same_for_one_and_for_many(
    house, client, manager, mine, django_assert_max_num_queries
):
    browser = signed_in(house, client, "manager")
    browser.get("/integrity/")
    for number in range(25):
        row = promised(manager, mine, due=today() - number * DAY, made_on=today() - 60 * DAY)
        if number % 3:
            kept(manager, row, row.due)

    with django_assert_max_num_queries(14):
        page = browser.get("/integrity/")

    assert page.context["whole"].judged == 25 - 1  # today's open one does not count yet
    assert [told.of["name"] for told in page.context["owners"]] == [manager.name]
    assert sum(told.judged for told in page.context["quarters"]) == 24
    with django_assert_max_num_queries(14):
        browser.get("/promises/")


def test_promised_days_of_order_lines_stand_beside_and_only_of_accounts_one_sees(own_facts, client, manager, director):
    day = scorecards.current().as_of
    told = ["order_id,line_no,ordered_on,customer,product,quantity,quantity_delivered,amount,promised_on,delivered_on"]
    for number, (code, got, late) in enumerate(
        [(own_facts.mine, 5, 0), (own_facts.mine, 4, 0), (own_facts.mine, 5, 2), (own_facts.foreign, 5, 2)]
    ):
        promised_on = day - 20 * DAY
        delivered = promised_on + late * DAY
        told.append(f"ZZ{number},1,{day - 30 * DAY},{code},P9,5,{got},10,{promised_on},{delivered}")
    told.append(f"ZZ9,1,{day - 9 * DAY},{own_facts.mine},P9,5,,10,{day + DAY},")
    before = {
        user: {each.of["code"]: each for each in lines.by_account(user, day - 25 * DAY)} for user in (manager, director)
    }
    (own_facts.home.folder / "lines.csv").write_text("\n".join(told), encoding="utf-8")
    receive(Job("order-lines", own_facts.home.folder / "lines.csv", "test"), own_facts.home)

    after = {
        user: {each.of["code"]: each for each in lines.by_account(user, day - 25 * DAY)} for user in (manager, director)
    }

    def more(user, code):
        was, now = before[user].get(code, integrity.Integrity("", 0, 0)), after[user].get(code)
        return now and (now.kept - was.kept, now.judged - was.judged)

    assert (more(manager, own_facts.mine), more(manager, own_facts.foreign)) == ((1, 3), None)
    assert more(director, own_facts.foreign) == (0, 1)
    page = signed_in(own_facts, client, "manager").get("/integrity/?months=3")
    assert page.context["delivered"].judged >= 3
    assert own_facts.mine in {each.of["code"] for each in page.context["broken"]}


def test_the_demo_house_has_promises_of_every_kind(house):  # noqa: ARG001
    examples.plant()
    examples.plant()

    told = {row.standing for row in Promise.objects.all()}

    assert told >= {Standing.KEPT, Standing.LATE, Standing.OVERDUE, Standing.SOON, Standing.LATER}


def test_the_list_writes_days_as_the_house_does(house, client, manager, mine):
    row = promised(manager, mine)

    page = (
        signed_in(house, client, "manager").get("/promises/", headers={"accept-language": "zh-hans"}).content.decode()
    )

    assert f"{row.due.year}年{row.due.month}月{row.due.day}日</a>" in page
    assert row.due.isoformat() not in page


def test_a_visit_leads_to_its_promise_with_what_is_known(house, client, director, manager, mine):
    post = contacts.add(director, mine, {"name": "钱守信"}, {"title": "采购总监"})
    visit = activities.log(manager, mine, {"way": "visit", "day": today() - DAY, "text": "", "person": post.person})
    browser = signed_in(house, client, "manager")
    page = browser.get(f"/activities/{visit.pk}/").content.decode()
    [address] = re.findall(r'href="(/promises/new/[^"]+)"', page)

    form = browser.get(unescape(address)).context["form"]

    known = {name: form[name].value() for name in ("origin", "made_on", "person")}
    assert known == {"origin": "visit", "made_on": (today() - DAY).isoformat(), "person": str(post.person.pk)}


def test_the_portal_shows_what_the_customer_knows_of_and_what_is_shared_on_purpose(manager, mine):
    ours, theirs = promised(manager, mine), promised(manager, mine, origin="complaint", text="换货")
    assert [line["text"] for line in portal.told(None, mine)["promises"]] == [theirs.text]
    kept(manager, ours, today())
    assert not list(portal.waiting(None, mine))
    with pytest.raises(Promise.DoesNotExist):
        answering.hear(manager, None, [mine.pk], ours.pk, kept=True, text="")

    shared = actions.share(manager, ours.pk)

    assert {line["text"] for line in portal.told(None, mine)["promises"]} == {ours.text, theirs.text}
    assert len(list(portal.waiting(None, mine))) == 1
    actions.unshare(manager, shared.pk)
    assert [line["text"] for line in portal.told(None, mine)["promises"]] == [theirs.text]
