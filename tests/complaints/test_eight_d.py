"""The 8D record: filled by the steps, written piece by piece, handed in whole, signed by a second person, the customer's."""

import pytest
from django.test import Client

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import (
    actions,
    address,
    closing,
    eight_d,
    eight_d_acting,
    intake,
    personal,
    proceeding,
    telling,
)
from vitalfew.complaints.eight_d_paper import sections
from vitalfew.complaints.models import Complaint, EightD
from vitalfew.complaints.procedure import STEPS
from vitalfew.complaints.words import Procedure, Report, State
from vitalfew.complaints.worklist import waiting
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]
STEPPED = {
    "on": "2026-03-05", "who": "李工、王厂长", "found": "压缩机漏油", "cause": "焊点虚焊", "proof": "拆解照片",
    "measure": "更换压缩机", "where": "二号仓", "result": "无异响", "standard": "焊接作业指导书第四版", "since": "2026-03-20",
    "answer": "已更换并检测合格。",
}  # fmt: skip
REST = {
    "place": "焊缝左侧", "since": "三月起", "extent": "十二台", "occurred": "焊点虚焊\n焊枪温度低",
    "undetected": "不测密封\n标准没写",
    "evidence": "检测记录", "prevention": "FMEA已补充", "rolled_out": "一号线", "note": "供应商内情",
}  # fmt: skip


def led(handler, told, given):
    """A serious complaint, as far as its answer."""
    row = intake.write_down(handler, told)
    row = proceeding.assess(handler, row.pk, row.version, effect="loss", grows=False)
    for to in STEPS[Procedure.SERIOUS][2:-1]:
        row = proceeding.advance(handler, row.pk, row.version, to, given)
    return Complaint.objects.get(pk=row.pk)


@pytest.fixture
def handler(house):
    return house.user("complaints")


@pytest.fixture
def complaint(house, handler):
    told = {
        "account": Account.objects.get(code=house.mine),
        "text": "冰箱异响",
        "effect": "loss",
        "phone": "13800000000",
    }
    return led(handler, told, STEPPED)


@pytest.fixture
def report(handler, complaint):
    return eight_d_acting.begin(handler, complaint.pk)


def whole(handler, report):
    return eight_d_acting.write(handler, report.pk, EightD.objects.get(pk=report.pk).version, REST)


def test_what_the_steps_say_is_not_typed_again_and_follows_them(handler, complaint, report):
    told = eight_d.content(report)
    assert (told["team"], told["root"], told["verified"], told["implemented_on"].isoformat()) == (
        "李工、王厂长", "焊点虚焊", "无异响", "2026-03-20",
    )  # fmt: skip
    assert [each.key for each in eight_d.gaps(told)] == ["d2", "d4", "d6", "d7"]

    written = eight_d_acting.write(handler, report.pk, report.version, {"root": "焊点虚焊", "team": "新小组"})
    assert (written.root, written.team) == ("", "新小组")
    proceeding.step_back(handler, complaint.pk)
    assert eight_d.content(EightD.objects.get(pk=report.pk))["closing"] == ""
    with pytest.raises(Stale):
        eight_d_acting.write(handler, report.pk, report.version, {"team": "x"})


def test_it_is_handed_in_whole_and_signed_by_a_second_person(house, handler, report):
    director = house.user("director")
    with pytest.raises(NotPossible):
        eight_d_acting.offer(handler, report.pk, report.version)
    one_why = eight_d_acting.write(handler, report.pk, report.version, {**REST, "occurred": "只有一个"})
    assert [each.key for each in eight_d.gaps(eight_d.content(one_why))] == ["d4"]
    row = whole(handler, report)
    with pytest.raises(NotPossible):
        eight_d_acting.sign(director, row.pk, row.version)
    row = eight_d_acting.offer(handler, row.pk, row.version)
    with pytest.raises(NotPossible):
        eight_d_acting.sign(handler, row.pk, row.version)
    with pytest.raises(Forbidden):
        eight_d_acting.sign(house.user("executive"), row.pk, row.version)

    changed = eight_d_acting.write(handler, row.pk, row.version, {"extent": "十三台"})
    assert (changed.state, changed.root) == (Report.DRAFT, "焊点虚焊")
    row = eight_d_acting.offer(handler, row.pk, changed.version)
    row = eight_d_acting.sign(director, row.pk, row.version)
    assert (row.state, row.signed_by, row.offered_by) == (Report.SIGNED, director, handler)
    with pytest.raises(NotPossible):
        eight_d_acting.write(handler, row.pk, row.version, REST)
    with pytest.raises(NotPossible):
        eight_d_acting.put_away(handler, row.pk)


