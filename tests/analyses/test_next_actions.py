from datetime import date

import pyarrow as pa
import pytest

from vitalfew import proposals
from vitalfew.catalogue import catalogue
from vitalfew.demobook import generate
from vitalfew.language import LANGUAGES, say_kept
from vitalfew.terms import Aim
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import day_number, start
from vitalfew.warehouse.sources import FromTables

LAST = day_number(date(2025, 12, 31))


def complaint(customer):
    return pa.table(
        {"complaint_id": ["T1"], "customer": [customer], "received_on": pa.array([LAST - 30], pa.int32())}
        | {"closed_on": pa.array([None], pa.int32())}
    )


def churn(*rows):
    """(customer, probability, money at stake, alarm)."""
    return pa.table(
        {
            "customer": [row[0] for row in rows], "probability": [row[1] for row in rows],
            "low": [0.1 for _ in rows], "high": [0.9 for _ in rows], "money_at_stake": [row[2] for row in rows],
            "alarm": [row[3] for row in rows], "sign": ["overdue" for _ in rows],
        }
    )  # fmt: skip


def won_back(customer, gain):
    return pa.table(
        {"customer": [customer], "verdict": ["worth"], "silence": [200.0], "value": [5000.0], "expected_gain": [gain]}
    )


def mix(customer, *gaps):
    return pa.table(
        {"customer": [customer] * len(gaps), "category": [f"C{n}" for n in range(len(gaps))]}
        | {"kind": ["cross"] * len(gaps), "gap": list(gaps)}
    )


def earned(customer, revenue, margin):
    return pa.table({"customer": [customer], "revenue": [revenue], "gross_margin": [margin]})


def actions(most=3, **given):
    """What these findings alone propose."""
    engine = DuckEngine()
    months = pa.table({"customer": ["A", "B"]})
    frames = {name: engine.given(name, table, None) for name, table in {"account_months": months, **given}.items()}
    return catalogue()["next-actions"].function(**frames, as_of=LAST, currency="CNY", most=most)


def brief(result):
    return [(row["customer"], row["action"], row["priority"]) for row in result.rows.to_pylist()]


def test_the_worked_example():
    result = actions(
        complaints=complaint("A"), churn=churn(("A", 0.1, 500.0, False)), win_back_value=won_back("A", 900.0)
    )

    settle, win = result.rows.to_pylist()
    assert (settle["action"], settle["rank"], settle["due"], settle["effect"]) == (
        "settle_complaint",
        1,
        LAST + 3,
        500.0,
    )
    assert settle["priority"] == pytest.approx(466.5, abs=0.1)
    assert (win["action"], win["priority"], win["basis"], win["guarded"]) == ("win_back", 450.0, "expected", True)


def test_sales_are_counted_by_the_accounts_own_margin():
    given = {"complaints": complaint("A"), "churn": churn(("A", 0.1, 500.0, False), ("B", 0.1, 0.0, False))}

    own = actions(**given, yearly_contribution=earned("A", 1000.0, 200.0))
    others = actions(**given, yearly_contribution=earned("B", 1000.0, 300.0))

    assert own.rows.to_pylist()[0]["effect"] == pytest.approx(100)
    assert others.rows.to_pylist()[0]["effect"] == pytest.approx(150)
    assert not any("No costs are known" in each.say() for each in own.warnings)
    assert any("No costs are known" in each.say() for each in actions(**given).warnings)


def test_of_several_gaps_the_largest_is_offered():
    assert brief(actions(product_mix=mix("A", 400.0, 4000.0))) == [("A", "offer", 1000.0)]
    assert "C1" in say_kept(actions(product_mix=mix("A", 400.0, 4000.0)).rows["why"][0].as_py(), "en")


@pytest.mark.parametrize("leaving", [("A", 0.2, 1.0, True), ("A", 0.7, 1.0, False)])
def test_who_leaves_is_not_sold_more(leaving):
    found = actions(product_mix=mix("A", 4000.0), churn=churn(leaving))

    assert "offer" not in found.rows["action"].to_pylist()


