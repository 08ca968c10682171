"""Campaigns against the accounts held out: the worked example, the planted effect, and all that is no proof."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from books import ask, lines

import vitalfew
from test_degenerate import BOOKS, LAST, assert_said
from vitalfew.catalogue import Refusal, catalogue
from vitalfew.demobook import generate
from vitalfew.demobook.campaign import LIFT
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

NOW, FIRST, LAST_DAY = "2025-12-31", "2025-10-01", "2025-10-28"


def arms(treated, held_out, starts=FIRST, ends=LAST_DAY, campaign="Spring", **more):
    """A campaign's members; ``more``: further columns, one value a member."""
    codes = [*treated, *held_out]
    return pa.table(
        {
            "campaign": [campaign] * len(codes),
            "customer": codes,
            "arm": ["treated"] * len(treated) + ["holdout"] * len(held_out),
            "starts_on": [date.fromisoformat(starts)] * len(codes),
            "ends_on": [date.fromisoformat(ends)] * len(codes),
            **more,
        }
    )


def book(during, accounts=40, cost=0.75):
    """Each account buys about 100 in every four weeks of a year, and in the campaign what ``during`` says of its number."""
    start, rows = date.fromisoformat(FIRST), []
    for n in range(accounts):
        for back in range(1, 14):
            amount = 100 + n % 5 + (n + back) % 3
            rows.append((f"C{n:02d}", (start - timedelta(days=28 * back - 3)).isoformat(), amount, cost * amount))
        amount = during(n)
        if amount:
            rows.append((f"C{n:02d}", (start + timedelta(days=5)).isoformat(), amount, cost * amount))
    rows.append(("ZZ", NOW, 1, 1))
    return lines(*rows)


CODES = [f"C{n:02d}" for n in range(40)]
TREATED, HELD_OUT = CODES[:20], CODES[20:]


def run(rows, campaign, **more):
    return ask("campaign-effect", rows, NOW, campaign=campaign, **more)


def only(result):
    return result.table.to_pylist()[0]


def test_the_worked_example():
    """Treated 130, held out 100, 20 treated, a quarter of it margin, 200 spent: 20 × 30 × .25 − 100 = 50."""
    costs = [5.0] * 20 + [0.0] * 20
    result = run(book(lambda n: (130 if n < 20 else 100) + n % 4), arms(TREATED, HELD_OUT, cost=costs))

    row = only(result)
    assert row["effect"] == pytest.approx(30, abs=0.2)
    assert row["lift"] == pytest.approx(0.3, abs=0.01)
    assert row["low"] < 30 < row["high"]
    assert row["profit"] == pytest.approx(20 * row["effect"] * 0.25 - 100)
    assert row["return"] == pytest.approx(row["profit"] / 100)
    assert row["change"] == pytest.approx(30, abs=0.5)
    assert (row["accounts"], row["accounts_held_out"], row["verdict"]) == (20, 20, "paid")
    assert "more than it cost" in result.meta["headline"]


def test_what_cost_more_than_it_brought_is_called_so():
    costs = [50.0] * 20 + [0.0] * 20
    result = run(book(lambda n: (130 if n < 20 else 100) + n % 4), arms(TREATED, HELD_OUT, cost=costs))

    assert only(result)["verdict"] == "too_dear"
    assert only(result)["profit_high"] < 0


def test_harm_is_called_harm():
    assert only(run(book(lambda n: (70 if n < 20 else 100) + n % 4), arms(TREATED, HELD_OUT)))["verdict"] == "harmed"


def test_no_effect_cannot_be_told_and_it_is_said_what_could_have_been():
    rng = np.random.default_rng(3)
    drawn = rng.normal(100, 40, 40)

    result = run(book(lambda n: round(max(drawn[n], 1), 2)), arms(TREATED, HELD_OUT))

    row = only(result)
    assert row["verdict"] == "cannot_tell"
    assert row["low"] < 0 < row["high"]
    assert row["least"] > 20
    assert any("a lift of 10 % takes" in warning for warning in result.meta["warnings"])
    assert "cannot be told" in result.meta["headline"]


def test_under_ten_on_a_side_nothing_is_decided():
    row = only(run(book(lambda n: (200 if n < 9 else 100) + n % 4), arms(CODES[:9], HELD_OUT)))

    assert row["low"] > 0
    assert row["verdict"] == "cannot_tell"


def test_shares_that_bought_are_compared():
    result = run(book(lambda n: 100 if n < 16 or 20 <= n < 26 else 0), arms(TREATED, HELD_OUT))

    row = only(result)
    assert (row["bought"], row["bought_held_out"]) == (0.8, 0.3)
    assert row["bought_more"] == pytest.approx(0.5)
    assert 0.1 < row["bought_low"] < row["bought_high"] < 0.8
    assert row["bought_p"] < 0.01


