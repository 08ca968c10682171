"""Style sheets and scripts, compressed and named by their content, as web processes serve them."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parent.parent / "static"
BY_CONTENT: Final = re.compile(r"\.[0-9a-f]{12}\.")


def collect(collected: Path) -> None:
    """Collect them anew, whenever they are not those collected last."""
    stamp, now = collected / "collected.txt", _fingerprint(PACKAGE)
    if stamp.exists() and stamp.read_text() == now:
        return
    _forget_plain(collected)
    command = [
        sys.executable,
        "-m",
        "django",
        "collectstatic",
        "--noinput",
        "--verbosity=0",
        "--settings=vitalfew.site.settings",
    ]
    subprocess.run(command, check=True)  # noqa: S603  (our own interpreter and settings)
    stamp.write_text(now)


def _fingerprint(folder: Path) -> str:
    """The same for the same files with the same content, whenever they were written."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _forget_plain(collected: Path) -> None:
    """Copies under their own names, which are not taken anew where they seem younger; named by content they stay."""
    for path in collected.rglob("*"):
        if path.is_file() and not BY_CONTENT.search(path.name):
            path.unlink()
