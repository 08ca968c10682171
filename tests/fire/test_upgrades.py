"""A home of the first tables, brought to today's by an upgrade that may be killed at any moment."""

import multiprocessing
import random
import shutil
import sqlite3
import time
from contextlib import closing

import burning
import pytest

FIRST = {"people": "0001", "accounts": "0001", "warehouse": "0001", "imports": "0001"}
ROWS = 500


@pytest.fixture(scope="module")
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["burning", "vitalfew.outlets.cli.app", "django.core.management", "django.db.models"]
    )
    return context


def begin(home):
    """The tables as they were at first, with accounts, a refresh, its cards and a trail in them."""
    burning.standing_in(home)
    from django.conf import settings
    from django.core.management import call_command

    settings.HOME.make()
    for app, name in FIRST.items():
        call_command("migrate", app, name, verbosity=0)
    from vitalfew.people import audit

    for number in range(20):
        audit.record("test", "did", f"thing:{number}")
    with sqlite3.connect(settings.HOME.database) as connection:
        fill(connection, "accounts_account", ({"code": f"C{n}", "name": f"客户 {n}"} for n in range(ROWS)))
        fill(connection, "warehouse_refresh", [{"id": 1, "as_of": "2025-01-31", "state": "done", "currency": "CNY"}])
        fill(
            connection,
            "warehouse_scorecard",
            ({"refresh_id": 1, "customer": f"C{n}", "revenue_12m": n} for n in range(ROWS)),
        )


def fill(connection, table, rows):
    """Rows with what is named, and something empty for every other column that needs a value."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    blank = {name: empty(name, kind) for _n, name, kind, needed, _default, key in columns if needed and not key}
    for row in rows:
        given = {**blank, **row}
        places = ", ".join("?" * len(given))
        connection.execute(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({places})", list(given.values()))  # noqa: S608


def empty(name, kind):
    if "int" in kind or "bool" in kind:
        return 0
    lists, objects = {"months", "done_steps"}, {"versions", "summaries"}
    return "[]" if name in lists else "{}" if name in objects else ""


@pytest.fixture(scope="module")
def early(processes, tmp_path_factory):
    home = tmp_path_factory.mktemp("early")
    run(processes, begin, home)
    return home


def run(processes, target, *args):
    process = processes.Process(target=target, args=args)
    began = time.monotonic()
    process.start()
    process.join(400)
    assert process.exitcode == 0
    return time.monotonic() - began


def state(home):
    """What must still be there."""
    with closing(sqlite3.connect(home / "work.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  (one of ours)
            for table in ("accounts_account", "warehouse_scorecard", "people_auditentry")
        }
        names = connection.execute("SELECT code, name FROM accounts_account ORDER BY code").fetchall()
        digests = connection.execute("SELECT number, digest FROM people_auditentry ORDER BY number").fetchall()
    return counts, names, digests


@pytest.mark.parametrize("times", [2, pytest.param(200, marks=pytest.mark.nightly(long=True))])
def test_an_upgrade_killed_at_any_moment_is_completed_by_the_same_command(processes, early, tmp_path, times):
    whole = shutil.copytree(early, tmp_path / "whole")
    longest, before = run(processes, burning.vitalfew, whole, ["upgrade"]), state(early)
    kills = 0
    for number in range(times):
        home = shutil.copytree(early, tmp_path / str(number))
        process = processes.Process(target=burning.vitalfew, args=(home, ["upgrade"]))
        process.start()
        time.sleep(random.uniform(0.1, 0.9) * longest)  # noqa: S311  (a moment, not a secret)
        process.kill()
        process.join()
        kills += process.exitcode == -9
        assert state(home) == before

        run(processes, burning.vitalfew, home, ["upgrade"])
        assert state(home) == before
        assert tables(home) == tables(whole)
        shutil.rmtree(home)
    assert kills >= times // 2


def tables(home):
    with closing(sqlite3.connect(home / "work.sqlite3")) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
