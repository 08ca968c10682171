"""A server that is told to end does so, also where its worker is in the middle of something long."""

import multiprocessing
import signal
import time

from vitalfew.outlets import processes
from vitalfew.outlets.cli import operate

FORK = multiprocessing.get_context("fork")


def deaf(hears):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hears.set()
    time.sleep(60)


def test_a_process_that_does_not_end_in_time_is_ended(monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    hears = FORK.Event()
    process = FORK.Process(target=deaf, args=(hears,))
    process.start()
    hears.wait(30)
    began = time.monotonic()

    processes.end(process)

    assert process.exitcode == -signal.SIGKILL
    assert time.monotonic() - began < 30


def test_a_process_that_ends_by_itself_is_waited_for():
    process = FORK.Process(target=raise_exit)
    process.start()
    process.join()

    processes.end(process)

    assert process.exitcode == 3


def raise_exit():
    raise SystemExit(3)


def test_who_was_told_to_go_on_without_a_terminal_is_not_ended_with_it():
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

        operate._end_when_told()

        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
