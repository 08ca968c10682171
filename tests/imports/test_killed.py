"""A process killed at any moment of an import or a refresh leaves one whole version, and the same command completes it."""

import json
import os
import random
import subprocess
import sys
import time

import pytest

TIMES = 20
LINES = 4000


def vitalfew(home, *words, **more):
    environment = {**os.environ, "VITALFEW_HOME": str(home), "DATABASE_URL": ""}
    return subprocess.Popen(  # noqa: S603  (our own command)
        [sys.executable, "-m", "vitalfew", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **more,
    )


def finished(home, *words):
    process = vitalfew(home, *words)
    output, _err = process.communicate(timeout=120)
    return process.returncode, output


def count(home):
    code, output = finished(home, "analyse", "pareto", "--format", "json")
    return json.loads(output)["meta"]["figures"]["total"] if code == 0 else 0


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "lines.csv"
    rows = (
        f"O{i // 3},{i % 3 + 1},2025-{i % 12 + 1:02d}-{i % 28 + 1:02d},C{i % 50},1,10.00,6.00" for i in range(LINES)
    )
    path.write_text("order_id,line_no,ordered_on,customer,quantity,amount,cost\n" + "\n".join(rows))
    return path


def killed_somewhere(home, words, longest):
    """Start the command, kill it at a random moment; gives whether it was still running."""
    process = vitalfew(home, *words)
    time.sleep(random.uniform(0.2, 1.1) * longest)  # noqa: S311  (a moment, not a secret)
    process.kill()
    process.communicate()
    return process.returncode == -9


def test_a_killed_import_is_there_whole_or_not_at_all(book, tmp_path):
    home, whole = tmp_path / "home", LINES * 10.0
    began = time.monotonic()
    finished(tmp_path / "trial", "import", "order-lines", str(book))
    longest = time.monotonic() - began
    kills = 0
    for number in range(TIMES):
        kills += killed_somewhere(home / str(number), ["import", "order-lines", str(book)], longest)
        assert count(home / str(number)) in (0, whole)

        code, output = finished(home / str(number), "import", "order-lines", str(book), "--json")
        report = json.loads(output)
        assert code == 0
        assert report["rows_accepted"] + report["rows_unchanged"] == LINES
        assert count(home / str(number)) == whole
    assert kills >= TIMES // 2


def test_a_killed_refresh_goes_on_and_never_shows_half(book, tmp_path):
    home = tmp_path / "home"
    finished(home, "import", "order-lines", str(book))
    began = time.monotonic()
    finished(tmp_path / "home", "refresh")
    longest = time.monotonic() - began
    kills = 0
    for number in range(TIMES):
        as_of = f"2025-{number % 12 + 1:02d}-15"
        kills += killed_somewhere(home, ["refresh", "--as-of", as_of], longest)
        shown = whole_refreshes(home)
        assert all(row == sizes[0] for sizes in shown.values() for row in sizes)

        code, output = finished(home, "refresh", "--as-of", as_of, "--json")
        assert code == 0
        assert json.loads(output)["as_of"] == as_of
    assert kills >= TIMES // 2


def whole_refreshes(home):
    """The numbers of scorecards of the refresh that is shown."""
    import sqlite3

    with sqlite3.connect(home / "work.sqlite3") as connection:
        rows = connection.execute(
            "SELECT r.id, (SELECT count(*) FROM warehouse_scorecard s WHERE s.refresh_id = r.id) FROM warehouse_refresh r "
            "WHERE r.state = 'done' ORDER BY r.id DESC LIMIT 1"
        ).fetchall()
    return {number: [size, 50 if size else size] for number, size in rows}
