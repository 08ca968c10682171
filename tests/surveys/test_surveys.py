"""Surveys in writing: put together, sent round, answered by a link, counted, and read by the analyses."""

from datetime import date, timedelta
from statistics import mean

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.complaints.models import Complaint
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.imports.work import give_facts, refresh_now
from vitalfew.outbox import server
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outlets.behind import rows_behind
from vitalfew.outlets.today import tasks_for
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import ERASED
from vitalfew.surveys import actions, alarming, answering, complaining, link, questions, sending, telling, writing
from vitalfew.surveys.facts import scores_of, wallet_of
from vitalfew.surveys.forms import QuestionForm
from vitalfew.surveys.listing import RESPONDENTS
from vitalfew.surveys.models import Respondent, Unchangeable, Wave
from vitalfew.surveys.standing import number
from vitalfew.surveys.words import Reached, WaveState
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts, state
from vitalfew.warehouse.store import Store

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
BLOCKS = ["trust", "commitment", "satisfaction", "nps", "overall", "value", "wallet", "words"]


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def form(director):
    return writing.make(director, "年度调查", BLOCKS)


def plan(user, form, **more):
    fields = {
        "name": "春季调查", "opens": today(), "closes": today() + 20 * DAY, "keep_until": today() + 400 * DAY,
        "sender": "恒达大客户部", "purpose": "下一季合作得更好", "rivals": ["海川"], "period": "2025", **more,
    }  # fmt: skip
    return actions.make(user, Wave(questionnaire=form, **fields))


@pytest.fixture
def wave(director, form, mine):
    """It runs, and asks two people of an account."""
    made = plan(director, form)
    post = contacts.add(director, mine, {"name": "王晓峰", "email": "wang@example.com", "language": "zh-hans"}, {})
    actions.ask_posts(director, made, [post])
    actions.ask_name(director, made, mine, "李梅")
    return actions.begin(director, made.pk)


@pytest.fixture
def wang(wave):
    return wave.respondents.get(name="王晓峰")


def address(row):
    return link.address_of(Respondent.objects.select_related("wave").get(pk=row.pk))


def phone(language="zh-CN"):
    return Client(headers={"accept-language": language})


def answer(row, **given):
    """All that a page would send, in one go."""
    fields = answering.fields_of(row.wave.asked, row.wave.rivals, "en", {})
    for field in fields:
        field.value = given.get(field.key.replace("@", "_at_"))
    answering.keep(row, fields)
    return answering.hand_in(row)


def scored(n):
    """Every scale answered with the same mark, the turned questions turned."""
    found = {f"{block}_{at}": n for block in ("trust", "commitment", "satisfaction") for at in (1, 2, 3)}
    return found | {"trust_4": 8 - n, "commitment_4": 8 - n}


def test_a_questionnaire_is_put_together_and_ordered(director, form):
    assert [each["item"] for each in form.questions[:4]] == ["trust_1", "trust_2", "trust_3", "trust_4"]
    assert {tuple(each["text"]) for each in form.questions} == {("zh-hans", "zh-hant", "en")}
    again = writing.add_block(director, form.pk, form.version, "trust")
    assert again.version == form.version

    moved = writing.move(director, form.pk, form.version, "trust_2", -1)

    assert [each["item"] for each in moved.questions[:2]] == ["trust_2", "trust_1"]
    assert writing.move(director, form.pk, moved.version, "trust_2", -1).version == moved.version
    with pytest.raises(Stale):
        writing.remove(director, form.pk, form.version, "trust_2")
    assert len(writing.remove(director, form.pk, moved.version, "trust_2").questions) == len(form.questions) - 1


def test_an_own_question_falls_back_to_a_language_that_is_written(director, form):
    sent = {
        "version": form.version,
        "text_hans": "送货要几天？",
        "kind": "one",
        "choices_hans": "一天\n三天",
        "scale": "1-7",
    }
    said = QuestionForm(sent)
    assert said.is_valid()
    row = writing.add_own(director, form.pk, form.version, said.question)

    field = answering.fields_of([row.questions[-1]], (), "en", {})[0]

    assert (field.text, field.choices) == ("送货要几天？", [("0", "一天"), ("1", "三天")])
    assert not QuestionForm({**sent, "text_hans": ""}).is_valid()
    assert not QuestionForm({**sent, "choices_hans": "一天"}).is_valid()
    assert not QuestionForm({**sent, "choices_en": "One\nTwo\nThree"}).is_valid()


