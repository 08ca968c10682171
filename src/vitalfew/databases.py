"""How the database of an address is reached: PostgreSQL by its URL, SQLite by its file."""

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES: Final = frozenset({"postgresql", "postgres"})
AWAY: Final = frozenset({"OperationalError", "InterfaceError"})
SAID_AWAY: Final = (
    "connection refused",
    "connection failed",
    "connection to server",
    "connection timeout",
    "connection is closed",
    "connection is lost",
    "connection already closed",
    "closed the connection",
    "terminating connection",
    "the database system is",
    "failed to resolve host",
    "consuming input failed",
    "could not receive data from server",
)
"""Words of PostgreSQL and its driver where there is no server to speak to."""
ADDRESS: Final = re.compile(r"^((?:sql://)?(?:[\w+.-]+://)?)(?:.*@)?([^?]*).*$", re.DOTALL)
PRAGMAS: Final = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; PRAGMA cache_size=-4096;"


def reached(url: str, file: Path) -> dict[str, Any]:
    """Django's settings of the database of a URL; of the SQLite file without one."""
    return _postgresql(url) if url else _sqlite(file)


def is_postgresql(url: str) -> bool:
    return urlsplit(url).scheme in SCHEMES


def without_password(url: str) -> str:
    """The address as it may be shown: neither who enters, nor what stands behind the question mark.

    A password may hold any sign, so all that stands before the last @ goes.
    """
    return ADDRESS.sub(r"\1\2", url)


def is_away(failure: BaseException) -> bool:
    """Whether something went wrong because the database is not there, or does not let us in."""
    return any(tells_of_absence(kind.__name__, str(failure)) for kind in type(failure).__mro__)


def tells_of_absence(kind: str, said: str) -> bool:
    """The same, of a failure's kind and words as they were written down."""
    return kind.rpartition(".")[2] in AWAY and any(words in said.lower() for words in SAID_AWAY)


def _postgresql(url: str) -> dict[str, Any]:
    """What stands behind the question mark, such as ``?sslmode=verify-full``, goes to the driver."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError("DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS, "timeout": 20},
    }
