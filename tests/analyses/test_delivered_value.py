from datetime import date

import pyarrow as pa
import pytest
from books import answers, ask, lines

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"
BOOK = lines(("A", "2025-11-05", 10))
VALUES = ("product", "service", "people", "image")
COSTS = ("money", "time", "energy", "mind")


def marks(customer, respondent, value, cost, competitor=None):
    """All four values and costs marked alike, 0 to 10."""
    asked = [(f"value_{each}", value) for each in VALUES] + [(f"cost_{each}", cost) for each in COSTS]
    return [(customer, "2025-10-01", respondent, item, mark, competitor) for item, mark in asked]


def told(*rows):
    names = ("customer", "supplier", "component", "amount", "source", "assessed_on")
    defaults = ("account", date(2025, 6, 1))
    full = [(*row, *defaults[len(row) - 4 :]) for row in rows]
    return pa.table({name: [row[place] for row in full] for place, name in enumerate(names)})


def value(rows, **more):
    return ask("delivered-value", BOOK, NOW, **more, **rows)


def money(*rows, **more):
    return value({"value_assessments": told(*rows)}, **more)


def test_the_worked_example_is_headroom_of_the_price():
    result = money(
        ("A", None, "product", 20000.0), ("A", None, "money", 19000.0),
        ("A", "Rival", "product", 16400.0), ("A", "Rival", "price", 16000.0),
    )  # fmt: skip

    (row,) = result.table.to_pylist()
    assert (row["delivered_money"], row["theirs_money"], row["headroom"]) == (1000, 400, 600)
    assert row["advantage"] is None
    assert (row["competitor"], row["version"], row["source"]) == ("Rival", "money", "account")
    assert row["ratio"] == pytest.approx(20 / 19, abs=1e-6)


def test_difference_and_ratio_that_disagree_tell_nothing():
    result = money(
        ("A", None, "product", 1000.0), ("A", None, "money", 500.0),
        ("A", "Cheap", "product", 200.0), ("A", "Cheap", "money", 50.0),
        ("A", "Weak", "product", 300.0), ("A", "Weak", "money", 250.0),
    )  # fmt: skip

    verdicts = {row["competitor"]: row["verdict"] for row in result.table.to_pylist()}

    assert verdicts == {"Cheap": "cannot_tell", "Weak": "higher"}


def test_what_the_account_says_and_our_guess_stand_apart():
    result = money(
        ("A", None, "product", 100.0), ("A", "R", "product", 90.0),
        ("A", None, "product", 500.0, "us"), ("A", "R", "product", 90.0, "us"),
    )  # fmt: skip

    assert {row["source"]: row["headroom"] for row in result.table.to_pylist()} == {"account": 10, "us": 410}
    assert result.meta["figures"]["compared"] == 1


def test_the_latest_assessment_by_the_day_holds():
    result = money(
        ("A", None, "product", 100.0), ("A", None, "product", 300.0, "account", date(2025, 7, 1)),
        ("A", None, "product", 900.0, "account", date(2026, 7, 1)), ("A", "R", "product", 100.0),
    )  # fmt: skip

    assert result.table["headroom"].to_pylist() == [200]


def test_scales_are_weighted_and_compared_with_each_competitor():
    surveys = answers(
        *marks("A", "x", 8, 4), *marks("A", "x", 6, 4, "R1"), *marks("A", "x", 9, 3, "R2"),
        *marks("A", "y", 8, 4), *marks("A", "y", 6, 4, "R1"), *marks("A", "y", 9, 3, "R2"), low=0,
    )  # fmt: skip

    rows = value({"surveys": surveys}).table.to_pylist()

    assert [(row["competitor"], row["advantage"], row["respondents"]) for row in rows] == [("R1", 2, 2), ("R2", -2, 2)]
    assert [(row["delivered"], row["theirs"]) for row in rows] == [(4, 2), (4, 6)]
    assert [row["verdict"] for row in rows] == ["higher", "lower"]
    assert [row["headroom"] for row in rows] == [None, None]


def test_only_respondents_who_marked_both_are_compared():
    surveys = answers(*marks("A", "x", 8, 4), *marks("A", "x", 6, 4, "R"), *marks("A", "y", 0, 10), low=0)

    (row,) = value({"surveys": surveys}).table.to_pylist()

    assert (row["delivered"], row["advantage"], row["respondents"]) == (4, 2, 1)
    assert (row["low"], row["verdict"]) == (None, "cannot_tell")


def test_an_account_that_marked_only_us_stands_alone_and_is_told():
    result = value({"surveys": answers(*marks("A", "x", 8, 4), low=0)})

    (row,) = result.table.to_pylist()
    assert (row["competitor"], row["delivered"], row["advantage"]) == (None, 4, None)
    assert any("marked only us" in warning for warning in result.meta["warnings"])
    assert "none what competitors give" in result.meta["headline"]


def test_weights_of_nought_need_no_question():
    surveys = answers(
        ("A", "2025-10-01", "x", "value_product", 8), ("A", "2025-10-01", "x", "cost_money", 4),
        ("A", "2025-10-01", "x", "value_product", 7, "R"), ("A", "2025-10-01", "x", "cost_money", 4, "R"), low=0,
    )  # fmt: skip

    with pytest.raises(Refusal, match="Nobody has said"):
        value({"surveys": surveys})
    (row,) = value({"surveys": surveys}, value_weights="1,0,0,0", cost_weights="1,0,0,0").table.to_pylist()
    assert row["advantage"] == pytest.approx(1)


@pytest.mark.parametrize("weights", ["1,1,0,0", "0.5,0.5", "a,b,c,d", "-1,1,1,0"])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(Refusal, match="four numbers"):
        value({"surveys": answers(*marks("A", "x", 8, 4), low=0)}, value_weights=weights)


def test_scales_and_money_are_rows_of_their_own():
    result = value({"surveys": answers(*marks("A", "x", 8, 4), *marks("A", "x", 6, 4, "R"), low=0),
                    "value_assessments": told(("A", None, "product", 5.0), ("A", "R", "product", 3.0))})  # fmt: skip

    assert [(row["version"], row["advantage"], row["headroom"]) for row in result.table.to_pylist()] == [
        ("money", None, 2), ("scale", 2, None),
    ]  # fmt: skip


def test_nothing_said_is_refused_with_what_to_ask():
    with pytest.raises(Refusal, match="product, service, people and name"):
        value({})
    with pytest.raises(Refusal, match="product, service, people and name"):
        value({"surveys": answers(("A", "2025-10-01", "x", "overall", 5))})
