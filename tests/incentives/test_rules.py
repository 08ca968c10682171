"""The equations of incentives: their examples, and what holds whatever is bought."""

import doctest
from decimal import Decimal
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.coins import amount, places, rounded, units, written
from vitalfew.incentives.rules import PENALTIES, RuleKind, rule
from vitalfew.incentives.rules.figures import Figures
from vitalfew.incentives.rules.settling import settled
from vitalfew.incentives.rules.steps import read
from vitalfew.incentives.rules.volume import Volume

WITH_EXAMPLES = (
    "periods", "rules.growth", "rules.mix", "rules.payment", "rules.penalty", "rules.reports", "rules.steps",
    "rules.training", "rules.volume",
)  # fmt: skip
STEPS = [["100000", "1"], ["200000", "2.5"], ["500000", "3"]]
money = st.decimals(min_value=-10_000, max_value=10_000_000, places=4)
currencies = st.sampled_from(["CNY", "JPY", "KWD"])


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_are_true(name):
    found = doctest.testmod(import_module(f"vitalfew.incentives.{name}"))

    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(("sales", "whole", "above"), [
    ("99999.9999", "0", "0"), ("100000", "1000", "0"), ("199999.9999", "2000", "1000"), ("200000", "5000", "1000"),
    ("500000", "15000", "8500"), ("-50", "0", "0"),
])  # fmt: skip
def test_volume_by_hand(sales, whole, above):
    figures = Figures(sales=Decimal(sales))
    got = [rounded(Volume(read(STEPS), each).earned(figures, "CNY").amount, "CNY") for each in (True, False)]

    assert got == [Decimal(whole), Decimal(above)]


@given(money, money)
def test_who_buys_more_never_earns_less_by_volume(one, other):
    less, more = sorted((one, other))
    for whole in (True, False):
        volume = Volume(read(STEPS), whole)
        got = [volume.earned(Figures(sales=sales), "CNY").amount for sales in (less, more)]
        assert got[0] <= got[1]


@given(money)
def test_what_is_missing_reaches_the_next_threshold_exactly(sales):
    volume = Volume(read(STEPS))
    missing = volume.earned(Figures(sales=sales), "CNY").missing
    if missing is not None:
        assert (
            volume.earned(Figures(sales=sales + missing), "CNY").amount
            > volume.earned(Figures(sales=sales), "CNY").amount
        )
        assert sales + missing in {each.start for each in volume.steps}


@given(money, st.lists(st.decimals(min_value=0, max_value=100_000, places=2), max_size=4), currencies)
def test_penalties_take_no_more_than_the_rewards(sales, own, currency):
    rules = {
        1: rule(RuleKind.VOLUME, {"steps": STEPS, "base": "all"}),
        **{number: rule(kind, {"each": "700.005", "rate": "0.1"}) for number, kind in enumerate(PENALTIES, 2)},
    }
    figures = Figures(sales=sales, breaches={"price": tuple(own), "channel": (None,), "obligation": (None, None)})

    found = settled(rules, figures, currency)

    assert found.total >= 0
    assert found.total == sum(each.amount for each in found.lines)
    assert all(each.amount == amount(units(each.amount, currency), currency) for each in found.lines)


@given(money, currencies)
def test_an_amount_survives_being_kept_as_coins(value, currency):
    once = rounded(value, currency)

    assert amount(units(value, currency), currency) == once
    assert abs(once - value) * 2 <= Decimal(1).scaleb(-places(currency))
    assert rounded(-value, currency) == -once


GREW = Figures(sales=Decimal(150), before=Decimal(100))


@pytest.mark.parametrize(("figures", "kind", "terms", "earned", "missing"), [
    (Figures(sales=Decimal(109), before=Decimal(100)), "growth", {"steps": [["10", "1"]], "floor": "0", "base": "all"}, "0", "1"),
    (GREW, "growth", {"steps": [["10", "2"]], "floor": "0", "base": "more"}, "1", None),
    (Figures(sales=Decimal(150)), "growth", {"steps": [["10", "2"]], "floor": "0", "base": "all"}, "0", None),
    (Figures(), "mix", {"category": "A", "least": "10", "rate": "1"}, "0", None),
    (Figures(due=Decimal(100), in_time={5: Decimal(89)}), "payment", {"least": "90", "grace": 5, "rate": "1"}, "0", None),
    (Figures(due=Decimal(100), in_time={5: Decimal(90)}), "payment", {"least": "90", "grace": 5, "rate": "1"}, "0.9", None),
    (Figures(), "payment", {"least": "90", "grace": 5, "rate": "1"}, "0", None),
    (Figures(sales=Decimal(10), reported=2, months=3), "reports", {"least": "70", "rate": "1"}, "0", None),
    (Figures(sales=Decimal(-10), reported=3, months=3), "reports", {"least": "70", "rate": "1"}, "0", None),
])  # fmt: skip
def test_each_rule_by_hand(figures, kind, terms, earned, missing):
    got = rule(kind, terms).earned(figures, "CNY")

    assert got.amount == Decimal(earned)
    assert got.missing == (None if missing is None else Decimal(missing))
    for language in ("en", "zh-hans", "zh-hant"):
        assert "{" not in got.told.say(language)


def test_a_credit_note_alone_is_no_payment_in_time():
    terms = {"least": "90", "grace": 5, "rate": "1"}
    got = rule("payment", terms).earned(Figures(due=Decimal(100), in_time={5: Decimal(-2)}), "CNY")

    assert (got.amount, "−" in got.told.say("en")) == (0, False)


def test_amounts_are_written_to_the_coin():
    assert [written(Decimal(-1234567), code) for code in ("CNY", "JPY", "KWD")] == [
        "−¥1,234,567.00", "−JP¥1,234,567", "−KWD 1,234,567.000",
    ]  # fmt: skip
