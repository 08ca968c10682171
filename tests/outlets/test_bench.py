import sys

import numpy as np
import pytest

from vitalfew.outlets.bench import Benchmark, benchmarks
from vitalfew.outlets.bench.bench import Bench, Line, machine
from vitalfew.outlets.bench.measured.dirty_import import written
from vitalfew.outlets.bench.processes import DidNotFinish, measured

ROW = ["SO-1", "1", "C1", "2025-03-31", "P", "3", "1234.5"]


def test_benchmarks_are_found_by_walking_the_package():
    assert list(benchmarks()) == [
        "allocation", "clean-import", "cox", "croston", "dirty-import", "duplicates", "ets", "lifetime", "pages", "pareto-nbd",
        "prediction", "refresh", "summaries", "visit-plan",
    ]  # fmt: skip


@pytest.mark.parametrize("name", benchmarks())
def test_a_benchmark_says_what_it_measures_and_has_a_goal(name):
    found = benchmarks()[name]

    assert found.title
    assert found.goals
    assert (found.work is None) != (found.command is None)


def test_a_process_is_measured_whole(tmp_path):
    program = "import time; held = bytearray(60_000_000); time.sleep(.1); print('{\"rows\": 3}')"

    figures = measured([sys.executable, "-c", program], {}, tmp_path)

    assert figures["rows"] == 3
    assert figures["seconds"] > 0.1
    assert figures["peak MiB"] > 57


def test_a_process_that_fails_says_why(tmp_path):
    with pytest.raises(DidNotFinish, match="no such luck"):
        measured([sys.executable, "-c", "raise SystemExit('no such luck')"], {}, tmp_path)


def test_the_environment_reaches_the_process(tmp_path):
    program = "import json, os; print(json.dumps({'size': float(os.environ['SIZE'])}))"

    assert measured([sys.executable, "-c", program], {"SIZE": "7"}, tmp_path)["size"] == 7


def test_a_benchmark_gives_its_figures_with_those_that_have_a_goal_first(tmp_path):
    lines = Bench(tmp_path, runs=1).run("lifetime", benchmarks()["lifetime"], 10_000, lambda _text: None)

    assert [line.figure for line in lines][:2] == ["fit seconds", "predict seconds"]
    assert all(line.measured > 0 for line in lines)
    assert lines[0].goal == 0.012


def test_without_a_goal_for_the_size_nothing_is_judged(tmp_path):
    lines = Bench(tmp_path, runs=1).run("lifetime", benchmarks()["lifetime"], 500, lambda _text: None)

    assert {line.reached for line in lines} == {None}


@pytest.mark.parametrize(("name", "size", "figure"), [
    ("croston", 10_000, "forecast seconds"), ("ets", 200, "fit seconds"), ("allocation", 100, "plan seconds"),
    ("allocation", 50, "plan seconds"),
    ("cox", 2_000, "fit seconds"), ("pareto-nbd", 1_000, "fit seconds"),
])  # fmt: skip
def test_a_benchmark_of_the_mathematics_runs(tmp_path, name, size, figure):
    lines = {line.figure: line for line in Bench(tmp_path, runs=1).run(name, benchmarks()[name], size, lambda _t: None)}

    assert lines[figure].measured > 0


def test_where_more_is_better_the_goal_is_the_least():
    at_least = Line("x", 1, "rows", "AUC", 0.82, 0.83, more=True)

    assert at_least.reached is False
    assert Line("x", 1, "rows", "AUC", 0.84, 0.83, more=True).reached is True
    assert Line("x", 1, "rows", "seconds", 0.82, 0.83).reached is True


def test_exponential_smoothing_is_compared_once_the_other_tool_has_run(tmp_path):
    from vitalfew.outlets.bench.measured import ets

    ets.prepare(20, tmp_path)
    assert ets.work(20, tmp_path).keys() == {"fit seconds"}

    np.save(tmp_path / ets.THEIRS, np.full(20, 1e9))
    assert ets.work(20, tmp_path)["AICc no worse, share"] == 1


def test_a_benchmark_whose_data_are_not_here_is_left_out(monkeypatch, tmp_path):
    monkeypatch.delenv("VITALFEW_SHARED", raising=False)
    assert not benchmarks()["prediction"].possible

    (tmp_path / "data" / "online_retail_ii_half_a").mkdir(parents=True)
    monkeypatch.setenv("VITALFEW_SHARED", str(tmp_path))
    assert benchmarks()["prediction"].possible
    assert benchmarks()["croston"].possible


def test_the_prediction_of_a_real_wholesaler_is_measured(shared, monkeypatch, tmp_path):
    monkeypatch.setenv("VITALFEW_SHARED", str(shared))
    if not benchmarks()["prediction"].possible:
        pytest.skip("the wholesaler's files are not here")

    lines = Bench(tmp_path, runs=1).run("prediction", benchmarks()["prediction"], 2_500, lambda _text: None)

    reached = {line.figure: line.reached for line in lines if line.goal is not None}
    assert len(reached) == 6
    assert reached["purchases MAE"]
    assert reached["total, off by"]
    assert reached["intervals, off 90 % by"]


def test_an_imported_file_is_measured_with_its_command(tmp_path):
    lines = Bench(tmp_path, runs=1).run("dirty-import", benchmarks()["dirty-import"], 1_000, lambda _text: None)

    assert [line.figure for line in lines] == ["seconds", "cpu seconds", "peak MiB"]


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["refresh", "pages"])
def test_a_benchmark_on_a_filled_home_runs(tmp_path, name):
    lines = Bench(tmp_path, runs=1).run(name, benchmarks()[name], 300, lambda _text: None)

    assert all(line.measured > 0 for line in lines)


def test_one_dirty_row_in_twenty_is_beyond_repair():
    rows = [written(number, ROW) for number in range(80)]

    assert [len(row) for row in rows if len(row) < 8] == [5]
    assert [row[2:4] + row[6:7] for row in rows[20:61:20]] == [
        ["", "2025-03-31", "1234.5"],
        ["C1", "2025-13-45", "1234.5"],
        ["C1", "2025-03-31", "十二"],
    ]
    assert rows[3][6] == "￥1,234.50"


def test_the_machine_is_told_with_its_versions():
    assert {"processors", "memory GiB", "load", "vitalfew", "duckdb"} <= machine().keys()


def test_a_benchmark_without_a_peer_runs_alone(tmp_path):
    alone = Benchmark(
        "t", "rows", 1, lambda _size, _folder: None, {}, command=lambda _s, _f: [sys.executable, "-c", ""]
    )

    assert Bench(tmp_path, with_peers=True)._peer(alone, 1, tmp_path) is None


def test_a_plan_of_visits_is_measured_with_the_rules_it_breaks(tmp_path):
    lines = Bench(tmp_path, runs=1).run("visit-plan", benchmarks()["visit-plan"], 40, lambda _text: None)

    measured = {line.figure: line.measured for line in lines}
    assert measured["rules broken"] == 0
    assert measured["visits"] > 0
