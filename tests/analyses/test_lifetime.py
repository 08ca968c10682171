"""Lifetime value on the published sample, from its raw purchases."""

import math
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from books import ask, lines

import vitalfew
from vitalfew.catalogue import Refusal


@pytest.fixture(scope="module")
def cdnow():
    """The 1/10 sample of CDNOW as the package `lifetimes` ships it."""
    package = Path(find_spec("lifetimes").submodule_search_locations[0])
    rows = [
        line.split() for line in (package / "datasets" / "CDNOW_sample.txt").read_text().splitlines() if line.strip()
    ]
    return pa.table(
        {
            "order_id": [f"O{number}" for number in range(len(rows))],
            "customer": [row[1] for row in rows],
            "ordered_on": [row[2] for row in rows],
            "quantity": [row[3] for row in rows],
            "amount": [row[4] for row in rows],
        }
    )


def fit(cdnow, model="bg-nbd", **options):
    return vitalfew.analyse("lifetime", order_lines=cdnow, as_of="1997-09-30", options={"model": model, **options})


def test_bg_nbd_as_published(cdnow):
    result = fit(cdnow, horizon="39")
    found = result.meta["fit"]

    assert found["n"] == 2357
    assert found["log_likelihood"] == pytest.approx(-9582.43, abs=0.005)
    assert [found[name] for name in ("r", "alpha", "a", "b")] == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=5e-4)
    one = next(row for row in result.table.to_pylist() if row["customer"].lstrip("0") == "1")
    assert (one["frequency"], round(one["expected_purchases"], 3)) == (2, 1.226)


def test_pareto_nbd_as_published(cdnow):
    found = fit(cdnow, model="pareto-nbd").meta["fit"]

    assert found["log_likelihood"] == pytest.approx(-9594.976, abs=0.005)
    assert [found[name] for name in ("r", "alpha", "s", "beta")] == pytest.approx(
        [0.553, 10.58, 0.606, 11.66], abs=0.01
    )


def test_gamma_gamma_as_published(cdnow):
    found = fit(cdnow).meta["fit"]

    assert found["spend_accounts"] == 946
    assert [found[name] for name in ("p", "q", "v")] == pytest.approx([6.25, 3.74, 15.44], abs=0.01)


def test_the_unit_of_time_changes_no_forecast(cdnow):
    weeks, days = fit(cdnow, horizon="52w"), fit(cdnow, horizon="364d", time_unit="day")

    assert days.meta["figures"]["total"] == pytest.approx(weeks.meta["figures"]["total"], rel=1e-4)


def test_a_customers_summary_is_fitted_straight():
    summary = pa.table(
        {
            "customer": [str(n) for n in range(60)],
            "frequency": [0, 1, 3] * 20,
            "recency": [0.0, 2, 9] * 20,
            "T": [9.0, 9, 10] * 20,
        }
    )

    result = vitalfew.analyse("lifetime", customers_summary=summary)

    assert result.meta["fit"]["n"] == 60
    assert result.meta["figures"]["total"] is None


def test_values_lie_in_their_intervals_and_nothing_is_nan(cdnow):
    for row in fit(cdnow).table.to_pylist():
        assert row["low"] <= row["high"]
        assert all(value is None or not isinstance(value, float) or math.isfinite(value) for value in row.values())


def test_too_few_accounts_are_refused_in_words():
    with pytest.raises(Refusal, match="too few"):
        ask("lifetime", lines(("A", "2025-01-05", 10), ("B", "2025-02-05", 10)))


def sums(frequency, recency, age):
    """Three kinds of accounts, twenty of each."""
    return pa.table(
        {
            "customer": [str(n) for n in range(60)],
            "frequency": frequency * 20,
            "recency": recency * 20,
            "T": age * 20,
        }
    )