def test_the_customer_reads_its_version_once_it_is_given_to_it(house, handler, complaint, report):
    row = whole(handler, report)
    row = eight_d_acting.offer(handler, row.pk, row.version)
    theirs = f"/voice/{address.key_of(complaint)}/8d.pdf"
    with pytest.raises(NotPossible):
        eight_d_acting.share(handler, row.pk, row.version)
    row = eight_d_acting.sign(house.user("director"), row.pk, row.version)
    assert Client().get(theirs).status_code == 404

    row = eight_d_acting.share(handler, row.pk, row.version)
    shown = Client().get(theirs)
    assert shown.content.startswith(b"%PDF")
    assert theirs in Client().get(address.of(complaint)).content.decode()
    assert complaint.said.filter(at=None, text__contains=complaint.number).exists()
    ours, outside = (str([each["pieces"] for each in sections(row, outside=way)]) for way in (False, True))
    assert REST["note"] in ours
    assert REST["rolled_out"] in ours
    assert not any(REST[name] in outside for name in ("note", "rolled_out"))
    assert "标准没写" not in outside
    assert REST["prevention"] in outside

    nameless = intake.by_the_form({"text": "同一件事", "language": "zh-hans"})
    actions.merge(handler, nameless.pk, complaint.pk)
    assert Client().get(f"/voice/{address.key_of(nameless)}/8d.pdf").status_code == 404
    assert "8d.pdf" not in Client().get(address.of(nameless)).content.decode()

    eight_d_acting.reopen(handler, row.pk)
    assert Client().get(theirs).status_code == 404


def test_its_pages_take_it_from_the_complaint_to_the_signature(house, handler, complaint):
    ours, heads = signed_in(house, Client(), "complaints"), signed_in(house, Client(), "director")
    assert ours.post(f"{complaint.get_absolute_url()}8d/").status_code == 302
    report = EightD.objects.get(complaint=complaint)
    at = report.get_absolute_url()
    assert at in ours.get(complaint.get_absolute_url()).content.decode()
    assert ours.get(f"{at}d4/").context["form"].initial["root"] == "焊点虚焊"
    assert ours.get(f"{at}d9/").status_code == 404
    sent = {
        "version": report.version,
        "occurred_1": "焊点虚焊",
        "occurred_3": "焊枪温度低",
        "root": "虚焊",
        "proof": "照片",
    }
    assert ours.post(f"{at}d4/", sent).status_code == 302
    assert EightD.objects.get().occurred == "焊点虚焊\n焊枪温度低"
    late = ours.post(f"{at}d4/", {**sent, "occurred_1": "另一个答案"})
    assert (late.status_code, EightD.objects.get().occurred) == (422, "焊点虚焊\n焊枪温度低")
    assert "另一个答案" in late.content.decode()
    assert "焊枪温度低</li>" in late.content.decode()
    assert ours.post(f"{at}offer/", {"version": report.version + 1}).status_code == 422
    row = whole(handler, report)
    assert ours.post(f"{at}offer/", {"version": row.version}).status_code == 302
    assert ours.post(f"{at}sign/", {"version": row.version + 1}).status_code == 422
    assert heads.post(f"{at}sign/", {"version": row.version + 1}).status_code == 302
    assert ours.get(f"{at}paper.pdf?for=customer").content.startswith(b"%PDF")
    assert complaint.number in heads.get("/complaints/8d/?state=signed").content.decode()
    assert complaint.number not in heads.get("/complaints/8d/?state=draft").content.decode()


def test_others_do_not_see_it_and_a_person_in_it_is_forgotten(house, handler, complaint, report):
    whole(handler, report)
    eight_d_acting.write(handler, report.pk, EightD.objects.get().version, {"closing": "感谢王厂长"})
    Complaint.objects.filter(pk=complaint.pk).update(account=Account.objects.get(code=house.foreign))
    client = signed_in(house, Client(), "manager")
    for place in ("", "d1/", "paper.pdf"):
        assert client.get(f"{report.get_absolute_url()}{place}").status_code == 404

    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"王厂长"}), frozenset({house.foreign}))
    assert any("感谢王厂长" in str(each) for each in personal.told(traces))
    personal.forget(traces)
    assert "王厂长" not in EightD.objects.get().closing


