"""Servers that tests start for themselves and end: PostgreSQL, in a folder of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

NO_SERVER = "PostgreSQL is not installed here (Debian's package: postgresql)"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """A server with as many empty databases as are asked for."""

    def __init__(self):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not found:
            pytest.skip(NO_SERVER)
        self.programs = found[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="vitalfew-postgres-"))
        self.port = free_port()
        self.databases = 0
        if os.getuid() == 0:
            subprocess.run(["chown", "postgres", str(self.folder)], check=True)  # noqa: S603, S607
        self._run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", "vitalfew")
        self.start()

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self._control("start", "-w", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, how="immediate"):
        self._control("stop", "-m", how)

    def new(self):
        """The address of a new, empty database."""
        self.databases += 1
        name = f"house_{self.databases}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "vitalfew", name)
        return f"postgresql://vitalfew@127.0.0.1:{self.port}/{name}"

    def _control(self, *words):
        self._run("pg_ctl", "-D", str(self.folder / "data"), *words)

    def _run(self, program, *words):
        become = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*become, str(self.programs / program), *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