def test_even_buying_asked_for_needs_the_intervals():
    summary = sums([1, 2, 3], [1.0, 2, 9], [9.0, 9, 10])

    with pytest.raises(Refusal, match="logarithms"):
        vitalfew.analyse("lifetime", customers_summary=summary, options={"model": "bg-cnbd-k"})


def test_a_summary_without_a_wish_is_told_by_bg_nbd():
    summary = sums([0, 1, 3], [0.0, 2, 9], [9.0, 9, 10])

    result = vitalfew.analyse("lifetime", customers_summary=summary)

    assert result.meta["fit"]["model"] == "bg-nbd"
    assert {row["reason"] for row in result.table.to_pylist()} == {"simplest"}


def test_a_model_that_is_asked_for_says_so_and_knows_no_pace(cdnow):
    rows = fit(cdnow, model="mbg-nbd").table.to_pylist()

    assert {(row["model"], row["reason"], row["pace"]) for row in rows} == {("mbg-nbd", "asked", 1.0)}


def test_of_itself_it_keeps_bg_nbd_on_the_published_sample(cdnow):
    """MBG/NBD's log-likelihood is higher by .3 only, Pareto/NBD's lower by 12.5; all fits are told."""
    found = fit(cdnow, model="auto").meta["fit"]

    assert found["model"] == "bg-nbd"
    assert found["candidates"]["mbg-nbd"]["log_likelihood"] == pytest.approx(-9582.13, abs=0.01)
    assert found["candidates"]["bg-nbd"]["bic"] == pytest.approx(4 * math.log(2357) + 2 * 9582.4256, abs=0.01)


DAYS = [f"{year}-{month:02d}-{day:02d}" for year in (2023, 2024, 2025) for month in range(1, 13) for day in (3, 17)]


def regulars(accounts=24):
    """Accounts that buy now and then over three years, each at its own distance."""
    return [
        (f"R{each:02d}", day, 100 + 10 * each)
        for each in range(accounts)
        for place, day in enumerate(DAYS)
        if (place * 7 + each * 5) % (4 + each % 5) == 0
    ]


def summer():
    return [
        ("S", f"{year}-{month:02d}-{day:02d}", 500)
        for year in (2023, 2024, 2025)
        for month in (5, 6, 7)
        for day in (4, 19)
    ]


def asked(rows, **given):
    result = ask("lifetime", lines(*rows), as_of="2025-12-31", **given)
    return result, {row["customer"]: row for row in result.table.to_pylist()}


def test_who_buys_in_season_is_told_by_its_own_years():
    """Six purchases of 500 a year in both years known: a chance of 17/18 and 5/6 to stay from one year to the next.

    A model of random buying would see it leaving since August.
    """
    result, rows = asked([*regulars(), *summer()])

    season = rows["S"]
    assert (season["model"], season["reason"]) == ("own_season", "in_season")
    assert season["expected_purchases"] == pytest.approx(6 * 17 / 18 * (1 + 5 / 6 + 25 / 36), abs=0.1)
    assert season["value"] == pytest.approx(
        season["expected_purchases"] * season["expected_spend"] / 1.1**1.5, rel=0.05
    )
    assert season["low"] < season["value"] < season["high"]
    assert all("season" not in said.say("en") for said in result.warnings)


def test_who_buys_in_season_can_be_left_out():
    _result, rows = asked([*regulars(), *summer()], seasonal="left-out")

    assert (rows["S"]["value"], rows["S"]["p_alive"], rows["S"]["model"], rows["S"]["reason"]) == (
        None,
        None,
        "none",
        "left_out",
    )


def contracts(ended=("2024-01-01", "2025-01-01", None)):
    return pa.table(
        {
            "customer": ["X", "Y", "R00"],
            "started_on": ["2023-01-01", "2023-01-01", "2023-07-01"],
            "ended_on": list(ended),
            "period_value": [900.0, 900.0, 1200.0],
        }
    )


