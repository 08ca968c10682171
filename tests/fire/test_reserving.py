"""Goods promised by fifty people at once: no piece is promised twice, on either database."""

import multiprocessing

import burning
import pytest

from servers import Postgres

PEOPLE = 50
PIECES = 10


def prepare(home, url):
    burning.standing_in(home, url)
    from vitalfew.outlets.cli.house import opened
    from vitalfew.people.actions import add_user

    opened()
    add_user("test", username="one", name="one", role="director", password="a-long-password")


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_fifty_at_once_promise_no_piece_twice(vendor, tmp_path):
    server = Postgres() if vendor == "postgresql" else None
    try:
        outcomes = promised(tmp_path / "home", server.new() if server else "")
    finally:
        if server:
            server.remove()
    assert outcomes == (PIECES, PEOPLE - PIECES, PIECES, PIECES, "refused", vendor)


def promised(home, url):
    processes = multiprocessing.get_context("spawn")
    told = processes.Manager().Queue()
    for target, args in ((prepare, (home, url)), (burning.promise_the_same, (home, url, PEOPLE, told))):
        process = processes.Process(target=target, args=args)
        process.start()
        process.join(240)
        assert process.exitcode == 0
    outcomes, rows, held, beyond, vendor = told.get(timeout=5)
    return outcomes.count("reserved"), outcomes.count("refused"), rows, held, beyond, vendor
