"""An agreement from its draft to the next one: approved as it was asked for, read from the facts, asked about, ended, renewed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.between import Between
from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.agreements import actions, breaching, comparing, composing, contracts, handed, questions, reading
from vitalfew.agreements.cards import running
from vitalfew.agreements.days import decided_by, notice_day, year_of
from vitalfew.agreements.models import Agreement, Obligation
from vitalfew.agreements.part_forms import ObligationForm
from vitalfew.agreements.touches import touches
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.outlets.today import tasks_for
from vitalfew.people import records
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards

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


def fields(**other):
    """An agreement that began a year before the book ends and runs for 300 days more."""
    last = scorecards.current().as_of
    return {
        "number": "HZ-1", "title": "年度合作协议", "kind": "annual", "since": last - 364 * DAY, "until": today() + 300 * DAY,
        "renewal": "automatic", "notice_days": 30, "lead_days": 60, "value": Decimal("1000000.10"), "currency": "CNY",
        **other,
    }  # fmt: skip


def owed(**other):
    return {"side": "theirs", "text": "全年采购", "rhythm": "year", "measure": "none", **other}


def approved(author, second, row):
    asked = actions.ask(author, row.pk)
    approvals.approve(second, asked.approval.pk, asked.approval.version)
    return Agreement.objects.get(pk=row.pk)


@pytest.fixture
def draft(manager, mine):
    row = actions.write(manager, mine, fields(owner=manager))
    composing.put_in(manager, row.pk, "obligation", owed())
    return Agreement.objects.get(pk=row.pk)


@pytest.fixture
def in_force(manager, director, draft):
    return approved(manager, director, draft)


def urls(user):
    return [task.url for task in tasks_for(user)]


def test_days_of_notice_and_of_decision():
    assert notice_day(date(2026, 12, 31), 90) == date(2026, 10, 2)
    assert notice_day(None, 90) is notice_day(date(2026, 12, 31), None) is None
    assert decided_by(date(2026, 12, 31), date(2026, 10, 2), "automatic") == date(2026, 10, 2)
    assert decided_by(date(2026, 12, 31), date(2026, 10, 2), "none") == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("since", "until", "day", "year"),
    [
        (date(2024, 5, 1), date(2027, 4, 30), date(2026, 1, 1), (date(2025, 5, 1), date(2026, 4, 30))),
        (date(2024, 5, 1), date(2027, 4, 30), date(2023, 1, 1), (date(2024, 5, 1), date(2025, 4, 30))),
        (date(2024, 5, 1), date(2025, 9, 30), date(2030, 1, 1), (date(2025, 5, 1), date(2025, 9, 30))),
        (date(2024, 2, 29), None, date(2025, 3, 1), (date(2025, 3, 1), date(2026, 2, 28))),
    ],
    ids=["a-later-year", "before-it", "after-it", "leap-day"],
)
def test_the_running_year_of_an_agreement(since, until, day, year):
    assert year_of(since, until, day) == year


def test_a_second_person_approves_what_was_asked_for(manager, director, draft):
    asked = actions.ask(manager, draft.pk)
    approval = asked.approval
    assert (asked.state, approval.amount, approval.currency) == ("waiting", Decimal("1000000.10"), "CNY")
    assert approval.get_absolute_url() in urls(director)
    with pytest.raises(NotPossible):
        actions.change(manager, draft.pk, asked.version, {"title": "x"})
    with pytest.raises(NotPossible):
        composing.put_in(manager, draft.pk, "obligation", owed())
    with pytest.raises(Forbidden):
        approvals.approve(manager, approval.pk, approval.version)

    approvals.approve(director, approval.pk, approval.version)

    row = Agreement.objects.get(pk=draft.pk)
    assert (row.state, row.in_force_on, row.standing.value) == ("in-force", today(), "in-force")


def test_changed_behind_the_approver_it_does_not_come_into_force(manager, director, draft):
    asked = actions.ask(manager, draft.pk)
    Agreement.objects.filter(pk=draft.pk).update(version=asked.version + 1, title="x")

    with pytest.raises(NotPossible, match="changed since"):
        approvals.approve(director, asked.approval.pk, asked.approval.version)

    assert Agreement.objects.get(pk=draft.pk).state == "waiting"
    assert Approval.objects.get(pk=asked.approval.pk).state == "waiting"


def test_sent_back_it_is_mended_and_asked_for_again(manager, director, draft):
    first = actions.ask(manager, draft.pk).approval
    approvals.send_back(director, first.pk, first.version, "价格太低")
    row = Agreement.objects.get(pk=draft.pk)
    assert row.state == "draft"
    actions.change(manager, row.pk, row.version, {"value": Decimal(5)})

    second = actions.ask(manager, row.pk).approval

    assert second.pk != first.pk
    assert Approval.objects.get(pk=first.pk).state == "withdrawn"
    assert actions.withdraw(manager, row.pk).state == "draft"
    assert Approval.objects.get(pk=second.pk).state == "withdrawn"


def test_without_an_obligation_nothing_is_asked_for(manager, mine):
    row = actions.write(manager, mine, fields())

    with pytest.raises(NotPossible, match="obligation"):
        actions.ask(manager, row.pk)


def test_in_force_its_terms_stay(manager, director, in_force):
    assert actions.change(manager, in_force.pk, in_force.version, {"value": 1, "owner": director}).owner == director

    row = Agreement.objects.get(pk=in_force.pk)
    assert row.value == Decimal("1000000.10")
    with pytest.raises(NotPossible):
        actions.put_away(manager, row.pk)
    with pytest.raises(Stale):
        actions.change(manager, row.pk, row.version - 1, {"owner": manager})


def test_a_draft_is_put_away_and_fetched_back(manager, draft):
    actions.put_away(manager, draft.pk)
    assert not questions.agreements(manager).filter(pk=draft.pk)

    actions.fetch_back(manager, draft.pk)

    assert questions.agreements(manager).filter(pk=draft.pk)


def due(manager, director, mine, **days):
    row = actions.write(manager, mine, fields(owner=manager, **days))
    composing.put_in(manager, row.pk, "obligation", owed())
    return approved(manager, director, row)


def test_its_owner_is_asked_ahead_of_notice_and_heads_when_it_is_late(manager, director, mine):
    ahead = due(manager, director, mine, until=today() + 89 * DAY)
    later = due(manager, director, mine, until=today() + 95 * DAY)
    late = due(manager, director, mine, until=today() + 20 * DAY)
    over = due(manager, director, mine, until=today() - DAY)

    assert {each.get_absolute_url() for each in (ahead, late, over)} <= set(urls(manager))
    assert later.get_absolute_url() not in urls(manager)
    assert {each.get_absolute_url() for each in (late, over)} <= set(urls(director))
    assert ahead.get_absolute_url() not in urls(director)
    said = {task.url: task.why.say("en") for task in tasks_for(manager)}
    assert "notice can be given until" in said[ahead.get_absolute_url()]
    assert "it renews itself" in said[late.get_absolute_url()]
    assert "renew it, or write down that it is over" in said[over.get_absolute_url()]


def test_once_decided_nothing_is_asked(manager, director, mine):
    noticed = due(manager, director, mine, until=today() + 20 * DAY)
    renewed = due(manager, director, mine, until=today() + 21 * DAY)
    actions.give_notice(manager, noticed.pk, noticed.version, on=today(), by="ours", why="价格谈不拢")
    actions.renew(manager, renewed.pk)

    assert {noticed.get_absolute_url(), renewed.get_absolute_url()}.isdisjoint(urls(manager))
    actions.take_notice_back(manager, noticed.pk)
    assert noticed.get_absolute_url() in urls(manager)


def test_it_ends_or_is_terminated_and_is_opened_again(manager, in_force):
    row = actions.give_notice(manager, in_force.pk, in_force.version, on=today(), by="ours", why="价格谈不拢")
    ended = actions.end(manager, in_force.pk, row.version, on=today(), why="合作终止")
    assert ended.ended_why == "合作终止"
    assert (ended.state, ended.standing.value) == ("terminated", "terminated")
    assert actions.reopen(manager, in_force.pk).standing.value == "in-force"
    row = Agreement.objects.get(pk=in_force.pk)
    assert (row.why, row.ended_why) == ("价格谈不拢", "")
    with pytest.raises(NotPossible, match="lies ahead"):
        actions.end(manager, row.pk, row.version, on=today() + DAY, why="x")
    with pytest.raises(NotPossible, match="before the agreement"):
        actions.end(manager, row.pk, row.version, on=row.since - DAY, why="x")


def test_renewing_goes_on_from_it_and_is_compared(manager, director, mine):
    year = today().year
    row = actions.write(manager, mine, fields(
        owner=manager, title=f"{year}年度合作协议", since=date(year, 1, 1), until=date(year, 12, 31),
    ))  # fmt: skip
    composing.put_in(manager, row.pk, "obligation", owed(due=date(year, 6, 30)))
    rule = {"kind": "discount", "value": Decimal(8), "since": row.since, "until": row.until}
    composing.put_in(manager, row.pk, "rule", rule)
    row = approved(manager, director, row)

    made = actions.renew(manager, row.pk)

    assert (made.since, made.until, made.title) == (
        date(year + 1, 1, 1),
        date(year + 1, 12, 31),
        f"{year + 1}年度合作协议",
    )
    assert [each.due for each in made.obligations.all()] == [made.until]
    assert [(each.value, each.since, each.until) for each in made.pricerules.all()] == [
        (Decimal(8), made.since, made.until)
    ]
    with pytest.raises(NotPossible, match="begun already"):
        actions.renew(manager, row.pk)
    differing = [each.label for each in comparing.compared(manager, row, made) if each.differs]
    assert differing == ["Title", "Agreement number", "Time"]
    approved(manager, director, made)
    row.refresh_from_db()
    assert row.renewed_on == today()


def test_standing_in_the_list_is_as_on_the_page(manager, director, mine):
    rows = [
        due(manager, director, mine, until=today() - DAY), due(manager, director, mine),
        due(manager, director, mine, since=today() + DAY), actions.write(manager, mine, fields()),
    ]  # fmt: skip
    words = ["over", "in-force", "coming", "draft"]

    assert [row.standing.value for row in rows] == words
    for row, word in zip(rows, words, strict=True):
        assert list(Agreement.objects.filter(account=mine).standing(word, today())) == [row]
    Agreement.objects.filter(pk=rows[0].pk).update(renewed_on=today())
    assert list(Agreement.objects.filter(account=mine).standing("ended", today())) == [rows[0]]
    assert Agreement.objects.get(pk=rows[0].pk).standing.value == "ended"
    assert [each.pk for each in running(manager, mine)["agreements"]] == [rows[1].pk, rows[2].pk]


def test_a_quantity_is_read_as_the_pieces_delivered_of_a_product(manager, mine):
    row = actions.write(manager, mine, fields(since=scorecards.current().as_of - 200 * DAY))
    lines = Between(mine.codes, row.since, scorecards.current().as_of, "CNY").rows(
        "order_lines", "ordered_on", "product, quantity::DOUBLE AS n, delivered_on"
    )
    product = lines[0]["product"]
    said = owed(side="ours", measure="quantity", rhythm="month", target=Decimal(2), product=product, unit="箱")
    composing.put_in(manager, row.pk, "obligation", said | {"pieces": Decimal(12)})

    [told] = reading.standings(manager, row)
    facts = reading.Facts(row)
    ends = (facts.last - date(1970, 1, 1)).days
    came = [each["n"] for each in lines if each["product"] == product and (each["delivered_on"] or ends + 1) <= ends]
    assert told.reading.value == pytest.approx(sum(came))
    assert facts.owed(told.obligation) == pytest.approx(24 * ((facts.until - facts.since).days + 1) * 12 / 365)
    assert told.target.say("en") == "2 箱"


def test_a_quantity_is_owed_of_a_product_that_we_sell(manager, mine):
    row = actions.write(manager, mine, fields())
    said = {"side": "ours", "text": "按月保供", "rhythm": "month", "measure": "quantity", "target": "2", "unit": "箱"}
    codes = {
        product: ObligationForm(manager, row, said | {"product": product})
        for product in ("NO-SUCH", min(product_codes()))
    }

    assert {product: list(form.errors) for product, form in codes.items()} == {
        "NO-SUCH": ["product"],
        min(product_codes()): [],
    }


def test_obligations_are_read_from_the_facts(manager, mine):
    row = actions.write(manager, mine, fields(since=scorecards.current().as_of - 200 * DAY))
    facts = reading.Facts(row)
    book = Between(mine.codes, row.since, scorecards.current().as_of, "CNY")
    measured = {
        "sales": {}, "growth": {}, "payment": {"days": 60}, "delivery": {}, "sell-out": {},
        "category": {"category": next(name for name in book.bought if name)},
        "share": {"category": next(name for name in book.bought if name)},
    }  # fmt: skip
    for measure, other in measured.items():
        composing.put_in(manager, row.pk, "obligation", owed(measure=measure, target=Decimal(50), **other))

    found = {each.obligation.measure: each for each in reading.standings(manager, row)}

    assert facts.elapsed > 0
    assert found["sales"].reading.value == pytest.approx(book.of().amount)
    part = book.of(measured["category"]["category"]).amount
    assert found["category"].reading.value == pytest.approx(part)
    if book.of().amount > 0:
        assert found["share"].reading.value == pytest.approx(part / book.of().amount)
    lines = book.rows("order_lines", "ordered_on", "promised_on, delivered_on")
    ends = (facts.last - date(1970, 1, 1)).days
    judged = [each for each in lines if each["promised_on"] is not None and each["promised_on"] <= ends]
    if judged:
        kept = [each for each in judged if each["delivered_on"] and each["delivered_on"] <= each["promised_on"]]
        assert found["delivery"].reading.value == pytest.approx(len(kept) / len(judged))
    assert all(each.reading.why or each.reading.value is not None for each in found.values())


def test_what_no_fact_tells_is_said(manager, mine):
    row = actions.write(manager, mine, fields(since=today() + DAY, until=today() + 365 * DAY))
    composing.put_in(manager, row.pk, "obligation", owed())
    composing.put_in(manager, row.pk, "obligation", owed(measure="sales", target=Decimal(1)))

    silent, early = reading.standings(manager, row)

    assert (silent.course.value, silent.is_measured) == ("unknown", False)
    assert (early.course.value, early.reached.say("en")) == ("unknown", "The agreement's time has not begun")


def test_amounts_of_another_currency_are_not_added(manager, mine):
    row = actions.write(manager, mine, fields(since=scorecards.current().as_of - 200 * DAY, currency="USD"))
    composing.put_in(manager, row.pk, "obligation", owed(measure="sales", target=Decimal(1)))

    (found,) = reading.standings(manager, row)

    others = reading.Facts(row).between.of().others
    assert (found.reading.value is None) == bool(others)


@pytest.mark.parametrize("covers", ["service", "purchases"])
def test_an_agreement_is_taken_over_from_a_contract_once(manager, mine, monkeypatch, covers):
    row = {
        "contract": "FW-1", "started_on": 20000, "ended_on": None, "period_value": Decimal("1200.5000"), "currency": "CNY",
        "covers": covers, "kind": "延保服务", "discount": 0.125, "payment_terms_days": 60, "automatic_renewal": "否",
    }  # fmt: skip
    monkeypatch.setattr(contracts, "_rows", lambda _account, _number="": [row])

    made = composing.take_over(manager, mine, "FW-1")

    assert (made.state, made.contract, made.value, made.until) == ("draft", "FW-1", Decimal("1200.50"), None)
    assert [each.days for each in made.obligations.all()] == [None if covers == "service" else 60]
    assert [each.value for each in made.pricerules.all()] == ([] if covers == "service" else [Decimal("12.5")])
    (told,) = contracts.of_account(manager, mine)
    assert told.agreement == made
    with pytest.raises(NotPossible, match="already"):
        composing.take_over(manager, mine, "FW-1")


def test_contracts_of_the_facts_stand_beside(manager, mine):
    numbers = {each.number for each in contracts.of_account(manager, mine)}

    assert {
        each.number for each in contracts.of_account(manager, mine) if each.since and each.currency == "CNY"
    } == numbers
    with pytest.raises(Agreement.DoesNotExist):
        composing.take_over(manager, mine, "x")


def test_who_may_change_it(house, director, draft):
    assert questions.may_change(director, draft)
    assert not questions.may_change(house.user("analyst"), draft)
    with pytest.raises(Forbidden):
        actions.change(house.user("analyst"), draft.pk, draft.version, {"title": "x"})
    stranger = User.objects.get(username="other")
    with pytest.raises(Agreement.DoesNotExist):
        actions.change(stranger, draft.pk, draft.version, {"title": "x"})


def test_its_course_stands_on_the_timeline_and_in_the_trail(manager, mine, in_force):
    actions.give_notice(manager, in_force.pk, in_force.version, on=today(), by="theirs", why="换供应商")

    said = [touch.what.say("en") for touch in touches(manager, mine)]

    assert said == [
        "HZ-1 年度合作协议 was approved and is in force",
        "Notice was given on HZ-1 年度合作协议 (The customer)",
    ]
    steps = AuditEntry.objects.filter(subject=in_force.subject).values_list("action", flat=True)
    assert {"agreement-add", "agreement-change"} <= set(steps)


def test_a_person_is_forgotten_and_it_waits_on(house, manager, director, mine):
    person = contacts.add(house.user("director"), mine, {"name": "欧阳测试"}, {"title": "采购总监"}).person
    row = actions.write(manager, mine, fields(owner=manager, theirs=person, note="与欧阳测试商定"))
    composing.put_in(manager, row.pk, "obligation", owed(text="欧阳测试每月提供数据"))
    asked = actions.ask(manager, row.pk)

    erasing.erase(house.user("administrator"), person, person.version)

    left = Agreement.objects.get(pk=row.pk)
    assert (left.theirs, "欧阳" in left.note) == (None, False)
    assert "欧阳" not in Obligation.objects.get(agreement=row).text
    approvals.approve(director, asked.approval.pk, Approval.objects.get(pk=asked.approval.pk).version)
    assert Agreement.objects.get(pk=row.pk).state == "in-force"


def test_handed_over_while_it_waits_it_waits_on(manager, director, draft):
    asked = actions.ask(manager, draft.pk)
    (kind,) = handed.HANDED
    (row,) = kind.rows(draft.account, manager)

    kind.then(
        records.change(director, kind.rows(draft.account, manager), row.pk, row.version, {"owner": director}), director
    )
    approvals.approve(director, asked.approval.pk, asked.approval.version)

    row = Agreement.objects.get(pk=draft.pk)
    assert (row.state, row.owner) == ("in-force", director)
    actions.end(director, row.pk, row.version, on=today(), why="x")
    assert not kind.rows(draft.account, director)


def test_who_wrote_its_terms_does_not_approve_them(manager, director, draft):
    row = Agreement.objects.get(pk=draft.pk)
    actions.change(director, row.pk, row.version, {"value": Decimal(9999999)})
    row.refresh_from_db()
    actions.change(manager, row.pk, row.version, {"title": "年度合作协议书"})

    asked = actions.ask(manager, draft.pk).approval

    assert asked.shut_out == ["director", "manager"]


def test_one_agreement_follows_another_not_two(manager, in_force):
    first = actions.renew(manager, in_force.pk)
    actions.put_away(manager, first.pk)
    actions.renew(manager, in_force.pk)

    with pytest.raises(NotPossible, match="begun already"):
        actions.fetch_back(manager, first.pk)


def test_once_terminated_it_is_read_no_further(manager, in_force):
    last = scorecards.current().as_of
    actions.end(manager, in_force.pk, in_force.version, on=last - 60 * DAY, why="客户停业")

    facts = reading.Facts(Agreement.objects.get(pk=in_force.pk))

    assert (facts.until, facts.last) == (last - 60 * DAY, last - 60 * DAY)


def once(manager, director, mine, day, **other):
    row = actions.write(manager, mine, fields(owner=manager))
    part = owed(rhythm="once", due=day, text="样机到店", **other)
    made = composing.put_in(manager, row.pk, "obligation", part)
    approved(manager, director, row)
    return made


@pytest.mark.parametrize(
    ("side", "days", "said"),
    [
        ("ours", 10, "we owe this by"), ("ours", -1, "we owed this by"), ("theirs", 14, "the customer owes this by"),
        ("theirs", -30, "the customer owed this by"),
    ],
)  # fmt: skip
def test_what_is_owed_once_is_asked_for_ahead_and_when_it_is_late(manager, director, mine, side, days, said):
    made = once(manager, director, mine, today() + days * DAY, side=side)

    [task] = [each for each in tasks_for(manager) if each.url == made.get_absolute_url()]

    assert said in task.why.say("en")
    assert task.due == made.due
    assert made.get_absolute_url() not in urls(director)


def test_what_is_owed_later_or_of_a_draft_is_not_asked_for_yet(manager, director, mine):
    later = once(manager, director, mine, today() + 15 * DAY)
    draft = actions.write(manager, mine, fields(owner=manager))
    composing.put_in(manager, draft.pk, "obligation", owed(rhythm="once", due=today()))

    assert not {later.get_absolute_url(), draft.get_absolute_url()} & set(urls(manager))


def test_what_is_fulfilled_or_broken_is_asked_for_no_more(house, client, manager, director, mine):
    made = once(manager, director, mine, today() - DAY)
    browser, place = signed_in(house, client, "manager"), f"/agreements/obligations/{made.pk}/"

    assert browser.post(f"{place}fulfilled/").status_code == 302
    assert made.get_absolute_url() not in urls(manager)
    assert "已履行" in browser.get(made.get_absolute_url()).content.decode()
    browser.post(f"{place}fulfilled/")
    browser.post(f"{place}not-fulfilled/")
    assert made.get_absolute_url() in urls(manager)
    breach = {"side": "theirs", "broken_on": today(), "text": "未到", "evidence": "门店照片", "obligation": made}
    row = breaching.record(manager, made.agreement_id, breach)
    assert made.get_absolute_url() not in urls(manager)
    assert row.get_absolute_url() in urls(manager)
    assert signed_in(house, client, "executive").post(f"{place}fulfilled/").status_code == 403


def test_what_is_owed_again_and_again_is_not_fulfilled_once(manager, in_force):
    part = in_force.obligations.get()

    with pytest.raises(NotPossible):
        composing.fulfil(manager, part.pk)
