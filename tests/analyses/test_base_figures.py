import json
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from books import ask, lines

from vitalfew.analyses.base_figures.claims import PAPERS, Claim
from vitalfew.language import say_kept

NOW = "2025-12-31"
BOOK = lines(("A", "2025-03-01", 100, 60), ("A", "2024-03-01", 80, 60))


def cards(**given):
    result = ask("base-figures", given.pop("book", BOOK), NOW, **given)
    return {row["claim"]: {**row, "own": say_kept(row["own"], "en")} for row in result.table.to_pylist()}


def accounts(number, **columns):
    return pa.table({"customer": [f"C{each:03}" for each in range(number)], **columns})


def kept(rate, low, high, n=100):
    columns = ("logo_retention", "low", "high", "gross_revenue_retention", "net_revenue_retention")
    values = dict(zip(columns, (rate, low, high, rate, rate), strict=True))
    return pa.table({"period": [20000], "accounts": [n], "kept": [round(rate * n)], "lost": [0], "won": [0],
                     **{name: [value] for name, value in values.items()}})  # fmt: skip


def test_every_claim_has_a_card_with_its_words():
    rows = cards()

    assert list(rows) == [claim.value for claim in Claim]
    assert [row["number"] for row in rows.values()] == list(range(1, 16))
    for row in rows.values():
        assert row["own"]
        assert json.loads(row["research"])
        assert json.loads(row["improve"])
        assert {each["text"] for each in json.loads(row["told_in"])} <= set(PAPERS.values())


def test_what_is_not_there_cannot_be_told():
    rows = cards()

    assert {row["verdict"] for row in rows.values()} == {"cannot_tell"} | {rows["one_account"]["verdict"]}
    assert rows["success"]["own"] == "The data for it are not here."
    assert "percentage points" in say_kept(rows["five_points"]["research"], "en")
    assert "two to one up to twenty to one" in say_kept(rows["keeping"]["research"], "en")
    assert "Reinartz & Kumar (2000)" in say_kept(rows["length"]["research"], "en")


@pytest.mark.parametrize(("size", "verdict"), [(1.0, "not_supported"), (400.0, "supported"), (16.0, "cannot_tell")])
def test_the_vital_few_are_judged_by_the_whole_interval(size, verdict):
    wobble = np.random.default_rng(1).uniform(0.5, 1.5, 100)
    revenue = wobble * np.where(np.arange(100) < 20, size, 1.0)

    row = cards(yearly_contribution=accounts(100, revenue=revenue, contribution=revenue, cost_to_serve=revenue))[
        "vital_few"
    ]

    assert row["verdict"] == verdict
    assert row["low"] < row["figure"] < row["high"]


def test_five_points_of_retention_lift_value_as_gupta_and_lehmann_have_it():
    row = cards(retention=kept(0.90, 0.74, 0.94))["five_points"]

    assert row["figure"] == pytest.approx(0.407, abs=5e-4)
    assert row["verdict"] == "cannot_tell"
    assert "five points more would raise the worth of an account by 41 %" in row["own"]
    assert cards(retention=kept(0.90, 0.88, 0.92))["five_points"]["verdict"] == "supported"
    assert cards(retention=kept(0.60, 0.50, 0.69))["five_points"]["verdict"] == "not_supported"


def test_five_points_cannot_be_had_from_who_keeps_nearly_all():
    row = cards(retention=kept(0.97, 0.92, 0.99))["five_points"]

    assert (row["verdict"], row["figure"]) == ("cannot_tell", None)
    assert "cannot be had" in row["own"]


def test_winning_is_told_against_keeping_only_when_its_cost_is_given():
    book = lines(*((f"C{each:03}", day, 100, 60) for each in range(30) for day in ("2024-03-01", "2025-03-01")))
    served = pa.table({"entry_id": [str(each) for each in range(30)], "customer": [f"C{each:03}" for each in range(30)],
                       "spent_on": ["2025-06-01"] * 30, "cost": [10.0 + each % 3 for each in range(30)]})  # fmt: skip

    without = cards(book=book, service_costs=served)["keeping"]
    given = cards(book=book, service_costs=served, acquisition_cost=110.0)["keeping"]

    assert (without["verdict"], without["n"]) == ("cannot_tell", 30)
    assert given["figure"] == pytest.approx(10)
    assert (given["verdict"], given["low"] < 10 < given["high"]) == ("supported", True)
    assert cards(book=book, service_costs=served, acquisition_cost=20.0)["keeping"]["verdict"] == "not_supported"