def test_a_running_contract_is_valued_by_its_renewals():
    """Two of three ended, at their first and second renewal: what runs pays 1,200 at each renewal it survives."""
    _result, rows = asked(regulars(), contracts=contracts())

    told = rows["R00"]
    assert (told["model"], told["reason"], told["p_alive"]) == ("renewals", "contract", 1)
    assert 0 <= told["low"] <= told["value"] <= told["high"] <= 3 * 1200
    assert rows["R01"]["model"] != "renewals"


def test_a_running_contract_of_an_account_that_never_bought_is_named():
    result, _rows = asked(regulars(), contracts=contracts(("2024-01-01", None, None)))

    assert any("1 running contract" in said.say("en") for said in result.warnings)


def test_where_amounts_are_left_out_nothing_is_worth_anything_and_nothing_is_said_of_ranges():
    result, rows = asked(regulars(), spend="none")

    assert {row["value"] for row in rows.values()} == {None}
    assert (result.meta["figures"]["total"], result.meta["figures"]["held_before"]) == (None, None)


def test_contracts_of_which_none_ended_leave_purchases_to_speak():
    result, rows = asked(regulars(), contracts=contracts((None, None, None)))

    assert rows["R00"]["model"] != "renewals"
    assert any("No contract has ended" in said.say("en") for said in result.warnings)


def occasions(accounts=12):
    """Yearly tenders: who won which."""
    held = [(each, year) for each in range(accounts) for year in range(2016, 2026)]
    return pa.table(
        {
            "customer": [f"R{each:02d}" for each, _year in held],
            "held_on": [f"{year}-06-01" for _each, year in held],
            "bought": [float((each + year) % 3 > 0) for each, year in held],
        }
    )


def test_who_buys_on_fixed_occasions_is_told_by_those():
    """Two of three tenders won, three to come within three years: two wins at the account's usual amount."""
    result, rows = asked(regulars(), occasions=occasions())

    told = rows["R01"]
    assert (told["model"], told["reason"]) == ("occasions", "occasions")
    assert told["expected_purchases"] == pytest.approx(2, abs=0.3)
    assert told["value"] < told["expected_purchases"] * told["expected_spend"]
    assert told["low"] < told["value"] < told["high"]
    assert set(result.meta["fit"]["occasions"]) == {"alpha", "beta", "gamma", "delta"}
    assert rows["R20"]["model"] != "occasions"


def test_few_accounts_with_occasions_are_told_by_their_purchases():
    result, rows = asked(regulars(), occasions=occasions(accounts=4))

    assert rows["R01"]["model"] != "occasions"
    assert any("Fewer than ten" in said.say("en") for said in result.warnings)


def test_the_sum_has_a_range_around_it():
    result, rows = asked(regulars())
    figures = result.meta["figures"]

    assert figures["total"] == pytest.approx(sum(row["value"] for row in rows.values()), abs=0.1)
    assert figures["total_low"] < figures["total"] < figures["total_high"]
    assert figures["days_looked_back"] == 2


def test_a_real_wholesaler_is_worth_what_came(shared):
    """Known until the middle of 2011, judged on the 162 days after: BG/NBD alone tells .941 of the purchases."""
    from vitalfew.outlets.bench.measured.prediction import came, order_lines
    from vitalfew.warehouse.run import day_number
    from vitalfew.warehouse.tables import ORDER_LINES

    book = order_lines(shared / "data" / "online_retail_ii_half_a")
    result = vitalfew.analyse(
        "lifetime", order_lines=ORDER_LINES.dated(book), as_of="2011-06-30", options={"horizon": "162d"}
    )
    told = {name: result.table[name].to_numpy() for name in ("expected_purchases", "value", "low", "high")}
    n, money = came(book, result.table["customer"].to_pylist(), day_number(date(2011, 6, 30)))
    first = np.argsort(-told["value"], kind="stable")[: round(0.2 * n.size)]

    assert result.meta["fit"]["model"] == "bg-nbd"
    assert 0.95 < told["expected_purchases"].sum() / n.sum() < 1.05
    assert np.abs(told["expected_purchases"] - n).mean() < 0.94
    assert 0.75 < told["value"].sum() / money.sum() < 1.1
    assert money[first].sum() / money.sum() > 0.7
    assert 0.87 < ((money >= told["low"] - 0.01) & (money <= told["high"] + 0.01)).mean() < 0.93


