"""A report goes out by mail to its reader, with the file, or with the address where it lies if that is too large."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

from vitalfew.language import Day, Message, spoken, translate
from vitalfew.outbox import server
from vitalfew.outbox.layout import address
from vitalfew.outbox.server import NotTaken
from vitalfew.reports.models import Report
from vitalfew.reports.words import Form, Mailed
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

LARGEST: Final = 10 * 2**20
TYPES: Final = {
    Form.PDF.value: "application/pdf",
    Form.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def mail(row: Report) -> EmailMessage:
    """What the reader is sent; its number is the same however often it is sent."""
    title = _said(_("{report}, {day}"), row)
    number = salted_hmac("vitalfew.reports.mail", str(row.pk)).hexdigest()
    headers = {"Message-ID": f"<{number}@vitalfew>", "Auto-Submitted": "auto-generated"}
    made = EmailMessage(title, "\n\n".join(_told(row)), to=[row.reader.email], headers=headers)
    if row.size <= LARGEST:
        made.attach(row.file_name, (settings.HOME.files / row.place).read_bytes(), TYPES[row.form])
    return made


def _told(row: Report) -> Iterator[str]:
    if row.size <= LARGEST:
        yield _said(_("{report}, {day}, is enclosed. Confidential: for our own people."), row)
    else:
        yield _said(_("{report}, {day}, is too large for a mail."), row)
    if settings.ADDRESS:
        yield Message(_("It is kept here: {url}"), {"url": address(row.get_absolute_url())}).say(spoken(row.language))


def _said(text: str, row: Report) -> str:
    language = spoken(row.language)
    report = f"{translate(row.label, language)} {row.account or ''}".strip()
    return Message(text, {"report": report, "day": Day(day_number(row.day))}).say(language)


def post(row: Report) -> bool:
    """Whether it is settled: sent, or not to be sent at all; else it is tried again."""
    if row.mail != Mailed.WAITING or not row.place:
        return True
    if not (row.reader.is_active and row.reader.email and server.is_set_up()):
        _became(row, Mailed.FAILED)
        return True
    try:
        server.send(mail(row))
    except NotTaken:
        return False
    _became(row, Mailed.SENT)
    return True


def gave_up(row: Report) -> None:
    _became(row, Mailed.FAILED)


def _became(row: Report, state: Mailed) -> None:
    Report.objects.filter(pk=row.pk, mail=Mailed.WAITING).update(mail=state.value)