def test_success_rates_have_newcombe_s_interval():
    tried = pa.table(
        {"kind": ["existing"] * 70 + ["new"] * 80, "won": [1.0] * 56 + [0.0] * 14 + [1.0] * 48 + [0.0] * 32}
    )

    row = cards(opportunities=tried)["success"]

    assert (row["low"], row["high"]) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (row["verdict"], row["n"]) == ("supported", 150)
    assert "80 % of 70 opportunities with existing customers were won and 60 % of 80 with new ones" in row["own"]


def test_recorded_recommendations_never_refute_the_eight():
    loyal = accounts(40, ours=[0.9] * 40, quadrant=["complete"] * 40)
    few = pa.table({"referrer": ["C001", "C002"], "referred": ["X", "Y"], "referred_on": [date(2025, 1, 1)] * 2})

    row = cards(loyalty=loyal, referrals=few)["eight_deals"]

    assert (row["figure"], row["verdict"], row["n"]) == (0.05, "cannot_tell", 40)


def test_length_counts_those_that_left_too():
    book = lines(
        *(
            (f"C{each:03}", day, 100, 60)
            for each in range(30)
            for day in ("2022-01-01", f"20{24 + each // 15}-0{1 + each % 9}-02")
        )
    )
    rising = accounts(30, revenue=[100.0] * 30, contribution=[float(each) for each in range(30)])

    assert cards(book=book, contribution=rising)["length"]["verdict"] == "supported"
    falling = rising.set_column(2, "contribution", pa.array([float(-each) for each in range(30)]))
    row = cards(book=book, contribution=falling)["length"]
    assert (row["verdict"], row["figure"] < 0, row["n"]) == ("not_supported", True, 30)


@pytest.mark.parametrize(("spoke", "verdict"), [(3, "supported"), (35, "not_supported"), (20, "cannot_tell")])
def test_complaints_of_the_dissatisfied(spoke, verdict):
    unhappy = accounts(50, ours=[0.2] * 40 + [0.9] * 10, quadrant=["none"] * 50)
    said = pa.table({"complaint_id": [str(each) for each in range(spoke)], "customer": [f"C{each:03}" for each in range(spoke)],
                     "received_on": ["2025-06-01"] * spoke})  # fmt: skip

    row = cards(loyalty=unhappy, complaints=said)["complaints"]

    assert (row["verdict"], row["n"], row["figure"]) == (verdict, 40, spoke / 40)


def test_losses_without_a_cause_are_told_apart():
    causes = accounts(50, cause=["broken_promise"] * 30 + ["stronger_rival"] * 10 + ["unknown"] * 10,
                      force=["our_failure"] * 30 + ["competitor"] * 10 + ["unknown"] * 10)  # fmt: skip

    row = cards(churn_causes=causes)["own_fault"]

    assert (row["figure"], row["n"], row["verdict"]) == (0.75, 40, "supported")
    assert row["own"].endswith("of 10 more no cause shows.")


def test_benefits_of_loyalty_need_two_that_are_sure_and_none_against():
    rng = np.random.default_rng(4)
    quadrant = ["complete"] * 40 + ["none"] * 40
    revenue = np.append(rng.uniform(200, 300, 40), rng.uniform(90, 110, 40))
    cheap = accounts(
        80,
        revenue=revenue,
        contribution=revenue,
        cost_to_serve=np.append(rng.uniform(5, 9, 40), rng.uniform(30, 40, 40)),
    )
    loyal = accounts(80, ours=[0.6] * 80, quadrant=quadrant)

    assert cards(loyalty=loyal, yearly_contribution=cheap)["four_benefits"]["verdict"] == "supported"
    costly = revenue * np.append(np.full(40, 0.5), np.full(40, 0.1)) + rng.uniform(0, 1, 80)
    dear = cheap.set_column(3, "cost_to_serve", pa.array(costly))
    assert cards(loyalty=loyal, yearly_contribution=dear)["four_benefits"]["verdict"] == "cannot_tell"


def test_handling_compares_quick_with_slow():
    effects = {"effect": [0.0, -2.0, -14.0], "low": [0.0, -5.0, -18.0], "high": [0.0, 1.0, -10.0]}
    groups = {"split": ["all", "closing", "closing"], "group": ["All", "Quick", "Slow"]}
    rows = pa.table({**groups, "complaints": [99, 50, 49], "accounts": [60, 30, 30], **effects})

    row = cards(complaint_effect=rows)["handling"]

    assert row["figure"] == pytest.approx(0.12)
    assert row["high"] - row["figure"] == pytest.approx(0.05)
    assert (row["verdict"], row["n"]) == ("supported", 99)


