"""How well an analysis would have known: what came later is not looked at, and rules of thumb stand beside."""

import importlib
import json
import pkgutil

import numpy as np
import pyarrow as pa
import pytest

from vitalfew import backtests as package
from vitalfew.backtests.early_warning import alarmed, high_risks, lead_times, overstated, reliability_rows, scored
from vitalfew.backtests.origins import origins
from vitalfew.backtests.register import backtests, judge, opened
from vitalfew.catalogue import Refusal, catalogue
from vitalfew.demobook import generate
from vitalfew.panels import month_of, month_start
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.sources import FromTables


def book(tables):
    def facts():
        engine = DuckEngine()
        return FromTables(engine, tables), engine

    return opened(facts)


@pytest.fixture(scope="module")
def demo():
    return generate(accounts=120)


@pytest.fixture(scope="module")
def judged(demo):
    read = book(demo.tables)
    asked = backtests()["churn"]
    return judge(read, asked, origins(read.first_day, read.now.as_of, asked.horizon))


def shown(name):
    return {column.name for column in backtests()[name].columns}


def test_each_file_judges_an_analysis_of_its_name():
    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]
    declared = {module.__name__.rsplit(".", 1)[1] for module in modules if hasattr(module, "backtest")} - {"register"}

    assert {name.replace("-", "_") for name in backtests()} == declared
    assert set(backtests()) <= set(catalogue())


def test_origins_leave_eighteen_months_and_a_whole_outcome():
    days = origins(0, 1095, 162)

    assert days == [569, 660, 751, 842, 933]
    assert origins(0, 1095, 162, since=800) == [842, 933]
    assert origins(0, 1095, 162, until=700) == [609, 700]
    assert origins(0, 600, 162) == []


def test_a_day_is_judged_by_its_own_past(demo, judged):
    """Rows after the last origin, but for what came, change nothing of what was said."""
    last = judged.origins[0]["as_of"]
    engine = DuckEngine()
    from datetime import date

    from vitalfew.warehouse.run import day_number, start

    day = day_number(date.fromisoformat(last))
    lines = demo.tables["order_lines"]
    kept = lines.filter(np.asarray(lines["ordered_on"]) <= day)
    alone = start(FromTables(engine, demo.tables | {"order_lines": kept}), engine, day).result("churn").table

    assert alone.equals(book(demo.tables).at(day).result("churn").table)


def test_figures_agree_with_each_other(judged):
    pooled = judged.pooled

    assert pooled["losses"] == sum(row["losses"] for row in judged.origins)
    assert pooled["alarms"] == sum(row["alarms"] for row in judged.origins)
    assert pooled["accounts"] == sum(row["accounts"] for row in judged.tables["reliability"])
    assert pooled["auc_low"] < pooled["auc"] < pooled["auc_high"]
    assert pooled["precision_at_k"] * pooled["k"] == pytest.approx(pooled["recall_at_k"] * pooled["losses"])
    assert pooled["lift_at_k"] > 1.5
    assert {row["score"] for row in judged.tables["rules"]} == {"churn", "silent", "not_alive", "declined"}
    assert shown("churn") <= judged.origins[0].keys()
    assert shown("churn") - {"as_of"} <= pooled.keys()
    json.dumps([judged.origins, judged.pooled, judged.tables], allow_nan=False)


def test_values_of_earlier_days_are_compared_with_what_came(demo):
    read = book(demo.tables)
    asked = backtests()["lifetime"]
    found = judge(read, asked, origins(read.first_day, read.now.as_of, asked.horizon)[-2:])

    assert len(found.origins) == 2
    assert 0.7 < found.pooled["purchases_ratio"] < 1.3
    assert found.pooled["purchases_error"] < 1.1 * found.pooled["error_as_before"]
    assert 0.8 < found.pooled["held"] < 0.95
    assert found.pooled["first_fifth"] > 0.4
    assert shown("lifetime") <= found.origins[0].keys()
    assert shown("lifetime") - {"as_of"} <= found.pooled.keys()
    json.dumps([found.origins, found.pooled], allow_nan=False)


def test_scores_of_the_printed_example():
    found = scored(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0]))

    assert found["brier"] == pytest.approx(0.075)
    assert found["auc"] == 1
    assert (
        sum(row["accounts"] for row in reliability_rows(np.array([0.8, 0.3, 0.6, 0.1]), np.array([1.0, 0, 1, 0]))) == 4
    )


def test_alarms_that_were_false_and_losses_without_alarm():
    found = alarmed(np.array([True, True, False, False]), np.array([1.0, 0, 1, 0]))

    assert found == {"alarms": 2, "false_alarms": 1, "false_share": 0.5, "missed_losses": 1}


def test_lead_time_counts_alarms_before_the_loss_only():
    found = lead_times({"A": 500, "B": 400, "C": 300, "D": 200}, {"A": 450, "B": 390, "C": 300})

    assert found == {"losses": 4, "alarmed_before": 2, "median_days": 30, "share_30_days": 0.25}


def test_a_short_book_is_refused_in_words(demo):
    with pytest.raises(Refusal, match="too short"):
        judge(book(demo.tables), backtests()["churn"], [])


def test_an_empty_book_is_refused_in_words():
    with pytest.raises(Refusal, match="order_lines"):
        book({})


