"""What a complaint must not do: tell a firm what is not its own, move what was told, count what nobody could help."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from test_complaints import GIVEN, fresh, go

from vitalfew.accounts.models import Account
from vitalfew.complaints import (
    actions,
    address,
    answering,
    compensating,
    facts,
    figures,
    intake,
    portal,
    proceeding,
    questions,
    telling,
)
from vitalfew.complaints.models import Complaint, Deadline, Inquiry
from vitalfew.complaints.words import State
from vitalfew.contacts.models import Person
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.records import NotPossible
from vitalfew.rooms import Visitor

pytestmark = [pytest.mark.database, pytest.mark.django_db]
HOUR = timedelta(hours=1)


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def handler(house):
    return house.user("complaints")


@pytest.fixture
def row(mine, handler):
    return intake.write_down(handler, {"account": mine, "text": "冰箱异响", "effect": "cost", "phone": "13800000000"})


def visitor(person=0):
    return Visitor(username="guest", name="王经理", person=person, may=True)


def shown(mine, person=0):
    return [each["text"] for each in portal.told(visitor(person), mine)["complaints"]]


def test_what_somebody_said_in_a_survey_is_shown_to_him_alone(mine):
    person = Person.objects.create(name="孙丽", made_by="test", changed_by="test")
    intake.from_survey(mine, "老板不让说", person=person, survey="年度调查")

    assert any("老板不让说" in text for text in shown(mine, person.pk))
    assert not any("老板不让说" in text for text in shown(mine))


def test_what_we_noticed_ourselves_is_no_word_of_the_customers(mine, house, client):
    asked = Inquiry.objects.create(
        account=mine, kind="drop", since=date(2026, 9, 1), seen=1.0, due=timezone.localdate()
    )
    made = answering.is_problem(house.user("director"), asked.pk, 1, text="单月比平常少60%", effect="minor").complaint

    assert shown(mine) == []
    assert "单月比平常少60%" not in client.get(address.of(made)).text
    assert not made.said.exists()


def test_a_later_rule_or_pause_moves_nothing_that_was_in_time(row, handler):
    row = go(handler, row, State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    due, heard = row.due_close, row.due_acknowledge
    Deadline.objects.create(
        priority=row.priority, acknowledge=1, answer=1, step=1, close=1, made_by="t", changed_by="t"
    )

    proceeding.judged(row, satisfied=True, note="", fair={})

    assert (fresh(row).due_close, fresh(row).due_acknowledge, fresh(row).due_at) == (due, heard, None)


def test_what_was_done_late_stays_late_when_it_waits_afterwards(row, handler):
    due = timezone.now() - 240 * HOUR
    Complaint.objects.filter(pk=row.pk).update(due_acknowledge=due, acknowledged_at=due + HOUR)
    row = proceeding.wait(handler, row.pk, fresh(row).version, "等照片")
    Complaint.objects.filter(pk=row.pk).update(waiting_since=timezone.now() - 200 * HOUR)

    row = proceeding.resume(handler, row.pk)

    assert (row.due_acknowledge, row.paused > 0) == (due, True)


def test_days_on_which_the_customer_had_to_answer_are_not_ours(row, handler):
    row = go(handler, row, State.ASSESSED)
    row = proceeding.wait(handler, row.pk, row.version, "等照片")
    Complaint.objects.filter(pk=row.pk).update(
        waiting_since=timezone.now() - 240 * HOUR, due_close=timezone.now() - HOUR, due_answer=timezone.now() - HOUR
    )
    assert figures.shares(Complaint.objects.filter(pk=row.pk), timezone.now())["closed"].of == 0

    row = fresh(row)
    row = proceeding.advance(handler, row.pk, row.version, State.CAUSE, GIVEN)

    assert (row.waiting_since, row.paused > 0) == (None, True)


def test_what_is_opened_again_has_no_outcome_and_waits_for_nobody(row, handler):
    row = go(handler, row, State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)

    row = proceeding.reopen(handler, row.pk, row.version, "又响了")

    assert (row.outcome, row.waiting_since) == ("", None)


def test_one_that_turns_out_worse_is_answered_anew(row, handler):
    row = go(handler, row, State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED)

    row = proceeding.assess(handler, row.pk, row.version, effect="safety", grows=True)

    assert not row.steps.filter(what=State.ANSWERED, undone=False).exists()


def test_nothing_is_lost_under_one_that_is_settled_or_put_away(row, handler, mine):
    again = intake.write_down(handler, {"account": mine, "text": "同一台", "effect": "cost"})
    actions.merge(handler, again.pk, row.pk)
    for refused in (
        lambda: actions.put_away(handler, row.pk), lambda: proceeding.step_back(handler, again.pk),
        lambda: compensating.compensate(handler, again.pk, fresh(again).version, amount=10, why="补偿"),
    ):  # fmt: skip
        with pytest.raises(NotPossible):
            refused()
    go(handler, row, State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED)
    third = intake.write_down(handler, {"account": mine, "text": "又一台", "effect": "cost"})
    with pytest.raises(NotPossible):
        actions.merge(handler, third.pk, row.pk)


def test_the_facts_are_told_the_day_it_was_merged_and_no_wrong_account(row, handler, mine, house):
    go(handler, row, State.ASSESSED)
    Complaint.objects.filter(pk=row.pk).update(given=True)
    with pytest.raises(NotPossible):
        actions.unmatch(handler, row.pk)
    kept = intake.write_down(handler, {"account": mine, "text": "同一台", "effect": "cost"})
    actions.merge(handler, row.pk, kept.pk)
    row.steps.filter(what="merged").update(at=timezone.now() - 48 * HOUR)
    actions.correct(handler, row.pk, fresh(row).version, {"product": "BX-1"})

    [(_kind, table, _stored)] = list(facts.facts())
    [told] = [each for each in table.to_pylist() if each["complaint_id"] == facts.number(row.pk)]
    assert told["closed_on"] == timezone.localdate() - timedelta(days=2)
    assert house.mine == told["customer"]


def test_a_letter_leads_nobody_to_a_page_that_is_not_there(mine, handler):
    row = Complaint.objects.create(
        number="F-1", imported=True, account=mine, email="li@customer.example", received_on=date(2026, 9, 1),
        state=State.IMPORTED, made_by="t", changed_by="t",
    )  # fmt: skip
    with pytest.raises(NotPossible):
        telling.tell(handler, row.pk, 1, text="已处理", way="letter")


def test_a_caller_is_found_by_firm_name_person_and_phone(row, handler, mine):
    Complaint.objects.filter(pk=row.pk).update(named="孙丽")
    for text in (mine.name[:4], mine.code, "孙丽", "13800000000", row.number):
        assert row in questions.found(questions.complaints(handler), text), text
    assert row not in questions.found(questions.complaints(handler), "没有这个")


def test_nobody_was_on_site_on_a_day_that_lies_ahead(row, handler):
    row = go(handler, row, State.ASSESSED)
    row = proceeding.assess(handler, row.pk, row.version, effect="safety", grows=True)
    ahead = {**GIVEN, "on": timezone.localdate() + timedelta(days=1)}
    with pytest.raises(NotPossible):
        proceeding.advance(handler, row.pk, row.version, State.INVESTIGATED, ahead)


def test_a_manager_opens_the_letters_of_a_complaint_brought_to_his_account(handler, mine):
    row = intake.by_the_form({"text": "漏水", "email": "li@customer.example", "named": "李店长"})
    assert OutgoingMail.objects.get(about=row.subject).account is None

    actions.match(handler, row.pk, row.version, account=mine)

    assert OutgoingMail.objects.get(about=row.subject).account == mine
