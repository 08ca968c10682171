"""A breach becomes a promise, a penalty or a waiver; each can be taken back until it is settled."""

from decimal import Decimal

import pytest
from test_agreements import DAY, approved, fields, owed, today, urls

from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.agreements import actions, breaching, composing, questions
from vitalfew.agreements.models import Breach
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises import actions as promises
from vitalfew.promises.models import Promise

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def agreed(house, manager, director):
    row = actions.write(manager, Account.objects.get(code=house.mine), fields(owner=manager))
    composing.put_in(manager, row.pk, "obligation", owed())
    return approved(manager, director, row)


@pytest.fixture
def broken(manager, agreed):
    def recorded(side="theirs"):
        said = {"side": side, "broken_on": today() - 3 * DAY, "text": "数据没有提供", "evidence": "平台没有记录"}
        return breaching.record(manager, agreed.pk, said)

    return recorded


def penalised(user, row, amount="5000.05"):
    return breaching.penalise(user, row.pk, row.version, amount=Decimal(amount), due=today() + DAY)


def waived(user, row, amount="5000.05"):
    return breaching.waive(user, row.pk, row.version, amount=Decimal(amount), why="首次")


def test_it_is_asked_about_until_something_is_decided(manager, broken):
    row = broken()
    assert row.get_absolute_url() in urls(manager)
    assert questions.open_breaches(manager, row.agreement.account) == [row]

    breaching.change(manager, row.pk, row.version, {"evidence": "两封邮件"})
    row.refresh_from_db()
    row = breaching.penalise(manager, row.pk, row.version, amount=Decimal(1), due=today() + 20 * DAY)

    assert row.get_absolute_url() not in urls(manager), "its penalty is due later"
    with pytest.raises(NotPossible, match="take that back"):
        breaching.change(manager, row.pk, row.version, {"evidence": "x"})


def test_of_a_draft_nothing_is_broken(house, manager):
    row = actions.write(manager, Account.objects.get(code=house.mine), fields())

    with pytest.raises(NotPossible):
        breaching.record(manager, row.pk, {"side": "ours", "broken_on": today(), "text": "x", "evidence": "x"})


def test_what_we_broke_becomes_a_promise_and_back(manager, broken):
    row = broken("ours")
    done = breaching.promise(manager, row.pk, row.version, text="十日前结清", due=today() + 9 * DAY, owner=manager)
    promise = Promise.objects.get()
    assert (done.state, done.promise, promise.origin, promise.reference) == ("promised", promise, "agreement", "HZ-1")

    breaching.take_back(manager, row.pk)

    assert not Promise.objects.visible_to(manager).exists()
    assert Breach.objects.get(pk=row.pk).state == "open"


def test_a_promise_that_was_kept_is_not_taken_back(manager, broken):
    row = broken("ours")
    breaching.promise(manager, row.pk, row.version, text="十日前结清", due=today() + 9 * DAY, owner=manager)
    promise = Promise.objects.get()
    promises.keep(manager, promise.pk, promise.version, on=today(), evidence="已到账")

    with pytest.raises(NotPossible, match="settled"):
        breaching.take_back(manager, row.pk)
    assert questions.open_breaches(manager, row.agreement.account) == []


def test_what_the_customer_broke_is_no_promise_of_ours(manager, broken):
    row = broken("theirs")
    with pytest.raises(NotPossible):
        breaching.promise(manager, row.pk, row.version, text="x", due=today(), owner=manager)
    assert not Promise.objects.exists()
    ours = broken("ours")
    with pytest.raises(NotPossible, match="waived by us"):
        waived(manager, ours)


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_penalty_is_settled_to_the_cent_and_stays(manager, broken, side):
    row = penalised(manager, broken(side))
    assert (row.state, row.penalty) == ("penalty", "¥5,000.05")
    with pytest.raises(Stale):
        breaching.settle(manager, row.pk, row.version - 1, on=today(), settlement="转账")
    with pytest.raises(NotPossible, match="before the breach"):
        breaching.settle(manager, row.pk, row.version, on=row.broken_on - DAY, settlement="转账")

    done = breaching.settle(manager, row.pk, row.version, on=today(), settlement="转账")

    assert (done.state, Breach.objects.get(pk=row.pk).amount) == ("settled", Decimal("5000.05"))
    with pytest.raises(NotPossible, match="stays so"):
        breaching.take_back(manager, row.pk)


