"""Loss-makers: what is done is proposed, approved by a second person, and judged by what the facts say before and after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.spans import months_later
from vitalfew.approvals import actions as approvals
from vitalfew.contacts.models import Person
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.treatments import actions, losers, measuring, parting, questions, worklist
from vitalfew.treatments.judging import judged
from vitalfew.treatments.measuring import months_since
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.words import Effect, TreatmentKind, TreatmentState
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house, monkeypatch):
    """The manager's account, by the figures a loss-maker."""
    row = {
        "customer": house.mine, "earned": -500.0, "revenue": 10_000.0, "reason": "price", "way_out": "reprice",
        "price_rise": 0.05, "service_less": None, "returns_less": None, "days_less": None,
    }  # fmt: skip
    monkeypatch.setattr(losers, "book", lambda: losers.Book({house.mine: row}, "CNY", known=True))
    return Account.objects.get(code=house.mine)


def said(owner, **other):
    return {
        "kind": "reprice", "why": "两步提价", "aim": Decimal(500), "months": 6, "owner": owner, "person": None,
        "last_day": None, "letter": "", **other,
    }  # fmt: skip


def approved(director, row):
    row.refresh_from_db()
    approvals.approve(director, row.approval.pk, row.approval.version)
    row.refresh_from_db()
    return row


def running(director, manager, account, **other):
    row = actions.propose(manager, account, said(manager, **other))
    return approved(director, actions.ask(manager, row.pk))


def test_six_pairs_of_months_by_hand():
    """Mean 100, s 14.142, t(5) 2.5706: half 14.84, so 12 times 85.16 to 114.84."""
    found = judged([0.0] * 6, [100.0, 120, 80, 100, 110, 90])

    assert found.effect is Effect.BETTER
    assert (found.change, found.low, found.high) == pytest.approx((1200, 1021.9, 1378.1), abs=0.1)
    assert (found.before, found.after, found.months) == (0, 600, 6)
    assert judged([100.0, 120, 80, 100, 110, 90], [0.0] * 6).effect is Effect.WORSE
    assert judged([0.0] * 6, [100.0, -120, 80, -100, 110, -90]).effect is Effect.CANNOT_TELL


def test_five_months_or_months_without_costs_tell_nothing():
    assert judged([0.0] * 5, [100.0] * 5).effect is Effect.CANNOT_TELL
    found = judged([0.0, None] * 5, [100.0] * 10)
    assert (found.effect, found.months, found.change) == (Effect.CANNOT_TELL, 5, None)


def test_whole_months_after_the_one_in_which_it_began():
    assert months_since(date(2026, 1, 15), date(2026, 4, 29)) == [date(2026, 2, 1), date(2026, 3, 1)]
    assert months_since(date(2026, 1, 31), date(2026, 4, 30))[-1] == date(2026, 4, 1)
    assert months_since(date(2026, 1, 15), date(2026, 2, 27)) == []


def test_contribution_by_month_is_that_of_the_facts(house):
    as_of = scorecards.current().as_of
    months = [months_later(as_of.replace(day=1), -n) for n in range(3, 0, -1)]
    from vitalfew.accounts.between import Between

    account = Account.objects.get(code=house.mine)
    found = measuring.by_month(account.codes, "CNY", months)

    for month in months:
        facts = Between(account.codes, month, months_later(month, 1) - timedelta(days=1), "CNY")
        sums = facts.of()
        assert found[month] == pytest.approx(sums.amount - sums.cost - facts.served.amount)


def test_nothing_begins_before_a_second_person_approved_it_as_it_stands(director, manager, mine):
    row = actions.ask(manager, actions.propose(manager, mine, said(manager)).pk)

    with pytest.raises((Forbidden, NotPossible)):
        approvals.approve(manager, row.approval.pk, row.approval.version)
    with pytest.raises(NotPossible):
        actions.change(manager, row.pk, row.version, said(manager))
    assert actions.withdraw(manager, row.pk).is_draft
    row = approved(director, actions.ask(manager, row.pk))

    assert (row.state, row.begun_on) == (TreatmentState.RUNNING, timezone.localdate())
    assert row.until == months_later(timezone.localdate(), 6)
    assert (row.reason, row.earned) == ("price", -500.0)


def test_only_loss_makers_are_treated_and_each_once_at_a_time(manager, mine):
    other = Account.objects.visible_to(manager).exclude(pk=mine.pk).filter(stub=False).first()
    with pytest.raises(NotPossible):
        actions.propose(manager, other, said(manager))
    actions.propose(manager, mine, said(manager))
    with pytest.raises(NotPossible):
        actions.propose(manager, mine, said(manager))
    assert Treatment.objects.count() == 1


