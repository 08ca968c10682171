"""A complaint from its first word to its end: judged, led step by step, timed, told, made good; by whoever may."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.complaints import (
    actions,
    address,
    alarming,
    claiming,
    clock,
    commented,
    compensating,
    facts,
    figures,
    intake,
    personal,
    procedure,
    proceeding,
    questions,
    ruling,
    severity,
    telling,
    voice,
)  # fmt: skip
from vitalfew.complaints.models import Claim, Compensation, Complaint, EightD, Said
from vitalfew.complaints.sources import SOURCES
from vitalfew.complaints.touches import touches
from vitalfew.complaints.words import Granted, Procedure, Standing, State, Way
from vitalfew.complaints.worklist import waiting
from vitalfew.imports.work import bring_in_line, give_facts
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
GIVEN = {
    "on": "2026-03-05", "who": "李工、王厂长", "found": "压缩机漏油", "cause": "焊点虚焊", "proof": "拆解照片",
    "measure": "更换压缩机", "where": "二号仓", "result": "无异响", "standard": "焊接作业指导书第四版", "since": "2026-03-20",
    "with": "王厂长", "until": "2026-04-01", "answer": "已更换并检测合格。", "outcome": "更换完毕。",
}  # fmt: skip


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def handler(house):
    return house.user("complaints")


@pytest.fixture
def take(mine, handler):
    def taken(effect="cost", user=handler, **fields):
        return intake.write_down(
            user, {"account": mine, "text": "冰箱异响", "effect": effect, "phone": "13800000000", **fields}
        )

    return taken


def fresh(row):
    return Complaint.objects.get(pk=row.pk)


def go(user, row, *steps):
    for to in steps:
        row = fresh(row)
        if to == State.ASSESSED:
            proceeding.assess(user, row.pk, row.version, effect=row.effect or "cost", grows=False)
        else:
            if to == State.CLOSED:
                for said in row.said.filter(at=None):
                    telling.tick(user, row.pk, said.pk)
                row = fresh(row)
                EightD.objects.get_or_create(complaint=row, defaults={"signed_at": timezone.now()})
            proceeding.advance(user, row.pk, row.version, to, GIVEN)
    return fresh(row)


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2025-04-30T16:00", 240, "2025-05-06T11:00"),
        ("2025-04-27T10:00", 60, "2025-04-27T11:00"),
        ("2025-04-29T20:00", 60, "2025-04-30T10:00"),
        ("2025-04-29T07:00", 540, "2025-04-29T18:00"),
        ("2025-04-29T18:00", 1, "2025-04-30T09:01"),
        ("2025-04-29T17:00", 61, "2025-04-30T09:01"),
    ],
    ids=["the-holiday", "worked-sunday", "after-closing", "due-at-closing", "at-closing", "over-night"],
)
def test_a_clock_runs_in_business_hours(start, minutes, end):
    hours = clock.Hours(Calendar("CN"))

    assert clock.due(hours, at(start), minutes) == at(end)
    assert clock.worked(hours, at(start), at(end)) == minutes


@pytest.mark.parametrize(
    ("effect", "grows", "found", "key", "first"),
    [
        ("safety", True, 4, True, 1), ("stop", False, 4, False, 1), ("loss", False, 3, False, 2), ("loss", True, 4, False, 1),
        ("cost", False, 2, True, 2), ("cost", True, 3, False, 2), ("minor", True, 1, False, 4),
    ],
)  # fmt: skip
def test_severity_is_of_the_effect_and_priority_of_both(effect, grows, found, key, first):
    assert severity.severity(effect, grows=grows) == found
    assert severity.priority(found, key=key) == first
    assert str(found) in severity.severity_why(effect, grows=grows).say("en")
    assert str(first) in severity.priority_why(found, key=key).say("zh-hans")


@pytest.mark.parametrize("by", list(Procedure))
def test_no_step_is_skipped_whichever_pair_is_tried(take, handler, by):
    """From every state, every other but the next is refused."""
    steps = procedure.STEPS[by]
    row = take("loss" if by is Procedure.SERIOUS else "cost")
    for now, ahead in zip(steps, [*steps[1:], None], strict=True):
        row = fresh(row)
        assert row.state == now
        for to in State:
            if to is not ahead or ahead in proceeding.AFTER_ASSESSING:
                with pytest.raises(NotPossible):
                    proceeding.advance(handler, row.pk, row.version, to, GIVEN)
        assert fresh(row).state == now
        if ahead:
            row = go(handler, row, ahead)


@pytest.mark.parametrize("missing", ["cause", "proof"])
def test_a_step_needs_all_that_is_said_for_it(take, handler, missing):
    row = go(handler, take(), State.ASSESSED)
    with pytest.raises(NotPossible):
        proceeding.advance(handler, row.pk, row.version, State.CAUSE, GIVEN | {missing: " "})
    assert fresh(row).state == State.ASSESSED


def test_numbers_go_on_and_never_come_again(take, handler):
    one, two = take(), take()
    actions.put_away(handler, two.pk)
    three = take()

    assert one.number.startswith(f"C-{timezone.localdate().year}-")
    assert [int(each.number[-5:]) - int(one.number[-5:]) for each in (two, three)] == [1, 2]
    assert list(questions.found(questions.complaints(handler), three.number)) == [three]


def test_worse_than_thought_goes_on_by_the_serious_procedure_with_what_was_done(take, handler):
    row = go(handler, take(), State.ASSESSED, State.CAUSE)
    proceeding.assess(handler, row.pk, row.version, effect="stop", grows=False)
    row = fresh(row)

    assert (row.procedure, row.severity, row.state) == (Procedure.SERIOUS, 4, State.ASSESSED)
    row = go(handler, row, State.INVESTIGATED)
    assert row.state == State.CAUSE
    assert go(handler, row, State.EMERGENCY).state == State.EMERGENCY


def test_another_severity_than_the_rule_gives_needs_its_reason(take, handler):
    row = take("minor")
    with pytest.raises(NotPossible):
        proceeding.assess(handler, row.pk, row.version, effect="minor", grows=False, severity_set=3)
    proceeding.assess(handler, row.pk, row.version, effect="minor", grows=False, severity_set=3, why="客户是医院")
    assert (fresh(row).severity, fresh(row).severity_why) == (3, "客户是医院")


def test_who_goes_first_is_due_sooner(take, mine):
    slow = take()
    Account.objects.filter(pk=mine.pk).update(turn=1)
    mine.refresh_from_db()
    soon = take()

    assert (slow.priority, soon.priority) == (3, 2)
    assert soon.due_close < slow.due_close


def test_waiting_for_the_customer_stops_the_clock(take, handler, monkeypatch):
    row = take()
    proceeding.wait(handler, row.pk, fresh(row).version, "等照片")
    monkeypatch.setattr(clock, "worked", lambda *_times: 120)
    before = fresh(row)
    assert before.standing.value == "waits"
    row = proceeding.resume(handler, row.pk)

    assert (row.paused, row.waiting_since) == (120, None)
    assert row.due_close == clock.due(clock.Hours(), timezone.localtime(before.due_close), 120)


def test_it_is_acknowledged_by_letter_where_an_address_is_known(take, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = fresh(take(email="zhang@example.com", named="张伟", language="zh-hant"))

    letter = OutgoingMail.objects.get(about=row.subject)
    assert row.number in letter.title
    assert address.of(row) == letter.url
    assert row.acknowledged_at
    assert row.said.get().way == Way.LETTER


def test_else_somebody_says_it_and_ticks(take, handler):
    row = fresh(take())
    said = row.said.get()
    assert (said.at, row.acknowledged_at) == (None, None)

    telling.tick(handler, row.pk, said.pk)

    assert fresh(row).acknowledged_at
    with pytest.raises(NotPossible):
        telling.tick(handler, row.pk, said.pk)


def test_what_it_hears_once_assessed_is_the_first_answer(take, handler):
    row = take()
    telling.tell(handler, row.pk, fresh(row).version, text="收到", way="phone")
    assert (fresh(row).due_what, fresh(row).answered_at) == ("answer", None)
    row = go(handler, row, State.ASSESSED)
    telling.tell(handler, row.pk, row.version, text="正在查", way="phone")
    assert fresh(row).answered_at
    assert fresh(row).due_what == "step"


def test_it_is_not_settled_before_the_customer_was_told(take, handler):
    row = go(handler, take(), State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED)
    with pytest.raises(NotPossible):
        proceeding.advance(handler, row.pk, row.version, State.CLOSED, GIVEN)
    row = go(handler, row, State.CLOSED)
    assert (row.state, row.closed_on, row.due_at) == (State.CLOSED, timezone.localdate(), None)


def test_the_last_step_can_be_taken_back_and_a_settled_one_opened_again(take, handler):
    row = go(handler, take(), State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    row = proceeding.step_back(handler, row.pk)
    assert (row.state, row.closed_at) == (State.ANSWERED, None)
    row = go(handler, row, State.CLOSED)
    row = proceeding.reopen(handler, row.pk, row.version, "又响了")
    assert (row.state, row.reopened, row.closed_at) == (State.AGREED, 1, None)


@pytest.mark.parametrize(
    "language", ["zh-hans", "zh-hant", "en"]
)  # fmt: skip
def test_what_to_tell_is_proposed_in_the_customer_s_language(take, handler, language):
    row = go(handler, take(language=language), State.ASSESSED, State.CAUSE)
    said = telling.proposed(row)
    assert row.number in said
    assert "焊点虚焊" in said
    assert ("complaint" in said) is (language == "en")


def test_what_was_written_stands_in_a_sentence_and_its_day_is_said(take, handler, client):
    row = go(handler, take(language="zh-hans"), State.ASSESSED, State.CAUSE)
    given = {"measure": "换货两台。", "with": "刘店长", "until": "2026-12-05"}
    row = proceeding.advance(handler, row.pk, row.version, State.AGREED, given)
    said = telling.proposed(row)
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    assert "换货两台，于2026年12月5日前完成。" in said
    assert "2026年12月5日" in client.get(row.get_absolute_url()).content.decode().split("处理经过")[1]


def test_the_same_matter_is_proposed_merged_and_parted(take, handler):
    one, two = take(text="冰箱压缩机异响，师傅说要换"), take(text="冰箱压缩机异响，要换")
    other = take(text="发票抬头开错了")
    assert [(each.pk, why) for each, why in questions.twins(handler, two)] == [(one.pk, "text")]
    assert questions.twins(handler, other) == []

    actions.merge(handler, two.pk, one.pk)
    assert not fresh(two).is_open
    assert list(questions.found(questions.complaints(handler), two.number)) == [two]
    with pytest.raises(NotPossible):
        actions.merge(handler, one.pk, two.pk)
    actions.part(handler, two.pk)
    assert fresh(two).is_open
    actions.relate(handler, two.pk, one.pk)
    assert questions.twins(handler, two) == []


def test_who_may_settle(house, take, mine):
    row = take()
    foreign = take(account=Account.objects.get(code=house.foreign))
    manager, analyst = house.user("manager"), house.user("analyst")

    assert questions.may_handle(manager, row)
    assert not questions.complaints(manager).filter(pk=foreign.pk).exists()
    with pytest.raises(Complaint.DoesNotExist):
        proceeding.advance(manager, foreign.pk, foreign.version, State.ASSESSED, {})
    with pytest.raises(Forbidden):
        proceeding.assess(analyst, row.pk, row.version, effect="cost", grows=False)
    with pytest.raises(Forbidden):
        intake.write_down(house.user("portal"), {"account": mine, "text": "x", "effect": "cost"})
    with pytest.raises(Stale):
        proceeding.assess(house.user("complaints"), row.pk, row.version + 5, effect="cost", grows=False)


def test_one_without_an_account_waits_in_the_tray_until_it_is_matched(house, handler, mine):
    row = intake.by_the_form({"text": "货少了一箱", "named": "王先生", "language": "zh-hans"})
    assert list(questions.tray(handler)) == [row]
    assert not questions.complaints(house.user("manager")).filter(pk=row.pk).exists()

    row = actions.match(handler, row.pk, fresh(row).version, account=mine)

    assert (row.account, row.owner) == (mine, mine.manager)
    assert questions.complaints(house.user("manager")).filter(pk=row.pk).exists()
    assert commented.spots(handler, [row.pk])[row.pk].account == mine


def sent(client, monkeypatch, **fields):
    page = client.get("/voice/").content.decode()
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    monkeypatch.setattr(voice, "SOONEST", -1)
    return client.post("/voice/", {"stamp": stamp, "text": "货少了一箱", **fields})


def test_the_open_form_gives_a_number_and_a_link_to_follow(house, handler, monkeypatch):  # noqa: ARG001  (its users)
    client = Client()
    answer = sent(client, monkeypatch, named="王先生", phone="139")
    row = Complaint.objects.get(text="货少了一箱")
    assert answer.url == address.of(row)

    page = client.get(answer.url).content.decode()
    assert row.number in page
    telling.tell(handler, row.pk, fresh(row).version, text="马上补发。", way="phone")
    proceeding.wait(handler, row.pk, fresh(row).version, "等单号")
    assert "马上补发" in client.get(answer.url).content.decode()
    client.post(answer.url, {"text": "单号是 SO-1"})
    row = fresh(row)
    assert row.waiting_since is None
    assert row.said.filter(to_us=True).get().text == "单号是 SO-1"


def test_its_link_shows_what_was_told_and_nothing_else(take, handler, client):
    row = take(named="张伟")
    proceeding.assess(handler, row.pk, row.version, effect="cost", grows=False, why="内部意见：客户夸大")
    page = client.get(address.of(row)).content.decode()
    assert "内部意见" not in page
    assert str(row.account) not in page
    assert "马上回复" not in page


@pytest.mark.parametrize("key", ["1", "1-", "x-y", "0-" + "0" * 40, "²-3"])
def test_a_made_up_link_is_not_there(take, client, key):
    take()
    assert client.get(f"/voice/{key}/").status_code == 404


def test_who_is_not_satisfied_opens_it_again(take, handler, client):
    row = go(handler, take(), State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    assert client.post(address.of(row), {"what": "judge", "satisfied": ""}).status_code == 422
    answer = client.post(address.of(row), {"what": "judge", "satisfied": "no", "note": "还是响", "fair_result": "2"})
    row = fresh(row)
    assert answer.status_code == 302
    assert (row.state, row.satisfied, row.fair_result, row.reopened) == (State.AGREED, False, 2, 1)
    assert client.post(address.of(row), {"what": "judge", "satisfied": "yes"}).status_code == 422


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"website": "http://spam"}, "honeypot"),
        ({"stamp": "made-up"}, "stamp"),
        ({"text": ""}, "empty"),
        ({"email": "x"}, "mail"),
    ],
    ids=["honeypot", "stamp", "empty", "mail"],
)
def test_the_open_form_refuses_what_no_person_sends(house, client, monkeypatch, fields, wrong):  # noqa: ARG001  (its users)
    answer = sent(client, monkeypatch, **fields)
    assert answer.status_code == 422
    assert not Complaint.objects.filter(text="货少了一箱").exists()
    if wrong in {"honeypot", "stamp"}:
        assert "货少了一箱" in answer.content.decode()


def test_the_open_form_refuses_what_comes_at_once_or_too_often(house, client, monkeypatch):  # noqa: ARG001  (its users)
    page = client.get("/voice/").content.decode()
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    assert client.post("/voice/", {"stamp": stamp, "text": "快"}).status_code == 422
    monkeypatch.setattr(voice, "FROM_ONE", 1)
    assert sent(client, monkeypatch).status_code == 429
    assert not Complaint.objects.filter(imported=False).exists()


def test_a_low_score_and_a_mail_become_complaints(mine, handler):
    low = intake.from_survey(mine, "送货慢", score="3/10")
    mail = intake.from_mail(handler, mine, sender="a@example.com", name="李", title="投诉", text="少一箱")
    assert (low.channel, low.owner, low.severity) == ("survey", mine.manager, None)
    assert (mail.channel, mail.email, mail.text) == ("mail", "a@example.com", "投诉\n\n少一箱")


def test_compensation_within_the_limits_at_once_above_them_by_a_second(house, take, handler):
    director = house.user("director")
    approvals.set_limit(house.user("administrator"), compensating.KIND, "complaints", Decimal(500))
    row = take()

    row = compensating.compensate(handler, row.pk, fresh(row).version, amount=Decimal(300), why="补偿运费")
    assert Compensation.objects.get(complaint=row).state == Granted.GIVEN
    row = compensating.compensate(handler, row.pk, fresh(row).version, amount=Decimal(201), why="再补偿", again=True)
    asked = Approval.objects.get(kind=compensating.KIND)
    assert Compensation.objects.get(approval=asked).state == Granted.ASKED
    approvals.approve(director, asked.pk, asked.version)
    assert Compensation.objects.get(approval=asked).state == Granted.GIVEN


def test_an_account_is_compensated_twice_only_where_that_is_meant(house, client, take):
    approvals.set_limit(house.user("administrator"), compensating.KIND, "complaints", Decimal(500))
    browser, row = signed_in(house, client, "complaints"), take()
    place = f"{row.get_absolute_url()}compensate/"
    assert 'name="again"' not in browser.get(place).text
    browser.post(place, {"version": fresh(row).version, "amount": "100", "why": "运费"})
    page = browser.get(place).text
    assert 'name="again"' in page
    assert "100.00" in page
    sent = {"version": fresh(row).version, "amount": "100", "why": "运费"}

    assert browser.post(place, sent).status_code == 422
    assert Compensation.objects.count() == 1

    assert browser.post(place, {**sent, "again": "on"}).status_code == 302
    assert Compensation.objects.count() == 2


def test_its_page_names_the_limits_and_who_approves_above_them(house, client, take):
    administrator, row = house.user("administrator"), take()
    browser = signed_in(house, client, "complaints")
    place = f"{row.get_absolute_url()}compensate/"
    known = compensating.authority(house.user("complaints"), row, row.account)
    assert (known.case, known.month) == ("", "")
    approvals.set_limit(administrator, compensating.KIND, "complaints", Decimal(500))
    ruling.set_month(administrator, "complaints", Decimal(1200))
    compensating.compensate(house.user("complaints"), row.pk, fresh(row).version, amount=Decimal(30), why="运费")

    known, page = compensating.authority(house.user("complaints"), row, row.account), browser.get(place).text

    assert all(each in page for each in (known.case, known.used, known.month, known.used_this_month))
    assert "500.00" in known.case
    assert "30.00" in known.used
    assert house.user("director") in known.above
    assert house.user("complaints") not in known.above
    assert str(house.user("director")) in page


def test_what_a_role_may_give_within_a_month_counts_too(house, take, handler):
    approvals.set_limit(house.user("administrator"), compensating.KIND, "complaints", Decimal(500))
    ruling.set_month(house.user("director"), "complaints", Decimal(600))
    first, second = take(), take()
    compensating.compensate(handler, first.pk, fresh(first).version, amount=Decimal(400), why="运费")
    compensating.compensate(handler, second.pk, fresh(second).version, amount=Decimal(300), why="运费")

    assert [each.state for each in Compensation.objects.order_by("pk")] == [Granted.GIVEN, Granted.ASKED]


def test_who_bought_the_same_and_did_not_complain_is_found(house, take, handler):
    from vitalfew.accounts import facts_of

    theirs = facts_of.products(house.home, [house.mine], 1)[0]
    last = facts_of.orders(house.home, [house.mine], 1)[0]["ordered_on"]
    row = take(product=theirs["product"])
    Complaint.objects.filter(pk=row.pk).update(received_on=timezone.datetime(1970, 1, 1).date() + timedelta(days=last))
    row = fresh(row)

    found = compensating.silent(handler, row)

    assert found
    assert row.account not in {each.account for each in found}
    assert all(each.orders for each in found)
    own = compensating.silent(house.user("manager"), row)
    assert {each.account.manager_id for each in own} <= {house.user("manager").pk}


def test_a_claim_on_a_carrier_is_followed_to_the_end(take, handler):
    row, today = take(), timezone.localdate()
    fields = {
        "party": "carrier",
        "name": "顺达物流",
        "what": "运输破损",
        "amount": Decimal(800),
        "claimed_on": today,
        "due": today,
    }
    made = claiming.claim(handler, row.pk, fields)
    with pytest.raises(NotPossible):
        claiming.settle(handler, made.pk, made.version, state="settled", recovered=Decimal(900), note="x")
    made = claiming.settle(handler, made.pk, made.version, state="settled", recovered=Decimal(800), note="已付")
    assert (made.state, made.recovered) == ("settled", Decimal(800))
    assert figures.money(Complaint.objects.filter(pk=row.pk))["recovered"] == [(made.currency, made.back)]
    claiming.put_away(handler, made.pk)
    assert not Claim.objects.visible_to(handler).exists()


def test_complaints_go_to_the_facts_once_and_again_as_they_change(own_facts, handler):
    mine = Account.objects.get(code=own_facts.mine)
    row = intake.write_down(handler, {"account": mine, "text": "异响", "effect": "cost", "phone": "1"})
    intake.by_the_form({"text": "无名", "language": "en"})
    give_facts(own_facts.home)
    bring_in_line(own_facts.home)

    assert list(facts.facts()) == []
    assert Complaint.objects.filter(text="异响").count() == 1
    known = {each["complaint_id"] for each in of_facts(own_facts)}
    assert facts.number(row.pk) in known
    go(handler, row, State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    give_facts(own_facts.home)
    (told,) = [each for each in of_facts(own_facts) if each["complaint_id"] == facts.number(row.pk)]
    assert (told["outcome"], told["severity"]) == ("更换完毕。", "2")


def test_what_the_facts_have_ends_there_when_it_is_merged(own_facts, handler):
    mine = Account.objects.get(code=own_facts.mine)
    told = {"account": mine, "text": "异响", "effect": "cost", "phone": "1"}
    one, two, never = (intake.write_down(handler, told) for _each in range(3))
    actions.put_away(handler, never.pk)
    give_facts(own_facts.home)
    actions.merge(handler, two.pk, one.pk)
    give_facts(own_facts.home)

    known = {each["complaint_id"]: each for each in of_facts(own_facts)}
    assert known[facts.number(two.pk)]["outcome"] == f"= {one.number}"
    assert known[facts.number(two.pk)]["closed_on"] is not None
    assert known[facts.number(one.pk)]["closed_on"] is None
    assert facts.number(never.pk) not in known


def of_facts(house):
    from vitalfew.accounts import facts_of

    return facts_of.complaints(house.home, [house.mine], 1000)


def test_one_of_the_facts_is_taken_up_and_keeps_its_figures(own_facts, handler):
    bring_in_line(own_facts.home)
    row = Complaint.objects.filter(imported=True).first()
    words = row.text
    with pytest.raises(NotPossible):
        proceeding.assess(handler, row.pk, row.version, effect="cost", grows=False)
    row = actions.take_up(handler, row.pk)
    actions.correct(handler, row.pk, row.version, {"text": "anders", "phone": "138"})
    row = go(handler, row, State.ASSESSED)

    assert (row.state, row.text, row.phone) == (State.ASSESSED, words, "138")
    assert row.pk not in {each.pk for each in Complaint.objects.filter(imported=False)}
    assert list(facts.facts()) == []


def test_it_asks_on_today_and_alarms_when_it_is_late(house, take, handler, mine):
    row = take("stop")
    assert [task.url for task in waiting(handler)] == [row.get_absolute_url()]
    assert list(alarming.late(0, None)) == []
    Complaint.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(hours=5))

    assert [task.url for task in waiting(house.user("manager"))] == [row.get_absolute_url()]
    (late,) = alarming.late(4, None)
    assert late.concerned == (handler.username,)
    assert list(alarming.late(6, None)) == []
    assert [matter.account for matter in alarming.serious(0, None)] == [mine.code]


def test_a_promise_begins_with_it_and_the_timeline_has_it(take, handler, mine):
    row = take()
    begun = SOURCES[0].found(handler, mine, row.number)
    assert begun.url == row.get_absolute_url()
    assert [touch.url for touch in touches(handler, mine)] == [row.get_absolute_url()]


def test_a_person_is_forgotten_in_all_that_was_said(take, handler, mine):
    row = go(handler, take(named="欧阳明", text="欧阳明说异响"), State.ASSESSED)
    telling.tell(handler, row.pk, row.version, text="欧阳明您好", way="phone")
    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"欧阳明"}), frozenset({mine.code}))
    assert any(each["number"] == row.number for each in personal.told(traces) if "number" in each)

    personal.forget(traces)

    row = fresh(row)
    assert "欧阳明" not in row.named + row.text + "".join(Said.objects.values_list("text", flat=True))
    assert not questions.found(questions.complaints(handler), "欧阳明").exists()


def test_figures_have_their_denominators(take, handler):
    settled = go(handler, take(), State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    proceeding.judged(settled, satisfied=True, note="", fair={})
    late, open_one = take(), take()
    Complaint.objects.filter(pk=late.pk).update(
        due_acknowledge=at("2020-01-01T09:00+08:00"), due_close=at("2020-01-02T09:00+08:00")
    )
    rows = Complaint.objects.filter(pk__in=[settled.pk, late.pk, open_one.pk])

    shares = figures.shares(rows, timezone.now())

    assert (shares["acknowledged"].n, shares["acknowledged"].of) == (1, 2)
    assert (shares["closed"].n, shares["closed"].of) == (1, 2)
    assert (shares["satisfied"].n, shares["satisfied"].of, shares["reopened"].of) == (1, 1, 1)
    assert figures.percentile([(1, True), (2, True), (3, False), (4, True)], 0.5) == 2
    assert figures.percentile([(1, False)], 0.5) is None


def test_times_are_ruled_by_heads_and_hold_for_what_runs(house, take, handler):
    row, director = take(), house.user("director")
    hours = {"acknowledge": 1, "answer": 2, "step": 3, "close": 4}
    with pytest.raises(Forbidden):
        ruling.set_deadline(handler, row.priority, 0, hours)
    ruling.set_deadline(director, row.priority, 0, hours)
    assert fresh(row).due_close < row.due_close


def test_the_hours_of_the_house_are_ruled_and_move_what_is_due(house, client, take):
    row, browser = take(), signed_in(house, client, "director")
    sent = {"what": "opening", "version": 1, "opens": "10:00", "closes": "10:30"}
    assert browser.post("/complaints/times/", {**sent, "closes": "09:00"}).status_code == 422
    assert browser.post("/complaints/times/", sent).status_code == 302
    assert fresh(row).due_close > row.due_close
    assert "10:30" in browser.get("/complaints/times/").content.decode()
    assert browser.post("/complaints/times/", {**sent, "version": 7}).status_code == 422
    with pytest.raises(Forbidden):
        ruling.set_opening(house.user("complaints"), 1, {"opens": time(8), "closes": time(20)})


def test_other_hours_give_other_times():
    late = clock.Hours(Calendar("CN"), time(8, 30), time(12))

    assert clock.due(late, at("2025-04-30T11:30"), 60) == at("2025-05-06T09:00")
    assert clock.worked(late, at("2025-04-30T11:30"), at("2025-05-06T09:00")) == 60


def test_who_may_write_one_down_takes_it_in_over_the_api(house):
    sent = {"text": "货架歪了", "effect": "minor", "account": house.mine}
    told = [
        Client().post(
            "/api/v1/complaints", {**sent, "account": code}, content_type="application/json",
            headers={"Authorization": f"Bearer {house.tokens[role]}", "Idempotency-Key": f"{role}-{code}"},
        ).status_code
        for role, code in (("marketing", house.mine), ("manager", house.mine), ("manager", house.foreign), ("portal", house.mine))
    ]  # fmt: skip
    assert told == [201, 201, 404, 404]


@pytest.mark.parametrize("path", [
    "", "new/", "wall/", "figures/", "claims/", "{pk}/", "{pk}/edit/", "{pk}/compensate/", "{pk}/silent/", "{pk}/claim/",
])  # fmt: skip
def test_every_page_is_shown_to_its_handler(house, client, take, path):
    row = take(product="P-1")
    answer = signed_in(house, client, "complaints").get(f"/complaints/{path.format(pk=row.pk)}")
    assert answer.status_code == 200


def test_the_steps_are_taken_on_its_page(house, client, take):
    row = take()
    browser = signed_in(house, client, "complaints")
    one = f"/complaints/{row.pk}/"
    browser.post(f"{one}assess/", {"version": fresh(row).version, "effect": "cost"})
    answer = browser.post(f"{one}step/", {"version": fresh(row).version, "to": "cause", "cause": "虚焊"})
    assert answer.status_code == 422
    browser.post(f"{one}step/", {"version": fresh(row).version, "to": "answered", "answer": "跳过"})
    assert fresh(row).state == State.ASSESSED
    browser.post(f"{one}step/", {"version": fresh(row).version, "to": "cause", "cause": "虚焊", "proof": "照片"})
    assert fresh(row).state == State.CAUSE
    browser.post(f"{one}step-back/")
    assert fresh(row).state == State.ASSESSED
    page = signed_in(house, client, "director").get("/complaints/times/").content.decode()
    assert 'value="p1"' in page
    browser.post(
        "/complaints/times/", {"what": "p1", "version": 0, "acknowledge": 1, "answer": 2, "step": 3, "close": 1}
    )


def test_a_complaint_is_taken_in_by_its_form(house, client, mine):
    browser = signed_in(house, client, "manager")
    answer = browser.post("/complaints/new/", {
        "account": mine.code, "text": "货架歪了", "effect": "minor", "channel": "phone", "language": "zh-hans",
    })  # fmt: skip
    row = Complaint.objects.get(text="货架歪了")
    assert answer.url == row.get_absolute_url()
    assert (row.account, row.owner, row.severity) == (mine, mine.manager, 1)
    assert browser.post("/complaints/new/", {"text": "", "effect": "minor"}).status_code == 422
    card = SimpleUploadedFile("卡.txt", "意见卡".encode())
    sent_in = {"text": "意见卡", "effect": "minor", "channel": "card", "language": "zh-hans", "file": card}
    assert browser.post("/complaints/new/", sent_in).status_code == 422
    assert not Complaint.objects.filter(text="意见卡").exists()


@pytest.mark.parametrize("word", list(Standing))
def test_lists_find_by_the_clock_what_shows_it(take, handler, word):
    one, two, late, soon = take(), take(), take(), take()
    actions.merge(handler, two.pk, one.pk)
    now = timezone.now()
    Complaint.objects.filter(pk=one.pk).update(due_at=now + timedelta(days=3))
    Complaint.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=1))
    Complaint.objects.filter(pk=soon.pk).update(due_at=now + timedelta(hours=1))
    waits = take()
    proceeding.wait(handler, waits.pk, fresh(waits).version, "等照片")
    go(handler, take(), State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    Complaint.objects.create(imported=True, number="CP-1", received_on=now.date(), state=State.IMPORTED)

    found = questions.complaints(handler).standing(word)

    assert [row.standing for row in found] == [word]


def test_a_name_leaves_the_claims_of_the_accounts_where_the_person_was_and_no_others(house):
    director = house.user("director")
    claims = []
    for code in (house.mine, house.foreign):
        row = actions.take_in(director, {"account": Account.objects.get(code=code), "text": "破损"})
        claims.append(claiming.claim(director, row.pk, {
            "party": "carrier", "name": "顺达", "what": "张伟签收时外箱破损", "amount": Decimal(1),
            "claimed_on": timezone.localdate(), "due": timezone.localdate(),
        }))  # fmt: skip

    personal.forget(Traces(frozenset(), frozenset(), frozenset(), frozenset({"张伟"}), frozenset({house.mine})))

    for row in claims:
        row.refresh_from_db()
    assert ["张伟" in row.what for row in claims] == [False, True]


def test_who_told_the_same_without_a_name_reads_nothing_that_a_firm_was_told(take, handler, client):
    named, anonymous = take(), take()
    Complaint.objects.filter(pk=anonymous.pk).update(account=None, person=None)
    Said.objects.create(complaint=named, way="phone", text="只对贵司说的话", name="x", at=timezone.now())
    actions.merge(handler, anonymous.pk, named.pk)
    Complaint.objects.filter(pk=named.pk).update(state=State.ANSWERED)
    theirs, own = address.of(fresh(anonymous)), address.of(fresh(named))

    assert "只对贵司说的话" in client.get(own).content.decode()
    page = client.get(theirs)
    assert page.status_code == 200
    assert "只对贵司说的话" not in page.content.decode()
    assert client.post(theirs, {"what": "judge", "satisfied": "yes"}).status_code == 422
    assert client.post(theirs, {"text": "我也这样想"}).status_code == 422
    assert fresh(named).satisfied is None
    assert not Said.objects.filter(text="我也这样想").exists()
