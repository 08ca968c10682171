"""A report is made: with what its reader may see now, in its language, and kept as a file that never changes."""

import secrets
from typing import Any

from django.conf import settings
from django.utils import translation

from vitalfew.accounts.models import Account
from vitalfew.paper import NoPrinter
from vitalfew.people.language import KNOWN
from vitalfew.people.models import User
from vitalfew.reports import printing, workbook
from vitalfew.reports.kinds import kinds
from vitalfew.reports.models import Report
from vitalfew.reports.words import Form, Made
from vitalfew.rooms import Report as Kind
from vitalfew.terms import gettext_noop as _

NOT_HIS = _("You may not see these figures (any more)")
NO_ROOM = _("The server's disk is full or cannot be written to. Tell its administrator")


def made(kind: Kind, form: str, reader: User, account: Account | None, day: Any) -> bytes:
    """The file, in the language that is spoken now."""
    if form == Form.PDF and kind.paper:
        return kind.paper(reader, account, day)
    told = kind.written(reader, account, day)
    return printing.pdf(told) if form == Form.PDF else workbook.xlsx(told)


def make(row: Report) -> None:
    """Fill what was asked for; what is in the way is said with it. One that is made stays as it is."""
    if not row.is_waiting:
        return
    if not Report.objects.visible_to(row.reader).filter(pk=row.pk).exists():
        _became(row, Made.FAILED, trouble=NOT_HIS)
        return
    try:
        with translation.override(row.language):
            _keep(row, made(kinds()[row.kind], row.form, row.reader, row.account, row.day))
    except NoPrinter as why:
        _became(row, Made.FAILED, trouble=str(why))
    except OSError:
        _became(row, Made.FAILED, trouble=NO_ROOM)


def spoken(user: User) -> str:
    """In which language the user reads."""
    return user.language if user.language in KNOWN else settings.LANGUAGE_CODE


def _keep(row: Report, data: bytes) -> None:
    place = settings.HOME.files / secrets.token_hex(16)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    try:
        _became(row, Made.DONE, place=place.name, size=len(data))
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def _became(row: Report, state: Made, **fields: Any) -> None:
    """One made meanwhile by another worker is left as it is."""
    waits = Report.objects.filter(pk=row.pk, state=Made.WAITING)
    if not waits.update(state=state.value, version=row.version + 1, **fields) and (place := fields.get("place")):
        (settings.HOME.files / place).unlink(missing_ok=True)
    row.refresh_from_db()