def test_a_survey_keeps_the_version_it_began_with(director, wave, form):
    asked = len(wave.asked)
    row = writing.remove(director, form.pk, form.version, "trust_1")

    assert len(Wave.objects.get().asked) == asked
    second = plan(director, row, name="二")
    actions.ask_name(director, second, wave.respondents.first().account, "赵敏")
    second = actions.begin(director, second.pk)
    assert (wave.wording.number, second.wording.number, len(second.asked)) == (1, 2, asked - 1)
    with pytest.raises(Unchangeable):
        wave.wording.save()


def test_who_may_plan(house, wave):
    manager = house.user("manager")
    with pytest.raises(Forbidden):
        writing.make(manager, "x")
    with pytest.raises(Forbidden):
        actions.close(manager, wave.pk)
    assert set(questions.respondents(manager).values_list("name", flat=True)) == {"王晓峰", "李梅"}
    foreign = Account.objects.get(code=house.foreign)
    actions.ask_name(house.user("director"), wave, foreign, "外人")
    assert not questions.respondents(manager).filter(name="外人").exists()
    assert len(telling.told_of(manager, Wave.objects.get(), "en")["people"]) == 2


def test_page_by_page_each_answer_is_kept_and_it_counts_once_handed_in(wave, wang):
    browser, path = phone(), address(wang)
    text = browser.get(path).content.decode()
    assert "王晓峰" in text
    assert "恒达大客户部" in text
    assert wang.account.code not in text

    pages = answering.pages_of(wave.asked)
    after = browser.post(path, {"p": 0, "trust_1": 6, "trust_4": 2, "step": "next"})

    assert after["Location"].endswith("?p=1")
    row = Respondent.objects.get(pk=wang.pk)
    assert (row.answers, row.reached, row.answered_on) == ({"trust_1": 6, "trust_4": 2}, Reached.BEGUN, None)
    assert 'value="6" checked' in browser.get(f"{path}?p=0").content.decode()
    assert "Page 1 of" in phone("en").get(f"{path}?p=0").content.decode()

    last = browser.post(path, {"p": len(pages) - 1, "better": "到货要准时"})

    assert "谢谢" in last.content.decode()
    row.refresh_from_db()
    assert (row.reached, row.answered_on, row.told) == (Reached.ANSWERED, today(), False)
    browser.post(path, {"p": 0, "trust_1": 3})
    row.refresh_from_db()
    assert (row.answers["trust_1"], row.reached, "trust_4" in row.answers) == (3, Reached.ANSWERED, False)


@pytest.mark.parametrize("bad", ["9", "0", "x", "1e3", "-1", "5' OR 1=1"])
def test_what_is_no_answer_is_not_kept(wang, bad):
    answered = phone().post(address(wang), {"p": 0, "trust_1": bad, "trust_2": "5"})

    assert answered.status_code == 422
    assert Respondent.objects.get(pk=wang.pk).answers == {"trust_2": 5}


def test_what_must_be_answered_is_asked_for(director, form, mine):
    must = writing.change_question(director, form.pk, form.version, "nps", {"required": True})
    made = plan(director, must)
    row = actions.ask_name(director, made, mine, "王丽")
    actions.begin(director, made.pk)
    path, pages = address(row), answering.pages_of(must.questions)

    passed = phone().post(path, {"p": len(pages) - 1, "better": "快"})

    assert passed.status_code == 422
    assert 'name="nps"' in passed.content.decode()
    assert Respondent.objects.get(pk=row.pk).reached == Reached.BEGUN


def test_links_that_are_not_good_open_nothing(director, wave, wang):
    good = address(wang)
    assert phone().get(good).status_code == 200
    for bad in (f"/survey/{wang.pk}-{'0' * 40}/", "/survey/x/", f"/survey/999999-{good[-41:-1]}/"):
        assert phone().get(bad).status_code == 404
    actions.revoke(director, wang.pk)
    assert phone().get(good).status_code == 404
    actions.renew(director, wang.pk)
    assert phone().get(good).status_code == 404
    assert phone().get(address(wang)).status_code == 200
    Wave.objects.update(opens=today() - 9 * DAY, closes=today() - DAY)
    assert phone().get(address(wang)).status_code == 404
    Wave.objects.update(closes=today())
    actions.close(director, wave.pk)
    assert phone().get(address(wang)).status_code == 404


