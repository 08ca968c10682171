"""Handovers: the successor prepares, accepts, is introduced; the customer agrees; the account is his the moment he accepts."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account, FormerManager
from vitalfew.accounts.parts import timeline
from vitalfew.activities import actions as activities
from vitalfew.contacts import actions as contacts
from vitalfew.handover import actions, questions
from vitalfew.handover.measure import measured
from vitalfew.handover.models import Handover
from vitalfew.handover.words import HandoverCause, HandoverState, StepKind
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.plans import actions as plans
from vitalfew.promises import actions as promises
from vitalfew.visits import actions as visits
from vitalfew.visits.actions import Going
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def other(house):  # noqa: ARG001  (the house must stand)
    return User.objects.get(username="other")


@pytest.fixture
def account(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def wang(manager, account):
    return contacts.add(manager, account, {"name": "王晓峰"}, {"influence": "high"})


def begin(user, account, successor, **wish):
    given = {"cause": HandoverCause.REASSIGNED, "due": today() + 14 * DAY, **wish}
    return actions.start(user, [account], actions.Wish(successor, **given))[0]


def finish(row, user, *, but=None):
    for step in questions.steps(row):
        if step.kind != but:
            actions.tick(user, step.pk, "done")


def test_the_successor_prepares_and_the_account_is_his_when_he_accepts(director, manager, other, account):
    row = begin(director, account, other)
    seen = Account.objects.visible_to(other).filter(pk=account.pk)
    assert seen.exists()
    account.refresh_from_db()
    assert account.manager == manager

    actions.accept(other, row.pk)

    account.refresh_from_db()
    assert account.manager == other
    assert not Account.objects.visible_to(manager).filter(pk=account.pk).exists()
    assert FormerManager.objects.get(account=account).user == manager
    assert not account.team.filter(until=None).exists()
    actions.accept(other, row.pk)


def test_it_is_done_when_both_sides_agreed_and_every_step_is_seen_to(director, other, account, wang):
    row = begin(director, account, other)
    assert {step.person for step in questions.steps(row) if step.kind == StepKind.PERSON} == {wang.person}
    actions.accept(other, row.pk)
    finish(row, other, but=StepKind.VISIT)
    actions.agree(other, row.pk, "王晓峰", today(), "visit")
    assert questions.running(account)

    visit = row.steps.get(kind=StepKind.VISIT)
    done = actions.tick(other, visit.pk, "not-needed")

    assert done.state == HandoverState.DONE
    assert questions.running(account) is None
    with pytest.raises(NotPossible):
        actions.tick(other, visit.pk, "open")


def test_whoever_declines_says_why_and_the_head_finds_another(director, manager, other, account):
    row = begin(director, account, other)
    with pytest.raises(NotPossible):
        actions.decline(other, row.pk, " ")

    actions.decline(other, row.pk, "已有四十家客户")

    assert not Account.objects.visible_to(other).filter(pk=account.pk).exists()
    told = [task for task in tasks_for(director) if task.what == "Find another successor"]
    assert "已有四十家客户" in told[0].why.say("zh-hans")
    begin(director, account, director)
    assert not [task for task in tasks_for(director) if task.what == "Find another successor"]
    account.refresh_from_db()
    assert account.manager == manager


def test_managers_hand_over_their_own_accounts_only(house, manager, other, account):
    foreign = Account.objects.get(code=house.foreign)
    with pytest.raises(NotPossible):
        begin(manager, foreign, manager)
    assert begin(manager, account, other).giver == manager
    with pytest.raises(Forbidden):
        begin(other, account, other)


def test_only_the_successor_accepts(director, manager, other, account):
    row = begin(director, account, other)

    for user in (director, manager):
        with pytest.raises(Forbidden):
            actions.accept(user, row.pk)


def test_what_cannot_be_is_refused(house, director, manager, other, account):
    with pytest.raises(NotPossible):
        begin(director, account, house.user("analyst"))
    with pytest.raises(NotPossible):
        begin(director, account, manager)
    row = begin(director, account, other)
    with pytest.raises(NotPossible):
        begin(director, account, director)
    with pytest.raises(NotPossible):
        actions.agree(director, row.pk, "王", today() + DAY, "visit")
    actions.accept(other, row.pk)
    with pytest.raises(NotPossible):
        actions.call_off(director, row.pk)


def test_of_many_accounts_all_or_none_are_begun(house, director, other, account):
    foreign = Account.objects.get(code=house.foreign)
    with pytest.raises(NotPossible):
        actions.start(director, [account, foreign], actions.Wish(other, HandoverCause.LEAVES, today()))

    assert not Handover.objects.exists()


def test_called_off_it_can_be_taken_up_again(director, other, account):
    row = begin(director, account, other)
    actions.call_off(director, row.pk)
    assert not Account.objects.visible_to(other).filter(pk=account.pk).exists()

    actions.take_up(director, row.pk)

    assert questions.running(account) == row
    assert Account.objects.visible_to(other).filter(pk=account.pk).exists()


def test_two_who_change_it_compare(director, other, account):
    row = begin(director, account, other)
    actions.change(other, row.pk, row.version, {"note": "每月第一周对账"})

    with pytest.raises(Stale):
        actions.change(director, row.pk, row.version, {"note": "x"})


def test_a_contact_who_leaves_is_followed_by_another(director, manager, account, wang):
    row = begin(director, account, manager, cause=HandoverCause.CONTACT, person=wang.person)

    kinds = [step.kind for step in questions.steps(row)]

    assert StepKind.FOLLOWER in kinds
    assert wang.person not in {step.person for step in questions.steps(row)}
    actions.accept(manager, row.pk)
    account.refresh_from_db()
    assert account.manager == manager


def test_the_team_tab_begins_one_and_names_those_who_leave_or_left_lately(house, client, director, account, wang):
    browser = signed_in(house, client, "director")
    tab = browser.get(f"/accounts/{account.code}/?tab=team").content.decode()
    assert f"/handovers/new/?account={account.code}" in tab

    wang.refresh_from_db()
    contacts.change_post(director, wang.pk, wang.version, {"left_on": timezone.localdate() - timedelta(days=10)})
    assert wang.person in questions.leaving(account)
    wang.refresh_from_db()
    contacts.change_post(director, wang.pk, wang.version, {"left_on": timezone.localdate() - timedelta(days=200)})
    assert wang.person not in questions.leaving(account)


def test_the_account_is_marked_and_its_timeline_tells(house, client, director, other, account):
    row = begin(director, account, other)
    browser = signed_in(house, client, "director")

    assert f"/handovers/{row.pk}/" in browser.get(account.get_absolute_url()).content.decode()
    actions.accept(other, row.pk)
    kinds = [touch.kind for touch in timeline(director, account)]
    assert kinds.count("handover") == 2


def test_the_brief_holds_what_was_said_and_whom_it_is_about(house, client, director, manager, other, account, wang):
    fields = {"way": "visit", "day": today(), "person": wang.person, "text": "旺季前要备两周库存", "pinned": True}
    activities.log(manager, account, fields)
    row = begin(director, account, other, note="对账找刘会计")
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(f"/handovers/{row.pk}/brief/").content.decode()

    assert all(text in page for text in ("旺季前要备两周库存", "王晓峰", "对账找刘会计"))
    actions.accept(other, row.pk)
    assert signed_in(house, client, "manager").get(f"/handovers/{row.pk}/brief/").status_code == 404


def test_foreign_handovers_are_not_there(house, client, director):
    foreign = Account.objects.get(code=house.foreign)
    row = begin(director, foreign, director)
    browser = signed_in(house, client, "manager")
    step = row.steps.first()

    for path in ("", "brief/"):
        assert browser.get(f"/handovers/{row.pk}/{path}").status_code == 404
    for path in ("accept/", "decline/", "agree/", "call-off/"):
        assert browser.post(f"/handovers/{row.pk}/{path}").status_code == 404
    assert browser.post(f"/handovers/steps/{step.pk}/", {"state": "done"}).status_code == 404
    assert browser.post(f"/handovers/{row.pk}/again/").status_code == 404
    assert browser.get(f"/handovers/new/?account={house.foreign}").status_code == 404
    assert questions.running(foreign).state == HandoverState.STARTED


def test_over_the_pages_from_the_list_to_done(house, client, other, account):
    browser = signed_in(house, client, "director")
    assert "/handovers/new/" in browser.get("/accounts/").content.decode()
    assert browser.post("/handovers/new/", {"code": [account.code]}).status_code == 200
    sent = {"code": [account.code], "manager": "other", "cause": "leaves", "due": str(today() + 9 * DAY), "note": ""}
    late = browser.post("/handovers/new/", {**sent, "due": str(today() - DAY)})
    assert late.status_code == 422
    row = Handover.objects.get(pk=int(browser.post("/handovers/new/", sent).headers["Location"].split("/")[2]))

    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert "handover" in next(task.url for task in tasks_for(other) if task.what == "Accept the handover")
    client.post(f"/handovers/{row.pk}/accept/")
    for step in questions.steps(row):
        client.post(f"/handovers/steps/{step.pk}/", {"state": "done"})
    client.post(f"/handovers/{row.pk}/agree/", {"by": "王总", "on": str(today()), "how": "phone"})

    row.refresh_from_db()
    assert row.state == HandoverState.DONE
    assert "1" in client.get("/handovers/").content.decode()


def test_how_long_they_took_and_who_was_lost(director, other, account):
    assert "No handover" in measured().sentences[0].say("en")
    row = begin(director, account, other)
    actions.accept(other, row.pk)
    finish(row, other)
    actions.agree(other, row.pk, "王", today(), "visit")
    assert "Handovers done: 1" in measured().sentences[0].say("en")
    assert "year after the first" in measured().sentences[1].say("en")

    long_ago = scorecards.current().as_of - 600 * DAY
    Handover.objects.filter(pk=row.pk).update(accepted_at=datetime.combine(long_ago, time(12), UTC))

    assert "Accounts handed over: 1; bought nothing in the year after: 0 " in measured().sentences[1].say("en")


def test_those_late_are_told_to_the_head(director, other, account):
    row = begin(director, account, other)
    Handover.objects.filter(pk=row.pk).update(due=today() - DAY)

    assert [task.customer for task in tasks_for(director) if task.what == "Ask about the handover"] == [account.code]


def test_handovers_are_listed_and_found(house, client, director, other, account):
    begin(director, account, other)
    browser = signed_in(house, client, "director")

    assert account.name in browser.get(f"/handovers/?q={account.code}&state=started").content.decode()
    assert account.name not in browser.get("/handovers/?state=done").content.decode()
    assert account.code in b"".join(browser.get("/handovers/?format=csv").streaming_content).decode()


def test_what_was_not_called_off_gives_nobody_a_deputy_again(director, other, account):
    row = begin(director, account, other)
    actions.decline(other, row.pk, "没有余力")

    actions.take_up(director, row.pk)

    assert not Account.objects.visible_to(other).filter(pk=account.pk).exists()
    assert questions.running(account) is None


def test_what_is_open_of_the_givers_goes_along_when_it_is_accepted(house, client, director, manager, other, account):
    fields = {
        "text": "三天内报价",
        "person": None,
        "origin": "visit",
        "reference": "",
        "department": "",
        "owner": manager,
    }
    said = {**fields, "made_on": today(), "due": today() + DAY}
    promise, kept, others = (
        promises.promise(manager, account, {**said, "owner": who}) for who in (manager, manager, director)
    )
    promises.keep(manager, kept.pk, kept.version, on=today(), evidence="已发邮件")
    span = {"since": today(), "until": today() + 30 * DAY, "review_on": today() + DAY}
    plan = plans.write(manager, account, {"title": "年度计划", "owner": manager, **span})
    row = begin(director, account, other)
    going = Going([account], [other], [])
    visit = visits.plan(manager, {"day": today() + DAY, "at": None, "purpose": "review", "topic": ""}, going)
    page = signed_in(house, client, "director").get(row.get_absolute_url()).content.decode()
    assert re.search("接受之时一并移交：.*承诺 1", page)

    actions.accept(other, row.pk)

    for each in (promise, kept, others, plan, visit):
        each.refresh_from_db()
    assert (promise.owner, kept.owner, others.owner) == (other, manager, director)
    assert (plan.owner, visit.leader, list(visit.companions.all())) == (other, other, [])
    assert AuditEntry.objects.filter(subject=f"promise:{promise.pk}", who=other.username).exists()
    page = signed_in(house, client, "director").get(row.get_absolute_url()).content.decode()
    assert re.search("接收时已一并移交：.*承诺 1", page)
