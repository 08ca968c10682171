"""What a customer says in the portal against us is told to whom it concerns, until somebody has answered it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from test_portal_access import given

from vitalfew.accounts.models import Account
from vitalfew.alarms.actions import begin
from vitalfew.alarms.models import Alarm, AlarmRule
from vitalfew.alarms.raising import look_now
from vitalfew.plans import actions as plans
from vitalfew.plans import sharing
from vitalfew.plans.alarming import objected
from vitalfew.promises import actions as promises
from vitalfew.promises import answering
from vitalfew.promises.alarming import denied, refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TODAY = timezone.localdate


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def promise(manager, mine):
    return promises.promise(manager, mine, {
        "text": "补发配件", "person": None, "origin": "complaint", "reference": "", "department": "", "owner": manager,
        "made_on": TODAY() - timedelta(days=3), "due": TODAY() + timedelta(days=5),
    })  # fmt: skip


@pytest.fixture
def guest(manager, mine):
    return given(manager, mine)


def said(matters):
    return [(each.account, each.concerned, each.until) for each in matters]


def test_a_promise_that_was_not_kept_in_its_eyes(manager, mine, promise, guest):
    kept = promises.keep(manager, promise.pk, promise.version, on=TODAY(), evidence="签收")
    answering.hear(guest.user, guest.person.pk, [mine.pk], promise.pk, kept=False, text="少两件")

    assert said(denied(0, None)) == [(mine.code, (manager.username,), None)]

    promises.reopen(manager, kept.pk)
    assert said(denied(0, None))[0][2] is not None


def test_another_day_that_is_refused(manager, mine, promise, guest):
    asked = answering.ask(
        manager, promise.pk, promise.version, due=TODAY() + timedelta(days=9), why="在路上"
    ).new_days.get()
    answering.answer(guest.user, guest.person.pk, [mine.pk], asked.pk, agreed=False, text="不行")
    assert said(refused(0, None)) == [(mine.code, (manager.username,), None)]

    promise.refresh_from_db()
    answering.ask(manager, promise.pk, promise.version, due=TODAY() + timedelta(days=7), why="加急")

    assert said(refused(0, None)) == []


def test_a_plan_that_it_objects_to(manager, mine, guest):
    row = plans.write(manager, mine, {
        "title": "2027", "since": TODAY(), "until": TODAY() + timedelta(days=300), "review_on": TODAY() + timedelta(days=300),
        "owner": manager, "service": "专属仓位",
    })  # fmt: skip
    sharing.share(manager, row.pk, "service", shared=True)
    shown = row.shared.get()
    sharing.answer(guest.user, guest.person.pk, [mine.pk], shown.pk, agreed=False, words="不够")

    assert said(objected(0, None)) == [(mine.code, (manager.username,), None)]
    begin()
    assert AlarmRule.objects.filter(kind="plan-objected").exists()
    look_now()
    told = Alarm.objects.get(kind="plan-objected")
    assert told.tellings.filter(user=manager).exists()
    sharing.share(manager, row.pk, "service", shared=True)
    assert said(objected(0, None)) == []
    look_now()
    told.refresh_from_db()
    assert not told.is_open
