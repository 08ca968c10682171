"""What somebody of a customer's sees of the exchange: what is agreed on, what the firm told, and where it tells more."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.exchange import filling, offering
from vitalfew.exchange.asking import WAITS
from vitalfew.exchange.models import DataExchange, DataFile
from vitalfew.language import Count, Day, Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

SHOWN: Final = 10
REFUSED: Final = 20


def of(account: Account) -> DataExchange | None:
    """The exchange that runs with the account today."""
    today = timezone.localdate()
    return DataExchange.objects.running(today).filter(account=account).select_related("account").first()


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """What each side gives; the latest files, with what was refused of the last one; the form for today."""
    row = of(account)
    if row is None:
        return {"exchange": None}
    files = list(DataFile.objects.filter(account=account)[:SHOWN])
    return {
        "exchange": _agreed(row), "files": [_file(each) for each in files], "gives": bool(row.sell_out or row.stock),
        "refusals": _refusals(files[0]) if files else [], "form": filling.form(row), "sheet": filling.DataFileForm(),
        "tables": [_table(offering.offered(row, each.value)) for each in row.offered],
    }  # fmt: skip


def _table(table: offering.Table) -> Mapping[str, Any]:
    columns = [{"label": column.label} for column in table.columns]
    return {"name": table.offer.value, "label": table.offer.label, "columns": columns, "cells": table.cells}


def _agreed(row: DataExchange) -> Mapping[str, Any]:
    """Words of rhythms and offers are said by the page."""
    return {
        "sell_out": row.get_sell_out_display() if row.sell_out else "", "stock": row.get_stock_display() if row.stock else "",
        "offers": [each.label for each in row.offered], "due_days": row.due_days, "owes": row.owes,
        "owes_since": row.owes_since, "told_until": row.told_until,
    }  # fmt: skip


def _file(row: DataFile) -> Mapping[str, Any]:
    return {
        "name": row.name if row.by_them else "", "on": timezone.localdate(row.at), "taken": row.rows_taken,
        "corrected": row.rows_corrected, "refused": row.rows_refused, "state": row.get_taking_display(),
        "why": row.refused is not None,
    }  # fmt: skip


def _refusals(row: DataFile) -> list[Mapping[str, Any]]:
    return [{"line": each.line, "value": each.value, "reason": each.said} for each in row.refusals.all()[:REFUSED]]


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """What is owed, by the day from which on."""
    row = of(account)
    if row is not None and row.owes and row.owes_since:
        figures: dict[str, Any] = {"n": Count(row.owes), "day": Day(day_number(row.owes_since))}
        yield Waiting(Message(WAITS, figures), row.owes_since + timedelta(days=row.due_days))


PARTS: Final = (
    PortalPart("exchange", _("Sales, stock and supply"), 12, "link", "exchange/portal.html", told, waiting),
)
