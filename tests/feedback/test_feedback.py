"""Feedback rounds: planned for accounts, asked by whoever manages them, answered, counted, and read by the analyses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.feedback import actions, counting, questions
from vitalfew.feedback.actions import Wording
from vitalfew.feedback.models import Asked, Question, Round
from vitalfew.feedback.told import told_of
from vitalfew.feedback.words import AskedState
from vitalfew.imports.work import give_facts, refresh_now
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
WORDING = Wording(
    items=("satisfaction", "nps", "better"),
    scored=("交货准时吗",),
    chosen=(("如何送货", ("每天", "每周")),),
    worded=("还想说什么",),
)


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


@pytest.fixture
def spring(director):
    fields = {"name": "春季走访", "since": today() - 9 * DAY, "until": today() + 20 * DAY}
    return actions.plan(director, fields, WORDING)


@pytest.fixture
def row(director, spring, mine):
    actions.add(director, spring, [mine])
    return Asked.objects.get()


def by_item(spring):
    return {question.item or question.text: question.pk for question in questions.questions_of(spring)}


def answer(user, row, values, version=None, **more):
    known = by_item(row.round)
    fields = {"way": "visit", "person": None, "answered_on": today(), "will_do": "", **more}
    given = {known[name]: value for name, value in values.items()}
    row.refresh_from_db()
    return actions.answer(user, row.pk, version or row.version, fields, given)


def asked_of(user, what):
    return [task for task in tasks_for(user) if task.what == what]


def test_today_asks_whoever_manages_the_account_until_it_has_answered(director, manager, row, mine):
    assert [task.customer for task in asked_of(manager, "Ask for feedback")] == [mine.code]
    assert asked_of(director, "Ask for feedback") == []

    actions.ask(manager, row.pk, "call", today())
    assert [task.customer for task in asked_of(manager, "Bring in the answer")] == [mine.code]
    answer(manager, row, {"nps": 9}, will_do="换送货时间")

    assert [task.why.say("zh-hans") for task in asked_of(manager, "Do what the feedback asks for")]
    actions.close(manager, row.pk)
    assert not any("feedback" in task.url for task in tasks_for(manager))


def test_who_is_named_asks_and_the_next_manager_asks_what_nobody_is_named_for(director, manager, row, mine):
    other = User.objects.get(username="other")
    actions.assign(manager, row.pk, director)
    assert asked_of(manager, "Ask for feedback") == []
    assert asked_of(director, "Ask for feedback")

    actions.assign(director, row.pk, None)
    Account.objects.filter(pk=mine.pk).update(manager=other)

    assert asked_of(other, "Ask for feedback")


def test_who_does_not_see_the_account_cannot_be_the_one_who_asks(
    house, client, director, manager, spring, mine, foreign
):
    with pytest.raises(NotPossible):
        actions.add(director, spring, [mine, foreign], manager)
    assert not spring.asked.exists()
    actions.add(director, spring, [mine], manager)
    row = spring.asked.get()
    other = User.objects.get(username="other")

    with pytest.raises(NotPossible):
        actions.assign(director, row.pk, other)

    browser = signed_in(house, client, "director")
    browser.post(f"/feedback/{spring.pk}/add/", {"codes": foreign.code, "who": "manager"})
    assert spring.asked.count() == 1


def test_the_answers_go_out_with_the_list(house, client, manager, row):
    answer(manager, row, {"nps": 9, "如何送货": "每周"})

    file = b"".join(signed_in(house, client, "manager").get("/feedback/asked/?format=csv").streaming_content).decode()

    assert "如何送货: 每周" in file


def test_a_round_ahead_asks_nobody_yet(director, manager, row, spring):  # noqa: ARG001
    actions.change(director, spring.pk, spring.version, {"since": today() + DAY})

    assert asked_of(manager, "Ask for feedback") == []


def test_heads_see_which_rounds_are_over_and_not_answered(director, manager, row, spring):  # noqa: ARG001
    actions.change(director, spring.pk, spring.version, {"until": today() - DAY})

    told = asked_of(director, "Ask about the feedback")

    assert len(told) == 1
    assert "春季走访" in told[0].why.say("zh-hans")
    assert asked_of(manager, "Ask about the feedback") == []


def test_accounts_join_once_and_only_those_one_sees(manager, director, spring, mine, foreign):
    assert actions.add(manager, spring, [mine, foreign]) == 1
    assert actions.add(director, spring, [mine, foreign]) == 1
    assert spring.asked.count() == 2


def test_what_cannot_be_is_refused(director, manager, row, spring, house):
    with pytest.raises(NotPossible):
        actions.plan(director, {"name": "x", "since": today(), "until": today()}, Wording())
    with pytest.raises(NotPossible):
        answer(manager, row, {})
    with pytest.raises(NotPossible):
        actions.close(manager, row.pk)
    with pytest.raises(NotPossible):
        actions.ask(manager, row.pk, "call", today() + DAY)
    with pytest.raises(Forbidden):
        actions.change(manager, spring.pk, 1, {"name": "x"})
    with pytest.raises(Forbidden):
        actions.ask(house.user("analyst"), row.pk, "call", today())
    with pytest.raises(Asked.DoesNotExist):
        actions.ask(User.objects.get(username="other"), row.pk, "call", today())
    answer(manager, row, {"nps": 3})
    with pytest.raises(NotPossible):
        actions.take_out(manager, row.pk)


def test_taken_out_it_comes_back_by_undo_or_by_joining_again(director, manager, row, spring, mine):
    actions.take_out(manager, row.pk)
    assert not questions.asked(manager).exists()
    actions.put_back(manager, row.pk)
    assert questions.asked(manager).exists()

    actions.take_out(manager, row.pk)
    assert actions.add(director, spring, [mine]) == 1
    assert spring.asked.count() == 1


def test_answers_are_corrected_and_two_who_write_compare(manager, row):
    answer(manager, row, {"satisfaction": 5, "better": "快一点"})
    version = Asked.objects.get().version

    answer(manager, row, {"satisfaction": 6}, version)

    given = {each.question.item: each.value for each in Asked.objects.get().answers.all()}
    assert given == {"satisfaction": 6, "better": "快一点"}
    with pytest.raises(Stale):
        answer(manager, row, {"satisfaction": 1}, version)
    assert Asked.objects.get().answers.get(question__item="satisfaction").value == 6


def test_a_closed_one_is_opened_again_before_it_is_corrected(manager, row):
    answer(manager, row, {"nps": 9})
    actions.close(manager, row.pk)
    with pytest.raises(NotPossible):
        answer(manager, row, {"nps": 8})

    assert actions.reopen(manager, row.pk).state == AskedState.ANSWERED
    answer(manager, row, {"nps": 8})


def test_a_round_is_counted_by_who_asks_by_tier_and_by_question(director, manager, spring, mine, foreign):
    actions.add(director, spring, [mine, foreign])
    row = spring.asked.get(account=mine)
    answer(manager, row, {"satisfaction": 7, "nps": 9, "如何送货": "每周", "better": "价格"})

    told = told_of(director, spring)

    found = {result.question.item or result.question.text: result for result in told["results"]}
    assert (found["satisfaction"].n, found["satisfaction"].mean, found["satisfaction"].low) == (1, 7.0, None)
    assert found["nps"].net == 100
    assert found["如何送货"].counted == (("每天", 0), ("每周", 1))
    assert found["better"].words == ("价格",)
    assert found["还想说什么"].n == 0
    assert sum(share.answered for share in told["by_who"]) == 1
    assert {(share.answered, share.all) for share in told["by_who"]} == {(1, 1), (0, 1)}
    assert sum(share.all for share in told["by_tier"]) == 2
    assert [each.account for each in told["waiting"]] == [foreign]
    assert told["reach"][0] == 0.5
    assert len(told_of(manager, spring)["by_who"]) == 1


def test_marks_have_an_interval_that_stays_on_the_scale():
    question = Question(pk=1, kind="score", item="satisfaction")

    result = counting.results([question], [(1, mark, "") for mark in (10, 10, 9, 3)])[0]

    assert result.mean == 8.0
    assert result.low < 8.0 < result.high <= 10


def test_scores_are_answers_of_a_survey_in_the_facts(own_facts, director, manager, row, mine):  # noqa: ARG001
    post = contacts.add(manager, mine, {"name": "王晓峰"}, {})
    answer(manager, row, {"satisfaction": 4, "nps": 10, "交货准时吗": 8, "better": "x"}, person=post.person)
    before = {each["response_id"] for each in facts_of.responses(own_facts.home, mine.codes)}

    give_facts(own_facts.home)

    told = [each for each in facts_of.responses(own_facts.home, mine.codes) if each["response_id"] not in before]
    assert [(each["n"], each["respondent"]) for each in told] == [(3, post.contact_id)]
    assert Asked.objects.get().told
    lines = [touch for touch in timeline(manager, mine) if touch.kind == "survey"]
    assert [touch.url for touch in lines if touch.day == today()] == [f"/feedback/asked/{row.pk}/"]
    answer(manager, row, {"nps": 2})
    give_facts(own_facts.home)
    again = facts_of.responses(own_facts.home, mine.codes)
    assert len(again) == len(before) + 1


def test_the_refresh_reads_what_was_answered(own_facts, director, manager, row, mine):  # noqa: ARG001
    back = scorecards.current().as_of
    answer(manager, row, {"satisfaction": 10, "nps": 10})
    Asked.objects.update(answered_on=back)

    refresh = refresh_now(own_facts.home)

    rows = list(scorecards.of_account(own_facts.home, refresh, "relationship-quality", mine.code))
    assert rows[0]["respondents"] >= 1
    assert Scorecard.objects.filter(refresh=refresh, customer=mine.code).exists()


def test_the_timeline_leads_to_the_answer(manager, row, mine):
    actions.ask(manager, row.pk, "call", today())
    touch = next(each for each in timeline(manager, mine) if "feedback" in each.url)
    assert "Telephone" not in touch.what.say("en")
    assert "春季走访" in touch.what.say("zh-hans")

    answer(manager, row, {"nps": 5}, will_do="周五前回复")

    touch = next(each for each in timeline(manager, mine) if "feedback" in each.url)
    assert "周五前回复" in touch.what.say("zh-hans")


def test_over_the_pages_from_a_selection_to_the_answer(house, client, director, mine):  # noqa: ARG001
    browser = signed_in(house, client, "director")
    assert "/feedback/new/" in browser.get("/accounts/").content.decode()
    assert mine.code in browser.post("/feedback/new/", {"code": [mine.code]}).content.decode()
    sent = {
        "name": "夏季走访", "since": str(today()), "until": str(today() + 9 * DAY), "items": ["satisfaction", "nps"],
        "scored": "", "chosen": "如何送货|每天|每周", "worded": "", "codes": mine.code, "tier": "", "who": "",
    }  # fmt: skip
    wrong = {"until": str(today() - DAY), "chosen": "没有答案", "codes": "NOT-THERE", "items": ["pigeon"]}
    for name, value in wrong.items():
        assert browser.post("/feedback/new/", {**sent, name: value}).status_code == 422, name
    assert browser.post("/feedback/new/", {**sent, "items": [], "chosen": ""}).status_code == 422
    assert not Round.objects.exists()

    made = browser.post("/feedback/new/", sent)

    one = Round.objects.get()
    assert made.headers["Location"] == f"/feedback/{one.pk}/"
    assert mine.name in browser.get(f"/feedback/{one.pk}/").content.decode()
    row, manager = one.asked.get(), signed_in(house, client, "manager")
    assert manager.post(f"/feedback/asked/{row.pk}/ask/", {"way": "call", "day": str(today())}).status_code == 302
    row.refresh_from_db()
    known = by_item(one)
    form = {
        "version": row.version, "way": "call", "answered_on": str(today()), "will_do": "x",
        f"q{known['nps']}": "10", f"q{known['如何送货']}": "每天",
    }  # fmt: skip
    assert manager.post(f"/feedback/asked/{row.pk}/", {**form, f"q{known['nps']}": "11"}).status_code == 422
    assert manager.post(f"/feedback/asked/{row.pk}/", {**form, f"q{known['如何送货']}": "每年"}).status_code == 422
    assert manager.post(f"/feedback/asked/{row.pk}/", form).status_code == 302
    stale = manager.post(f"/feedback/asked/{row.pk}/", {**form, f"q{known['nps']}": "3"})
    assert stale.status_code == 409
    assert "10" in stale.content.decode()
    assert manager.post(f"/feedback/asked/{row.pk}/close/").status_code == 302
    assert "每天" in manager.get(f"/feedback/asked/{row.pk}/").content.decode()
    assert manager.post(f"/feedback/asked/{row.pk}/reopen/").status_code == 302
    assert mine.name in manager.get("/feedback/asked/?open=answered").content.decode()
    assert mine.name not in manager.get("/feedback/asked/?open=open").content.decode()
    assert "夏季走访" in manager.get("/feedback/?time=running").content.decode()
    assert manager.post(f"/feedback/{one.pk}/", {"name": "x"}).status_code == 403


def test_accounts_of_a_tier_join_at_once(house, client, director, mine):  # noqa: ARG001
    tier = Scorecard.objects.get(refresh=scorecards.current(), customer=mine.code).tier
    alike = Scorecard.objects.filter(refresh=scorecards.current(), tier=tier).count()
    sent = {"name": "x", "since": str(today()), "until": str(today()), "items": ["nps"], "tier": tier, "codes": ""}

    signed_in(house, client, "director").post("/feedback/new/", sent)

    assert Round.objects.get().asked.count() == alike > 0


def test_put_away_the_round_asks_nobody_and_comes_back(house, client, manager, row, spring):  # noqa: ARG001
    browser = signed_in(house, client, "director")
    assert browser.post(f"/feedback/{spring.pk}/put-away/").status_code == 302
    assert asked_of(manager, "Ask for feedback") == []
    assert browser.get(f"/feedback/{spring.pk}/").status_code == 404

    assert browser.post(f"/feedback/{spring.pk}/fetch-back/").status_code == 204

    assert asked_of(manager, "Ask for feedback")


def test_asked_accounts_one_does_not_see_are_not_there(house, client, director, spring, foreign):
    actions.add(director, spring, [foreign])
    row = spring.asked.get()
    browser = signed_in(house, client, "manager")

    assert browser.get(f"/feedback/asked/{row.pk}/").status_code == 404
    for path in ("ask", "assign", "close", "reopen", "take-out", "put-back"):
        assert browser.post(f"/feedback/asked/{row.pk}/{path}/").status_code == 404, path
    assert foreign.name not in browser.get("/feedback/asked/").content.decode()
    assert foreign.name not in browser.get(f"/feedback/{spring.pk}/").content.decode()


def test_the_trail_keeps_the_answers_out(manager, row):
    answer(manager, row, {"better": "秘密"}, will_do="更秘密")

    entries = AuditEntry.objects.filter(subject=f"asked:{row.pk}")
    assert entries.count() == 2
    assert not any("秘密" in str(entry.changes) for entry in entries)


def test_a_person_is_handed_out_and_forgotten_from_answers(own_facts, director, manager, row, mine):
    post = contacts.add(manager, mine, {"name": "欧阳鹤鸣"}, {})
    answer(manager, row, {"better": "欧阳鹤鸣说要快", "nps": 9}, person=post.person, will_do="给欧阳鹤鸣回电")
    give_facts(own_facts.home)
    assert [each["answers"] for each in erasing.kept_of(post.person)["elsewhere"] if each["kind"] == "feedback"]

    erasing.erase(director, post.person, post.person.version)

    row.refresh_from_db()
    assert (row.person, row.will_do) == (None, "给▇▇回电")
    assert row.answers.get(question__item="better").text == "▇▇说要快"
    told = facts_of.responses(own_facts.home, mine.codes)
    assert post.contact_id not in {each["respondent"] for each in told}


def test_comments_stand_under_an_answer_and_leave_with_the_round(house, client, director, manager, row, spring):  # noqa: ARG001
    browser = signed_in(house, client, "manager")
    sent = {"text": f"@{director.name} 要不要回访"}
    assert browser.post(f"/comments/on/asked/{row.pk}/", sent).status_code == 302
    assert len(asked_of(director, "You are mentioned")) == 1

    actions.put_away(director, spring.pk)

    assert asked_of(director, "You are mentioned") == []


def test_the_api_plans_asks_and_records(house, client, mine):
    headers = {"authorization": f"Bearer {house.tokens['director']}", "idempotency-key": "f1"}
    kind = "application/json"
    body = {
        "name": "API", "since": str(today()), "until": str(today()), "items": ["nps"],
        "chosen": [{"question": "如何送货", "answers": ["每天", "每周"]}], "accounts": [mine.code],
    }  # fmt: skip
    made = [client.post("/api/v1/feedback/rounds", body, content_type=kind, headers=headers) for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert Round.objects.count() == 1
    assert (made[0].json()["accounts"], made[0].json()["open"]) == (1, 1)
    wrong = client.post(
        "/api/v1/feedback/rounds",
        {**body, "accounts": ["NOT-THERE"]},
        content_type=kind,
        headers={**headers, "idempotency-key": "f2"},
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "accounts")

    row = client.get("/api/v1/feedback/asked", headers=headers).json()["items"][0]
    address = f"/api/v1/feedback/asked/{row['id']}"
    tag = client.get(address, headers=headers).headers["ETag"]
    question = made[0].json()["results"][0]["id"]
    told = {"way": "call", "answered_on": str(today()), "answers": [{"question": question, "value": 9}]}
    late = {**headers, "idempotency-key": "f3", "if-match": '"99"'}
    assert client.post(f"{address}/answer", told, content_type=kind, headers=late).status_code == 412
    given = {**headers, "idempotency-key": "f4", "if-match": tag}
    done = client.post(f"{address}/answer", told, content_type=kind, headers=given)

    assert (done.status_code, done.json()["state"]) == (200, "answered")
    assert done.json()["answers"] == [{"question": question, "value": 9}]
    closing = {**headers, "idempotency-key": "f5", "if-match": done.headers["ETag"]}
    assert client.post(f"{address}/close", headers=closing).json()["state"] == "closed"
    counted = client.get(made[0].headers["Location"], headers=headers).json()
    assert (counted["answered"], counted["results"][0]["net_promoters"]) == (1, 100.0)


def test_many_accounts_cost_as_many_queries_as_one(house, client, director, spring, django_assert_max_num_queries):
    actions.add(director, spring, Account.objects.all())
    browser = signed_in(house, client, "director")

    with django_assert_max_num_queries(20):
        assert browser.get("/feedback/asked/").status_code == 200
    with django_assert_max_num_queries(25):
        assert browser.get(f"/feedback/{spring.pk}/").status_code == 200
    with django_assert_max_num_queries(20):
        assert browser.get("/feedback/").status_code == 200