def test_who_does_not_want_to_is_let_alone(wang):
    phone().post(address(wang), {"step": "decline"})

    assert Respondent.objects.get(pk=wang.pk).reached == Reached.DECLINED
    assert phone().get(address(wang)).status_code == 200


def test_too_many_forms_are_refused(wang, monkeypatch):
    monkeypatch.setattr(link, "A_MINUTE", 2)
    answers = [phone().post(address(wang), {"p": 0, "trust_1": 5}).status_code for _each in range(3)]
    assert answers[-1] == 429


def test_letters_go_to_who_can_be_written_to_and_are_repeated_on_working_days(director, wave, wang):
    sending.send(director, wave.pk)

    letter = OutgoingMail.objects.get()
    assert (letter.address, letter.kind, letter.url) == ("wang@example.com", "survey", address(wang))
    assert "恒达大客户部" in letter.title
    assert f"请在{wave.closes.year}年{wave.closes.month}月{wave.closes.day}日前填写" in letter.paragraphs[1]
    assert wave.respondents.get(name="李梅").reached == Reached.UNSENT
    with pytest.raises(NotPossible):
        sending.send(director, wave.pk)
    monday = today() + (7 - today().weekday()) * DAY
    Respondent.objects.filter(pk=wang.pk).update(sent_on=monday - 20 * DAY)
    Wave.objects.update(closes=monday + 90 * DAY)
    days = [day for day in (monday + n * DAY for n in range(45)) if sending.remind(day)]
    assert len(days) == 2
    assert days[1] - days[0] >= 3 * DAY
    assert len(mail.outbox) == 0
    assert OutgoingMail.objects.count() == 3


def test_without_a_mail_server_nobody_counts_as_written(director, wave, wang, settings):
    settings.EMAIL_BACKEND = server.NOWHERE

    with pytest.raises(NotPossible, match="by hand"):
        sending.send(director, wave.pk)
    wang.refresh_from_db()
    assert (wang.reached, wang.sent_on) == (Reached.UNSENT, None)
    sending.given_by_hand(director, wang.pk)
    Respondent.objects.filter(pk=wang.pk).update(sent_on=today() - 30 * DAY)
    assert sum(sending.remind(today() + n * DAY) for n in range(10)) == 0
    wang.refresh_from_db()
    assert (wang.reached, wang.reminded) == (Reached.SENT, 0)
    assert not OutgoingMail.objects.exists()


def test_a_low_score_left_half_done_is_low_once_the_survey_is_over(director, wave, wang):
    other = wave.respondents.get(name="李梅")
    for row, mark in ((wang, 2), (other, 9)):
        Respondent.objects.filter(pk=row.pk).update(answers={"nps": mark}, reached=Reached.BEGUN)

    actions.close(director, wave.pk)

    assert list(wave.respondents.filter(low=True)) == [wang]


def test_who_has_answered_is_not_reminded(director, wave, wang):
    sending.send(director, wave.pk)
    Respondent.objects.filter(pk=wang.pk).update(sent_on=today() - 30 * DAY)
    answer(Respondent.objects.select_related("wave__wording").get(pk=wang.pk), nps=9)

    assert sum(sending.remind(today() + n * DAY) for n in range(10)) == 0


def test_own_words_of_a_letter_stand_in_for_the_usual_ones(director, wave):
    actions.set_letter(
        director,
        wave.pk,
        wave.version,
        language="zh-hans",
        subject="请教几个问题",
        text="{name}，您好！\n请您抽空回答。",
    )
    sending.send(director, wave.pk)

    letter = OutgoingMail.objects.get()
    assert (letter.title, letter.paragraphs) == ("请教几个问题", ["王晓峰，您好！", "请您抽空回答。"])


def test_who_was_asked_lately_is_not_advised(director, form, wang, mine):
    Respondent.objects.filter(pk=wang.pk).update(sent_on=today())
    other = plan(director, form, name="夏季")
    actions.add_accounts(director, other, [mine])

    posts, advised, lately = actions.offered(director, other)

    assert wang.post in posts
    assert wang.post not in advised
    assert lately[wang.post.person_id] == today()


