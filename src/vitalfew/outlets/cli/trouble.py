"""What the machine refuses, in words: a full disk, a folder that cannot be written to, a database that is away."""

import errno
import shutil
from collections.abc import Iterator
from typing import Final

from vitalfew.databases import is_away
from vitalfew.home import Home
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.storage import Unreachable

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
SAID_FULL: Final = (
    "disk is full",
    "no space left",
    "disk quota",
    "could not write all bytes",
    "max_temp_directory_size",
)
SAID_PERHAPS: Final = "disk i/o error"
NO_ROOM: Final = 1 << 20
SAID_CLOSED: Final = ("readonly database", "read-only", "unable to open database file", "permission denied")


def sentence(failure: BaseException, home: Home) -> str | None:
    """What happened and what to do, where it is one of these; in English, to be translated."""
    for each in _behind(failure):
        if is_away(each):
            return _(
                "The database cannot be reached. Nothing is half done: see that it runs and that its address is right, "
                "then give the same command again"
            )
        if isinstance(each, Unreachable):
            return _(
                "The store of the facts cannot be reached. Nothing is half done: see that it answers and that the AWS_ "
                "variables are right, then give the same command again"
            )
        number, said = getattr(each, "errno", None), str(each).lower()
        if number in FULL or any(words in said for words in SAID_FULL) or (SAID_PERHAPS in said and _full(home)):
            return _("The disk is full. Nothing is half done: make room, then give the same command again")
        if number in CLOSED or any(words in said for words in SAID_CLOSED):
            return _(
                "{folder} cannot be written to. Nothing was changed: check its rights, then give the same command again"
            )
    return None


def _full(home: Home) -> bool:
    return home.folder.exists() and shutil.disk_usage(home.folder).free < NO_ROOM


def _behind(failure: BaseException | None) -> Iterator[BaseException]:
    """The failure, and those it came from."""
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__