def test_why_it_leaves_is_confidential_and_chooses_the_action():
    causes = pa.table(
        {
            "customer": ["A", "B"],
            "cause": ["stronger_rival", "unknown"],
            "evidence": ["A competitor's share rose", "None"],
        }
        | {"recorded_cause": ["unknown", "unknown"]}
    )
    rows = actions(churn=churn(("A", 0.6, 900.0, True), ("B", 0.6, 500.0, True)), churn_causes=causes).rows.to_pylist()

    assert [(row["action"], row["guarded"]) for row in rows] == [("answer_rival", True), ("ask", False)]
    assert "competitor" in say_kept(rows[0]["why"], "en")
    assert "gave itself" not in say_kept(rows[0]["why"], "en")


def test_what_has_no_amount_comes_last():
    coverage = pa.table(
        {"customer": ["A", "B"], "contacts": [3, 3], "missing": [2, 0], "missing_level": ["president", "none"]}
        | dict.fromkeys(("linked", "coverage"), pa.array([None, None], pa.float64()))
    )
    assert brief(actions(coverage=coverage, product_mix=mix("A", 10.0))) == [
        ("A", "offer", 2.5),
        ("A", "meet_more", None),
    ]


def test_of_one_aim_two_and_of_all_so_many():
    given = {
        "complaints": complaint("A"), "churn": churn(("A", 0.6, 900.0, True)), "win_back_value": won_back("B", 10.0),
        "fairness": pa.table({"customer": ["A"], "neglected": [True], "sign": ["late"]}),
    }  # fmt: skip

    assert [row[1] for row in brief(actions(**given))] == ["settle_complaint", "ask", "win_back"]
    assert [row[1] for row in brief(actions(most=1, **given))] == ["settle_complaint", "win_back"]


def test_what_is_missing_is_named():
    found = actions(product_mix=mix("A", 1.0).slice(0, 0))
    warning = found.warnings[-1].say()

    assert "credit-watch" in warning
    assert "product-mix" not in warning
    assert found.headline.say() == "No finding calls for an action now"


def test_every_finding_that_proposes_is_an_input():
    read = {name.replace("_", "-") for name in catalogue()["next-actions"].inputs}

    assert set(proposals.SOURCES) <= read
    assert {proposals.AIM_OF.get(action, Aim.KEEP) for action in proposals.ACTIONS} == set(Aim)


def test_a_whole_book():
    engine = DuckEngine()
    result = start(FromTables(engine, generate(accounts=80, months=30).tables), engine).result("next-actions")

    rows = result.table.to_pylist()
    assert len({(row["customer"], row["action"]) for row in rows}) == len(rows) > 80
    assert {row[place] for row in rows for place in ("rank", "open_rank")} == {1, 2, 3, None}
    assert all((row["open_rank"] is None) == row["guarded"] for row in rows if row["rank"] is not None)
    assert len({row["action"] for row in rows}) > 8
    assert all(row["due"] >= result.as_of for row in rows)
    assert all(say_kept(row["why"], language) for row in rows for language in LANGUAGES)


def credit(overdue):
    return pa.table(
        {"customer": ["A"], "sign": ["overdue"], "owed": [900.0], "overdue": [overdue], "oldest": [40.0]}
        | {"credit_limit": [500.0], "late_days": [12.0]}
    )


@pytest.mark.parametrize(("overdue", "effect"), [(300.0, 300.0), (0.0, 900.0)])
def test_what_is_overdue_counts_and_else_what_is_owed(overdue, effect):
    assert actions(credit_watch=credit(overdue)).rows.to_pylist()[0]["effect"] == effect


@pytest.mark.parametrize(("high", "asked"), [(49.0, True), (51.0, False)])
def test_an_opinion_surely_in_the_lower_half_is_asked_for(high, asked):
    quality = pa.table({"customer": ["A"], "index": [40.0], "low": [30.0], "high": [high]})

    assert bool(len(actions(relationship_quality=quality).rows)) is asked


