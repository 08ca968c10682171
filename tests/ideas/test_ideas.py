"""Ideas of customers are written down, merged, weighed, tried, shared in our words, and told of to everybody who asked."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.complaints import actions as complaints
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.ideas import actions, examples, facts, portal, questions, taking, telling, weighing
from vitalfew.ideas.models import Idea, Pilot
from vitalfew.ideas.pages import _money
from vitalfew.ideas.words import IdeaState
from vitalfew.ideas.worklist import waiting
from vitalfew.imports.work import give_facts
from vitalfew.outbox import server
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outlets.search import hits
from vitalfew.outlets.today import tasks_for
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


def written(user, account, text="挂机外箱加提手孔", **said):
    plain = {"text": text, "said_on": timezone.localdate() - timedelta(days=3), "owner": user, "origin": "visit"}
    return actions.write_down(user, account, {**plain, **said})


def decided(user, row, state="done", outcome="自本季起已改。", **said):
    row.refresh_from_db()
    plain = {"why": "", "outcome": outcome, "work": "", "target": None}
    return actions.decide(user, row.pk, row.version, {"state": state, **plain, **said})


def test_numbers_follow_each_other_and_nothing_is_decided_without_a_word_for_who_asked(manager, mine):
    rows = [written(manager, mine), written(manager, mine)]
    year = timezone.localdate().year

    assert [row.number for row in rows] == [f"I-{year}-00001", f"I-{year}-00002"]
    for state in ("done", "not-done"):
        with pytest.raises(NotPossible):
            decided(manager, rows[0], state, outcome="")
    with pytest.raises(Stale):
        actions.share(manager, rows[0].pk, rows[0].version + 1, outside_title="t", outside_text="t")
    assert Idea.objects.get(pk=rows[0].pk).state == IdeaState.NEW


def test_the_same_is_merged_counted_once_an_account_and_parted_again(director, mine, foreign):
    main, same, again = written(director, mine), written(director, foreign, "外箱要有提手孔"), written(director, mine)
    assert main in questions.twins(director, same)

    actions.merge(director, same.pk, same.version, into=main.number)
    actions.merge(director, again.pk, again.version, into=main.number.lower())

    main.refresh_from_db()
    known = weighing.values([mine.code, foreign.code])
    assert {each.code for each in weighing.askers(main)} == {mine.code, foreign.code}
    assert main.weight == (pytest.approx(sum(max(each, 0) for each in known.values())) if known else None)
    same.refresh_from_db()
    with pytest.raises(NotPossible, match="another number"):
        decided(director, same)
    with pytest.raises(NotPossible, match="Others are followed"):
        actions.put_away(director, main.pk)
    parted = actions.part(director, same.pk)
    assert (parted.state, parted.merged_into, parted.number) == (IdeaState.NEW, None, same.number)


def test_everybody_who_asked_is_told_by_letter_in_his_language_or_stays_to_be_told(director, mine, foreign):
    fields = {"name": "Ann Lee", "email": "ann@there.example", "language": "en"}
    post = contacts.add(director, foreign, fields, {"title": "Buyer"})
    main, same = written(director, mine), written(director, foreign, person=post.person)
    actions.merge(director, same.pk, same.version, into=main.number)
    with pytest.raises(NotPossible, match="not decided"):
        telling.tell_all(director, main.pk)
    decided(director, main)
    assert set(Idea.objects.untold()) == {main, same}

    telling.tell_all(director, main.pk)

    letter = OutgoingMail.objects.get(about=same.subject)
    assert (letter.address, letter.title) == ("ann@there.example", f"Your idea {same.number}")
    assert letter.paragraphs[-1] == "自本季起已改。"
    assert list(Idea.objects.untold()) == [main]
    main.refresh_from_db()
    assert any("Tell what came" in task.what for task in tasks_for(director))
    telling.tell(director, main.pk, main.version, text="当面说过了", way="meeting")
    assert not Idea.objects.untold().exists()


def test_without_a_mail_server_it_stays_to_be_told(director, mine, settings):
    post = contacts.add(director, mine, {"name": "Ann Lee", "email": "ann@here.example", "language": "en"}, {})
    row = decided(director, written(director, mine, person=post.person))
    settings.EMAIL_BACKEND = server.NOWHERE

    for act in (
        lambda: telling.tell(director, row.pk, row.version, text="已改。", way="letter"),
        lambda: telling.tell_all(director, row.pk),
    ):
        with pytest.raises(NotPossible, match="mail server"):
            act()

    assert list(Idea.objects.untold()) == [row]
    assert not OutgoingMail.objects.filter(about=row.subject).exists()
    telling.tell(director, row.pk, row.version, text="已改。", way="phone")
    assert not Idea.objects.untold().exists()


def test_what_is_decided_anew_is_told_anew(director, mine, foreign):
    main, same = written(director, mine), written(director, foreign)
    actions.merge(director, same.pk, same.version, into=main.number)
    main = decided(director, main)
    for row in (main, same):
        row.refresh_from_db()
        telling.tell(director, row.pk, row.version, text="已改。", way="phone")
    main = decided(director, main, outcome="已改。")
    assert not Idea.objects.untold().exists()

    actions.reopen(director, main.pk)
    decided(director, main, "not-done", outcome="最终没有做成。")

    assert set(Idea.objects.untold()) == {main, same}
    [line] = portal.told(None, mine)["ideas"]
    assert (line["told_on"], line["outcome"]) == (None, "")
    main.refresh_from_db()
    telling.tell(director, main.pk, main.version, text="最终没有做成。", way="phone")
    assert decided(director, main, "not-done", outcome="换了说法。").told_on is None


def test_a_pilot_sets_the_state_ends_with_its_result_and_can_be_dropped(manager, mine):
    row = written(manager, mine)
    days = {"since": timezone.localdate(), "until": timezone.localdate() + timedelta(days=30)}

    pilot = actions.begin_pilot(manager, row.pk, mine, **days, measure="破损率")

    row.refresh_from_db()
    assert (row.state, facts.kind(row)) == ("pilot", "trial")
    assert "破损率" in str([each.what.figures for each in timeline(manager, mine) if each.kind == "idea"])
    ended = actions.end_pilot(manager, pilot.pk, pilot.version, result="下降四成", stopped=True)
    assert (ended.result, ended.stopped, ended.ended_on) == ("下降四成", True, timezone.localdate())
    actions.drop_pilot(manager, pilot.pk)
    assert not Pilot.objects.visible_to(manager).exists()
    assert actions.bring_pilot_back(manager, pilot.pk).put_away_at is None


def test_the_facts_hear_of_every_pilot_that_comes_or_goes(manager, mine, foreign):
    row = written(manager, mine)
    days = {"since": timezone.localdate(), "until": timezone.localdate(), "measure": "破损率"}

    def told():
        [(_kind, table, stored)] = list(facts.facts())
        stored(frozenset())
        return [each["kind"] for each in table.to_pylist()]

    actions.begin_pilot(manager, row.pk, foreign, **days)
    assert told() == ["idea"]
    pilot = actions.begin_pilot(manager, row.pk, mine, **days)
    assert told() == ["trial"]
    actions.drop_pilot(manager, pilot.pk)
    assert told() == ["idea"]
    actions.bring_pilot_back(manager, pilot.pk)
    assert told() == ["trial"]


def test_what_is_said_elsewhere_is_taken_over_once(manager, director, mine, foreign):
    other = complaints.take_in(director, {"account": foreign, "text": "别家", "channel": "phone"})
    row = complaints.take_in(director, {"account": mine, "text": "遥控器字太小", "channel": "phone"})
    named = f"complaint:{row.pk}"

    assert taking.found(manager, mine, named).text == "遥控器字太小"
    assert taking.found(manager, mine, f"complaint:{other.pk}") is None
    written(manager, mine, reference=named)
    assert taking.found(manager, mine, named) is None


def test_the_facts_get_what_it_may_bring_and_hear_that_it_was_put_away(director, mine):
    row = written(director, mine)
    worth = {"probability": 0.5, "gain": Decimal("100000.00"), "cost": Decimal(2000), "expected_on": None}
    actions.judge(director, row.pk, row.version, worth)
    written(director, None, origin="colleague")

    [(kind, table, stored)] = list(facts.facts())
    stored(frozenset())

    [told] = table.to_pylist()
    assert kind == "knowledge-events"
    assert (told["event"], told["customer"], told["kind"]) == (f"vf-idea-{row.pk}", mine.code, "idea")
    assert (told["probability"], told["gain"], told["cost"], told["evidence"]) == (0.5, 100000.0, 2000.0, row.number)
    assert list(facts.facts()) == []
    actions.put_away(director, row.pk)
    [(_kind, table, _stored)] = list(facts.facts())
    assert [(each["probability"], each["gain"], each["cost"]) for each in table.to_pylist()] == [(0.0, 0.0, 0.0)]


def test_a_refresh_takes_an_idea_into_what_knowledge_is_worth(own_facts, director, mine):
    row = written(director, mine)
    worth = {"probability": 0.5, "gain": Decimal("100000.00"), "cost": Decimal(2000), "expected_on": None}
    actions.judge(director, row.pk, row.version, worth)

    give_facts(own_facts.home)

    snapshot = Store(own_facts.home.facts).ledger(TABLES["knowledge_events"]).snapshot()
    kept = rows_of(current_sql(snapshot, "event, customer, probability"), {})
    assert [(each["customer"], each["probability"]) for each in kept if each["event"] == f"vf-idea-{row.pk}"] == [
        (mine.code, 0.5)
    ]
    assert list(facts.facts()) == []


def test_only_those_near_to_it_change_it_and_another_managers_is_not_there(house, manager, director, mine, foreign):
    theirs, near = written(director, foreign), written(director, mine, owner=director)

    assert not questions.ideas(manager).filter(pk=theirs.pk).exists()
    browser = signed_in(house, Client(), "manager")
    for path in ("", "edit/"):
        assert browser.get(f"/ideas/{theirs.pk}/{path}").status_code == 404
    for path in ("decide/", "share/", "merge/", "vote/", "tell/", "tell-all/", "begin/", "put-away/", "say/"):
        assert browser.post(f"/ideas/{theirs.pk}/{path}", {"version": 1}).status_code == 404, path
    with pytest.raises(Forbidden):
        actions.unshare(house.user("complaints"), near.pk)


def test_it_is_found_and_forgotten_with_its_person(director, mine):
    post = contacts.add(director, mine, {"name": "欧阳明远"}, {"title": "店长"})
    row = written(director, mine, "欧阳明远说要奶白色", person=post.person)
    assert [hit.code for hit in hits(director, "奶白色", 5) if hit.kind == "idea"] == [row.number]

    assert row.number in str(erasing.hand_out(director, post.person))
    erasing.erase(director, post.person, post.person.version)

    row.refresh_from_db()
    assert (row.person, "欧阳明远" in row.text) == (None, False)
    assert not [hit for hit in hits(director, "欧阳明远", 5) if hit.kind == "idea"]


def test_its_pages_take_every_step_and_keep_what_is_not_whole(house, mine):
    browser = signed_in(house, Client(headers={"Accept-Language": "en"}), "director")
    today = timezone.localdate().isoformat()
    sent = {"text": "灯箱改磁吸", "said_on": today, "sort": "need", "origin": "visit", "owner": "director"}

    assert browser.post(f"/ideas/new/?account={mine.code}", {**sent, "text": ""}).status_code == 422
    browser.post(f"/ideas/new/?account={mine.code}", sent)
    row = Idea.objects.get(text="灯箱改磁吸")
    at = f"/ideas/{row.pk}/"
    missing = browser.post(f"{at}decide/", {"version": row.version, "state": "planned"})
    assert (missing.status_code, list(missing.context["decide"].errors)) == (422, ["target"])
    steps = (
        ("decide", {"state": "planned", "target": today, "work": "PLM-1"}),
        ("share", {"outside_title": "磁吸灯箱", "outside_text": "换画面不用叫人"}),
        ("say", {"text": "请问哪种展台？"}),
        ("judge", {"probability": "0.4", "gain": "1000", "cost": "10"}),
        ("begin", {"account": mine.code, "since": today, "until": today, "measure": "换画面用时"}),
    )  # fmt: skip
    for name, said in steps:
        row.refresh_from_db()
        assert browser.post(f"{at}{name}/", {"version": row.version, **said}).status_code == 302, name
    shown = browser.get(at).text
    assert all(each in shown for each in ("PLM-1", "磁吸灯箱", "请问哪种展台？", "换画面用时"))
    pilot = Pilot.objects.get(idea=row)
    assert browser.post(f"/ideas/pilots/{pilot.pk}/end/", {"version": pilot.version, "result": ""}).status_code == 422
    assert row.number in browser.get(f"/accounts/{mine.code}/?tab=ideas").text
    assert row.number in browser.get("/ideas/?state=pilot").text


def test_the_demo_house_has_them_in_every_state_once(house):  # noqa: ARG001  (its accounts)
    for _n in "ab":
        examples.plant()

    assert set(Idea.objects.values_list("state", flat=True)) == {each.value for each in IdeaState}
    assert Idea.objects.count() == len(examples.SAID) + 1


@pytest.mark.parametrize("step", ["say", "seen"])
def test_what_a_customer_writes_of_a_decided_idea_stands_on_today_until_it_is_answered_or_seen(
    house, manager, mine, step
):
    row = decided(manager, written(manager, mine))
    telling.tell(manager, row.pk, row.version, text="已改。", way="phone")
    assert list(waiting(manager)) == []

    actions.answer(house.user("portal"), [mine.pk], row.pk, "什么时候供货？")

    (task,) = waiting(manager)
    assert row.number in task.why.say("en")
    row.refresh_from_db()
    if step == "say":
        actions.say(manager, row.pk, row.version, text="下周。")
    else:
        actions.seen(manager, row.pk)
    assert list(waiting(manager)) == []


def test_what_accounts_count_for_adds_up_to_the_worth_that_is_told(director, manager, mine, foreign, monkeypatch):
    row, other = written(director, mine), written(director, foreign)
    monkeypatch.setattr(weighing, "values", lambda _codes: {mine.code: -500.0, foreign.code: 1200.0})
    actions.merge(director, other.pk, other.version, into=row.number)
    row.refresh_from_db()
    assert row.weight == 1200.0

    told = _money(director, row)

    assert told["weight"] == row.weight == sum(value for _account, value in told["askers"])
    narrow = _money(manager, row)
    assert [account for account, _value in narrow["askers"]] == [mine]
    assert narrow["weight"] == sum(value for _account, value in narrow["askers"]) + narrow["unseen_worth"]
    other.refresh_from_db()
    actions.part(director, other.pk)
    row.refresh_from_db()
    assert row.weight == 0


@pytest.mark.parametrize("state", ["done", "not-done"])
def test_it_is_not_decided_while_it_is_tried_with_an_account(manager, mine, state):
    row = written(manager, mine)
    days = {"since": timezone.localdate(), "until": timezone.localdate() + timedelta(days=30)}
    pilot = actions.begin_pilot(manager, row.pk, mine, **days, measure="破损率")

    with pytest.raises(NotPossible, match="tried"):
        decided(manager, row, state=state)

    actions.end_pilot(manager, pilot.pk, pilot.version, result="没有用", stopped=True)
    planned = decided(manager, row, state=state, target=timezone.localdate())
    assert planned.state == state
    assert (planned.target is None) == (state == "not-done")
