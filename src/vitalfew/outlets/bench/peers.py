"""Other tools at the same work, in an environment of their own under the home."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from vitalfew.outlets.bench import Peer


def ready(folder: Path, peer: Peer) -> Path:
    """The interpreter that has the peer's packages, installed if need be."""
    place = folder / "peers" / peer.name
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        _run([sys.executable, "-m", "venv", "--clear", str(place)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *peer.packages])
        (place / "complete").touch()
    return python


def versions(python: Path, peer: Peer) -> Mapping[str, str]:
    """Which versions were installed."""
    script = "import importlib.metadata as m, sys; print(*(m.version(name) for name in sys.argv[1:]))"
    names = [package.partition("<")[0].partition("=")[0] for package in peer.packages]
    return dict(zip(names, _run([str(python), "-c", script, *names]).split(), strict=True))


def command(python: Path, peer: Peer, size: int, folder: Path) -> list[str]:
    return [str(python), "-W", "ignore", "-c", peer.script, str(size), str(folder)]


def _run(arguments: list[str]) -> str:
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout  # noqa: S603  (our own arguments)