def test_a_low_score_comes_to_its_manager(house, wang, client):
    manager = house.user("manager")
    wang.account.manager = manager
    wang.account.save()
    answer(wang, **scored(2), nps=3)

    line = next(task for task in tasks_for(manager) if task.url == wang.get_absolute_url())
    assert "王晓峰" in line.why.say("zh-hans")
    [matter] = alarming.low(0, None)
    assert (matter.account, matter.since, matter.until) == (wang.account.code, today(), None)
    assert "王晓峰" not in matter.said.say("zh-hans")  # it is mailed and posted
    assert not list(alarming.low(1, None))
    browser = signed_in(house, client, "manager")
    browser.post(f"{wang.get_absolute_url()}seen/")
    assert not list(alarming.low(0, None))
    assert [each.until for each in alarming.low(0, today() - DAY)] == [today()]
    assert not any(task.url == wang.get_absolute_url() for task in tasks_for(manager))


def test_a_low_score_becomes_a_complaint_once(house, wang, client):
    answer(wang, **scored(2), nps=3, better="送货总是晚。")
    browser = signed_in(house, client, "manager")

    browser.post(f"{wang.get_absolute_url()}complain/")

    row = Complaint.objects.get(channel="survey")
    assert (row.account, row.person, row.named) == (wang.account, wang.post.person, "王晓峰")
    assert row.text.startswith("送货总是晚。")
    wang.refresh_from_db()
    assert (wang.complaint, wang.seen_by) == (row, house.user("manager").username)
    assert row.number in browser.get(wang.get_absolute_url()).text
    with pytest.raises(NotPossible, match="already"):
        complaining.complain(house.user("manager"), wang.pk)


def test_a_content_person_is_no_low_score(house, wang):
    assert not answer(wang, **scored(6)).low
    with pytest.raises(NotPossible):
        complaining.complain(house.user("manager"), wang.pk)


def test_a_reversed_question_is_told_turned_and_competitors_apart(wang):
    row = answer(
        wang,
        trust_4=2,
        overall=6,
        overall_at_1=4,
        wallet_total="1000000.00",
        wallet_rival="海川",
        wallet_rival_spend="250000.00",
    )
    told = {(each["response_id"], each["item"]): each for each in scores_of(row)}

    assert told[f"vf-survey-{row.pk}", "trust_4"]["score"] == 6
    assert told[f"vf-survey-{row.pk}-1", "overall"]["competitor"] == "海川"
    assert told[f"vf-survey-{row.pk}", "overall"]["respondent"] == wang.post.contact_id
    wallet = wallet_of(row)
    assert (wallet["period"], wallet["total_spend"], wallet["competitor_spend"]) == ("2025", 1e6, 250_000)


def test_forty_respondents_are_read_by_the_analyses_as_computed_by_hand(own_facts, director, form):
    """Relationship quality, loyalty, delivered value and the wallet's share of accounts that nobody asked before."""
    accounts = list(Account.objects.order_by("code")[:10])
    made = plan(director, form)
    for account in accounts:
        for n in range(4):
            actions.ask_name(director, made, account, f"{account.code} {n}")
    made = actions.begin(director, made.pk)
    marks = {}
    for place, row in enumerate(made.respondents.order_by("pk")):
        n, other = 2 + (place * 3) % 5, 1 + place % 7
        values = {f"{each}_at_1": 4 for each in ("value_product", "value_service", "value_people", "value_image")}
        values |= {f"cost_{each}_at_1": 4 for each in ("money", "time", "energy", "mind")}
        values |= {f"value_{each}": n for each in ("product", "service", "people", "image")}
        values |= {f"cost_{each}": 3 for each in ("money", "time", "energy", "mind")}
        answer(
            row,
            **scored(n),
            **values,
            nps=10 if n > 4 else 5,
            overall=n,
            overall_at_1=other,
            wallet_total="9000000000.00",
        )
        marks.setdefault(row.account.code, []).append((n, other))
    day = scorecards.current().as_of
    Respondent.objects.update(answered_on=day)
    Wave.objects.update(period=str(day.year - 1))
    before = {each["response_id"] for code in marks for each in facts_of.responses(own_facts.home, (code,))}

    shown = scorecards.current()
    earlier = {code: next(iter(scorecards.of_account(own_facts.home, shown, "wallet-share", code))) for code in marks}

    refresh = refresh_now(own_facts.home)

    assert not Respondent.objects.filter(told=False).exists()
    assert not Respondent.objects.filter(wallet_told=False).exists()
    fresh = [
        each
        for code in marks
        for each in facts_of.responses(own_facts.home, (code,))
        if each["response_id"] not in before
    ]
    assert len(fresh) == sum(len(each) for each in marks.values())
    told = telling.told_of(director, made, "en")
    by_account = {code: mean((n - 1) / 6 * 100 for n, _other in given) for code, given in marks.items()}
    assert told["scales"][0].figure.value == pytest.approx(mean(by_account.values()))
    assert told["scales"][0].alpha == pytest.approx(1)
    unasked = [code for code in marks if not {each for each in before if _is_of(own_facts, code, each)}]
    for code in unasked:
        quality = next(iter(scorecards.of_account(own_facts.home, refresh, "relationship-quality", code)))
        assert quality["index"] == pytest.approx(by_account[code], abs=1e-4)
        assert quality["respondents"] == 4
    code = unasked[0]
    known = earlier[code]
    given = marks[code]
    loyal = next(iter(scorecards.of_account(own_facts.home, refresh, "loyalty", code)))
    ours, theirs = mean((n - 1) / 6 for n, _o in given), mean((o - 1) / 6 for _n, o in given)
    assert loyal["attitude"] == pytest.approx(0.5 + (ours - theirs) / 2, abs=1e-6)
    value = next(iter(scorecards.of_account(own_facts.home, refresh, "delivered-value", code)))
    assert value["delivered"] == pytest.approx(10 * ours - 10 * 2 / 6, abs=1e-4)
    wallet = next(iter(scorecards.of_account(own_facts.home, refresh, "wallet-share", code)))
    months = round((known["known_until"] - known["known_from"]) / 30.4)
    assert known["known_from"] >= (date(day.year, 1, 1) - date(1970, 1, 1)).days
    assert wallet["wallet"] == pytest.approx((9e9 + known["wallet"] / 12 * months) / (12 + months) * 12)