def test_a_score_is_judged_by_its_qini():
    score = [1.0 if n < 10 or 20 <= n < 30 else 0.0 for n in range(40)]
    moved = lambda n: 100 if n < 10 else 0  # noqa: E731

    good = only(run(book(moved), arms(TREATED, HELD_OUT, score=score)))["qini"]
    bad = only(run(book(moved), arms(TREATED, HELD_OUT, score=[-each for each in score])))["qini"]

    assert good > 1 > -1 > bad


def test_before_and_after_is_never_the_finding():
    """All buy twice as much as before: the season's doing, not the campaign's."""
    result = run(book(lambda n: 200 + n % 4), arms(TREATED, HELD_OUT))

    assert only(result)["verdict"] == "cannot_tell"
    assert "cannot be told" in result.meta["headline"]
    own = result.meta["fit"]["arms"][0]["treated_against_own_before"]
    assert own == pytest.approx(1, abs=0.05)
    assert any("it proves nothing" in warning for warning in result.meta["warnings"])


def test_groups_in_both_arms_are_pointed_out_and_groups_hang_together():
    rows, campaign = book(lambda n: (110 if n < 20 else 100) + n % 4), arms(TREATED, HELD_OUT)
    across = pa.table({"customer": ["C00", "C39", "C01"], "name": ["a", "b", "c"], "parent": ["G", "G", "H"]})
    twins = pa.table({"customer": CODES, "name": CODES, "parent": [f"G{n // 4}" for n in range(40)]})

    warned = run(rows, campaign, customers=across).meta["warnings"]

    assert any(warning.startswith("1 groups have companies in both arms") for warning in warned)
    assert only(run(rows, campaign, customers=twins))["verdict"] == "cannot_tell"  # five groups a side


def test_two_campaigns_at_once_are_pointed_out():
    other = arms(CODES[:3], CODES[3:6], starts="2025-10-20", ends="2025-11-20", campaign="Autumn")
    both = pa.concat_tables([arms(TREATED, HELD_OUT), other])

    result = run(book(lambda n: 100 + n % 4), both)

    assert [row["campaign"] for row in result.table.to_pylist()] == ["Autumn", "Spring"]
    assert [row["overlapping"] for row in result.table.to_pylist()] == [6, 6]
    assert any(warning.startswith("6 accounts are in two campaigns") for warning in result.meta["warnings"])


def test_arms_that_differed_before_are_pointed_out():
    low, high = [f"C{n:02d}" for n in range(40) if n % 5 < 2], [f"C{n:02d}" for n in range(40) if n % 5 > 2]

    result = run(book(lambda n: 100 + n % 4), arms(high, low))

    assert any("hardly drawn by lot" in warning for warning in result.meta["warnings"])
    assert only(result)["verdict"] == "not_alike"
    assert "is no proof of an effect" in result.meta["headline"]


def test_who_stands_in_two_arms_or_comes_later_is_left_out():
    campaign = pa.concat_tables(
        [arms(TREATED, HELD_OUT), arms([], ["C00"]), arms(["C05"], [], "2026-01-05", "2026-02-01", "Next")]
    )

    result = run(book(lambda n: 100 + n % 4), campaign)

    assert (only(result)["accounts"], result.table.num_rows) == (19, 1)
    assert "1 account stands in two arms of one campaign and is left out" in result.meta["warnings"]
    assert any(warning.startswith("1 row is of campaigns that have not begun") for warning in result.meta["warnings"])


def test_who_was_in_it_counts_even_without_an_order():
    row = only(run(book(lambda n: 100 + n % 4), arms([*TREATED, "NEW"], HELD_OUT)))

    assert row["accounts"] == 21
    assert row["bought"] == pytest.approx(20 / 21)


def test_several_arms_are_each_compared_with_those_held_out():
    campaign = arms(TREATED, HELD_OUT)
    two = campaign.set_column(2, "arm", [["letter"] * 10 + ["visit"] * 10 + ["none"] * 20])

    result = run(book(lambda n: (130 if n < 10 else 100) + n % 4), two, control="none")

    assert [(row["arm"], row["accounts"]) for row in result.table.to_pylist()] == [("letter", 10), ("visit", 10)]
    assert [row["verdict"] for row in result.table.to_pylist()] == ["worked", "cannot_tell"]
    assert result.meta["headline"] == "Of 2 comparisons 1 show an effect, 0 harm; of 1 nothing can be told"


def test_counted_in_margin_it_is_the_margin():
    rows, campaign = book(lambda n: (130 if n < 20 else 100) + n % 4), arms(TREATED, HELD_OUT)

    sales, margin = (only(run(rows, campaign, basis=basis)) for basis in ("sales", "margin"))

    assert margin["effect"] == pytest.approx(0.25 * sales["effect"], rel=0.01)
    assert margin["profit"] == pytest.approx(sales["profit"], rel=0.01)


