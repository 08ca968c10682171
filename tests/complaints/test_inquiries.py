"""What is unusual is asked once, of those with most at stake, answered by who may, and becomes a complaint in one step."""

from datetime import timedelta

import pyarrow as pa
import pytest
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import answering, figures, inquiring, personal, proceeding, since
from vitalfew.complaints.inquiry_listing import told
from vitalfew.complaints.models import Complaint, Inquiry
from vitalfew.complaints.words import Answer
from vitalfew.complaints.worklist import waiting
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces
from vitalfew.terms import NextAction
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def row(mine):
    day = timezone.localdate() - timedelta(days=50)
    return Inquiry.objects.create(
        account=mine, kind="silence", since=day, seen=50.0, usual=9.0, stake=7e4, question="Why?"
    )


@pytest.fixture
def manager(mine):
    return mine.manager


def test_after_a_refresh_the_most_at_stake_are_asked_once(house, monkeypatch):  # noqa: ARG001  (its refresh)
    table = scorecards.result(inquiring.settings.HOME, scorecards.current(), "anomalies").table
    unusual = {
        each["customer"] for each in table.to_pylist() if each["kind"] in inquiring.ASKED
    } & set(Account.objects.filter(manager__isnull=False).values_list("code", flat=True))  # fmt: skip
    assert len(unusual) > 1

    assert inquiring.inquire() == len(unusual)
    assert {each.account.code for each in Inquiry.objects.all()} == unusual
    assert all(each.question and told(each).say("zh-hans") for each in Inquiry.objects.all())
    assert inquiring.inquire() == 0
    Inquiry.objects.update(answer=Answer.EXPLAINED)
    assert inquiring.inquire() == 0

    Inquiry.objects.all().delete()
    monkeypatch.setattr(inquiring, "MOST", 1)
    assert inquiring.inquire() == 1
    stakes = {each: inquiring._stakes(scorecards.current(), table) for each in (1, 200)}
    assert [Inquiry.objects.get().account.code] == list(stakes[1])


def test_what_is_as_usual_again_is_asked_no_more(row, monkeypatch):
    monkeypatch.setattr(inquiring, "_unusual", lambda _refresh: pa.table({"customer": pa.array([], pa.string())}))
    assert inquiring.inquire() == 0
    row.refresh_from_db()
    assert row.answer == Answer.GONE


def test_its_manager_has_it_on_today_until_it_is_answered_or_put_off(house, row, manager):
    def lines():
        return [task for task in waiting(manager) if task.url == row.get_absolute_url()]

    (line,) = lines()
    assert "50天" in line.why.say("zh-hans")
    assert not [task for task in waiting(house.user("executive")) if task.url == row.get_absolute_url()]
    with pytest.raises(NotPossible):
        answering.later(manager, row.pk, row.version, until=timezone.localdate())
    put_off = answering.later(manager, row.pk, row.version, until=timezone.localdate() + timedelta(days=9))
    assert lines() == []
    with pytest.raises(Stale):
        answering.explain(manager, row.pk, row.version, why="迟到的回答")
    again = answering.reopen(manager, row.pk)
    assert len(lines()) == 1
    before = timezone.localdate() - timedelta(days=1)
    assert since.done({row.account.code}, before) == {}
    answering.explain(manager, row.pk, again.version, why="门店装修")
    assert lines() == []
    assert since.done({row.account.code}, before) == {(row.account.code, NextAction.ASK): timezone.localdate()}
    assert put_off.answer == ""
    with pytest.raises(NotPossible):
        answering.explain(manager, row.pk, Inquiry.objects.get().version, why="x")
    with pytest.raises(Forbidden):
        answering.reopen(house.user("executive"), row.pk)


def test_a_problem_is_a_complaint_in_one_step_and_back(row, manager):
    made = answering.is_problem(manager, row.pk, row.version, text="安装没人回，停单。", effect="cost")
    complaint = Complaint.objects.get()
    assert (complaint.account, complaint.text, made.complaint) == (row.account, "安装没人回，停单。", complaint)

    back = answering.reopen(manager, row.pk)
    assert (back.answer, back.complaint) == ("", None)
    assert Complaint.objects.get().put_away_at
    answering.is_problem(manager, row.pk, back.version, text="安装没人回", effect="cost")
    going = Complaint.objects.get(put_away_at=None)
    proceeding.assess(manager, going.pk, going.version, effect="cost", grows=False)
    with pytest.raises(NotPossible):
        answering.reopen(manager, row.pk)


def test_how_many_questions_were_right_is_counted_of_those_answered(house, row, manager):
    answering.explain(manager, row.pk, row.version, why="装修")
    for n, answer in enumerate((Answer.PROBLEM, Answer.GONE, "", Answer.PROBLEM)):
        Inquiry.objects.create(
            account=row.account, kind="drop", since=row.since - timedelta(days=n), seen=1.0, answer=answer
        )
    found = figures.right(house.user("director"))
    assert (found.n, found.of) == (2, 3)
    page = signed_in(house, Client(), "director").get("/complaints/figures/")
    assert page.context["right"] == found
    said = scorecards.current().summaries["complaint-effect"]
    assert page.context["effect"].stored() == (said.get("headline") or said["refused"])
    assert signed_in(house, Client(), "manager").get("/complaints/figures/").context["effect"] is None


def test_pages_and_api_take_the_answer_and_keep_what_is_not_theirs(house, row):
    ours, at = signed_in(house, Client(), "director"), row.get_absolute_url()
    assert row.account.name in ours.get("/complaints/questions/?stands=open").content.decode()
    assert row.account.name not in ours.get("/complaints/questions/?stands=later").content.decode()
    blind = signed_in(house, Client(), "complaints").get("/complaints/questions/").content.decode()
    assert row.account.name in blind
    assert "7.00 万" not in blind
    assert "7.00 万" in ours.get("/complaints/questions/").content.decode()
    assert "50天" in ours.get(at).content.decode()
    assert ours.post(f"{at}explain/", {"version": row.version, "why": ""}).status_code == 422
    assert ours.post(f"{at}problem/", {"version": row.version, "text": "停单", "effect": "cost"}).status_code == 302
    assert Complaint.objects.get().number in ours.get(at).content.decode()
    path = f"/api/v1/complaint-questions/{row.pk}"
    told_back = ours.post(f"{path}/reopen", {}, "application/json").json()
    assert told_back["stands"] == "open"
    match = {"HTTP_IF_MATCH": f'"{told_back["version"]}"'}
    said = ours.post(f"{path}/explain", {"why": "王厂长说在装修"}, "application/json", **match).json()
    assert (said["stands"], said["complaint"]) == ("explained", None)

    Inquiry.objects.update(account=Account.objects.get(code=house.foreign))
    other = signed_in(house, Client(), "manager")
    assert other.get(at).status_code == other.get(path).status_code == 404
    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"王厂长"}), frozenset({house.foreign}))
    assert any("王厂长" in str(each) for each in personal.told(traces))
    personal.forget(traces)
    assert "王厂长" not in Inquiry.objects.get().why
