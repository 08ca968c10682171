"""Who may leave: the accounts' own past decides, and few losses are no lesson."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.demobook import generate
from vitalfew.maths import buying, roc
from vitalfew.maths.brier import brier
from vitalfew.outlets.bench.measured.prediction import came, order_lines
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import day_number, start
from vitalfew.warehouse.sources import FromTables

END = date(2025, 12, 31)
HORIZON = 162


def every(customer, gap, until=END, since=date(2023, 1, 2), amount=100):
    days = range(0, (until - since).days + 1, gap)
    return [(customer, (since + timedelta(days=n)).isoformat(), amount) for n in days]


@pytest.fixture(scope="module")
def demo():
    return generate()


def told(tables, as_of=None, name="churn", **options):
    engine = DuckEngine()
    at = None if as_of is None else day_number(date.fromisoformat(as_of))
    return start(FromTables(engine, tables), engine, at).result(name, **options)


@pytest.fixture(scope="module")
def steady():
    rows = [row for n in range(18) for row in every(f"S{n:02d}", 20 + n)]
    quiet = every("Q", 20, until=date(2025, 9, 1), amount=1000)
    season = [("X", f"{year}-{month:02d}-10", 50) for year in (2023, 2024, 2025) for month in (5, 6, 7)]
    return ask("churn", lines(*rows, *quiet, *season), "2025-12-31")


def test_an_account_silent_beyond_its_gaps_stands_out(steady):
    rows = by_account(steady)

    assert rows["Q"]["probability"] > 3 * max(rows[f"S{n:02d}"]["probability"] for n in range(18))
    assert (rows["Q"]["sign"], rows["Q"]["silence"], rows["Q"]["usual_gap"]) == ("overdue", 134, 20)
    assert rows["Q"]["money_at_stake"] == pytest.approx(rows["Q"]["probability"] * rows["Q"]["sales_year"], rel=1e-6)


def test_a_seasonal_account_is_no_alarm_in_its_quiet_season(steady):
    row = by_account(steady)["X"]

    assert row["probability"] < 0.5  # its season lies within the horizon
    assert not row["alarm"]

    out_of_season = by_account(ask_short())["X"]
    assert out_of_season["probability"] > 0.8
    assert (out_of_season["sign"], out_of_season["alarm"], out_of_season["money_at_stake"]) == (
        "quiet_season",
        False,
        0,
    )


def ask_short():
    rows = [row for n in range(18) for row in every(f"S{n:02d}", 20 + n)]
    season = [("X", f"{year}-{month:02d}-10", 50) for year in (2023, 2024, 2025) for month in (5, 6, 7)]
    return ask("churn", lines(*rows, *season), "2025-12-31", horizon="60d")


def test_fewer_than_thirty_losses_are_no_lesson_and_it_is_said(steady):
    assert steady.meta["fit"]["method"] == "process_and_silence"
    assert steady.meta["figures"]["auc"] is None
    assert any("losses to learn from" in warning for warning in steady.meta["warnings"])


def test_the_worked_example_of_money_at_stake(steady):
    total = sum(row["money_at_stake"] for row in steady.table.to_pylist())

    assert steady.meta["figures"]["money_at_stake"] == pytest.approx(total, abs=0.02)
    assert steady.table["money_at_stake"].to_pylist() == sorted(
        steady.table["money_at_stake"].to_pylist(), reverse=True
    )


def test_whoever_is_asked_about_too_few_accounts_is_told_so():
    with pytest.raises(Refusal, match="too few"):
        ask("churn", lines(("A", "2025-01-05", 10), ("B", "2025-02-05", 10)))


@pytest.mark.parametrize(
    "rows",
    [
        [(f"C{n}", "2025-06-01", 10) for n in range(12)],
        [(f"C{n}", f"2025-{1 + n:02d}-03", 10 * n) for n in range(12)],
        [row for n in range(12) for row in every(f"C{n}", 30)],
        [row for n in range(12) for row in every(f"C{n}", 1, since=date(2025, 1, 1))] + [("H", "2025-03-01", 1e12)],
        [(f"C{n}", day, amount) for n in range(12) for day, amount in (("2025-01-03", 5), ("2025-01-04", -9))],
    ],
    ids=["one day", "one order each", "all alike", "every day and one huge", "returned at once"],
)
def test_strange_books_get_figures_within_their_bounds(rows):
    result = ask("churn", lines(*rows), "2025-12-31")

    for row in result.table.to_pylist():
        assert 0 <= row["probability"] <= 1
        assert row["low"] is None or row["low"] <= row["probability"] <= row["high"]
        assert row["purchases_low"] <= row["purchases_high"]
        assert row["money_at_stake"] >= 0


def test_amounts_in_cents_change_money_alone(demo):
    tables = dict(demo.tables)
    plain = by_account(told(tables))
    cents = [100 * each for each in tables["order_lines"]["amount"].to_pylist()]
    place = tables["order_lines"].schema.get_field_index("amount")
    tables["order_lines"] = tables["order_lines"].set_column(place, "amount", pa.array(cents, pa.decimal128(20, 4)))

    for code, row in by_account(told(tables)).items():
        assert row["probability"] == pytest.approx(plain[code]["probability"], rel=1e-6)
        assert row["money_at_stake"] == pytest.approx(100 * plain[code]["money_at_stake"], rel=1e-6)


def test_who_left_the_demo_book_is_found(demo):
    rows = by_account(told(demo.tables))
    truth = [row for row in demo.truth.to_pylist() if row["customer"] in rows and row["kind"] != "one_off"]
    risk = np.array([rows[row["customer"]]["probability"] for row in truth])
    left = np.array([float(row["left_on"] is not None) for row in truth])

    assert roc.auc(risk, left).auc > 0.9
    assert brier(risk, left) < 0.1


@pytest.fixture
def wholesaler(shared):
    return order_lines(shared / "data" / "online_retail_ii_half_a")


def test_a_real_wholesaler_is_foretold_better_than_by_the_models_alone(wholesaler):
    result = told({"order_lines": wholesaler}, "2011-06-30")
    columns = {name: result.table[name].to_numpy() for name in result.table.column_names}
    n, money = came(wholesaler, columns["customer"], day_number(date(2011, 6, 30)))
    lost = (n == 0).astype(float)
    first = np.argsort(-columns["expected_revenue"], kind="stable")[: round(0.2 * n.size)]
    held = (n >= columns["purchases_low"]) & (n <= columns["purchases_high"])

    assert n.size == 2500
    assert roc.auc(columns["probability"], lost).auc > 0.8125  # Pareto/NBD: .8107
    assert brier(columns["probability"], lost) < 0.1765  # .1775
    assert np.abs(columns["likely_purchases"] - n).mean() < 0.89  # .938
    assert 0.97 < columns["likely_purchases"].sum() / n.sum() < 1.03  # .920
    assert 0.97 < columns["expected_purchases"].sum() / n.sum() < 1.03
    assert money[first].sum() / money.sum() > 0.714  # .705
    assert 0.87 < held.mean() < 0.93


def under_contract(*rows):
    """(customer, started_on, ended_on, value a year)."""
    days = {name: pa.array([row[at] for row in rows], pa.date32()) for at, name in ((1, "started_on"), (2, "ended_on"))}
    return pa.table({"customer": [row[0] for row in rows], **days, "period_value": [row[3] for row in rows]})


def test_accounts_under_contract_are_judged_by_their_next_renewal():
    rows = [row for n in range(20) for row in every(f"C{n:02}", 20 + n)]
    started = date(2021, 3, 1)
    ended = [(f"L{n}", started, date(2022 + n % 3, 3, 1), 100.0) for n in range(9)]
    running = [
        ("C01", date(2023, 2, 1), None, 5000.0),
        ("C02", date(2023, 11, 1), None, 900.0),
        ("C03", date(2023, 2, 1), None, 700.0),
        ("C03", date(2023, 11, 1), None, 800.0),
        ("STRANGER", date(2023, 11, 1), None, 800.0),
    ]
    contracts = under_contract(*ended, *running)
    plain = by_account(ask("churn", lines(*rows), "2025-12-31"))
    result = ask("churn", lines(*rows), "2025-12-31", contracts=contracts)
    found, renewal = by_account(result), ask("renewal", lines(*rows), "2025-12-31", contracts=contracts)
    first = next(row for row in renewal.table.to_pylist() if row["customer"] == "C01")

    assert found["C01"]["sign"] == "under_contract"
    assert (found["C01"]["probability"], found["C01"]["high"]) == (first["probability"], first["high"])
    assert found["C01"]["money_at_stake"] == pytest.approx(5000 * first["probability"], abs=1e-3)
    assert [found["C02"][name] for name in ("probability", "high", "money_at_stake")] == [0, 0, 0]
    assert found["C03"]["probability"] == 0
    assert found["C03"]["money_at_stake"] == pytest.approx(700 * first["probability"], abs=1e-3)
    assert {code: row["probability"] for code, row in found.items() if code not in {"C01", "C02", "C03"}} == {
        code: row["probability"] for code, row in plain.items() if code not in {"C01", "C02", "C03"}
    }
    assert result.meta["figures"]["under_contract"] == 3
    assert any("3 accounts are under contract" in warning for warning in result.meta["warnings"])


def test_an_alarm_rings_for_a_contract_that_will_hardly_be_renewed():
    rows = [row for n in range(20) for row in every(f"C{n:02}", 20 + n)]
    ended = [(f"L{n}", date(2022, 2, 1), date(2023, 2, 1), 100.0) for n in range(40)]
    contracts = under_contract(*ended, ("C01", date(2025, 2, 1), None, 5000.0))
    found = by_account(ask("churn", lines(*rows), "2025-12-31", contracts=contracts))

    assert found["C01"]["probability"] > 0.9
    assert found["C01"]["alarm"]


def test_a_service_contract_beside_the_purchases_binds_nobody():
    rows = [row for n in range(20) for row in every(f"C{n:02}", 20 + n)]
    ended = [(f"L{n}", date(2022, 2, 1), date(2023, 2, 1), 100.0) for n in range(40)]
    contracts = under_contract(*ended, ("C01", date(2025, 2, 1), None, 5000.0))
    contracts = contracts.append_column("covers", pa.array(["service"] * len(contracts)))
    plain, beside = (ask("churn", lines(*rows), "2025-12-31", **given) for given in ({}, {"contracts": contracts}))

    assert beside.table.equals(plain.table)
    assert beside.meta["figures"] == plain.meta["figures"]
    assert beside.meta["warnings"] == plain.meta["warnings"]


def test_the_goals_were_measured_on_the_same_question(wholesaler):
    """Whom they judge, over which days: the published models give the figures that stand beside the goals."""
    day = day_number(date(2011, 6, 30))
    ids, days = wholesaler["customer"].to_numpy(zero_copy_only=False), wholesaler["ordered_on"].to_numpy()
    codes, account = np.unique(ids[days <= day], return_inverse=True)
    bought = np.unique(np.column_stack([account, days[days <= day]]), axis=0)
    first, last = np.full(codes.size, day), np.zeros(codes.size)
    np.minimum.at(first, bought[:, 0], bought[:, 1])
    np.maximum.at(last, bought[:, 0], bought[:, 1])
    x = np.bincount(bought[:, 0]) - 1.0
    known = buying.Known(x, (last - first) / 7, (day - first) / 7, np.zeros(codes.size))
    n, _money = came(wholesaler, codes.tolist(), day)

    for name, area, score, error in (("bg-nbd", 0.8097, 0.1783, 0.929), ("mbg-nbd", 0.8098, 0.1779, 0.930)):
        told_by = buying.ahead(name, buying.fit(name, known), known, 162 / 7, 0.0)
        assert roc.auc(told_by.none, (n == 0).astype(float)).auc == pytest.approx(area, abs=2e-4)
        assert brier(told_by.none, (n == 0).astype(float)) == pytest.approx(score, abs=2e-4)
        assert np.abs(told_by.expected - n).mean() == pytest.approx(error, abs=6e-4)
    assert roc.auc((day - last).astype(float), (n == 0).astype(float)).auc == pytest.approx(0.7737, abs=1e-4)
