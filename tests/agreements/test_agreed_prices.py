"""Which price rule holds for an order line, which contradict each other, and what orders paid beside them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from test_agreements import fields

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.between import Between
from vitalfew.accounts.models import Account
from vitalfew.agreements import actions, composing
from vitalfew.agreements.price_check import Check, checked
from vitalfew.agreements.pricing import Line, Terms, Untold, Verdict, contradicting, judged, tallied
from vitalfew.agreements.unheard import NO_CATEGORY, NO_PRODUCT, unheard
from vitalfew.language import Message
from vitalfew.people.records import NotPossible
from vitalfew.warehouse import scorecards

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
EVERYTHING = Terms(1, "", "", Decimal(0), "discount", Decimal(10), FIRST, LAST)
FRIDGES = replace(EVERYTHING, number=2, category="冰箱", value=Decimal(20))
PRODUCT = Terms(3, "BX-1", "", Decimal(0), "fixed", Decimal("9.995"), FIRST, LAST)
MANY = replace(PRODUCT, number=4, from_quantity=Decimal(100), value=Decimal("8.5"))
LINE = Line("SO-1", 1, date(2026, 5, 1), "BX-1", "冰箱一号", "冰箱", Decimal(10), Decimal("99.95"), Decimal(120), "CNY")
OTHER = replace(LINE, product="BX-2", amount=Decimal(96))
RULES = (EVERYTHING, FRIDGES, PRODUCT, MANY)


@pytest.mark.parametrize(
    ("line", "verdict", "agreed"),
    [
        (LINE, Verdict.AGREED, "99.95"),
        (replace(LINE, amount=Decimal("99.96")), Verdict.AGREED, "99.95"),
        (replace(LINE, amount=Decimal("99.97")), Verdict.ABOVE, "99.95"),
        (replace(LINE, quantity=Decimal(100), amount=Decimal(800)), Verdict.BELOW, "850.00"),
        (OTHER, Verdict.AGREED, "96.00"),
        (replace(OTHER, category="洗衣机", amount=Decimal(108)), Verdict.AGREED, "108.00"),
    ],
    ids=["fixed", "within-a-cent", "above", "from-a-quantity", "category", "everything"],
)
def test_the_narrowest_rule_holds(line, verdict, agreed):
    found = judged(line, RULES, "CNY")

    assert (found.verdict, found.agreed) == (verdict, Decimal(agreed))


@pytest.mark.parametrize(
    ("line", "rules", "why"),
    [
        (replace(LINE, currency="USD"), RULES, Untold.CURRENCY),
        (replace(LINE, product=""), RULES, Untold.NO_PRODUCT),
        (replace(OTHER, category=""), RULES, Untold.UNLISTED),
        (replace(OTHER, listed=None), RULES, Untold.NO_LIST),
    ],
    ids=["currency", "no-product", "unlisted", "no-list-price"],
)
def test_what_is_not_known_is_not_claimed(line, rules, why):
    found = judged(line, rules, "CNY")

    assert (found.verdict, found.why, found.difference) == (Verdict.UNTOLD, why, None)


def test_a_product_that_is_not_needed_may_be_unknown():
    assert (
        judged(replace(LINE, product="", category="", amount=Decimal(108)), [EVERYTHING], "CNY").verdict
        is Verdict.AGREED
    )
    assert judged(replace(LINE, category=""), RULES, "CNY").verdict is Verdict.AGREED, "its own product has a rule"
    assert judged(replace(LINE, day=date(2027, 1, 1)), RULES, "CNY").verdict is Verdict.NO_RULE
    assert judged(replace(OTHER, category="厨电"), [PRODUCT], "CNY").verdict is Verdict.NO_RULE


def test_tallies_add_up_exactly():
    lines = [LINE, replace(LINE, amount=Decimal("100.05")), replace(LINE, amount=Decimal("100.15"))]

    (above, agreed) = tallied(judged(each, RULES, "CNY") for each in lines)

    assert (above.verdict, above.lines, above.amount, above.difference) == (
        Verdict.ABOVE, 2, Decimal("200.20"), Decimal("0.30"),
    )  # fmt: skip
    assert (agreed.verdict, agreed.lines) == (Verdict.AGREED, 1)


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        ({}, True),
        ({"since": date(2026, 12, 31), "until": None}, True),
        ({"since": date(2027, 1, 1), "until": None}, False),
        ({"from_quantity": Decimal(5)}, False),
        ({"category": "厨电"}, False),
    ],
    ids=["the-same", "last-day", "day-after", "other-quantity", "narrower"],
)
def test_rules_for_the_same_on_the_same_days_contradict(other, clashes):
    assert (contradicting(replace(EVERYTHING, number=9, **other), RULES) is not None) == clashes


@pytest.fixture
def draft(house, db):  # noqa: ARG001  (inside the test's transaction)
    last = scorecards.current().as_of
    span = {"since": last - timedelta(days=200), "until": last + timedelta(days=400)}
    manager = house.user("manager")
    return actions.write(manager, Account.objects.get(code=house.mine), fields(owner=manager, **span))


def rule(draft, **other):
    return {"kind": "discount", "value": Decimal(10), "since": draft.since, "until": draft.until, **other}


@pytest.mark.database
def test_a_contradicting_rule_is_refused_and_nothing_kept(house, draft):
    manager = house.user("manager")
    kept = composing.put_in(manager, draft.pk, "rule", rule(draft))

    with pytest.raises(NotPossible, match="Another rule"):
        composing.put_in(manager, draft.pk, "rule", rule(draft, value=Decimal(5)))

    assert list(draft.pricerules.all()) == [kept]
    composing.take_out(manager, "rule", kept.pk)
    composing.put_in(manager, draft.pk, "rule", rule(draft, value=Decimal(5)))
    with pytest.raises(NotPossible, match="Another rule"):
        composing.bring_back(manager, "rule", kept.pk)


@pytest.mark.database
def test_orders_are_held_against_the_rules(house, draft):
    manager = house.user("manager")
    assert isinstance(checked(draft, []), Message)
    composing.put_in(manager, draft.pk, "rule", rule(draft))

    found = checked(draft, list(draft.pricerules.all()))

    assert isinstance(found, Check)
    lines = Between(draft.account.codes, found.since, found.until, "CNY").rows(
        "order_lines", "ordered_on", "quantity, amount, list_amount"
    )
    sold = [each for each in lines if each["quantity"] > 0]
    assert (len(found.lines), found.returns) == (len(sold), len(lines) - len(sold))
    above = [
        each for each in sold
        if each["amount"] - (each["list_amount"] * Decimal("0.9")).quantize(Decimal("0.01")) > Decimal("0.01")
    ]  # fmt: skip
    tallies = {each.verdict: each.lines for each in found.tallies}
    assert tallies.get(Verdict.ABOVE, 0) == len(above)
    assert sum(tallies.values()) == len(sold)


@pytest.mark.database
def test_an_agreement_of_another_time_is_not_judged(house, draft):
    manager = house.user("manager")
    composing.put_in(manager, draft.pk, "rule", rule(draft))
    draft.since = scorecards.current().as_of + timedelta(days=1)

    said = checked(draft, list(draft.pricerules.all()))

    assert isinstance(said, Message)
    assert "do not meet" in said.say("en")


@pytest.mark.database
def test_a_rule_for_what_the_facts_do_not_know_is_taken_and_said(house, client, draft):
    manager = house.user("manager")
    known = facts_of.products(house.home, draft.account.codes, 1)[0]["product"]
    parts = [{"product": "没有的型号"}, {"product": known}, {"category": "没有的品类"}, {}]
    made = [composing.put_in(manager, draft.pk, "rule", rule(draft, **{"category": "", **said})) for said in parts]

    said = unheard(draft.account, made)

    assert said == {made[0].pk: NO_PRODUCT, made[2].pk: NO_CATEGORY}
    browser = signed_in(house, client, "manager")
    assert browser.get(draft.get_absolute_url()).content.decode().count("在此之前对任何订单都不适用") == 2
    form = browser.get(f"/agreements/parts/rule/{made[0].pk}/")
    assert "在此之前对任何订单都不适用" in form.content.decode()
    assert "在此之前" not in browser.get(f"/agreements/parts/rule/{made[1].pk}/").content.decode()
