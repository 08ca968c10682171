import sys

import pytest

from vitalfew.outlets.bench import Benchmark, benchmarks
from vitalfew.outlets.bench.bench import Bench, machine
from vitalfew.outlets.bench.measured.dirty_import import written
from vitalfew.outlets.bench.processes import DidNotFinish, measured

ROW = ["SO-1", "1", "C1", "2025-03-31", "P", "3", "1234.5"]


def test_benchmarks_are_found_by_walking_the_package():
    assert list(benchmarks()) == ["clean-import", "dirty-import", "lifetime", "pages", "refresh", "summaries"]


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
