"""``init``, ``demo``, ``serve``, ``worker``, ``doctor``, ``backup``, ``restore``: running a house."""

import os
import signal
import socket
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Annotated

import typer

from vitalfew import presence
from vitalfew.home import Home
from vitalfew.outlets import processes
from vitalfew.outlets.cli.house import opened, standing, who
from vitalfew.outlets.cli.screen import FAILED, out, say, screen, stop, table, write_json
from vitalfew.outlets.collecting import collect
from vitalfew.terms import gettext_noop as _

PORT = 8000
LAST_PORT = 65535
HOST = "127.0.0.1"


def add_to(app: typer.Typer) -> None:
    for name, command in (
        ("init", init), ("demo", demo), ("serve", serve), ("worker", worker), ("doctor", doctor),
        ("backup", backup), ("restore", restore),
    ):  # fmt: skip
        app.command(name)(command)


def init() -> None:
    """Create the home; what is there already stays."""
    home = opened()
    _first_administrator()
    say(_("Home: {folder}"), folder=home.folder)


def _first_administrator() -> None:
    """Where nobody can sign in yet, somebody can from now on."""
    import secrets

    from vitalfew.people.models import User

    if User.objects.exists():
        return
    from vitalfew.people.actions import add_user
    from vitalfew.people.roles import Role

    password = secrets.token_urlsafe(12)
    add_user(who(), username="admin", name="admin", role=Role.ADMINISTRATOR, password=password)
    out().print(screen.tr(_("Administrator: admin, password: {password}"), password=password), markup=False)


def demo(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="The server's port.")] = PORT,
    *,
    serve_: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it when it is loaded.")] = True,
) -> None:
    """Load the built-in order book of a fictitious maker of appliances, compute everything, and serve it."""
    if serve_ and _taken(HOST, port):
        stop(
            _("Port {port} is taken. Choose another: --port {other}, or PORT={other} make demo"),
            port=port,
            other=port + 1,
        )
    home = opened()
    from vitalfew.outlets.demo import load

    people = load(home, say)
    headings = [(screen.tr(text), False) for text in (_("User name"), _("Role"), _("Password"))]
    table("", headings, [list(person) for person in people])
    if serve_:
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "vitalfew", "serve", "--port", str(port)])  # noqa: S606  (our own command, in a process that holds nothing yet)


def serve(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="The port.")] = PORT,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = HOST,
    workers: Annotated[int, typer.Option(help="Web processes.")] = 1,
    *,
    background: Annotated[
        bool, typer.Option("--background/--no-background", help="Run a background worker too.")
    ] = True,
) -> None:
    """Serve the web pages and the API."""
    os.environ["VITALFEW_COLLECTED"] = "1"
    opened()
    _first_administrator()
    _serve(port, host=host, workers=workers, with_worker=background)


def _serve(port: int, host: str = HOST, workers: int = 1, *, with_worker: bool) -> None:
    if _taken(host, port):
        stop(_("Port {port} is taken. Choose another with --port"), FAILED, port=port)
    say(_("Starting the server ..."))
    with presence.one_at_a_time(Home.named().folder, "static"):
        collect(Home.named().static)
    from vitalfew.outlets.warm import warm_up

    warm_up()  # here, so that every process has it
    _end_when_told()
    running = [processes.pages(host, port, workers)]
    try:
        _wait(host, port, running[0])
        if with_worker:
            running.append(processes.background())
        out().print(screen.tr(_("Ready: {url}"), url=f"http://{host}:{port}"), markup=False)
        running[0].join()
    except KeyboardInterrupt:
        pass
    finally:
        processes.end(*running)


def _end_when_told() -> None:
    """By the system or a terminal that is closed as by Ctrl-C, unless the command was told to go on without it."""
    for told in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(told) is not signal.SIG_IGN:
            signal.signal(told, signal.default_int_handler)


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _wait(host: str, port: int, server: BaseProcess, seconds: float = 60) -> None:
    """Until /healthz answers."""
    import time
    from http.client import HTTPConnection

    until = time.monotonic() + seconds
    while time.monotonic() < until and server.is_alive():
        try:
            connection = HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:  # noqa: PLR2004  (all is well)
                return
        except OSError:
            time.sleep(0.1)
    stop(_("The server did not start"), FAILED)


def worker() -> None:
    """Run background work: uploaded files, refreshes."""
    home = opened()
    from vitalfew.imports.worker import work_on

    work_on(home)


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """Check the home: database, facts, audit chain, disk."""
    home = standing()
    from vitalfew.outlets.doctor import examine

    findings = examine(home)
    if as_json:
        write_json({"home": str(home.folder), "checks": [finding.as_json(screen.language) for finding in findings]})
    else:
        for finding in findings:
            mark = "✓" if finding.good else "✗"
            out().print(f"{mark} {finding.message.say(screen.language)}", markup=False)
    if not all(finding.good for finding in findings):
        raise SystemExit(FAILED)


def backup(
    file: Path, *, force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False
) -> None:
    """Write everything into one file; the house may go on working meanwhile."""
    if file.exists() and not force:
        stop(_("{file} is there already: choose another name, or replace it with --force"), file=file)
    if file.is_dir() or not file.absolute().parent.is_dir():
        stop(_("{file} can't be written: name a file in a folder that is there"), file=file)
    home = standing()
    from vitalfew.outlets.keeping import save

    size = save(home, file)
    say(_("{file} written, {size} MB"), file=file, size=f"{size / 1e6:,.1f}")


def restore(file: Path) -> None:
    """Bring a backup back into an empty home."""
    if not file.is_file():
        stop(_("There is no file {file}"), file=file)
    home = Home.named()
    from vitalfew.outlets.keeping import NotABackup, NotEmpty, load

    try:
        load(file, home)
    except NotEmpty:
        stop(_("{folder} is not empty: choose an empty home with --home"), FAILED, folder=home.folder)
    except NotABackup:
        stop(_("{file} is no whole backup of vitalfew; nothing was restored"), FAILED, file=file)
    opened()
    say(_("Restored to {folder}"), folder=home.folder)
