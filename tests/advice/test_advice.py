"""What the figures advise is accepted or declined, heeded on the next day, and weighed by what came of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.accounts.worklist import waiting as proposed_to
from vitalfew.advice import actions, advised, questions, since, weighing, worklist
from vitalfew.advice.models import Advice
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import NextAction, label_of
from vitalfew.treatments.judging import judged
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def told(manager):
    """A first proposal for an account of the manager's."""
    mine = Account.objects.visible_to(manager).values("code")
    return Proposal.objects.filter(refresh=scorecards.current(), customer__in=mine, rank=1).order_by("customer").first()


@pytest.fixture
def account(told):
    return Account.objects.get(code=told.customer)


def accepted(user, account, told, **other):
    return actions.accept(user, account, told.action, **{"owner": user, "due": today() + DAY, "note": "", **other})


def declined(user, account, told, **other):
    return actions.decline(user, account, told.action, **{"reason": "timing", "note": "", "days": 90, **other})


def shown(house, user, account):
    return {row["action"]: row for row in Sheet(house.home, user, account).actions}


def asked_of(user, account):
    return {task.what for task in proposed_to(user) if task.customer == account.code}


def test_what_was_accepted_keeps_what_was_told_and_waits_for_who_took_it(house, manager, account, told):
    row = accepted(manager, account, told)

    assert (row.why, row.effect, row.as_of) == (told.why, told.effect, scorecards.current().as_of)
    assert [task.url for task in worklist.waiting(manager)] == [row.get_absolute_url()]
    assert shown(house, manager, account)[told.action]["taken_on"] == today()
    assert since.done([account.code], today()) == {(account.code, told.action): today()}


def test_what_was_declined_is_not_proposed_until_its_day(house, manager, account, told):
    label = label_of(NextAction, told.action)
    assert label in asked_of(manager, account)
    row = declined(manager, account, told, days=30)

    assert told.action not in shown(house, manager, account)
    assert label not in asked_of(manager, account)
    assert advised.refused([account.code], row.until - DAY) == {(account.code, told.action)}
    assert advised.refused([account.code], row.until) == set()


def test_an_answer_taken_back_is_asked_for_again(house, manager, account, told):
    row = declined(manager, account, told)

    actions.put_away(manager, row.pk)

    assert told.action in shown(house, manager, account)


def test_nobody_answers_what_is_not_proposed_or_answered_already(manager, account, told):
    with pytest.raises(NotPossible):
        actions.decline(
            manager, account, "win_over" if told.action != "win_over" else "ask", reason="timing", note="", days=30
        )
    accepted(manager, account, told)
    with pytest.raises(NotPossible):
        declined(manager, account, told)


def test_a_reason_that_is_none_of_those_known_is_written_out(manager, account, told):
    with pytest.raises(NotPossible):
        declined(manager, account, told, reason="other", note=" ")


def test_it_is_done_between_its_answer_and_today(manager, account, told):
    row = accepted(manager, account, told)
    for day in (today() + DAY, row.answered_on - DAY):
        with pytest.raises(NotPossible):
            actions.done(manager, row.pk, row.version, on=day, outcome="")

    done = actions.done(manager, row.pk, row.version, on=today(), outcome="谈妥")

    assert (done.state, done.was_in_time, done.outcome) == ("done", True, "谈妥")
    assert list(worklist.waiting(manager)) == []
    with pytest.raises(NotPossible):
        actions.drop(manager, row.pk, done.version, outcome="x")


def test_two_who_save_at_once_lose_nothing(manager, account, told):
    row = accepted(manager, account, told)
    actions.change(manager, row.pk, row.version, {"due": today() + 2 * DAY})

    with pytest.raises(Stale):
        actions.done(manager, row.pk, row.version, on=today(), outcome="")


def test_what_tells_of_margins_is_hidden_from_who_sees_none(house, manager, account, told):
    row = accepted(manager, account, told)
    Advice.objects.filter(pk=row.pk).update(guarded=True)
    supply = house.user("supply")

    assert not questions.advice(supply).filter(pk=row.pk).exists()
    assert questions.advice(house.user("executive")).filter(pk=row.pk).exists()
    with pytest.raises(Forbidden):
        actions.accept(house.user("analyst"), account, told.action, owner=manager, due=today(), note="")


def test_a_foreign_account_s_advice_is_not_there(client, manager, account, told):
    row = accepted(manager, account, told)
    other = User.objects.get(username="other")
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(f"/advice/new/?account={account.code}&action={told.action}").status_code == 404


def test_it_is_answered_on_its_page(house, client, account, told):
    page, address = signed_in(house, client, "manager"), f"/advice/new/?account={account.code}&action={told.action}"
    assert page.get(address).status_code == 200
    assert page.post(address, {"answer": "decline", "reason": "", "days": "90"}).status_code == 422
    assert page.post(address, {"answer": "accept", "owner": "", "due": ""}).status_code == 422

    answer = page.post(address, {"answer": "decline", "reason": "wrong", "days": "30", "note": "门店装修"})

    row = Advice.objects.get()
    assert answer.headers["Location"] == account.get_absolute_url()
    assert (row.state, row.until, row.note) == ("declined", today() + 30 * DAY, "门店装修")
    assert page.get(row.get_absolute_url()).status_code == 200


def rows(account, *states):
    return [
        Advice(pk=n, account=account, action="ask", state=state, reason="timing" if state == "declined" else "",
               done_on=date(2026, 1, 5) if state == "done" else None, due=date(2026, 1, 4 + n % 2))
        for n, state in enumerate(states)
    ]  # fmt: skip


def test_shares_and_reasons_by_kind(account, monkeypatch):
    monkeypatch.setattr(
        weighing, "since", lambda *_given: judged([100.0] * 6, [200.0, 210.0, 190.0, 205.0, 195.0, 200.0])
    )
    [kind] = weighing.weighed(rows(account, *["done"] * 8, "open", *["declined"] * 3))

    assert (kind.taken.n, kind.taken.of, kind.done) == (9, 12, 8)
    assert [round(end, 2) for end in (kind.taken.interval.low, kind.taken.interval.high)] == [0.47, 0.91]
    assert (kind.in_time.n, kind.in_time.of) == (4, 8)
    assert [(reason.value, n) for reason, n in kind.reasons] == [("timing", 3)]
    assert (kind.better.n, kind.better.of, kind.better.tells) == (8, 8, False)


def test_months_that_cannot_be_told_are_not_counted(account, monkeypatch):
    monkeypatch.setattr(weighing, "since", lambda *_given: judged([100.0] * 5, [200.0] * 5))

    [kind] = weighing.weighed(rows(account, *["done"] * 12))

    assert (kind.better.n, kind.better.of, kind.better.share) == (0, 0, None)


def test_the_page_of_figures_is_for_who_weighs(house, client, manager, account, told):
    accepted(manager, account, told)

    assert signed_in(house, client, "manager").get("/advice/figures/").status_code == 200
    assert signed_in(house, client, "supply").get("/advice/figures/").status_code == 403
