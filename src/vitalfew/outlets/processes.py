"""The processes of a served house: those that answer pages, and the one that works in the background.

Where the system allows it they are copies of the process that has loaded the house, so that what never changes stands in
memory once, however many they are. Threads and connections are not copied: there are none yet.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, Final

PATIENCE = 10
"""So many seconds a process has to end by itself."""
HOW: Final[Any] = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
THREADS: Final = 4
"""So many pages a process works on at once; somebody's long one leaves the others free."""


def pages(host: str, port: int, workers: int) -> BaseProcess:
    """Answers pages and the API with so many processes until it is told to end."""
    return _started(_answer, host, port, workers)


def background() -> BaseProcess:
    """Takes tasks from the queue until it is told to end."""
    return _started(_work)


def end(*processes: BaseProcess) -> None:
    """What a worker had begun and does not finish in time is begun again by the next one."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()


def _started(work: Callable[..., None], *told: Any) -> BaseProcess:
    from django.db import connections

    connections.close_all()
    process: BaseProcess = HOW.Process(target=_ready_for, args=(work, *told))
    process.start()
    return process


def _ready_for(work: Callable[..., None], *told: Any) -> None:
    """A copy also has the signals' handlers of the command it comes from; what the terminal tells is told to that one alone."""
    from vitalfew.outlets.cli.house import ready

    os.setpgrp()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    ready()
    work(*told)


def _answer(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method(HOW.get_start_method(), force=True)
    Granian(
        "vitalfew.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()


def _work() -> None:
    from vitalfew.home import Home
    from vitalfew.imports.worker import work_on
    from vitalfew.presence import leave

    home = Home.named()
    try:
        work_on(home)
    except KeyboardInterrupt:
        pass
    finally:
        leave(home.folder)