def test_the_command_gives_one_json_document(demo, tmp_path, monkeypatch):
    import pyarrow.parquet as pq
    from typer.testing import CliRunner

    from vitalfew.outlets.cli import backtest as command
    from vitalfew.outlets.cli.app import app

    pq.write_table(demo.tables["order_lines"], tmp_path / "lines.parquet")
    monkeypatch.setattr(command, "facts", lambda _home, engine, _versions: FromTables(engine, demo.tables))
    monkeypatch.setattr(command, "standing", lambda: type("Home", (), {"facts": tmp_path}))
    monkeypatch.setattr(command, "Store", lambda _facts: type("Store", (), {"versions": dict})())

    answer = CliRunner().invoke(app, ["backtest", "churn", "--json"])
    document = json.loads(answer.stdout)

    assert document["backtest"] == "churn"
    assert document["pooled"]["losses"] > 0
    assert CliRunner().invoke(app, ["backtest", "nothing"]).exit_code == 2
    assert CliRunner().invoke(app, ["backtest", "churn", "--from", "2027-01-01"]).exit_code == 1


@pytest.mark.parametrize("name", ["forecast", "tiers"])
def test_a_backtest_stands_beside_its_rules(demo, name):
    read = book(demo.tables)
    asked = backtests()[name]
    found = judge(read, asked, origins(read.first_day, read.now.as_of, asked.horizon))

    assert len(found.origins) >= 2
    assert found.pooled["accounts"] == sum(row["accounts"] for row in found.origins)
    assert shown(name) <= found.origins[0].keys()
    assert shown(name) - {"as_of"} <= found.pooled.keys()
    json.dumps([found.origins, found.pooled], allow_nan=False)
    assert all("{" not in message.say("zh-hans") for message in (found.headline, *found.warnings))


def test_a_forecast_is_judged_by_months_counted_by_hand(demo):
    """The one origin's misses, from the lines themselves."""
    read = book(demo.tables)
    asked = backtests()["forecast"]
    day = origins(read.first_day, read.now.as_of, asked.horizon)[-1]
    found = judge(read, asked, [day]).pooled

    rows = [row for row in read.at(day).result("forecast").table.to_pylist() if row["mean"] is not None]
    came = dict.fromkeys(((row["customer"], row["period"]) for row in rows), 0.0)
    for line in demo.tables["order_lines"].to_pylist():
        key = (line["customer"], month_start(month_of(line["ordered_on"])))
        if key in came:
            came[key] += float(line["amount"])
    missed = sum(abs(row["mean"] - came[row["customer"], row["period"]]) for row in rows)
    assert found["wape"] == pytest.approx(missed / sum(came.values()))
    held = [row["low"] <= came[row["customer"], row["period"]] <= row["high"] for row in rows]
    assert found["held"] == pytest.approx(np.mean(held))


def test_tiers_are_judged_by_the_year_after(demo):
    read = book(demo.tables)
    asked = backtests()["tiers"]
    pooled = judge(read, asked, origins(read.first_day, read.now.as_of, asked.horizon)).pooled

    assert pooled["by_sales"] < pooled["earned"] <= pooled["by_hindsight"]
    assert pooled["again_low"] < pooled["again"] < pooled["again_high"]
    assert pooled["still_below"] > 0.8


def always_the_same(accounts, amount=100.0):
    """Order lines of three years, one every thirty days."""
    bought = [(f"C{each}", 20_000 + day) for each in range(accounts) for day in range(0, 1200, 30)]
    return pa.table(
        {
            "order_id": [f"O{number}" for number in range(len(bought))],
            "line_no": ["1"] * len(bought),
            "customer": [code for code, _day in bought],
            "ordered_on": pa.array([day for _code, day in bought], pa.int32()),
            "quantity": [1.0] * len(bought),
            "amount": [amount] * len(bought),
            "cost": [amount / 2] * len(bought),
            "currency": ["CNY"] * len(bought),
            "list_amount": pa.nulls(len(bought), pa.float64()),
        }
    )


def test_a_forecast_of_what_never_changes_misses_little():
    read = book({"order_lines": always_the_same(12)})
    asked = backtests()["forecast"]
    found = judge(read, asked, origins(read.first_day, read.now.as_of, asked.horizon)).pooled

    assert found["wape"] < 0.2
    assert found["wape_sum"] < 0.05
    assert abs(found["bias"]) < 0.05


def test_what_happened_has_its_interval():
    row = reliability_rows(np.full(40, 0.85), np.repeat([1.0, 0.0], [30, 10]))[8]

    assert (row["stated"], row["happened"]) == (pytest.approx(0.85), 0.75)
    assert (round(row["happened_low"], 3), round(row["happened_high"], 3)) == (0.598, 0.858)


@pytest.mark.parametrize(("lost", "said"), [(30, 0), (20, 1)])
def test_high_risks_beyond_what_happened_are_said_to_be_overstated(lost, said):
    found = high_risks(np.full(40, 0.85), np.repeat([1.0, 0.0], [lost, 40 - lost]))

    told = overstated(found)

    assert len(told) == said
    assert all("85 % were to be lost on average; 50 % were (35 % – 65 %)" in each.say("en") for each in told)


def test_without_a_high_risk_nothing_is_overstated():
    assert overstated(high_risks(np.full(4, 0.1), np.zeros(4))) == []