def test_the_weaker_link_of_the_chain_decides():
    rng = np.random.default_rng(8)
    satisfaction = rng.normal(50, 10, 60)
    scores = {
        "satisfaction": satisfaction,
        "trust": satisfaction + rng.normal(0, 2, 60),
        "commitment": rng.normal(50, 10, 60),
    }

    row = cards(relationship_quality=accounts(60, **scores))["chain"]

    assert row["verdict"] == "cannot_tell"
    assert row["low"] < 0 < row["high"]


def delivered(late_before, late_after):
    """Thirty accounts that exchange data since July 2024, thirty that don't; so many of ten lines late before and after."""
    rows = []
    for each in range(60):
        for month, late in (("2024-05", late_before), ("2024-09", late_after + (each % 3) - 1)):
            missed = late if each < 30 else 4 + (each % 3 - 1) * (month == "2024-09")
            days = [(f"{month}-{1 + line // 2:02}", f"{month}-{11 if line < missed else 9:02}") for line in range(10)]
            rows += [(f"C{each:03}", *day, f"{month}-10") for day in days]
    rows += [("C000", "2023-06-01", None, None), ("C000", "2025-12-01", None, None)]
    dates = [[day and date.fromisoformat(day) for day in column] for column in list(zip(*rows, strict=True))[2:]]
    book = lines(*((row[0], row[1], 10, 6) for row in rows))
    return book.append_column("delivered_on", pa.array(dates[0])).append_column("promised_on", pa.array(dates[1]))


@pytest.mark.parametrize(
    ("before", "after", "verdict"), [(6, 1, "supported"), (1, 6, "not_supported"), (4, 4, "cannot_tell")]
)
def test_exchange_of_data_is_judged_before_and_after_against_others(before, after, verdict):
    told = pa.table({"customer": [f"C{each:03}" for each in range(30)], "product": ["P"] * 30, "date": ["2024-07-01"] * 30,
                     "quantity": [1.0] * 30})  # fmt: skip

    row = cards(book=delivered(before, after), sell_out=told)["two_way"]

    assert (row["verdict"], row["n"]) == (verdict, 60)
    assert row["figure"] == pytest.approx((before - after) / 10)


def test_exchange_that_began_with_the_book_has_no_before():
    told = pa.table({"customer": ["A"], "product": ["P"], "date": ["2024-03-05"], "quantity": [1.0]})

    assert "no before and after" in cards(sell_out=told)["two_way"]["own"]


def test_small_accounts_served_worse_are_compared_with_small_ones():
    fair = accounts(60, size=["small"] * 50 + ["large"] * 10, neglected=[True] * 25 + [False] * 35)
    risk = accounts(60, probability=[0.9] * 20 + [0.1] * 40)

    causes = accounts(1, cause=["unknown"], force=["unknown"])
    row = cards(fairness=fair, churn=risk, churn_causes=causes)["favouring"]

    assert (row["figure"], row["n"], row["verdict"]) == (pytest.approx(0.8), 50, "supported")


def test_one_account_is_a_dependence_from_a_tenth_of_sales_on():
    def of(largest):
        sales = [largest] + [90.0] * 10
        return cards(yearly_contribution=accounts(11, revenue=sales, contribution=sales, cost_to_serve=sales))[
            "one_account"
        ]

    assert (of(100.0)["verdict"], of(90.0)["verdict"]) == ("supported", "not_supported")
    assert of(100.0)["own"] == (
        "The largest of 11 accounts makes 10.0 % of net sales; without it contribution would change by −10 %."
    )


def test_heads_of_sales_are_counted_by_days_with_visits():
    days = [date(2025, 1, 1).toordinal() + each for each in range(100)]
    seen = pa.table(
        {
            "customer": ["A"] * 300,
            "touched_on": [date.fromordinal(each) for each in days] * 3,
            "channel": ["visit"] * 300,
            "our_person": ["Li"] * 100 + ["Wu"] * 100 + ["Xu"] * 100,
            "our_level": ["executive"] * 200 + ["manager"] * 100,
        }
    )

    row = cards(touches=seen)["third_of_time"]

    assert (row["figure"], row["n"], row["verdict"]) == (pytest.approx(0.4), 2, "supported")


def test_base_figures_stand_beside():
    found = ask("base-figures", BOOK, NOW, retention=kept(0.9, 0.8, 0.95)).meta["figures"]

    assert (found["growth"], found["retention"], found["churn"]) == pytest.approx((0.25, 0.9, 0.1))
    assert found["supported"] + found["not_supported"] + found["cannot_tell"] == 15
