"""What the customer says of a complaint is never lost, and what it is told follows how far the complaint is."""

import pytest
from django.utils.translation import gettext, override

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import actions, address, closing, intake, proceeding, telling
from vitalfew.complaints.eight_d import DISCIPLINES
from vitalfew.complaints.eight_d_forms import DisciplineForm
from vitalfew.complaints.forms import AssessForm, ComplaintForm, HandForm
from vitalfew.complaints.inquiry_forms import ProblemForm
from vitalfew.complaints.keeping import changed
from vitalfew.complaints.models import Complaint, Said
from vitalfew.complaints.words import State, Way
from vitalfew.complaints.worklist import waiting
from vitalfew.people.records import NotPossible

pytestmark = [pytest.mark.database, pytest.mark.django_db]
WORD = "Read what the customer says of a complaint"
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
    def taken(effect="cost", **fields):
        said = {"account": mine, "text": "冰箱异响", "effect": effect, "phone": "13800000000", **fields}
        return intake.write_down(handler, said)

    return taken


def fresh(row):
    return Complaint.objects.get(pk=row.pk)


def go(user, row, *steps):
    for to in steps:
        row = fresh(row)
        if to == "assessed":
            proceeding.assess(user, row.pk, row.version, effect=row.effect, grows=False)
            continue
        for said in row.said.filter(at=None) if to == "closed" else ():
            telling.tick(user, row.pk, said.pk)
        proceeding.advance(user, row.pk, fresh(row).version, to, GIVEN)
    return fresh(row)


def asked(user):
    return [task for task in waiting(user) if task.what == WORD]


@pytest.fixture
def settled(take, handler):
    row = go(handler, take(), "assessed", "cause", "agreed", "answered", "closed")
    return changed(handler, row, owner=handler)


def test_a_word_on_a_settled_complaint_stands_on_today_until_it_is_answered(settled, handler):
    assert asked(handler) == []

    proceeding.heard(settled, "又响了。")

    assert settled.number in asked(handler)[0].why.say("en")
    row = fresh(settled)
    telling.tell(handler, row.pk, row.version, text="我们明天来。", way=Way.PHONE)
    assert asked(handler) == []


def test_it_stands_there_until_somebody_says_that_it_is_seen(house, settled, handler, client):
    browser, place = signed_in(house, client, "complaints"), settled.get_absolute_url()
    assert f"{place}seen/" not in browser.get(place).text
    proceeding.heard(settled, "谢谢。")

    assert f"{place}seen/" in browser.get(place).text
    browser.post(f"{place}seen/")

    assert asked(handler) == []
    with pytest.raises(NotPossible, match="waits"):
        proceeding.seen(handler, settled.pk)


@pytest.mark.parametrize(
    ("satisfied", "note", "tasks"), [(False, "", 1), (False, "太慢", 1), (True, "很好", 1), (True, "", 0)]
)
def test_what_it_thinks_of_it_stands_there_too(settled, handler, satisfied, note, tasks):
    proceeding.judged(settled, satisfied=satisfied, note=note, fair={})

    assert len(asked(handler)) == tasks
    assert fresh(settled).is_open != satisfied


def test_of_one_that_nobody_settles_the_account_manager_is_asked(house, settled, handler, mine):
    changed(handler, settled, owner=None)
    proceeding.heard(fresh(settled), "又响了。")

    assert len(asked(mine.manager)) == len(asked(handler)) == 1
    assert asked(house.user("director")) == []


def test_what_is_proposed_says_nothing_of_other_steps(take, handler):
    row = go(handler, take("cost"), "assessed", "cause", "agreed")
    proceeding.assess(handler, row.pk, row.version, effect="stop", grows=False)
    row = go(handler, row, "investigated")
    proceeding.advance(handler, row.pk, row.version, State.EMERGENCY, {**GIVEN, "measure": "送去备用机"})
    assert "送去备用机" in telling.proposed(fresh(row))

    proceeding.step_back(handler, row.pk)

    assert "送去备用机" not in telling.proposed(fresh(row))
    assert GIVEN["cause"] in telling.proposed(fresh(row))


