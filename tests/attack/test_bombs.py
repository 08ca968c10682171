"""Each bomb is refused with its reason, in less than ten seconds, in less than 300 MiB."""

import json
import os
import subprocess
import sys

import pytest
from bombs import BOMBS, text

from vitalfew.warehouse.readers import Options, open_source
from vitalfew.warehouse.tables import ORDER_LINES

SECONDS, MEGABYTES = 10, 300
READ_EACH = """
import json, pathlib, re, sys, time
from vitalfew.warehouse.readers import Options, Refused, open_source
from vitalfew.warehouse.tables import ORDER_LINES

for path in sys.argv[1:]:
    began, reason = time.process_time(), "accepted"
    try:
        with open_source(path, ORDER_LINES, Options(currency="CNY")) as reading:
            for batch in reading.batches():
                pass
    except Refused as refused:
        reason = refused.reason
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
    print(json.dumps([reason, time.process_time() - began, peak / 1024]), flush=True)
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of each bomb, in a process of their own whose memory is looked at after each."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, (_reason, write) in BOMBS.items():
        write(folder / name)
    command = [sys.executable, "-c", READ_EACH, *(str(folder / name) for name in BOMBS)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=240, env={**os.environ}, check=False)  # noqa: S603
    assert told.returncode == 0, told.stderr
    return dict(zip(BOMBS, map(json.loads, told.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_costs_anything(outcomes, name):
    reason, seconds, megabytes = outcomes[name]

    assert reason == BOMBS[name][0]
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_quotes_that_are_never_closed_cost_their_lines_and_little_time(tmp_path):
    path = tmp_path / "quotes.csv.gz"
    text(b'a,"b""\n', 20_000)(path)

    with open_source(path, ORDER_LINES, Options(currency="CNY")) as reading:
        assert sum(len(batch.rejects) for batch in reading.batches()) == 20_000


def test_an_honest_table_that_packs_well_is_read(tmp_path):
    path = tmp_path / "honest.csv.gz"
    text(b"O1,1,2025-01-05,C1,1,10\n", 300_000)(path)

    with open_source(path, ORDER_LINES, Options(currency="CNY")) as reading:
        assert sum(batch.rows.num_rows + len(batch.rejects) for batch in reading.batches()) == 300_000
