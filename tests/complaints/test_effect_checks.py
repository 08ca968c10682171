"""Whether a countermeasure works: asked on its day, answered with evidence, compared with before, never closed in silence."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from test_eight_d import led

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import checking, comparing, eight_d_acting, personal, proceeding
from vitalfew.complaints.check_listing import due_for
from vitalfew.complaints.models import Cause, Complaint, EffectCheck, EightD
from vitalfew.complaints.words import Event, State, Worked
from vitalfew.complaints.worklist import waiting
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TODAY = timezone.localdate()
GIVEN = {
    "on": "2026-03-05", "who": "李工", "found": "漏油", "cause": "虚焊", "proof": "照片", "measure": "更换焊枪",
    "where": "二号线", "result": "无异响", "standard": "指导书第四版",
    "since": (TODAY - timedelta(days=61)).isoformat(), "answer": "已更换。",
}  # fmt: skip


@pytest.fixture
def handler(house):
    return house.user("complaints")


@pytest.fixture
def complaint(house, handler):
    told = {
        "account": Account.objects.get(code=house.mine),
        "text": "异响",
        "effect": "loss",
        "product": "P-CHECK",
    }
    return led(handler, told, GIVEN)


@pytest.fixture
def check(complaint):
    return EffectCheck.objects.get(complaint=complaint)


def test_its_day_is_set_as_it_becomes_the_standard_and_goes_with_the_step(handler, complaint, check):
    assert (check.measure, check.days, check.due) == ("更换焊枪", 60, TODAY - timedelta(days=1))
    assert check in due_for(check.owner)
    (line,) = [task for task in waiting(check.owner) if task.url == check.get_absolute_url()]
    assert complaint.number in line.why.say("zh-hans")

    proceeding.step_back(handler, complaint.pk)
    proceeding.step_back(handler, complaint.pk)
    assert not EffectCheck.objects.filter(put_away_at=None).exists()
    row = Complaint.objects.get(pk=complaint.pk)
    proceeding.advance(handler, row.pk, row.version, State.STANDARD, {**GIVEN, "check_after": 90})
    assert EffectCheck.objects.get(put_away_at=None).due == TODAY + timedelta(days=29)
    assert not [task for task in waiting(check.owner) if "/checks/" in task.url]


def test_what_does_not_work_opens_the_learning_again(house, handler, complaint, check):
    report = eight_d_acting.begin(handler, complaint.pk)
    EightD.objects.filter(pk=report.pk).update(offered_at=timezone.now(), signed_at=timezone.now(), offered_by=handler)
    for said in complaint.said.filter(at=None):
        said.delete()
    proceeding.advance(handler, complaint.pk, complaint.version, State.CLOSED, {"outcome": "完"})
    with pytest.raises(NotPossible):
        checking.answer(handler, check.pk, check.version, found=Worked.NOT, evidence=" ")
    with pytest.raises(Stale):
        checking.answer(handler, check.pk, check.version + 1, found=Worked.NOT, evidence="又响三台")

    checking.answer(handler, check.pk, check.version, found=Worked.NOT, evidence="又响三台")

    row = Complaint.objects.get(pk=complaint.pk)
    assert (row.state, row.closed_at, row.reopened) == (State.EMERGENCY, None, 1)
    assert row.steps.get(what=Event.RELEARNED).why == "又响三台"
    assert EightD.objects.get(pk=report.pk).signed_at is None
    assert any(task.url == row.get_absolute_url() for task in waiting(row.owner))
    with pytest.raises(NotPossible):
        checking.take_back(handler, check.pk)
    page = signed_in(house, Client(), "complaints").get(row.get_absolute_url()).content.decode()
    assert "对策无效，重新处理" in page
    assert "又响三台" in page


def test_who_cannot_tell_looks_again_and_takes_back(house, handler, check):
    with pytest.raises(Forbidden):
        checking.answer(house.user("executive"), check.pk, check.version, found=Worked.YES, evidence="x")
    row = checking.answer(handler, check.pk, check.version, found=Worked.UNKNOWN, evidence="只过了一个月", again=30)
    again = EffectCheck.objects.get(found="", put_away_at=None)
    assert (again.due, again.since) == (TODAY + timedelta(days=30), check.since)
    with pytest.raises(NotPossible):
        checking.answer(handler, check.pk, row.version, found=Worked.YES, evidence="x")

    row = checking.take_back(handler, check.pk)
    assert (row.found, row.evidence, row.found_on) == ("", "", None)
    assert EffectCheck.objects.get(found="", put_away_at=None) == row
    row = checking.move(handler, row.pk, row.version, days=75, owner=house.user("director"))
    assert (row.due, row.owner) == (check.since + timedelta(days=75), house.user("director"))


@pytest.mark.parametrize(
    ("numbers", "tells"),
    [((6, 1, 100, 300, 60), "Rarer"), ((2, 9, 300, 100, 60), "More often"), ((4, 4, 100, 100, 60), "may be as before")],
    ids=["rarer", "more-often", "as-before"],
)
def test_the_rates_are_compared_by_order(numbers, tells):
    found = comparing.told(*numbers)
    assert tells in found.said.say("en")
    assert found.ratio.low <= found.ratio.ratio <= found.ratio.high


@pytest.mark.parametrize(
    ("numbers", "tells"),
    [((2, 2, 100, 100, 60), "4 complaints"), ((9, 9, 100, 100, 3), "Too soon"), ((9, 9, 0, 100, 60), "No order")],
    ids=["few", "soon", "no-orders"],
)
def test_what_says_too_little_is_told_as_such(numbers, tells):
    found = comparing.told(*numbers)
    assert found.ratio is None
    assert tells in found.said.say("en")


def test_the_same_are_counted_without_itself_among_what_one_sees(house, handler, complaint, check):
    """Product and cause, before and since; another cause, another product and another's account are not among them."""
    cause, other = Cause.objects.create(named="虚焊"), Cause.objects.create(named="别的")
    Complaint.objects.filter(pk=complaint.pk).update(cause=cause, received_on=check.since - timedelta(days=5))
    mine, foreign = (Account.objects.get(code=code) for code in (house.mine, house.foreign))
    for n, (account, product, of, days) in enumerate((
        (mine, "P-CHECK", cause, 10), (foreign, "P-CHECK", cause, 20), (mine, "P-CHECK", other, 10), (mine, "P-2", cause, 10),
        (mine, "P-CHECK", cause, 400), (mine, "P-CHECK", cause, -1),
    )):  # fmt: skip
        day = check.since - timedelta(days=days)
        Complaint.objects.create(number=f"T-{n}", account=account, product=product, cause=of, received_on=day)

    check.refresh_from_db()
    assert comparing.compared(handler, check).before == 2
    assert comparing.compared(house.user("manager"), check).before == 1


