"""What is asked for waits for a second person within the limits, is decided by nobody who asked, and all of it is kept."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account
from vitalfew.accounts.parts import timeline
from vitalfew.approvals import actions, examples, questions
from vitalfew.approvals.deciding import authorities, deciders
from vitalfew.approvals.models import Approval, Delegation, Limit, Step
from vitalfew.approvals.worklist import waiting
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def asked(user, account, kind="allowance", **said):
    plain = {"what": "补偿一台样机", "why": "运输破损", "amount": Decimal(3000), "needed_by": None}
    return actions.ask_by_hand(user, kind, account, {**plain, **said})


def decides(user, row):
    return row.pk in authorities(user, questions.approvals(user).filter(pk=row.pk))


def colleague(account):
    """Another manager who sees the account."""
    other = User.objects.get(username="other")
    account.team.create(user=other, role="sales")
    return other


def test_a_second_person_approves_and_every_step_is_stamped(manager, director, mine):
    row = asked(manager, mine)

    done = actions.approve(director, row.pk, row.version, "同意")

    assert (done.state, done.version, done.is_waiting) == ("approved", 2, False)
    steps = [(step.kind, step.who, step.note, step.amount) for step in done.steps.all()]
    assert steps == [("asked", "manager", "运输破损", 3000), ("approved", "director", "同意", 3000)]
    trail = AuditEntry.objects.filter(subject=f"approval:{row.pk}").order_by("number")
    assert [(each.action, each.who) for each in trail] == [
        ("approval-ask", "manager"),
        ("approval-approve", "director"),
    ]
    assert "破损" not in str([each.changes for each in trail])


def test_who_asked_never_decides_whatever_the_right(director, mine):
    row = asked(director, mine)

    assert not decides(director, row)
    with pytest.raises(Forbidden):
        actions.approve(director, row.pk, row.version)
    assert Approval.objects.get(pk=row.pk).is_waiting


def test_what_was_decided_is_not_decided_again_nor_from_an_old_page(manager, director, house, mine):
    row = asked(manager, mine)
    actions.approve(director, row.pk, row.version)

    with pytest.raises(Stale):
        actions.send_back(house.user("executive"), row.pk, row.version, "太多")
    with pytest.raises(NotPossible, match="not wait"):
        actions.send_back(house.user("executive"), row.pk, row.version + 1, "太多")


def test_sent_back_it_is_mended_and_asked_again_with_its_history(manager, director, mine):
    row = asked(manager, mine)
    back = actions.send_back(director, row.pk, row.version, "缺对账单")
    assert [task.url for task in waiting(manager)] == [row.get_absolute_url()]

    again = actions.ask_again(manager, row.pk, back.version, {"amount": Decimal(2500), "why": "附对账单"})

    assert (again.state, again.amount) == ("waiting", 2500)
    assert list(row.steps.values_list("kind", "amount")) == [("asked", 3000), ("returned", 3000), ("again", 2500)]
    with pytest.raises(Forbidden):
        actions.withdraw(director, row.pk, again.version)
    assert actions.withdraw(manager, row.pk, again.version).state == "withdrawn"


@pytest.mark.parametrize(("limit", "amount", "fine"), [
    (None, "0.01", False), ("3000", "3000.00", True), ("3000", "3000.01", False), ("0", "1", False),
])  # fmt: skip
def test_a_manager_decides_up_to_the_limit_that_is_set(house, director, mine, limit, amount, fine):
    other = colleague(mine)
    if limit is not None:
        actions.set_limit(house.user("administrator"), "allowance", "manager", Decimal(limit))
    row = asked(director, mine, amount=Decimal(amount))

    assert decides(other, row) is fine
    assert (other in deciders(row)) is fine


def test_a_limit_binds_heads_too_and_counts_in_its_own_currency_alone(house, manager, director, mine):
    actions.set_limit(house.user("administrator"), "allowance", "director", Decimal(1000))
    small, large = asked(manager, mine, amount=Decimal(900)), asked(manager, mine)

    assert (decides(director, small), decides(director, large)) == (True, False)
    Approval.objects.filter(pk=small.pk).update(currency="XYZ")
    assert not decides(director, small)
    assert decides(house.user("executive"), large)


def test_limits_are_the_administrators_and_of_roles_that_decide(house, director):
    administrator = house.user("administrator")

    with pytest.raises(Forbidden):
        actions.set_limit(director, "allowance", "manager", Decimal(1))
    with pytest.raises(NotPossible, match="does not decide"):
        actions.set_limit(administrator, "allowance", "supply", Decimal(1))
    row = actions.set_limit(administrator, "allowance", "manager", Decimal(1))
    with pytest.raises(NotPossible, match="already"):
        actions.set_limit(administrator, "allowance", "manager", Decimal(2))
    actions.drop_limit(administrator, row.pk)
    actions.set_limit(administrator, "allowance", "manager", Decimal(2))
    with pytest.raises(NotPossible, match="already"):
        actions.fetch_limit_back(administrator, row.pk)


@pytest.mark.parametrize(("since", "until", "fine"), [(0, 0, True), (-3, 3, True), (1, 3, False), (-3, -1, False)])
def test_a_deputy_decides_in_these_days_and_is_named(house, manager, director, mine, since, until, fine):
    deputy = house.user("marketing")
    actions.delegate(director, deputy, today() + since * DAY, today() + until * DAY)
    row = asked(manager, mine)

    assert decides(deputy, row) is fine
    if fine:
        actions.approve(deputy, row.pk, row.version)
        assert row.steps.last().instead_of == str(director)
        told = AuditEntry.objects.get(action="approval-approve").changes
        assert told["instead_of"] == "director"


def test_whoever_stands_in_during_an_absence_decides_and_nobody_for_who_asked(house, manager, director, mine):
    deputy = house.user("executive")
    User.objects.filter(pk=deputy.pk).update(role="marketing")
    Absence.objects.create(user=director, deputy=deputy, since=today(), until=today(), made_by="x", changed_by="x")
    deputy.refresh_from_db()

    assert decides(deputy, asked(manager, mine))
    assert not decides(deputy, asked(director, mine))
    assert not decides(deputy, asked(deputy, mine))


def test_of_a_foreign_account_nothing_is_seen_nor_decided(house, director, client):
    foreign = Account.objects.get(code=house.foreign)
    actions.set_limit(house.user("administrator"), "allowance", "manager", Decimal(9999))
    row = asked(director, foreign)
    browser = signed_in(house, client, "manager")

    assert not questions.approvals(house.user("manager")).exists()
    assert browser.get(f"/approvals/{row.pk}/").status_code == 404
    assert browser.post(f"/approvals/{row.pk}/approve/", {"version": 1}).status_code == 404
    assert list(waiting(house.user("manager"))) == []
    assert list(hits(house.user("manager"), "样机", 5)) == []


def test_today_tells_who_may_decide_with_the_amount(house, manager, director, mine):
    asked(manager, mine, needed_by=today() + 2 * DAY)

    (task,) = waiting(director)

    assert (task.effect, task.due, task.customer) == (3000.0, today() + 2 * DAY, mine.code)
    assert "补偿一台样机" in task.why.say("zh-hans")
    assert list(waiting(manager)) == []
    assert list(waiting(house.user("analyst"))) == []


def test_pages_ask_decide_and_tell_errors_beside_their_fields(house, client, mine):
    browser = signed_in(house, client, "manager")
    begun = {"kind": "allowance", "what": "补偿", "why": "破损", "needed_by": ""}
    for wrong in ({"amount": ""}, {"amount": "-5"}, {"amount": "abc"}, {"amount": "1", "why": ""}):
        assert browser.post(f"/approvals/new/?account={mine.code}", {**begun, **wrong}).status_code == 422
    assert not Approval.objects.exists()
    browser.post(f"/approvals/new/?account={mine.code}", {**begun, "amount": "12.50"})
    row = Approval.objects.get()
    assert "approval-approve" not in browser.get(f"/approvals/{row.pk}/").content.decode()
    assert browser.post(f"/approvals/{row.pk}/approve/", {"version": row.version}).status_code == 422

    head = signed_in(house, client, "director")
    assert head.post(f"/approvals/{row.pk}/send-back/", {"version": row.version, "why": ""}).status_code == 422
    assert head.post(f"/approvals/{row.pk}/send-back/", {"version": 0, "why": "单据"}).status_code == 422
    assert head.post(f"/approvals/{row.pk}/send-back/", {"version": row.version, "why": "单据"}).status_code == 302
    browser = signed_in(house, client, "manager")
    assert browser.get(f"/approvals/{row.pk}/again/").status_code == 200
    sent = {"version": 2, "what": "补偿", "why": "附单据", "amount": "12.50"}
    assert browser.post(f"/approvals/{row.pk}/again/", {**sent, "version": 1}).status_code == 409
    assert browser.post(f"/approvals/{row.pk}/again/", sent).status_code == 302
    assert browser.post(f"/approvals/{row.pk}/withdraw/", {"version": 3}).status_code == 302
    assert list(row.steps.values_list("kind", flat=True)) == ["asked", "returned", "again", "withdrawn"]


@pytest.mark.parametrize("amount", ["0.01", "12400", "999999999999.99"])
def test_an_amount_is_written_to_the_cent(house, client, manager, mine, amount):
    row = asked(manager, mine, amount=Decimal(amount))

    page = signed_in(house, client, "director").get(f"/approvals/{row.pk}/").content.decode()

    assert page.count(f"¥{Decimal(amount):,.2f}") == 2


def test_the_page_says_where_nobody_may_decide(house, client, mine):
    User.objects.exclude(username__in=["director", "manager"]).update(is_active=False)
    row = asked(house.user("director"), mine)

    page = signed_in(house, client, "director").get(f"/approvals/{row.pk}/").content.decode()

    assert "没有人可以审批" in page


def test_deputies_and_limits_are_set_changed_and_fetched_back_on_their_pages(house, client):
    browser = signed_in(house, client, "administrator")
    days = {"since": today(), "until": today() + DAY}
    assert browser.post("/approval-deputies/new/", {"deputy": "administrator", **days}).status_code == 422
    assert (
        browser.post("/approval-deputies/new/", {"deputy": "director", **days, "until": "2020-01-01"}).status_code
        == 422
    )
    browser.post("/approval-deputies/new/", {"deputy": "director", **days})
    row = Delegation.objects.get()
    changed = {"deputy": "executive", **days, "version": 1}
    assert browser.post(f"/approval-deputies/{row.pk}/", changed).status_code == 302
    assert browser.post(f"/approval-deputies/{row.pk}/", {**changed, "deputy": "director"}).status_code == 409
    browser.post(f"/approval-deputies/{row.pk}/put-away/")
    assert not Delegation.objects.on(today()).exists()
    browser.post(f"/approval-deputies/{row.pk}/fetch-back/")
    assert Delegation.objects.on(today()).get().deputy.username == "executive"

    browser.post("/approval-limits/new/", {"kind": "allowance", "role": "manager", "amount": "500"})
    limit = Limit.objects.get()
    assert browser.post(f"/approval-limits/{limit.pk}/", {"amount": "-1", "version": 1}).status_code == 422
    assert browser.post(f"/approval-limits/{limit.pk}/", {"amount": "800", "version": 1}).status_code == 302
    assert Limit.objects.get().amount == 800
    browser.post(f"/approval-limits/{limit.pk}/put-away/")
    assert not questions.limits(house.user("administrator")).exists()


def test_only_who_is_away_or_an_administrator_ends_a_deputys_days(house, client, director):
    row = actions.delegate(director, house.user("executive"), today(), today())

    assert signed_in(house, client, "executive").get(f"/approval-deputies/{row.pk}/").status_code == 200
    assert signed_in(house, client, "executive").post(f"/approval-deputies/{row.pk}/put-away/").status_code == 404
    assert signed_in(house, client, "marketing").get(f"/approval-deputies/{row.pk}/").status_code == 404
    assert signed_in(house, client, "administrator").post(f"/approval-deputies/{row.pk}/put-away/").status_code == 302


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_asks_as_often_for_many_as_for_one(house, client, manager, mine, django_assert_max_num_queries, many):
    for _n in range(many):
        asked(manager, mine)
    browser = signed_in(house, client, "director")
    browser.get("/approvals/")

    with django_assert_max_num_queries(18):
        page = browser.get("/approvals/?whose=mine").content.decode()
    assert page.count("<tr data-row") == many
    assert browser.get("/approvals/?whose=others").content.decode().count("<tr data-row") == 0


def test_it_stands_on_the_timeline_in_the_search_and_in_the_export(house, client, manager, director, mine):
    row = asked(manager, mine)
    actions.approve(director, row.pk, row.version)

    lines = [touch for touch in timeline(director, mine) if touch.kind == "approval"]
    assert len(lines) == 2
    assert "批准" in lines[0].what.say("zh-hans") + lines[1].what.say("zh-hans")
    assert [hit.url for hit in hits(director, "样机", 5) if hit.kind == "approval"] == [row.get_absolute_url()]
    answer = signed_in(house, client, "director").get("/approvals/?format=csv")
    assert "3,000.00" in b"".join(answer.streaming_content).decode()


def test_a_forgotten_person_leaves_the_words(own_facts, manager, director, mine):  # noqa: ARG001
    post = contacts.add(director, mine, {"name": "欧阳采薇"}, {"title": "店长"})
    row = asked(manager, mine, what="欧阳采薇要求补偿")
    actions.send_back(director, row.pk, row.version, "问过欧阳采薇吗")

    erasing.erase(director, post.person, post.person.version)

    row.refresh_from_db()
    assert "欧阳采薇" not in row.what + str(list(Step.objects.values_list("note", flat=True)))
    assert row.state == "returned"


def test_the_demo_house_has_asked_once(house):
    User.objects.filter(username="administrator").update(username="admin")
    User.objects.filter(username="other").update(is_active=True)
    examples.plant()
    before = sorted(Approval.objects.values_list("state", flat=True))
    examples.plant()

    assert before == ["approved", "returned", "waiting", "waiting"]
    assert Approval.objects.count() == 4
    assert all(not re.search("[a-z]", row.what) for row in Approval.objects.all())
    assert house.user("director").delegations.count() == 1