def _is_of(facts, code, response):
    return any(each["response_id"] == response for each in facts_of.responses(facts.home, (code,)))


def test_corrected_answers_replace_those_in_the_facts(own_facts, wave, wang):  # noqa: ARG001
    answer(wang, nps=9)
    give_facts(own_facts.home)
    n = len(facts_of.responses(own_facts.home, wang.account.codes))
    wang.refresh_from_db()
    assert wang.told

    answer(Respondent.objects.select_related("wave__wording").get(pk=wang.pk), nps=2)
    give_facts(own_facts.home)

    assert len(facts_of.responses(own_facts.home, wang.account.codes)) == n


def test_what_was_left_half_done_counts_once_the_survey_is_over(director, wave, wang):
    phone().post(address(wang), {"p": 0, "trust_1": 6, "trust_2": 6})
    assert questions.answered(director, wave) == []

    closed = actions.close(director, wave.pk)

    assert [row.pk for row in questions.answered(director, closed)] == [wang.pk]
    assert not Respondent.objects.get(pk=wang.pk).told


def test_the_timeline_and_the_account_know_of_it(house, director, wave, wang, client):
    sending.send(director, wave.pk)
    answer(wang, **scored(6))

    lines = [touch for touch in timeline(director, wang.account) if touch.url == wang.get_absolute_url()]

    assert "春季调查" in lines[0].what.say("zh-hans")
    browser = signed_in(house, client, "director")
    page = browser.get(f"/surveys/{wave.pk}/at/{wang.account.code}/").content.decode()
    assert "王晓峰" in page
    assert "李梅" in page


def test_a_person_who_is_erased_leaves_scores_without_a_name(director, wang):
    answer(wang, nps=4, better="王晓峰说太慢")
    person = wang.post.person

    erasing.erase(director, person, person.version)

    row = Respondent.objects.get(pk=wang.pk)
    assert (row.name, row.email, row.post, row.answers, row.revoked) == (ERASED, "", None, {"nps": 4}, True)


def test_names_are_let_go_of_when_their_time_is_over(wang):
    answer(wang, nps=4)
    Wave.objects.update(keep_until=today() - DAY)

    assert sending.let_go() == 2
    assert sending.let_go() == 0
    assert Respondent.objects.get(pk=wang.pk).answers == {"nps": 4}


