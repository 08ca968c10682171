"""Rows refused only because nobody knew their product code: which codes these are, and taken again once they are matched.

What is taken again comes as a file of its own, made of the rows as they were written; the file they stood in stays as it came.
What a later file told of the same product, day and place is not touched by an older row.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import reading, taking
from vitalfew.exchange.models import DataExchange, DataFile, DataRefusal, DataRow
from vitalfew.exchange.reasons import UNKNOWN
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.shape import Line, Read
from vitalfew.exchange.words import Format, Measure, Way
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible

MOST: Final = 50
"""Codes shown at once."""
SIGNS: Final = re.compile(r"[\W_]+")
ZEROS: Final = re.compile(r"\s+|(?<![0-9])0+(?=[0-9])")
Told = tuple[str, date, str, str]


@dataclass(frozen=True)
class Unmatched:
    """A code that nobody knows: in how many rows it stands, the last of when, and our code that differs in its writing alone."""

    code: str
    rows: int
    last: datetime
    like: str


def unmatched(account: Account) -> list[Unmatched]:
    """The most frequent first."""
    known, own = product_codes(), reading.own_codes(account)
    rows = _refused(account).values("value").annotate(n=Count("pk"), last=Max("file__at")).order_by("-n", "value")
    open_ones = [row for row in rows if row["value"] not in own and row["value"] not in known][:MOST]
    alike = _alike(known) if open_ones else {}
    return [
        Unmatched(each["value"], each["n"], each["last"], alike.get(plain(each["value"]), "")) for each in open_ones
    ]


def plain(code: str) -> str:
    """Without signs, leading zeros and the case of letters.

    >>> plain("BX-007a")
    'bx7a'
    """
    return ZEROS.sub("", SIGNS.sub(" ", code)).casefold()


def _alike(known: Iterable[str]) -> dict[str, str]:
    """Ours by their plain writing, where one alone is written so."""
    found: dict[str, list[str]] = {}
    for code in known:
        found.setdefault(plain(code), []).append(code)
    return {word: codes[0] for word, codes in found.items() if len(codes) == 1}


def _refused(account: Account) -> QuerySet[DataRefusal]:
    return DataRefusal.objects.filter(file__account=account, reason=UNKNOWN, again=False)


def waiting(account: Account) -> list[DataRefusal]:
    """Rows whose code is known by now, as they came in."""
    codes = product_codes() | set(reading.own_codes(account))
    rows = _refused(account).order_by("file_id", "line", "pk")
    return [row for row in rows if row.written.get("product") in codes][: reading.MOST]


@transaction.atomic
def take(user: User, exchange: DataExchange) -> DataFile | None:
    """As a new file; None where no row waits, or all are told anew since."""
    user.must(ExchangeRight.TAKE)
    Account.objects.select_for_update(of=("self",)).get(pk=exchange.account_id)
    rows = waiting(exchange.account)
    lines = list(_newest(exchange.account, rows))
    DataRefusal.objects.filter(pk__in=[row.pk for row in rows]).update(again=True)
    if not lines:
        return None
    name = f"again-{timezone.localtime():%Y-%m-%d-%H%M%S}.csv"
    sent = taking.Sent(name, _written(lines), Way.UPLOAD, read=Read(Format.CSV, lines, []))
    try:
        return taking.received(user, exchange, sent)
    except NotPossible as why:
        if str(why) == taking.KNOWN:
            return None
        raise


def _newest(account: Account, rows: list[DataRefusal]) -> Iterator[Line]:
    """Of each product, day and place what came last, without what a later file told."""
    lines: dict[tuple[date, str, str], tuple[int, Line]] = {}
    for row in rows:
        line = _line(row)
        lines[line.key] = row.file_id, line
    own, later = reading.own_codes(account), _later(account, [line.day for _file, line in lines.values()])
    for number, (file, line) in enumerate(lines.values(), 2):
        product = own.get(line.product, line.product)
        told = {
            measure: quantity for measure, quantity in line.told.items()
            if later.get((measure.value, line.day, product, line.place), 0) <= file
        }  # fmt: skip
        if told:
            yield Line(number, line.day, line.product, line.place, told)


def _line(row: DataRefusal) -> Line:
    """As it was written."""
    said = row.written
    told = {measure: Decimal(said[measure.value]) for measure in Measure if measure.value in said}
    return Line(row.line, date.fromisoformat(said["date"]), said["product"], said.get("place", ""), told)


def _later(account: Account, days: list[date]) -> dict[Told, int]:
    """By which file it is told now."""
    if not days:
        return {}
    rows = DataRow.objects.filter(account=account, current=True, day__range=(min(days), max(days)))
    return {(row.measure, row.day, row.product, row.place): row.file_id for row in rows}


def _written(lines: list[Line]) -> bytes:
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow(["date", "product", "place", *(measure.value for measure in Measure)])
    for line in lines:
        table.writerow([line.day, line.product, line.place, *(line.told.get(each, "") for each in Measure)])
    return buffer.getvalue().encode()
