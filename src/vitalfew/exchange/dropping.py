"""Files that accounts lay into their folders are taken: each once, whole or not at all, and laid aside with what was said of it.

A file is moved aside first, then taken in one transaction, then laid where it stays. Where the house is stopped in between, the
next look finds it moved aside; what of it is stored already is recognised by its contents.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from vitalfew.exchange import folders, taking
from vitalfew.exchange.models import DataExchange, DataFile
from vitalfew.exchange.said import said_of
from vitalfew.exchange.taking import ENDINGS, KNOWN, TOO_LARGE, Sent
from vitalfew.exchange.words import Way
from vitalfew.outbox.writing import to
from vitalfew.people import audit
from vitalfew.people.records import NotPossible
from vitalfew.presence import Busy, one_at_a_time
from vitalfew.terms import gettext_noop as _

logger = logging.getLogger(__name__)
WHO: Final = "SFTP"
WORK: Final = "exchange-folders"
NO_ENDING: Final = _("Taken are CSV files, workbooks (.xlsx) and EDI messages (.edi)")
DAMAGED: Final = _("The file can't be read; nothing of it was stored.")
SHOWN: Final = 200


def look(now: float | None = None) -> int:
    """All folders once, by one process at a time; gives how many files were taken or refused."""
    rows = DataExchange.objects.running(timezone.localdate()).filter(way=Way.FOLDER).select_related("account", "person")
    try:
        with one_at_a_time(settings.HOME.folder, WORK, wait=False):
            return sum(_looked(row, now) for row in rows)
    except Busy:
        return 0


def _looked(row: DataExchange, now: float | None) -> int:
    folder = folders.of(row)
    try:
        folders.make(folder)
        done = [_taken(row, folder, folders.claim(path)) for path in folders.lie(folder, now)]
        folders.tidy(folder, now)
    except OSError as error:
        logger.warning("Folder of exchange %s: %s", row.pk, error)
        return 0
    return len(done)


def _taken(row: DataExchange, folder: Path, path: Path) -> Path:
    """Where it lies now."""
    with override(to(row.person) if row.person else settings.LANGUAGE_CODE):
        try:
            file = _received(row, path)
        except NotPossible as why:
            place = folders.TAKEN if str(why) == KNOWN else folders.REFUSED
            _noted(row, path, str(why))
            return folders.lay(path, folder, place, gettext(str(why)))
        place = folders.REFUSED if file.refused or not file.rows_read - file.rows_refused else folders.TAKEN
        return folders.lay(path, folder, place, "\n".join(_told(file)))


def _received(row: DataExchange, path: Path) -> DataFile:
    name = path.name.encode("utf-8", "replace").decode()
    if not name.lower().endswith(ENDINGS):
        raise NotPossible(NO_ENDING)
    data = folders.content(path, taking.LARGEST)
    if len(data) > taking.LARGEST:
        raise NotPossible(TOO_LARGE)
    try:
        return taking.received(WHO, row, Sent(name, data, Way.FOLDER, by_them=True))
    except NotPossible:
        raise
    except (ValueError, LookupError, ArithmeticError, EOFError) as error:
        logger.warning("File of exchange %s: %r", row.pk, error)
        raise NotPossible(DAMAGED) from error


def _noted(row: DataExchange, path: Path, why: str) -> None:
    """What stored nothing leaves its trace too."""
    name = path.name.encode("utf-8", "replace").decode()
    audit.record(WHO, "data-refuse", f"account:{row.account.code}", {"file": name, "why": why})


def _told(file: DataFile) -> Iterator[str]:
    """What became of it, and the rows that were refused."""
    yield said_of(file)
    for each in file.refusals.all()[:SHOWN]:
        yield f"{each.line}\t{each.field}\t{each.value}\t{gettext(each.said)}"