def test_from_the_selection_of_accounts_to_the_links(house, client, form, mine):
    browser = signed_in(house, client, "director")
    assert "/surveys/new/" in browser.get("/accounts/").content.decode()
    started = browser.post("/surveys/new/", {"code": [mine.code]})
    assert mine.code in started.content.decode()
    given = {
        "name": "夏季调查", "questionnaire": form.pk, "whom": "accounts", "sender": "大客户部", "purpose": "更好",
        "opens": today().isoformat(), "closes": (today() + 9 * DAY).isoformat(), "remind_after": 3, "remind_most": 2,
        "low_below": 50, "period": "2025", "codes": mine.code, "rivals": "海川\n北辰",
    }  # fmt: skip
    wrong = browser.post("/surveys/new/", {**given, "keep_until": today().isoformat()})
    assert wrong.status_code == 422
    made = browser.post("/surveys/new/", {**given, "keep_until": (today() + 90 * DAY).isoformat()})
    row = Wave.objects.get()
    assert made["Location"] == row.get_absolute_url()
    assert (row.rivals, row.sampled.get().account) == (["海川", "北辰"], mine)
    browser.post(f"{row.get_absolute_url()}name/", {"account": mine.code, "name": "赵敏"})
    browser.post(f"{row.get_absolute_url()}begin/")
    row.refresh_from_db()
    assert row.state == WaveState.RUNNING
    asked = Respondent.objects.get()
    assert address(asked) in browser.get(f"{row.get_absolute_url()}links/").content.decode()
    tried = browser.post(f"/surveys/questionnaires/{form.pk}/preview/", {"trust_1": "9"})
    assert tried.status_code == 422
    assert browser.post(f"/surveys/questionnaires/{form.pk}/preview/", {"trust_1": "7"}).status_code == 200
    assert Respondent.objects.get().answers == {}


def responses_of(own_facts, row):
    found = facts_of.responses(own_facts.home, row.account.codes)
    return [each for each in found if each["response_id"] == number(row)]


def read_by_analyses(own_facts, response):
    rows = facts(own_facts.home, DuckEngine()).frame("surveys", None).collect("pyarrow").to_native().to_pylist()
    return {row["item"]: row["score"] for row in rows if row["response_id"] == response}


def test_answers_of_a_survey_put_away_leave_the_facts_and_come_back_with_it(own_facts, director, wave, wang):
    answer(wang, nps=9, wallet_total="1200000.00")
    give_facts(own_facts.home)
    before = state(Store(own_facts.home.facts))
    assert responses_of(own_facts, wang)
    assert read_by_analyses(own_facts, number(wang)) == {"nps": 9}

    actions.put_away(director, wave.pk)
    give_facts(own_facts.home)

    assert responses_of(own_facts, wang) == []
    assert read_by_analyses(own_facts, number(wang)) == {}
    assert state(Store(own_facts.home.facts)) != before
    assert wallets(own_facts, wang) == {"2025": 0}

    actions.fetch_back(director, wave.pk)
    give_facts(own_facts.home)

    assert responses_of(own_facts, wang)
    assert read_by_analyses(own_facts, number(wang)) == {"nps": 9}
    assert wallets(own_facts, wang) == {"2025": 1_200_000}


def wallets(own_facts, row):
    rows = facts(own_facts.home, DuckEngine()).frame("wallet", None).collect("pyarrow").to_native().to_pylist()
    mine = [each for each in rows if each["customer"] == row.account.code]
    return {each["period"]: each["total_spend"] for each in mine if each["period"] == "2025"}


def test_one_answer_that_is_taken_back_leaves_the_facts_alone(own_facts, wave, wang):  # noqa: ARG001
    answer(wang, nps=9, trust_1=5, wallet_total="1200000.00")
    give_facts(own_facts.home)

    answer(again(wang), trust_1=6)
    give_facts(own_facts.home)

    assert read_by_analyses(own_facts, number(wang)) == {"trust_1": 6}
    assert wallets(own_facts, wang) == {"2025": 0}

    answer(again(wang), nps=3, trust_1=6)
    give_facts(own_facts.home)
    assert read_by_analyses(own_facts, number(wang)) == {"trust_1": 6, "nps": 3}


def again(row):
    return Respondent.objects.select_related("wave__wording").get(pk=row.pk)


def test_what_nobody_gave_the_facts_writes_no_empty_wallet_over_theirs(own_facts, director, wave, wang):
    before = wallets(own_facts, wang)
    answer(wang, nps=9, wallet_total="1200000.00")

    actions.put_away(director, wave.pk)
    give_facts(own_facts.home)

    assert wallets(own_facts, wang) == before


def test_half_done_answers_leave_with_the_survey_opened_again(own_facts, director, wave, wang):
    phone().post(address(wang), {"p": 0, "trust_1": 6, "trust_2": 6})
    actions.close(director, wave.pk)
    give_facts(own_facts.home)
    assert read_by_analyses(own_facts, number(wang)) == {"trust_1": 6, "trust_2": 6}

    actions.reopen(director, wave.pk)

    assert read_by_analyses(own_facts, number(wang)) == {}


