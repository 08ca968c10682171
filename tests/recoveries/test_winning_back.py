"""Lost accounts won back: chosen, drawn by lot, tried by the plan against their cause, settled, watched."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.losses import actions as losses
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.recoveries import (
    actions,
    lost,
    own_tables,
    pages,
    questions,
    result,
    stepping,
    touches,
    watching,
    worklist,
)
from vitalfew.recoveries.models import Recovery, WinBackRound
from vitalfew.recoveries.playbook import STANDARD
from vitalfew.recoveries.words import Arm, Known, Pace, RecoveryState, StepState
from vitalfew.terms import ChurnCause
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
SAID = {"name": "春季", "cost": Decimal(1000), "months": 6}


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def gone(house, manager):
    """Five accounts of the manager in the register of losses."""
    rows = list(Account.objects.visible_to(manager).filter(stub=False).order_by("code")[:5])
    for row in rows:
        losses.enter(house.user("director"), row, timezone.localdate() - timedelta(days=3), house.user("director"))
    return rows


@pytest.fixture
def tried(manager, gone):
    """An attempt of a round without a draw."""
    return actions.begin(manager, gone[:1], share=0, **SAID).recoveries.get()


def told(user, row, cause):
    answers = {**dict.fromkeys(losses.ANSWERS, ""), "back": "unknown", "cause": cause}
    losses.talked(user, row.pk, row.version, on=timezone.localdate(), **answers)


def settled(user, row, state="returned", **other):
    row.refresh_from_db()
    given = {"on": timezone.localdate(), "outcome": "先下小单", "spent": Decimal(800), **other}
    return actions.settle(user, row.pk, row.version, state=state, **given)


def test_a_round_draws_who_is_left_alone_and_gives_the_others_the_plan_against_their_cause(manager, gone):
    told(manager, gone[0].losses.get(), "broken_promise")

    made = actions.begin(manager, gone, share=40, seed=7, **SAID)

    rows = questions.of_round(manager, made)
    assert sorted(row.arm for row in rows) == [Arm.HELD_OUT] * 2 + [Arm.TRIED] * 3
    assert (
        made.until == timezone.localdate().replace(day=min(timezone.localdate().day, 28)) or made.until > made.begun_on
    )
    for row in rows:
        titles = [step.title for step in questions.steps_of(row)]
        plan = STANDARD[row.cause]
        assert titles == ([] if row.is_held_out else [each.title for each in plan.steps])
        assert row.offer == ("" if row.is_held_out else plan.offer)
    first = next(row for row in rows if row.account == gone[0])
    assert (first.cause, first.known) == (ChurnCause.BROKEN_PROMISE, Known.SAID)


def test_an_account_is_tried_once_at_a_time_and_who_is_left_alone_stays_so_until_judged(manager, gone):
    made = actions.begin(manager, gone, share=40, seed=7, **SAID)

    for account in gone:
        with pytest.raises(NotPossible):
            actions.begin(manager, [account], share=0, **SAID)
    alone = made.recoveries.filter(arm=Arm.HELD_OUT).first()
    with pytest.raises(NotPossible):
        settled(manager, alone)
    WinBackRound.objects.filter(pk=made.pk).update(until=timezone.localdate())
    assert actions.begin(manager, [alone.account], share=0, **SAID).recoveries.get().arm == Arm.TRIED


def test_who_is_not_lost_is_not_won_back(manager):
    known = lost.figures().rows
    buying = next(
        row for row in Account.objects.visible_to(manager).filter(stub=False)
        if known.get(row.code, {"silence": 0})["silence"] < lost.SILENT
    )  # fmt: skip
    with pytest.raises(NotPossible):
        actions.begin(manager, [buying], share=0, **SAID)
    assert not WinBackRound.objects.exists()


def test_by_another_cause_its_plan_takes_the_place_of_steps_to_do_and_of_an_offer_nobody_changed(manager, tried):
    done = questions.steps_of(tried)[0]
    stepping.do(manager, done.pk, done.version, on=timezone.localdate(), note="已谈")
    fields = {"offer": tried.offer, "owner": manager, "spent": None}
    other = "stronger_rival" if tried.cause != "stronger_rival" else "broken_promise"

    row = actions.change(manager, tried.pk, tried.version, {**fields, "cause": other})

    titles = [each.title for each in questions.steps_of(row)]
    assert sorted(titles) == sorted([done.title, *(each.title for each in STANDARD[other].steps)])
    assert row.offer == STANDARD[other].offer
    row = actions.change(manager, row.pk, row.version, {**fields, "offer": "八折", "cause": other})
    assert actions.change(manager, row.pk, row.version, {**fields, "offer": "八折", "cause": "unknown"}).offer == "八折"


def test_settled_it_leaves_out_what_was_to_do_and_opened_again_it_is_to_do(manager, tried):
    row = settled(manager, tried)
    assert {step.state for step in questions.steps_of(row)} == {StepState.LEFT_OUT}
    assert row.watched_until == timezone.localdate() + timedelta(days=365)
    with pytest.raises(NotPossible):
        settled(manager, row)

    row = actions.reopen(manager, row.pk)

    assert {step.state for step in questions.steps_of(row)} == {StepState.OPEN}
    with pytest.raises(Stale):
        actions.settle(manager, row.pk, 1, state="refused", on=timezone.localdate(), outcome="x", spent=None)


def test_analyses_read_attempts_that_were_made_and_nothing_of_who_was_left_alone_or_called_off(manager, gone):
    made = actions.begin(manager, gone, share=20, seed=7, **SAID)
    ends = zip(
        made.recoveries.filter(arm=Arm.TRIED).order_by("pk"),
        ("returned", "refused", "no_answer", "called_off"),
        strict=True,
    )
    for row, state in ends:
        settled(manager, row, state)

    rows = own_tables.own_tables()["recoveries"].to_pylist()

    assert [row["won"] for row in rows] == [True, False, False]
    actions.put_away(manager, made.pk)
    assert own_tables.own_tables()["recoveries"].num_rows == 0


def test_a_round_s_result_is_counted_from_the_facts(manager, gone):
    made = actions.begin(manager, gone, share=40, seed=7, **SAID)
    as_of = scorecards.current().as_of
    WinBackRound.objects.filter(pk=made.pk).update(begun_on=as_of - timedelta(days=400), until=as_of)
    made.refresh_from_db()

    found = result.judged(made)

    from vitalfew.recoveries.buying import Span, bought

    spans = [Span(row.account.codes, made.begun_on, as_of) for row in made.recoveries.filter(arm=Arm.TRIED)]
    facts = bought(spans, made.currency)
    assert found.over
    assert found.back == sum(bool(each.days) for each in facts) > 0
    assert found.sales == pytest.approx(sum(each.sales for each in facts))
    assert found.spent == 3000
    assert found.message.text.startswith("Cannot be told from {n}")


def test_today_asks_for_steps_and_for_accounts_that_came_back_and_fell_silent(manager, tried, monkeypatch):
    tasks = list(worklist.waiting(manager))
    assert [task.what for task in tasks] == ["Win a lost account back"]
    row = settled(manager, tried)
    assert [task for task in worklist.waiting(manager) if task.what == "Win a lost account back"] == []

    back = scorecards.current().as_of - timedelta(days=200)
    Recovery.objects.filter(pk=row.pk).update(settled_on=back)
    silent = watching.watched([], back, scorecards.current().as_of)
    assert silent.pace is Pace.SILENT
    monkeypatch.setattr(watching, "watch", lambda rows: {each.pk: silent for each in rows})

    assert [task.what for task in worklist.waiting(manager)] == ["Look after an account that came back"]


def test_foreign_accounts_are_not_there_and_who_sees_no_causes_sees_nothing(house, tried):
    other = User.objects.get(username="other")
    assert not questions.recoveries(other).exists()
    assert not questions.rounds(other).exists()
    assert not questions.recoveries(house.user("complaints")).exists()
    assert tried in questions.recoveries(house.user("executive"))
    with pytest.raises(Forbidden):
        actions.begin(house.user("executive"), [tried.account], share=0, **SAID)


def test_the_timeline_tells_attempts_but_not_who_was_left_alone(manager, gone):
    made = actions.begin(manager, gone, share=40, seed=7, **SAID)
    rows = {row.arm: row for row in made.recoveries.all()}

    assert list(touches.touches(manager, rows[Arm.HELD_OUT].account)) == []
    assert [each.what.text for each in touches.touches(manager, rows[Arm.TRIED].account)] == [
        "An attempt to win it back began: {cause}"
    ]


def test_over_the_pages_it_is_chosen_drawn_tried_and_settled(house, client, gone):
    browser = signed_in(house, client, "manager")
    page = browser.get("/win-back/")
    assert all(row.code in page.content.decode() for row in gone)
    codes = [row.code for row in gone]
    assert browser.get("/win-back/rounds/new/").status_code == 302
    assert browser.get("/win-back/rounds/new/", {"account": house.foreign}).status_code == 404
    begun = browser.get("/win-back/rounds/new/", {"account": codes, "cost": "500"})
    assert begun.status_code == 200
    assert "500" in begun.content.decode()
    sent = {"accounts": codes, "name": "一轮", "cost": "500", "share": "40", "months": "6", "owner": ""}
    assert browser.post("/win-back/rounds/new/", {**sent, "name": ""}).status_code == 422
    assert browser.post("/win-back/rounds/new/", {**sent, "accounts": [house.foreign]}).status_code == 422

    assert browser.post("/win-back/rounds/new/", sent).status_code == 302

    made = WinBackRound.objects.get()
    assert browser.get(made.get_absolute_url()).status_code == 200
    row = made.recoveries.filter(state=RecoveryState.RUNNING).first()
    kept = {
        "version": row.version,
        "cause": row.cause,
        "offer": str(pages._(row.offer)),
        "owner": "manager",
        "spent": "1",
    }
    assert browser.post(f"/win-back/attempts/{row.pk}/edit/", kept).status_code == 302
    row.refresh_from_db()
    assert row.offer == STANDARD[row.cause].offer
    ended = {"version": row.version, "state": "refused", "on": timezone.localdate(), "outcome": "两年合同"}
    assert browser.post(f"/win-back/attempts/{row.pk}/settle/", ended).status_code == 422
    assert browser.post(f"/win-back/attempts/{row.pk}/settle/", {**ended, "spent": "0"}).status_code == 302
    for url in (
        "/win-back/watch/",
        "/win-back/rounds/",
        "/win-back/attempts/",
        "/win-back/steps/",
        row.get_absolute_url(),
    ):
        assert browser.get(url).status_code == 200
    assert client.get(f"/accounts/{row.account.code}/?tab=risk").status_code == 200
