"""The demo book refreshed on a cluster over Spark Connect gives the scorecards that DuckDB gives, to the cent."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from servers import free_port

WORDS = ("direction", "abc", "tier", "cell", "cooperation", "risk", "cause", "anomaly")
MONEY = ("revenue_12m", "contribution", "value", "value_low", "value_high", "at_stake")
SHARES = ("growth", "margin_rate", "p_alive", "churn", "churn_low", "churn_high", "satisfaction")


@pytest.fixture(scope="module")
def cluster():
    """Sail with a driver and three workers that speak to each other over the network of this machine."""
    pytest.importorskip("pysail", reason="the extra 'spark' is not installed")
    port = free_port()
    mode = {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "3", "RUST_LOG": "error"}
    words = [sys.executable, "-m", "pysail", "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(words, env={**os.environ, **mode})  # noqa: S603
    listening(port, process)
    yield f"sc://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


def listening(port, process):
    """Wait until the server takes connections."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the cluster does not listen")


def vitalfew(home, *words, **environment):
    command = [sys.executable, "-m", "vitalfew", "--home", str(home), *words]
    env = {**os.environ, "DATABASE_URL": "", **environment}
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)  # noqa: S603


def cards(home):
    """The latest refresh' scorecards by customer."""
    with sqlite3.connect(home / "work.sqlite3") as connection:
        connection.row_factory = sqlite3.Row
        latest = "SELECT max(id) FROM warehouse_refresh WHERE state = 'done' AND NOT looks_back"
        rows = connection.execute(f"SELECT * FROM warehouse_scorecard WHERE refresh_id = ({latest})")  # noqa: S608
        return {row["customer"]: dict(row) for row in rows}


@pytest.mark.nightly
def test_scorecards_are_the_same_to_the_cent(cluster, tmp_path):
    home = tmp_path / "home"
    vitalfew(home, "demo", "--no-serve")
    here = cards(home)
    vitalfew(home, "refresh", "--engine", "spark", VITALFEW_SPARK=cluster)
    there = cards(home)

    assert len(here) >= 300
    assert there.keys() == here.keys()
    for code, card in here.items():
        other = there[code]
        assert [other[name] for name in WORDS] == [card[name] for name in WORDS]
        assert [other[name] for name in MONEY] == pytest.approx([card[name] for name in MONEY], abs=0.005)
        assert [other[name] for name in SHARES] == pytest.approx([card[name] for name in SHARES], abs=1e-6)
        assert other["months"] == card["months"]