def test_pages_and_api_answer_it_and_keep_what_is_not_theirs(house, complaint, check):
    ours = signed_in(house, Client(), "complaints")
    at = check.get_absolute_url()
    assert "更换焊枪" in ours.get("/complaints/checks/?stands=due").content.decode()
    assert "更换焊枪" not in ours.get("/complaints/checks/?stands=later").content.decode()
    assert ours.get(at).context["compared"].ratio is None
    assert ours.post(f"{at}answer/", {"version": check.version, "found": "effective"}).status_code == 422
    sent = {"version": check.version, "found": "effective", "evidence": "两个月无同类"}
    assert ours.post(f"{at}answer/", sent).status_code == 302
    assert EffectCheck.objects.get().found == Worked.YES
    assert ours.post(f"{at}take-back/").status_code == 302
    version = EffectCheck.objects.get().version
    told = {"HTTP_IF_MATCH": f'"{version}"'}
    path = f"/api/v1/complaint-checks/{check.pk}"
    moved = ours.patch(path, {"days": 80}, "application/json", **told).json()
    assert (moved["days"], moved["due"]) == (80, (check.since + timedelta(days=80)).isoformat())
    told = {"HTTP_IF_MATCH": f'"{moved["version"]}"'}
    sent = {"found": "effective", "evidence": "两个月无同类"}
    assert ours.post(f"{path}/answer", sent, "application/json", **told).json()["stands"] == "effective"

    Complaint.objects.filter(pk=complaint.pk).update(account=Account.objects.get(code=house.foreign))
    other = signed_in(house, Client(), "manager")
    assert other.get(at).status_code == other.get(path).status_code == 404
    traces = Traces(frozenset(), frozenset(), frozenset({"两个月"}), frozenset(), frozenset({house.foreign}))
    assert any("两个月" in str(each) for each in personal.told(traces))
    personal.forget(traces)
    assert "两个月" not in EffectCheck.objects.get().evidence
