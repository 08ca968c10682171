"""A server that is told to end does so, also where its worker is in the middle of something long."""

import subprocess
import sys
import time

from vitalfew.outlets.cli import operate

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"


def test_a_process_that_does_not_end_in_time_is_ended(monkeypatch):
    monkeypatch.setattr(operate, "PATIENCE", 0.2)
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as process:  # noqa: S603  (our own)
        process.stdout.readline()
        began = time.monotonic()
        process.terminate()

        operate._ended(process)

        assert process.returncode is not None
        assert time.monotonic() - began < 30


def test_a_process_that_ends_by_itself_is_waited_for():
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process:
        operate._ended(process)

        assert process.returncode == 3
