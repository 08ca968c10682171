"""A process of its own for each measurement: its whole time, its processor time and the most memory it held."""

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from vitalfew.outlets.bench import Figures

KIB: Final = 1024
LEFT_OUT: Final = frozenset({"PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "VITALFEW_FACTS"})
REJECTED: Final = 3
"""The exit code of an import some of whose rows were rejected: done all the same."""


class DidNotFinish(RuntimeError):
    """The measured process failed; its last line says why."""


def measured(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Figures:
    """Run a command; what it prints last, if that is an object of figures, goes with its own."""
    with TemporaryFile(dir=folder) as out, TemporaryFile(dir=folder) as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=_environment(environment))  # noqa: S603  (our own command)
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in {0, REJECTED}:
            err.seek(0)
            raise DidNotFinish((err.read().decode(errors="replace").strip().splitlines() or [str(command)])[-1])
        out.seek(0)
        printed = out.read()
    own = {"seconds": seconds, "cpu seconds": used.ru_utime + used.ru_stime, "peak MiB": used.ru_maxrss / KIB}
    return {**_figures(printed), **own}


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """As an installed command runs: with its compiled modules kept; and never on the house's own database or bucket."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return {**kept, **environment}


def _figures(printed: bytes) -> Figures:
    lines = printed.decode().strip().splitlines()
    try:
        found = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return {name: float(value) for name, value in found.items()} if isinstance(found, dict) else {}
