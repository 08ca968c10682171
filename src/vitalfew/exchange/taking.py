"""A file is taken: what is right of it is stored, what is wrong is kept with its reason, all in one transaction.

What is told again differently corrects what was told before; both are kept. A file that is there already and would change
nothing is recognised by its contents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.exchange import doubting, reading
from vitalfew.exchange.models import DataContent, DataExchange, DataFile, DataRefusal, DataRow
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.shape import Line, Read
from vitalfew.exchange.words import Format, Measure, Taking, Way
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import Refused

LARGEST: Final = 5 * 1024 * 1024
ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".gz", ".edi", ".edifact", ".x12", ".852")
AT_A_TIME: Final = 1000
TOO_LARGE: Final = _("Files up to 5 MB are taken: send it in parts")
KNOWN: Final = _("This file was taken already, and nothing in it has changed since")
NOTHING_SAID: Final = _("Fill in at least one figure")
NOT_NOW: Final = _("No exchange of data with this account runs today")
Key = tuple[str, date, str, str]


@dataclass(frozen=True)
class Sent:
    """A file as it came; where it is no file, what was sent is written down as one."""

    name: str
    data: bytes
    way: Way
    by_them: bool = False
    day_first: bool | None = None
    sheet: str = ""
    read: Read | None = None
    """Its rows, where they were told without a file."""


@dataclass
class Counts:
    """What became of a file's rows."""

    taken: int = 0
    corrected: int = 0
    unchanged: int = 0


def take(user: User, pk: int, sent: Sent) -> DataFile:
    """By one of ours, who sees the exchange and may bring data in."""
    user.must(ExchangeRight.TAKE)
    return received(user, DataExchange.objects.visible_to(user).select_related("account").get(pk=pk), sent)


def received(who: User | str, exchange: DataExchange, sent: Sent) -> DataFile:
    """Read, checked and stored; a file that can't be read at all is kept with the reason, and stores nothing."""
    if not exchange.runs_on(timezone.localdate()):
        raise NotPossible(NOT_NOW)
    if len(sent.data) > LARGEST:
        raise NotPossible(TOO_LARGE)
    try:
        found = sent.read or reading.read(sent.name, sent.data, day_first=sent.day_first, sheet=sent.sheet)
    except Refused as why:
        return _refused(who, exchange.account, sent, why)
    return _stored(who, exchange, sent, reading.checked(exchange.account, found))


@transaction.atomic
def _refused(who: User | str, account: Account, sent: Sent, why: Refused) -> DataFile:
    ending = reading.format_of(sent.name, sent.data)
    file = _file(who, account, sent, ending, taking=Taking.REFUSED.value, refused=why.stored())
    _noted(who, file)
    return file


@transaction.atomic
def _stored(who: User | str, exchange: DataExchange, sent: Sent, found: Read) -> DataFile:
    account = Account.objects.select_for_update().get(pk=exchange.account_id)
    before = _before(account, found.lines)
    if not found.wrong and _is_known(account, sent) and not list(_news(found.lines, before)):
        raise NotPossible(KNOWN)
    since, until = reading.span(found.lines)
    taking = Taking.REFUSED if not found.lines else Taking.PARTLY if found.wrong else Taking.WHOLE
    file = _file(who, account, sent, found.format, taking=taking.value, since=since, until=until)
    counts = _keep_rows(file, found.lines, before)
    _keep_wrong(file, found)
    _count(file, found, counts)
    _noted(who, file)
    doubting.look([exchange])
    return file


def _is_known(account: Account, sent: Sent) -> bool:
    return DataFile.objects.filter(account=account, sha256=_digest(sent)).exclude(taking=Taking.REFUSED).exists()


def _digest(sent: Sent) -> str:
    return sha256(sent.data).hexdigest()


def _file(who: User | str, account: Account, sent: Sent, kind: Format, **fields: Any) -> DataFile:
    name = who.username if isinstance(who, User) else who
    file = DataFile.objects.create(
        account=account, name=sent.name[-200:], way=sent.way.value, format=kind.value, size=len(sent.data),
        sha256=_digest(sent), who=name, by_them=sent.by_them, **fields,
    )  # fmt: skip
    DataContent.keep(file, sent.data)
    return file


def _before(account: Account, lines: list[Line]) -> dict[Key, DataRow]:
    """What is told already of those days."""
    since, until = reading.span(lines)
    if since is None:
        return {}
    rows = DataRow.objects.filter(account=account, current=True, day__range=(since, until))
    return {(row.measure, row.day, row.product, row.place): row for row in rows}


def _news(lines: list[Line], before: dict[Key, DataRow]) -> Iterator[tuple[Line, Measure, Decimal, DataRow | None]]:
    """What a file tells that was not told so."""
    for line in lines:
        for measure, quantity in line.told.items():
            row = before.get((measure.value, *line.key))
            if row is None or row.quantity != quantity:
                yield line, measure, quantity, row


def _keep_rows(file: DataFile, lines: list[Line], before: dict[Key, DataRow]) -> Counts:
    news = list(_news(lines, before))
    old = [row.pk for _line, _measure, _quantity, row in news if row]
    for first in range(0, len(old), AT_A_TIME):
        DataRow.objects.filter(pk__in=old[first : first + AT_A_TIME]).update(current=False)
    fresh = (
        DataRow(account=file.account, measure=measure.value, day=line.day, product=line.product, place=line.place,
                quantity=quantity, file=file, line=line.number)
        for line, measure, quantity, _row in news
    )  # fmt: skip
    DataRow.objects.bulk_create(fresh, batch_size=AT_A_TIME)
    told = {line.number for line, _measure, _quantity, _row in news}
    corrected = {line.number for line, _measure, _quantity, row in news if row}
    return Counts(len(told), len(corrected), len(lines) - len(told))


def _keep_wrong(file: DataFile, found: Read) -> None:
    DataRefusal.objects.bulk_create(
        (
            DataRefusal(file=file, line=each.number, field=each.field, value=each.value[:200], reason=each.reason,
                        written=dict(each.written))
            for each in found.wrong
        ),
        batch_size=AT_A_TIME,
    )  # fmt: skip


def _count(file: DataFile, found: Read, counts: Counts) -> None:
    file.rows_read = len(found.lines) + len(found.wrong)
    file.rows_taken, file.rows_corrected, file.rows_unchanged = counts.taken, counts.corrected, counts.unchanged
    file.rows_refused = len(found.wrong)
    file.save()


def _noted(who: User | str, file: DataFile) -> None:
    told = {"file": file.name, "sha256": file.sha256, "taken": file.rows_taken, "refused": file.rows_refused}
    audit.record(who, "data-take", f"account:{file.account.code}", told)