def test_a_service_contract_beside_the_purchases_is_not_what_the_account_is_worth():
    beside = contracts().append_column("covers", pa.array(["service"] * 3))
    plain, told = (asked(regulars(), **given)[0] for given in ({}, {"contracts": beside}))

    assert told.table.equals(plain.table)
    assert told.warnings == plain.warnings


def test_bg_nbd_says_that_it_is_sure_of_who_bought_once(cdnow):
    warned = [
        any("bought once" in said and "1,411" in said for said in fit(cdnow, model=model).meta["warnings"])
        for model in ("bg-nbd", "mbg-nbd")
    ]

    assert warned == [True, False]


def test_what_leaving_takes_is_told_beside_what_is_expected(cdnow):
    result = vitalfew.analyse("lifetime", order_lines=cdnow, as_of="1997-09-30")
    figures = result.meta["figures"]

    assert set(result.meta["fit"]["nbd"]) == {"r", "alpha", "log_likelihood", "bic"}
    assert figures["purchases_if_nobody_left"] > figures["purchases"] > 0
    assert fit(cdnow).meta["figures"]["purchases_if_nobody_left"] is None  # a model asked for by name stands alone


def test_where_nobody_bought_twice_leaving_cannot_be_told():
    rows = lines(*((f"C{n}", f"2025-01-{n + 1:02d}", 10) for n in range(12)))

    figures = ask("lifetime", rows, "2025-12-31").meta["figures"]

    assert (figures["purchases"], figures["purchases_if_nobody_left"]) == (None, None)


def test_contracts_lost_before_they_were_recorded_do_not_make_the_others_last_longer():
    """Three in ten of those due are lost each year, but only losses of the last two years are recorded."""
    rng, rows = np.random.default_rng(4), []
    for number in range(3000):
        start, day = int(rng.integers(2014, 2025)), f"{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}"
        lost = next((year for year in range(start + 1, 2026) if rng.random() < 0.3), None)
        if lost is None or lost >= 2024:
            rows.append((f"K{number}", f"{start}-{day}", None if lost is None else f"{lost}-{day}", 100.0))
    names = ("customer", "started_on", "ended_on", "period_value")
    told = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})

    result, _rows = asked(regulars(), contracts=told)

    fit = result.meta["fit"]["contracts"]
    assert fit["beta"] / (fit["alpha"] + fit["beta"]) == pytest.approx(0.7, abs=0.03)


def test_weights_of_a_summary_count_in_what_leaving_takes():
    rng = np.random.default_rng(2)
    x = rng.integers(0, 6, 60)
    columns = {"frequency": x, "recency": np.where(x > 0, rng.uniform(1, 30, 60), 0.0), "T": np.full(60, 40.0)}
    plain = pa.table({"customer": [f"C{n:02d}" for n in range(60)], **columns})
    weighed = plain.append_column("weights", pa.array(np.full(60, 3.0)))

    one, three = (
        vitalfew.analyse("lifetime", customers_summary=each, as_of="2025-12-31").meta["figures"]
        for each in (plain, weighed)
    )

    for name in ("purchases", "purchases_if_nobody_left"):
        assert three[name] == pytest.approx(3 * one[name], rel=1e-4)


def test_what_is_missing_is_called_as_people_call_it():
    from vitalfew.catalogue import catalogue

    with pytest.raises(Refusal) as refused:
        catalogue()["lifetime"].function(as_of=20_000, currency="CNY")

    assert "order_lines" not in str(refused.value)
    assert "Order lines" in str(refused.value)
