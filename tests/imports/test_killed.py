"""A process killed at any moment of an import or a refresh leaves one whole version, and the same command completes it."""

import multiprocessing
import random
import shutil
import sqlite3
import time

import killing
import pytest

from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

TIMES = pytest.mark.parametrize(
    "times", [3, pytest.param(8, marks=pytest.mark.nightly), pytest.param(200, marks=pytest.mark.nightly(long=True))]
)
LINES = 4000
SOONER = 0.8
"""A process that was done before it was killed has shown that the work takes less time than the first one did."""
PRELOADED = [
    "vitalfew.outlets.cli.app",
    "vitalfew.warehouse.store",
    "vitalfew.warehouse.run",
    "vitalfew.warehouse.readers.delimited",
    "vitalfew.analyses.lifetime",
    "vitalfew.analyses.trend",
    "django.core.management",
    "django.db.models",
]


@pytest.fixture(scope="module")
def processes():
    """Fresh processes that have the slow imports behind them: what is killed is the work itself."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, "killing"])
    return context


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "lines.csv"
    rows = (
        f"O{i // 3},{i % 3 + 1},2025-{i % 12 + 1:02d}-{i % 28 + 1:02d},C{i % 50},1,10.00,6.00" for i in range(LINES)
    )
    path.write_text("order_id,line_no,ordered_on,customer,quantity,amount,cost\n" + "\n".join(rows))
    return path


def finished(processes, home, *words):
    """The command, run to its end; gives how long it took."""
    began = time.monotonic()
    process = processes.Process(target=killing.vitalfew, args=(str(home), words))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    return time.monotonic() - began


def killed_somewhere(processes, home, longest, *words):
    """The command, killed at a random moment; gives whether it was still running."""
    process = processes.Process(target=killing.vitalfew, args=(str(home), words))
    process.start()
    time.sleep(random.uniform(0.05, 0.8) * longest)  # noqa: S311  (a moment, not a secret)
    process.kill()
    process.join()
    return process.exitcode == -9


def total(home):
    """What a reader sees at this moment."""
    snapshot = Store(home / "facts").ledger(ORDER_LINES).snapshot()
    return connect().execute(current_sql(snapshot, "coalesce(sum(amount), 0)")).fetchall()[0][0]


def ask(home, query):
    with sqlite3.connect(home / "work.sqlite3") as connection:
        return connection.execute(query).fetchall()


@TIMES
def test_a_killed_import_is_there_whole_or_not_at_all(processes, book, tmp_path, times):
    whole = LINES * 10
    finished(processes, tmp_path / "empty", "init")
    shutil.copytree(tmp_path / "empty", tmp_path / "trial")
    longest = finished(processes, tmp_path / "trial", "import", "order-lines", str(book))
    kills = 0
    for number in range(times):
        home = shutil.copytree(tmp_path / "empty", tmp_path / str(number))
        hit = killed_somewhere(processes, home, longest, "import", "order-lines", str(book))
        kills, longest = kills + hit, longest if hit else longest * SOONER
        assert total(home) in (0, whole)

        finished(processes, home, "import", "order-lines", str(book))
        assert total(home) == whole
        assert ask(home, "SELECT count(*) FROM imports_import WHERE state IN ('reading', 'waiting')") == [(0,)]
    assert kills >= times // 2


SHOWN = """
SELECT r.as_of, (SELECT count(*) FROM warehouse_scorecard s WHERE s.refresh_id = r.id), json_extract(r.summaries, '$.rfm.rows')
FROM warehouse_refresh r WHERE r.state = 'done' ORDER BY r.id DESC LIMIT 1
"""


@TIMES
def test_a_killed_refresh_goes_on_and_never_shows_half(processes, book, tmp_path, times):
    finished(processes, tmp_path, "import", "order-lines", str(book))
    longest = finished(processes, tmp_path, "refresh")
    kills = 0
    for number in range(times):
        as_of = f"2025-{number % 12 + 1:02d}-{10 + number // 12:02d}"
        hit = killed_somewhere(processes, tmp_path, longest, "refresh", "--as-of", as_of)
        kills, longest = kills + hit, longest if hit else longest * SOONER
        _as_of, cards, accounts = ask(tmp_path, SHOWN)[0]
        assert cards == accounts

        finished(processes, tmp_path, "refresh", "--as-of", as_of)
        assert ask(tmp_path, SHOWN)[0] == (as_of, cards_of(tmp_path), cards_of(tmp_path))
    assert kills >= times // 2


def cards_of(home):
    return ask(home, SHOWN)[0][1]