def test_it_is_judged_once_its_months_are_over_and_the_figures_stay(director, manager, mine):
    row = running(director, manager, mine)
    with pytest.raises(NotPossible):
        actions.judge(manager, row.pk, row.version, outcome="早")
    as_of = scorecards.current().as_of
    Treatment.objects.filter(pk=row.pk).update(begun_on=months_later(as_of, -8), until=as_of)
    assert [task.what for task in worklist.waiting(manager)] == ["Say what a treatment brought"]

    row = actions.judge(manager, row.pk, row.version, outcome="提价站住了")

    found = measuring.since(mine.codes, row.begun_on, row.until, "CNY")
    assert (row.effect, row.before, row.after, row.change) == (found.effect, found.before, found.after, found.change)
    assert row.state == TreatmentState.JUDGED
    assert list(worklist.waiting(manager)) == []


def test_one_parts_by_the_letter_that_was_approved_and_once(director, manager, mine):
    person = Person.objects.create(name="王芳", email="wang@customer.example", language="zh-hans")
    last = timezone.localdate() + timedelta(days=120)
    letter = parting.proposed(person, last)
    assert "{" not in letter
    row = actions.propose(manager, mine, said(manager, kind="part", person=person, last_day=last, letter=letter))
    with pytest.raises(NotPossible):
        actions.write(manager, row.pk)
    row = approved(director, actions.ask(manager, row.pk))
    assert [task.what for task in worklist.waiting(manager)] == ["Part from an account"]

    actions.write(manager, row.pk)

    mail = OutgoingMail.objects.get(about=row.subject)
    assert (mail.address, "\n\n".join(mail.paragraphs)) == ("wang@customer.example", letter)
    with pytest.raises(NotPossible):
        actions.write(manager, row.pk)
    assert OutgoingMail.objects.filter(about=row.subject).count() == 1


def test_one_parts_no_sooner_than_an_agreement_allows(manager, mine, monkeypatch):
    from vitalfew.agreements.models import Agreement

    today = timezone.localdate()
    bound = Agreement(account=mine, until=today + timedelta(days=200))
    monkeypatch.setattr(questions, "bound_by", lambda _account: [bound])
    with pytest.raises(NotPossible):
        actions.propose(manager, mine, said(manager, kind="part", last_day=today + timedelta(days=199)))
    with pytest.raises(NotPossible):
        actions.propose(manager, mine, said(manager, kind="part", last_day=today))
    assert actions.propose(manager, mine, said(manager, kind="part", last_day=today + timedelta(days=200))).is_draft


def test_foreign_ones_are_not_there_and_who_sees_no_money_sees_nothing(house, manager, mine):
    row = actions.propose(manager, mine, said(manager))

    assert not questions.treatments(User.objects.get(username="other")).exists()
    assert not questions.treatments(house.user("complaints")).exists()
    assert row in questions.treatments(house.user("executive"))
    with pytest.raises(Forbidden):
        actions.ask(house.user("executive"), row.pk)


def test_over_the_pages_it_is_proposed_asked_for_and_shown(house, client, mine, director):
    browser = signed_in(house, client, "manager")
    assert mine.name in browser.get("/treatments/losers/").content.decode()
    assert browser.get("/treatments/new/").status_code == 404
    assert browser.get(f"/treatments/new/?account={house.foreign}").status_code == 404
    url = f"/treatments/new/?account={mine.code}"
    assert browser.get(url).status_code == 200
    sent = {"kind": "part", "why": "好聚好散", "aim": "500", "months": "6", "owner": "manager", "letter": ""}
    assert browser.post(url, sent).status_code == 422
    day = timezone.localdate() + timedelta(days=100)

    assert browser.post(url, {**sent, "last_day": day.isoformat()}).status_code == 302

    row = Treatment.objects.get()
    assert (row.kind, row.letter) == (TreatmentKind.PART, parting.proposed(None, day))
    assert browser.get(f"/treatments/{row.pk}/edit/").status_code == 200
    browser.post(f"/treatments/{row.pk}/ask/")
    row = approved(director, row)
    assert row.is_running
    assert browser.get(row.get_absolute_url()).status_code == 200
    assert browser.post(f"/treatments/{row.pk}/call-off/", {"version": row.version, "outcome": ""}).status_code == 422
    ended = {"version": row.version, "outcome": "客户接受新价"}
    assert browser.post(f"/treatments/{row.pk}/call-off/", ended).status_code == 302
    assert browser.get("/treatments/").status_code == 200
