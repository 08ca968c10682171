"""Accounts that left: entered once, asked why, and what the register says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.losses import actions, counting, own_tables, questions, worklist
from vitalfew.losses.models import Loss
from vitalfew.maths.intervals import wilson
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def lost(manager, mine):
    return actions.enter(manager, mine, timezone.localdate() - timedelta(days=30), manager)


def answers(**other):
    return {**dict.fromkeys(actions.ANSWERS, ""), "back": "unknown", "cause": "broken_promise", **other}


def talked(user, row, **other):
    return actions.talked(user, row.pk, row.version, on=timezone.localdate(), **answers(**other))


def losses(*causes):
    return [Loss(state="talked", cause=cause, seen="unknown") for cause in causes]


def test_the_reason_it_gives_reaches_the_analyses_and_what_the_facts_showed_stays(manager, mine, lost):
    card = Scorecard.objects.get(refresh=scorecards.current(), customer=mine.code)
    assert lost.seen == card.cause
    assert own_tables.own_tables()["loss_reasons"].num_rows == 0

    row = talked(manager, lost, began="连续三次晚到", needed="第二次晚到")

    assert own_tables.own_tables()["loss_reasons"].to_pylist() == [{"customer": mine.code, "cause": "broken_promise"}]
    assert (row.state, row.seen, row.needed) == ("talked", card.cause, "第二次晚到")


def test_who_cannot_tell_and_who_gives_no_reason_is_no_reason(manager, lost):
    row = talked(manager, lost, cause="unknown")
    assert own_tables.own_tables()["loss_reasons"].num_rows == 0

    again = actions.refused(manager, row.pk, row.version, needed="")

    assert (again.state, again.cause) == ("refused", "")
    assert counting.reasons([again]) == []


def test_of_two_losses_the_latest_reason_counts(manager, mine, lost):
    talked(manager, lost)
    earlier = actions.enter(manager, mine, lost.lost_on - timedelta(days=400), manager)
    talked(manager, earlier, cause="stronger_rival")

    assert own_tables.own_tables()["loss_reasons"].to_pylist() == [{"customer": mine.code, "cause": "broken_promise"}]


def test_a_loss_is_entered_once_and_lies_not_ahead(manager, mine, lost):
    with pytest.raises(NotPossible):
        actions.enter(manager, mine, lost.lost_on + timedelta(days=20), manager)
    with pytest.raises(NotPossible):
        actions.enter(manager, mine, timezone.localdate() + timedelta(days=1), manager)
    actions.put_away(manager, lost.pk)
    actions.enter(manager, mine, lost.lost_on, manager)
    with pytest.raises(NotPossible):
        actions.fetch_back(manager, lost.pk)


def test_the_talk_lies_between_the_loss_and_today(manager, lost):
    for day in (lost.lost_on - timedelta(days=1), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(NotPossible):
            actions.talked(manager, lost.pk, lost.version, on=day, **answers())


def test_who_sees_no_causes_sees_none_of_it_and_foreign_ones_are_not_there(house, mine, lost):
    assert not questions.losses(house.user("complaints")).exists()
    assert not questions.losses(User.objects.get(username="other")).exists()
    with pytest.raises(Forbidden):
        actions.enter(house.user("analyst"), mine, timezone.localdate(), house.user("analyst"))
    assert lost in questions.losses(house.user("executive"))


def test_whose_doing_it_was_is_told_with_wilson_s_interval_from_ten_reasons_on():
    rows = losses(
        *["broken_promise"] * 12, *["staff_departure"] * 7, *["stronger_rival"] * 4, "strategy_change", "unknown"
    )

    ours, customer, rival = counting.forces(rows)

    assert [(each.n, each.of) for each in (ours, customer, rival)] == [(19, 24), (1, 24), (4, 24)]
    assert ours.interval == wilson(19, 24)
    assert counting.verdict(rows).text.startswith("Mostly our own doing")
    assert counting.verdict(losses(*["foul_play"] * 12)).text.startswith("Mostly not")
    assert counting.verdict(losses(*["foul_play"] * 6, *["broken_promise"] * 6)).text.startswith(
        "Whether it is mostly our own doing cannot be told: "
    )
    assert "ten are needed" in counting.verdict(losses(*["foul_play"] * 9)).text


def test_today_asks_for_the_talk_and_for_accounts_that_seem_lost_until_they_are_entered(manager, mine, lost):
    assert [task.url for task in worklist.waiting(manager) if task.what == "Ask why it left"] == [
        lost.get_absolute_url()
    ]
    talked(manager, lost)
    assert not [task for task in worklist.waiting(manager) if task.what == "Ask why it left"]

    other = Account.objects.filter(manager=manager, stub=False).exclude(pk=mine.pk).first()
    Scorecard.objects.filter(refresh=scorecards.current(), customer=other.code).update(recency=400, risk="high")
    assert other.code in questions.seems_lost(manager).values_list("customer", flat=True)
    assert len([task for task in worklist.waiting(manager) if task.what == "Enter accounts that left"]) == 1
    actions.enter(manager, other, timezone.localdate(), manager)
    assert other.code not in questions.seems_lost(manager).values_list("customer", flat=True)


def test_over_the_pages_it_is_entered_talked_to_and_counted(house, client, mine):
    browser = signed_in(house, client, "manager")
    url = f"/losses/new/?account={mine.code}"
    assert browser.post(url, {"lost_on": "2026-01-05", "talker": "other"}).status_code == 422
    made = browser.post(url, {"lost_on": "2026-01-05", "talker": "manager"})
    row = Loss.objects.get()
    assert made["location"] == row.get_absolute_url()
    sent = {"version": row.version, "on": timezone.localdate(), "back": "if", "began": "晚到三次"}
    assert browser.post(f"/losses/{row.pk}/talk/", sent).status_code == 422

    browser.post(f"/losses/{row.pk}/talk/", {**sent, "cause": "broken_promise"})

    assert "晚到三次" in browser.get(row.get_absolute_url()).content.decode()
    page = browser.get("/losses/figures/")
    assert (page.context["n"], page.context["told"]) == (1, 1)
    browser.post(f"/losses/{row.pk}/reopen/")
    assert "晚到三次" in browser.get(row.get_absolute_url()).content.decode()