def test_a_penalty_is_taken_back_before_it_is_settled(manager, broken):
    row = penalised(manager, broken())

    again = breaching.take_back(manager, row.pk)

    assert (again.state, again.amount, again.due, again.currency) == ("open", None, None, "")
    with pytest.raises(NotPossible, match="Nothing is decided"):
        breaching.take_back(manager, row.pk)


def test_without_a_limit_a_second_person_approves_a_waiver(manager, director, broken):
    row = waived(manager, penalised(manager, broken()))
    approval = row.approval
    assert (row.state, approval.amount) == ("asked", Decimal("5000.05"))
    with pytest.raises(Forbidden):
        approvals.approve(manager, approval.pk, approval.version)

    approvals.approve(director, approval.pk, approval.version)

    assert Breach.objects.get(pk=row.pk).state == "waived"
    with pytest.raises(NotPossible, match="second person"):
        breaching.take_back(manager, row.pk)


@pytest.mark.parametrize("claimed", [True, False])
def test_a_waiver_that_is_sent_back_leaves_what_was(manager, director, broken, claimed):
    row = broken()
    asked = waived(manager, penalised(manager, row) if claimed else row)

    approvals.send_back(director, asked.approval.pk, asked.approval.version, "金额太大")

    left = Breach.objects.get(pk=row.pk)
    assert (left.state, left.amount) == (("penalty", Decimal("5000.05")) if claimed else ("open", None))


def test_within_the_limit_of_the_role_nobody_else_is_asked(house, manager, broken):
    approvals.set_limit(house.user("administrator"), "penalty-waiver", "manager", Decimal(6000))

    at_once, asked = waived(manager, broken(), "6000"), waived(manager, broken(), "6000.01")

    assert (at_once.state, asked.state) == ("waived", "asked")
    assert Approval.objects.filter(kind="penalty-waiver").count() == 1
    assert breaching.take_back(manager, at_once.pk).state == "open"
    assert breaching.take_back(manager, asked.pk).state == "open"
    assert Approval.objects.get(kind="penalty-waiver").state == "withdrawn"


def test_every_step_stands_in_the_trail(manager, broken):
    row = penalised(manager, broken())
    breaching.settle(manager, row.pk, row.version, on=today(), settlement="红字发票")

    steps = AuditEntry.objects.filter(subject=row.subject).order_by("number").values_list("action", flat=True)

    assert list(steps) == ["breach-add", "breach-change", "breach-change"]


def test_one_recorded_by_mistake_is_put_away_and_fetched_back(manager, broken):
    row = broken()
    breaching.put_away(manager, row.pk)
    assert not questions.breaches(manager).exists()
    assert breaching.fetch_back(manager, row.pk).state == "open"


def test_a_promise_that_was_put_away_elsewhere_does_not_hold_its_breach(manager, broken):
    row = broken("ours")
    row = breaching.promise(manager, row.pk, row.version, text="补发", due=today() + DAY, owner=manager)
    promises.put_away(manager, row.promise.pk)

    assert breaching.take_back(manager, row.pk).state == "open"


def test_who_set_a_penalty_does_not_approve_that_it_is_waived(manager, director, broken):
    row = penalised(director, broken())

    assert waived(manager, row).approval.shut_out == ["director", "manager"]


def test_settled_without_money_it_is_closed_with_what_was_settled_and_back(manager, broken):
    row = broken()

    closed = breaching.close(manager, row.pk, row.version, on=today(), settlement="补报两个月数据，双方同意不再追究")

    assert (closed.state, closed.amount, closed.settled_on) == ("settled", None, today())
    assert row.get_absolute_url() not in urls(manager)
    said = [each.what.say("en") for each in timeline(manager, row.agreement.account)]
    assert "A breach of HZ-1 年度合作协议 was settled without money: 补报两个月数据，双方同意不再追究" in said
    back = breaching.take_back(manager, row.pk, closed.version)
    assert (back.state, back.settled_on, back.settlement) == ("open", None, "")


@pytest.mark.parametrize("on", [-4, 1], ids=["before the breach", "ahead"])
def test_it_is_closed_on_a_day_that_can_be(manager, broken, on):
    row = broken()

    with pytest.raises(NotPossible, match="This day lies"):
        breaching.close(manager, row.pk, row.version, on=today() + on * DAY, settlement="和解")


def test_what_was_decided_is_not_closed_beside(manager, broken):
    row = penalised(manager, broken())

    with pytest.raises(NotPossible, match="decided"):
        breaching.close(manager, row.pk, row.version, on=today(), settlement="和解")