def test_of_two_measures_the_one_of_the_step_is_told(take, handler):
    row = go(handler, take("stop"), "assessed", "investigated", "cause")
    proceeding.advance(handler, row.pk, row.version, State.EMERGENCY, {**GIVEN, "measure": "送去备用机"})
    row = go(handler, row, "trial")
    row.steps.filter(what=State.EMERGENCY).update(at=row.steps.get(what=State.TRIAL).at.replace(year=2099))

    assert GIVEN["measure"] in telling.proposed(fresh(row))


def test_a_line_that_waits_to_be_said_follows_the_step_and_the_language(take, handler):
    row = take()
    (first,) = telling.lines(fresh(row))
    row = go(handler, row, "assessed", "cause")
    actions.correct(handler, row.pk, row.version, {"language": "en"})

    (line,) = telling.lines(fresh(row))
    assert line.text != first.text
    assert line.text.startswith("We have found the cause")
    telling.tick(handler, row.pk, line.pk)

    assert Said.objects.get(pk=line.pk).text == line.text
    go(handler, row, "agreed")
    assert [each.text for each in telling.lines(fresh(row))] == [line.text]


def test_what_is_said_in_other_words_makes_the_proposal_needless(take, handler):
    row = fresh(take())

    telling.tell(handler, row.pk, row.version, text="收到了。", way=Way.WECHAT)

    assert [each.text for each in telling.lines(fresh(row))] == ["收到了。"]


def test_no_effect_is_chosen_before_somebody_chooses_it(handler, mine):
    for form in (AssessForm(), ProblemForm(), ComplaintForm(handler, mine)):
        assert form.fields["effect"].choices[0][0] == ""
        assert form.fields["effect"].required


def test_it_is_handed_to_those_alone_who_could_settle_it(house, handler, mine, take):
    offered = set(HandForm(handler, mine).fields["owner"].queryset)
    row = take()

    assert {mine.manager, handler} <= offered
    assert not {house.user("analyst"), house.user("portal")} & offered
    for each in offered:
        actions.may_settle(row, each)


def test_nothing_is_offered_that_is_refused(house, client, take, handler):
    browser = signed_in(house, client, "complaints")
    row, other = take(order_number="SO-9"), take(order_number="SO-9")
    assert "step-back" not in browser.get(row.get_absolute_url()).text
    go(handler, row, "assessed", "cause")
    assert "step-back" in browser.get(row.get_absolute_url()).text
    actions.merge(handler, other.pk, row.pk)

    page = browser.get(other.get_absolute_url()).text

    for gone in ("/compensate/", "/claim/", "/step-back/", "/resume/", "/tick/", "/take-up/", "/relate/"):
        assert gone not in page
    assert "/part/" in page


def test_a_reason_why_it_is_not_closed_is_said_once(house, client, take, handler):
    browser = signed_in(house, client, "complaints")
    steps = ("assessed", "investigated", "cause", "emergency", "trial", "small", "standard", "answered")
    row = go(handler, take("stop"), *steps)
    for said in row.said.filter(at=None):
        telling.tick(handler, row.pk, said.pk)
    sent = {"version": fresh(row).version, "to": "closed", "outcome": "好了"}

    page = browser.post(f"{row.get_absolute_url()}step/", sent).text

    with override("zh-hans"):
        assert page.count(gettext(closing.lacking(fresh(row)))) == 1


def test_what_closing_needs_is_not_called_optional():
    forms = [DisciplineForm(each) for each in DISCIPLINES]
    needed = {name for form in forms for name, field in form.fields.items() if getattr(field, "later", "")}

    assert {"problem", "implemented_on", "closing"} <= needed
    assert "note" not in needed


def test_the_link_to_follow_it_is_whole(house, client, take, settings):
    browser, row = signed_in(house, client, "complaints"), take()
    assert f"http://testserver{address.of(row)}" in browser.get(row.get_absolute_url()).text
    settings.ADDRESS = "https://key.example.com"
    assert f"https://key.example.com{address.of(row)}" in browser.get(row.get_absolute_url()).text
