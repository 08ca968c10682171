"""What is known feeds the analyses: sentences, evidence for a stronger rival, delivered value."""

from datetime import date, timedelta
from math import log

import pyarrow as pa
import pytest
from django.utils import timezone

import vitalfew
from vitalfew.accounts.models import Account
from vitalfew.analyses.churn_causes import CAUSES
from vitalfew.intelligence import actions, examples
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.own_tables import own_tables
from vitalfew.language import say_kept
from vitalfew.terms import ChurnCause

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def fields(**said):
    plain = {
        "competitor": "", "region": "", "category": "", "kind": "strategy", "text": "开两家旗舰店。", "attribute": "",
        "detail": "", "value": "", "source_kind": "customer", "source": "总经理", "person": None, "day": today(),
        "reliability": "B", "credibility": 2, "valid_until": today() + 100 * DAY,
    }  # fmt: skip
    return {**plain, **said}


@pytest.fixture
def write(house):
    account = Account.objects.get(code=house.mine)
    return lambda **said: actions.write_down(house.user("director"), account, fields(**said))


def rows(name):
    return own_tables()[name].to_pylist()


def book(stop):
    """Twenty accounts that buy every fortnight, of which four stopped."""
    days = []
    for n in range(20):
        day, until = date(2024, 1, 3) + timedelta(days=n), stop if n < 4 else date(2025, 12, 31)
        while day <= until:
            days.append((f"C{n:02d}", day))
            day += timedelta(days=14)
    return pa.table(
        {
            "order_id": [f"O{n}" for n in range(len(days))], "line_no": ["1"] * len(days),
            "customer": [code for code, _day in days], "ordered_on": [day for _code, day in days],
            "quantity": [1.0] * len(days), "amount": [100.0] * len(days),
        }
    )  # fmt: skip


def ask(name, **more):
    return vitalfew.analyse(name, order_lines=book(date(2025, 6, 1)), as_of="2025-12-31", **more)


def offers(*said):
    names = ("customer", "competitor", "known_on", "weight")
    return pa.table({name: [each[place] for each in said] for place, name in enumerate(names)})


def causes(**more):
    result = ask("churn-causes", **more)
    return {row["customer"]: row for row in result.table.to_pylist()}, result.findings.figures


def test_the_best_three_are_told_and_nothing_below_the_grade_that_counts(write):
    for number, grade in enumerate(("B2", "A1", "C3", "A2", "D3")):
        write(text=f"第{number}条。", reliability=grade[0], credibility=int(grade[1]))
    write(text="过期。", reliability="A", credibility=1, day=today() - 9 * DAY, valid_until=today() - DAY)

    told = [(row["place"], row["grade"], row["statement"]) for row in rows("account_intelligence")]
    assert told == [(1, "A1", "第1条"), (2, "A2", "第3条"), (3, "B2", "第0条")]


def test_one_to_one_says_it_with_grade_and_day():
    known = pa.table(
        {
            "customer": ["C05", "C05", "C05"], "place": [2, 1, 3], "statement": ["压缩库存", "开两家旗舰店", "明年的事"],
            "grade": ["C3", "B2", "A1"], "known_on": [date(2025, 5, 1), date(2025, 6, 1), date(2026, 2, 1)],
        }
    )  # fmt: skip
    rows = ask("one-to-one", account_intelligence=known).table.to_pylist()
    found = {row["customer"]: row for row in rows}

    said = "开两家旗舰店（B2级，2025年6月1日）。压缩库存（C3级，2025年5月1日）。"
    assert say_kept(found["C05"]["intelligence"], "zh-hans") == said
    assert found["C06"]["intelligence"] is None
    assert found["C06"]["silent"] == found["C05"]["silent"] + 1


def test_without_anything_known_one_to_one_counts_as_before():
    result = ask("one-to-one")

    assert "of 9 aspects" in result.findings.headline.say("en")
    assert result.table["intelligence"].null_count == result.table.num_rows