def test_the_day_on_which_a_low_score_was_seen_stays(house, wang):
    answer(wang, nps=2)
    row = actions.see_to(house.user("director"), wang.pk)
    day = today() - 9 * DAY
    Respondent.objects.filter(pk=row.pk).update(seen_on=day)

    answer(again(wang), nps=1)
    actions.renew(house.user("director"), wang.pk)

    (matter,) = alarming.low(0, today() - 30 * DAY)
    assert matter.until == day
    assert not list(alarming.low(0, today() - 5 * DAY))


def others_see(client, row, who):
    client.force_login(who)
    page = client.get(row.get_absolute_url()).content.decode()
    side = client.get(f"/surveys/{row.wave_id}/at/{row.account.code}/").content.decode()
    whole = client.get(row.wave.get_absolute_url()).content.decode()
    return page, side, whole


def test_named_answers_are_read_by_those_alone_who_look_after_the_account(house, client, wang):
    """As the page on which they are given promises."""
    answer(wang, nps=2, better="送货的司机总是迟到", **scored(2))
    row = again(wang)
    for who in (house.user("marketing"), house.user("analyst")):
        page, side, whole = others_see(client, row, who)
        assert "王晓峰" in page
        assert not any("司机" in each or 'class="state bad"' in each for each in (page, side, whole))
        assert "note warn" not in page
        assert telling.told_of(who, row.wave, "en")["scales"][0].figure.value is None
        assert [each["index"] for each in telling.told_of(who, row.wave, "en")["accounts"]] == [None]
        assert not questions.read(who).exists()
        (listed,) = questions.respondents(who).filter(pk=wang.pk)
        assert [column.told(listed) for column in RESPONDENTS.columns[6:]] == [None] * 5 + [""]
        assert not RESPONDENTS.filters[1].narrow(questions.respondents(who), "open").exists()
        with pytest.raises(Respondent.DoesNotExist):
            actions.see_to(who, wang.pk)
    for who in (house.user("manager"), house.user("director")):
        page, side, whole = others_see(client, row, who)
        assert all("司机" in each for each in (page, side, whole))


def test_figures_of_whom_one_does_not_read_are_told_of_five_or_more(house, director, form, mine):
    made = plan(director, form)
    people = [actions.ask_name(director, made, mine, f"王{n}") for n in range(5)]
    actions.begin(director, made.pk)
    for row in people[:4]:
        answer(again(row), **scored(2))
    other = house.user("analyst")
    wave = Wave.objects.get(pk=made.pk)
    assert telling.told_of(other, wave, "en")["scales"][0].figure.n == 0

    answer(again(people[4]), **scored(2))

    assert telling.told_of(other, wave, "en")["scales"][0].figure.n == 1
    assert telling.told_of(other, wave, "en")["words"] == []


def test_no_name_stands_behind_an_answer_for_others(house, own_facts, wang):
    answer(wang, nps=2)
    give_facts(own_facts.home)
    for role, named in (("analyst", False), ("director", True)):
        _table, rows = rows_behind(house.user(role), wang.account, "answers", "nps")
        mine = [row for row in rows if row["score"] == 2 and row["response_id"] in {None, number(wang)}]
        assert [row["response_id"] == number(wang) for row in mine if row["respondent"] is None or named] == [named]


def test_the_wallet_is_asked_of_a_named_period_which_stands_beside_the_question(house, client, director, form, mine):
    made = plan(director, form, period="")
    actions.ask_name(director, made, mine, "李梅")
    with pytest.raises(NotPossible, match="which year or month"):
        actions.begin(director, made.pk)
    browser = signed_in(house, client, "director")
    page = browser.post(f"{made.get_absolute_url()}edit/", {"version": made.version, "questionnaire": form.pk})
    assert "year or month first" in page.text or "哪一年或哪个月" in page.text

    made = actions.change(director, made.pk, Wave.objects.get(pk=made.pk).version, {"period": "2026-03"})
    actions.begin(director, made.pk)

    row = Respondent.objects.get(wave=made)
    place = [each[0]["block"] for each in answering.pages_of(form.questions)].index("wallet")
    assert "Period: 2026-03" in phone("en").get(f"{address(row)}?p={place}").text