def settled(user, row, **given):
    row = Complaint.objects.get(pk=row.pk)
    for said in row.said.filter(at=None):
        telling.tick(user, row.pk, said.pk)
    return proceeding.advance(user, row.pk, row.version, State.CLOSED, {"outcome": "更换完毕。", **given})


def test_a_serious_complaint_is_closed_with_it_signed_or_by_a_head_who_says_why(house, handler, complaint):
    director = house.user("director")
    refused = []
    report = eight_d_acting.begin(handler, complaint.pk)
    eight_d_acting.put_away(handler, report.pk)
    for act in (
        lambda: None,
        lambda: eight_d_acting.fetch_back(handler, report.pk),
        lambda: whole(handler, report),
        lambda: eight_d_acting.offer(handler, report.pk, EightD.objects.get().version),
    ):
        act()
        with pytest.raises(NotPossible) as why:
            settled(handler, complaint, without="客户催得急")
        refused.append(str(why.value))
    assert len({*refused}) == len(refused)
    assert [text for text in refused if text != closing.lacking(complaint)] == refused[:-1]
    client = signed_in(house, Client(), "director")
    assert client.get(complaint.get_absolute_url()).context["step"].fields["without"]
    ours = signed_in(house, Client(), "complaints").get(complaint.get_absolute_url())
    assert "without" not in ours.context["step"].fields
    assert "8D报告仍在等第二人签字" in ours.content.decode()

    with pytest.raises(NotPossible):
        settled(director, complaint)
    row = settled(director, complaint, without="客户已停业")
    assert (row.state, row.steps.get(what=State.CLOSED).given["without"]) == (State.CLOSED, "客户已停业")
    assert "无签字8D报告结案：客户已停业" in client.get(complaint.get_absolute_url()).content.decode()

    proceeding.step_back(director, complaint.pk)
    eight_d_acting.sign(director, report.pk, EightD.objects.get().version)
    assert "without" not in settled(handler, complaint, without="").steps.filter(undone=False).last().given


def test_who_may_sign_has_it_on_today(house, handler, report):
    row = eight_d_acting.offer(handler, report.pk, whole(handler, report).version)

    def lines(name):
        return [task for task in waiting(house.user(name)) if task.url == report.get_absolute_url()]

    assert lines("complaints") == []
    assert lines("executive") == []
    (line,) = lines("director")
    assert report.complaint.number in line.why.say("zh-hans")
    Complaint.objects.filter(pk=row.complaint_id).update(account=Account.objects.get(code=house.foreign))
    assert lines("manager") == []
    eight_d_acting.sign(house.user("director"), row.pk, row.version)
    assert lines("director") == []


def test_the_api_takes_it_from_its_beginning_to_the_customer(house, complaint):
    ours, heads = (signed_in(house, Client(), name) for name in ("complaints", "director"))

    def call(who, path, body=None, matching=None, way="post"):
        told = {"HTTP_IF_MATCH": f'"{matching}"'} if matching else {}
        return getattr(who, way)(f"/api/v1/complaint-8ds{path}", body or {}, "application/json", **told)

    begun = call(ours, "", {"complaint": complaint.pk})
    assert (begun.status_code, begun.json()["state"]) == (201, "draft")
    at, told = f"/{begun.json()['id']}", begun.json()
    assert (told["root"], "occurred" in told["missing"]) == ("焊点虚焊", True)
    assert call(ours, f"{at}/offer", matching=told["version"]).status_code == 409
    sent = {name: value.split("\n") if name in {"occurred", "undetected"} else value for name, value in REST.items()}
    told = call(ours, at, sent, told["version"], way="patch").json()
    assert (told["missing"], told["occurred"]) == ([], ["焊点虚焊", "焊枪温度低"])
    stale = call(ours, f"{at}/offer", matching=told["version"] - 1)
    assert stale.status_code == 412
    told = call(ours, f"{at}/offer", matching=told["version"]).json()
    assert call(ours, f"{at}/sign", matching=told["version"]).status_code == 409
    told = call(heads, f"{at}/sign", matching=told["version"]).json()
    assert (told["state"], told["signed_by"]) == ("signed", "director")
    assert call(ours, f"{at}/share", matching=told["version"]).json()["state"] == "shared"
    assert call(ours, f"{at}/reopen").json()["state"] == "draft"
