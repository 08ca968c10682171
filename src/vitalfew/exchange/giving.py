"""What leaves the house as a file: written, noted with its hash and who fetched it, then handed over."""

import csv
import io
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext

from vitalfew.exchange.edi import available
from vitalfew.exchange.models import DataExchange, DataGiven
from vitalfew.exchange.offering import Table, offered
from vitalfew.exchange.words import Format, Offer, Way
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.spreadsheets import guarded
from vitalfew.terms import Term


def as_csv(user: User, exchange: DataExchange, word: str, *, by_them: bool = False) -> HttpResponse:
    """The table as a file; refused where it is not agreed on."""
    table = offered(exchange, word)
    data = written(table)
    noted(user, exchange, table, data, Way.PORTAL if by_them else Way.UPLOAD, by_them=by_them)
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{table.offer.value}.csv"'
    return answer


def as_edi(user: User, exchange: DataExchange, kind: Format, *, by_them: bool = False) -> HttpResponse:
    """What is available as a message; refused where it is not agreed on."""
    table = offered(exchange, Offer.AVAILABILITY)
    data = available.written(exchange, table, kind)
    noted(user, exchange, table, data, Way.PORTAL if by_them else Way.UPLOAD, by_them=by_them)
    answer = HttpResponse(data, content_type="application/EDI-X12" if kind == Format.X12 else "application/EDIFACT")
    answer.headers["Content-Disposition"] = f'attachment; filename="{table.offer.value}.{kind.value}"'
    return answer


def written(table: Table) -> bytes:
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer)
    lines.writerow([gettext(column.label) for column in table.columns])
    lines.writerows([guarded(_said(cell)) for cell in row] for row in table.cells)
    return ("\ufeff" + buffer.getvalue()).encode()


def _said(cell: Any) -> Any:
    return gettext(cell.label) if isinstance(cell, Term) else "" if cell is None else cell


@transaction.atomic
def noted(
    user: User, exchange: DataExchange, table: Table, data: bytes, way: Way, *, by_them: bool = False
) -> DataGiven:
    row = DataGiven.objects.create(
        account=exchange.account, offer=table.offer.value, way=way.value, who=user.username, by_them=by_them,
        rows=len(table.rows), sha256=sha256(data).hexdigest(),
    )  # fmt: skip
    told = {"offer": table.offer.value, "rows": row.rows, "sha256": row.sha256}
    audit.record(user, "data-give", f"account:{exchange.account.code}", told)
    return row