def test_a_known_offer_is_evidence_for_a_stronger_rival_by_its_grade():
    sure, _figures = causes(competitor_offers=offers(*((f"C0{n}", "R", date(2025, 4, 1), 1.0) for n in range(3))))
    unsure, _figures = causes(competitor_offers=offers(*((f"C0{n}", "R", date(2025, 4, 1), 0.4) for n in range(3))))

    assert sure["C00"]["cause"] == unsure["C00"]["cause"] == "stronger_rival"
    assert sure["C00"]["force"] == "competitor"
    assert sure["C03"]["cause"] != "stronger_rival"
    assert sure["C00"]["weight"] > unsure["C00"]["weight"] > 0


def test_offers_count_for_the_log_odds_by_their_weight():
    _rows, figures = causes(competitor_offers=offers(("C00", "R", date(2025, 4, 1), 0.5)))

    assert figures["stronger_rival_log_odds"] == pytest.approx(log((1.0 * 16.5) / (4.0 * 0.5)))


@pytest.mark.parametrize("day", [date(2025, 12, 1), date(2023, 12, 1)])
def test_an_offer_after_it_stopped_or_long_before_is_no_cause(day):
    found, _figures = causes(competitor_offers=offers(("C00", "R", day, 1.0)))

    assert found["C00"]["cause"] == ChurnCause.UNKNOWN


def test_without_offers_the_causes_are_what_they_were():
    with_none, figures = causes(competitor_offers=offers(("STRANGER", "R", date(2025, 4, 1), 1.0)))
    without, before = causes()

    assert (with_none, figures) == (without, before)
    assert len(CAUSES) == 8


def test_offers_of_the_room_carry_the_weight_of_their_grade(write):
    write(kind="offer", competitor="沃岭电器", reliability="A", credibility=2)
    write(kind="offer", competitor="沃岭电器", reliability="E", credibility=2)
    write(kind="market", competitor="沃岭电器")

    assert [(row["competitor"], row["weight"]) for row in rows("competitor_offers")] == [("沃岭电器", 0.8)]


def test_delivered_value_compares_suppliers_whose_parts_are_known_alike(write):
    for rival, parts in (("", {"value_product": 20000, "cost_money": 19000}),
                         ("沃岭电器", {"value_product": 16400, "cost_money": 16000}),
                         ("泰岚家电", {"cost_money": 15000})):  # fmt: skip
        for attribute, value in parts.items():
            write(competitor=rival, attribute=attribute, value=str(value))
    table = own_tables()["value_assessments"]

    assert {row["supplier"] for row in table.to_pylist()} == {None, "沃岭电器"}
    (row,) = vitalfew.analyse("delivered-value", value_assessments=table, as_of=today().isoformat()).table.to_pylist()
    assert (row["competitor"], row["headroom"], row["source"]) == ("沃岭电器", 600, "account")


def test_what_the_account_says_and_what_we_guess_are_not_mixed(write):
    write(attribute="value_product", value="100")
    write(attribute="value_product", value="90", source_kind="colleague", source="我方测算")

    assert {row["source"]: row["amount"] for row in rows("value_assessments")} == {"account": 100, "us": 90}


def test_what_is_superseded_or_put_away_feeds_nothing(house, write):
    old = write(kind="offer", competitor="沃岭电器", attribute="price", value="1")
    new = write(kind="offer", competitor="沃岭电器", attribute="price", value="2", source="订货会")
    actions.settle(house.user("director"), old.pk, old.version, new.pk)
    gone = write()
    actions.put_away(house.user("director"), gone.pk)

    assert len(rows("competitor_offers")) == len(rows("account_intelligence")) == 1


def test_nothing_known_hands_over_empty_tables():
    assert all(len(table) == 0 for table in own_tables().values())


def test_the_demo_house_has_heard_of_accounts_competitors_and_the_market(house, settings):  # noqa: ARG001
    examples.plant()
    examples.plant()

    kept = Intelligence.objects.graded(today())
    assert kept.count() == len(examples.HEARD)
    assert kept.filter(contradicted=True).count() == 4
    assert sorted(kept.filter(confirmed__gt=0).values_list("shown", flat=True)) == [1, 1]
    assert kept.filter(valid_until__lt=today()).count() == 2