def test_what_is_missing_is_said():
    rows = book(lambda n: 100 + n % 4)
    with pytest.raises(Refusal, match="who was held out"):
        ask("campaign-effect", rows, NOW)
    with pytest.raises(Refusal, match=r"lacks the columns.*arm"):
        run(rows, pa.table({"campaign": ["x"], "customer": ["C00"]}))
    with pytest.raises(Refusal, match="has begun yet"):
        run(rows, arms(["C05"], [], "2026-01-05", "2026-02-01"))
    with pytest.raises(Refusal, match="ever ordered"):
        run(rows, arms(["X1"], ["X2"]))
    with pytest.raises(Refusal, match="is held out"):
        run(rows, arms([], HELD_OUT))
    with pytest.raises(Refusal, match="count by net sales"):
        run(rows.drop_columns(["cost"]), arms(TREATED, HELD_OUT), basis="margin")


def test_nobody_held_out_is_no_proof():
    result = run(book(lambda n: 200 + n % 4), arms(CODES, []))

    assert only(result)["verdict"] == "nobody_held_out"
    assert result.meta["headline"].endswith("from 40 treated and 0 held out")


@pytest.mark.parametrize("name", BOOKS)
def test_odd_books_give_a_figure_or_a_plain_sentence(name):
    tables = BOOKS[name]()
    if "order_lines" not in tables:
        return
    codes = sorted(tables["order_lines"]["customer"].unique().to_pylist())
    day = lambda back: (date(1970, 1, 1) + timedelta(days=LAST - back)).isoformat()  # noqa: E731
    campaign = arms(codes[::2], codes[1::2], day(60), day(10))
    engine = DuckEngine()
    opened = start(FromTables(engine, {**tables, "campaign": campaign}), engine, LAST)

    try:
        result = opened.result("campaign-effect")
    except Refusal as refusal:
        assert_said(refusal.message)
        return

    for message in (result.findings.headline, *result.warnings):
        assert_said(message)


def lift_found(seed):
    drawn = generate(seed=seed)
    engine = DuckEngine()
    tables = {"order_lines": drawn.tables["order_lines"], "campaign": drawn.tables["campaign"]}
    return start(FromTables(engine, tables), engine).result("campaign-effect").table.to_pylist()[0]


def test_the_planted_lift_is_inside_its_interval():
    rows = [lift_found(seed) for seed in (1951, 1, 2, 3)]

    assert sum(row["lift_low"] <= LIFT <= row["lift_high"] for row in rows) >= 3
    assert rows[0]["verdict"] == "worked"


@pytest.mark.nightly
def test_the_planted_lift_is_inside_its_interval_in_ninety_of_a_hundred_books():
    rows = [lift_found(seed) for seed in range(1, 101)]

    assert sum(row["lift_low"] <= LIFT <= row["lift_high"] for row in rows) >= 90
    assert sum(row["verdict"] in {"worked", "paid"} for row in rows) >= 60


def test_coupon_campaigns_of_real_households_were_not_drawn_by_lot(shared):
    """Who got a coupon had bought more before: the arms differ, and it is said."""
    folder = shared / "data" / "complete_journey"
    if not folder.exists():
        pytest.skip(f"the folder with real data is not here: {folder}")
    bought = pq.ParquetFile(folder / "transactions_sample.parquet").read()
    days = bought["transaction_timestamp"].cast(pa.date32())
    columns = {"customer": bought["household_id"], "ordered_on": days, "amount": bought["sales_value"]}
    numbers = pa.array([str(n) for n in range(len(bought))])
    orders = pa.table({"order_id": numbers, "line_no": numbers, "quantity": bought["quantity"], **columns})
    listed = pa.csv.read_csv(folder / "campaigns.csv.gz").filter(pc.field("campaign_id") == 18)
    got = set(listed["household_id"].cast(pa.string()).to_pylist())
    others = sorted(set(bought["household_id"].unique().to_pylist()) - got)
    campaign = arms(sorted(got), others, "2017-10-30", "2017-12-24", "18")

    result = vitalfew.analyse("campaign-effect", order_lines=orders, campaign=campaign, options={"before": 240})

    row = only(result)
    assert row["accounts"] == len(got) > 1000
    assert row["bought"] > row["bought_held_out"]
    assert row["low"] > 0
    assert row["verdict"] == "not_alike"
    assert any("hardly drawn by lot" in warning for warning in result.meta["warnings"])


def test_it_is_declared_for_the_whole_book():
    assert not catalogue()["campaign-effect"].of_accounts


def test_campaigns_run_here_are_read_beside_those_of_the_facts_and_once_where_both_know_them():
    rows = book(lambda n: 130 if n < 20 else 100)
    ours = pa.concat_tables([arms(TREATED, HELD_OUT, campaign="Summer"), arms(HELD_OUT, TREATED)])

    told = ask("campaign-effect", rows, NOW, campaign=arms(TREATED, HELD_OUT), house_campaigns=ours)
    alone = ask("campaign-effect", rows, NOW, house_campaigns=arms(TREATED, HELD_OUT, campaign="Summer"))

    assert sorted(row["campaign"] for row in told.table.to_pylist()) == ["Spring", "Summer"]
    assert {row["accounts"] for row in told.table.to_pylist()} == {20}
    assert all(row["effect"] > 25 for row in told.table.to_pylist()), "of one name, the facts say who was treated"
    assert alone.table["campaign"].to_pylist() == ["Summer"]