@pytest.mark.parametrize(("wait", "proposed"), [(14, True), (15, False)])
def test_a_visit_is_proposed_when_it_is_due_within_two_weeks(wait, proposed):
    need = pa.table(
        {"customer": ["A"], "proposed": [1], "next_by": [LAST + wait], "last_visit": [LAST - 90], "effect": [5.0]}
    )

    assert bool(len(actions(visit_need=need).rows)) is proposed


def test_who_raises_the_alarm_is_kept_and_not_won_back():
    found = actions(win_back_value=won_back("A", 900.0), churn=churn(("A", 0.6, 100.0, True)))

    assert [row[1] for row in brief(found)] == ["ask"]


@pytest.mark.parametrize(("sales", "proposed"), [(1000.0, True), (0.0, False)])
def test_dependence_matters_where_it_buys(sales, proposed):
    threads = pa.table(
        {"customer": ["A"], "dependence": ["one_contact"], "advice": ["meet_more"], "contacts": [1], "left_lately": [0]}
        | {"last_left": pa.array([None], pa.float64()), "top_contact": [1.0], "owner": ["Li"], "sales": [sales]}
        | {"money_at_stake": [50.0]}
    )

    assert bool(len(actions(single_thread=threads).rows)) is proposed


@pytest.mark.parametrize(
    ("kind", "effect", "said"),
    [("silence", 700.0, "silent for 40 days"), ("drop", 90.0, "far less than"), ("surge", 90.0, "far more than")],
)
def test_what_is_unusual_says_how_and_what_it_weighs(kind, effect, said):
    value, expected = {"silence": (40.0, 10.0), "drop": (10.0, 100.0), "surge": (190.0, 100.0)}[kind]
    unusual = pa.table({"customer": ["A"], "kind": [kind], "value": [value], "expected": [expected]})
    row = actions(anomalies=unusual, churn=churn(("A", 0.1, 700.0, False))).rows.to_pylist()[0]

    assert row["effect"] == effect
    assert said in say_kept(row["why"], "en")


@pytest.mark.parametrize(("growth", "effect"), [(-0.5, 100.0), (0.5, None), (-1.0, None)])
def test_a_fall_weighs_what_the_year_lacks(growth, effect):
    course = pa.table(
        {
            "customer": ["A"],
            "revenue_since": [None],
            "revenue_12m": [100.0],
            "growth": [growth],
            "direction": ["falling"],
            "course": ["as_it_seems"],
        }
        | {"changed_on": pa.array([None], pa.float64())}
    )

    assert [row["effect"] for row in actions(trend=course).rows.to_pylist()] == ([] if effect is None else [effect])


def test_a_confidential_action_takes_no_open_ones_place():
    result = actions(
        most=1,
        complaints=complaint("A"),
        churn=churn(("A", 0.1, 500.0, False)),
        win_back_value=pa.concat_tables([won_back("A", 2000.0), won_back("B", 10.0)]),
    )

    places = {(r["customer"], r["action"]): (r["rank"], r["open_rank"]) for r in result.rows.to_pylist()}
    assert places == {("A", "win_back"): (1, None), ("A", "settle_complaint"): (None, 1), ("B", "win_back"): (1, None)}
    assert (result.figures["actions"], result.figures["accounts"]) == (2, 2)


def test_what_is_overdue_without_a_sign_asks_for_no_talk():
    watched = credit(300.0)
    watched = watched.set_column(watched.column_names.index("sign"), "sign", pa.array(["none"]))

    assert len(actions(credit_watch=watched).rows) == 0


@pytest.mark.parametrize(
    ("sign", "overdue", "said"),
    [
        ("over_limit", 300.0, "It owes ¥900, more than its limit of ¥500. ¥300 of what it owes is overdue."),
        ("over_limit", 0.0, "It owes ¥900, more than its limit of ¥500."),
        ("overdue", 300.0, "¥300 is overdue, the oldest invoice by 40 days."),
    ],
)
def test_the_money_to_talk_about_is_named(sign, overdue, said):
    watched = credit(overdue)
    watched = watched.set_column(watched.column_names.index("sign"), "sign", pa.array([sign]))

    (row,) = actions(credit_watch=watched).rows.to_pylist()

    assert row["basis"] == "due"
    assert say_kept(row["why"], "en") == said
