"""Several people and the machine at one record at once: no change is lost, the trail is whole."""

import multiprocessing
import random
import shutil
import sqlite3
import time
from contextlib import closing

import burning
import pytest

PRELOADED = [
    "burning",
    "vitalfew.outlets.cli.app",
    "django.core.management",
    "django.db.models",
    "vitalfew.warehouse.run",
]
SAVES = 200


@pytest.fixture(scope="module")
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def run(processes, *targets):
    """Processes side by side, to their end."""
    started = [processes.Process(target=target, args=args) for target, *args in targets]
    for process in started:
        process.start()
    for process in started:
        process.join(240)
    assert [process.exitcode for process in started] == [0] * len(started)


def prepare(home):
    burning.standing_in(home)
    from vitalfew.accounts.models import Account
    from vitalfew.outlets.cli.house import opened
    from vitalfew.people.actions import add_user

    opened()
    for name in ("one", "two"):
        add_user("test", username=name, name=name, role="director", password="a-long-password")
    Account.objects.create(code="A", name="甲")


@pytest.fixture(scope="module")
def prepared(processes, tmp_path_factory):
    home = tmp_path_factory.mktemp("prepared")
    run(processes, (prepare, home))
    return home


@pytest.fixture
def house(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "house")


def ask(home, query):
    with closing(sqlite3.connect(home / "work.sqlite3", timeout=20)) as connection:
        return connection.execute(query).fetchall()


def broken(home, told):
    burning.standing_in(home)
    from vitalfew.people import audit

    told.put(audit.verify().broken_at)


def trail(processes, home):
    told = processes.Manager().Queue()
    run(processes, (broken, home, told))
    return told.get(timeout=5)


def test_two_editors_lose_no_change(processes, house):
    told = processes.Manager().Queue()
    run(processes, *((burning.count_up, house, name, SAVES // 2, told) for name in ("one", "two")))
    outcomes = [told.get() for _ in range(told.qsize())]

    assert outcomes.count("saved") == SAVES
    assert ask(house, "SELECT region, version FROM accounts_account") == [(str(SAVES), SAVES + 1)]
    assert ask(house, "SELECT count(*) FROM people_auditentry WHERE action = 'account-change'") == [(SAVES,)]
    assert trail(processes, house) is None


def test_what_is_set_by_hand_outlives_assigning_and_refreshing_at_the_same_time(processes, house):
    told = processes.Manager().Queue()
    editing = (burning.count_up, house, "two", 60, told)
    run(processes, editing, (burning.assign_to_and_fro, house, 60), (burning.bring_in_line, house, 60))

    [(region, by_hand)] = ask(house, "SELECT region, by_hand FROM accounts_account")
    assert region == "60"
    assert "region" in by_hand
    changes = ask(house, "SELECT count(*) FROM people_auditentry WHERE action IN ('account-change', 'account-assign')")
    assert changes[0][0] >= 60 + 59
    assert trail(processes, house) is None


@pytest.mark.parametrize("times", [20, pytest.param(200, marks=pytest.mark.nightly(long=True))])
def test_an_editor_killed_at_any_moment_leaves_whole_changes(processes, house, times):
    told = processes.Manager().Queue()
    for _ in range(times):
        process = processes.Process(target=burning.count_up, args=(house, "one", 10_000, told))
        process.start()
        told.get(timeout=60)
        time.sleep(random.uniform(0, 0.1))  # noqa: S311  (a moment, not a secret)
        process.kill()
        process.join()

    [(region, version)] = ask(house, "SELECT region, version FROM accounts_account")
    [(entries,)] = ask(house, "SELECT count(*) FROM people_auditentry WHERE action = 'account-change'")
    assert int(region or 0) == version - 1 == entries > 0
    assert ask(house, "PRAGMA integrity_check") == [("ok",)]
    assert trail(processes, house) is None
