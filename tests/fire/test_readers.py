"""Readers while everything is computed anew: each page shows every account with its figures."""

import multiprocessing
import sqlite3
from contextlib import closing

import burning
import pytest

LINES, ACCOUNTS = 3_000, 50


@pytest.fixture(scope="module")
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["burning", "vitalfew.outlets.cli.app", "django.db.models", "vitalfew.warehouse.run"]
    )
    return context


@pytest.mark.parametrize("number", [2, pytest.param(50, marks=pytest.mark.nightly(long=True))])
def test_readers_see_every_account_with_its_figures_whatever_is_computed(processes, tmp_path, number):
    path = tmp_path / "lines.csv"
    rows = (f"O{n},1,2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},C{n % ACCOUNTS},1,10" for n in range(LINES))
    path.write_text("order_id,line_no,ordered_on,customer,quantity,amount\n" + "\n".join(rows))
    manager = processes.Manager()
    until, told = manager.Event(), manager.Queue()
    run(processes.Process(target=burning.begin_book, args=(tmp_path / "home", path)))
    readers = [
        processes.Process(target=burning.look_at_lists, args=(tmp_path / "home", until, told)) for _ in range(number)
    ]
    for reader in readers:
        reader.start()
    run(processes.Process(target=burning.refresh_again, args=(tmp_path / "home", 2)))
    until.set()
    for reader in readers:
        reader.join(60)

    assert [reader.exitcode for reader in readers] == [0] * number
    seen = [told.get() for _ in range(told.qsize())]
    assert len(seen) >= 20
    assert set(seen) == {ACCOUNTS}
    with closing(sqlite3.connect(tmp_path / "home" / "work.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM warehouse_refresh WHERE state = 'done'").fetchone() == (3,)


def run(process):
    process.start()
    process.join(240)
    assert process.exitcode == 0
