"""The facts behind a figure of an account: each row as it was imported, with its file and line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vitalfew.accounts import facts_of
from vitalfew.accounts.facts_of import with_product_names
from vitalfew.accounts.models import Account
from vitalfew.accounts.pages import found
from vitalfew.imports.models import Import
from vitalfew.language import Count, Message
from vitalfew.outlets.templatetags.names import activity_name, item_name, kind_name
from vitalfew.outlets.templatetags.pen import Pen
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import OURS, Permission
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.tables import TABLES, Column, Table

GUARDED: Final = frozenset({"cost"})
"""Columns only for who may see margins."""
NAMED: Final[Mapping[str, Callable[[str], str]]] = {"kind": kind_name, "activity": activity_name, "item": item_name}
"""Columns of codes that have names."""
BY_NAME: Final = f"{OURS}survey-"
HIDDEN: Final = {"response_id": None, "respondent": None}
"""What tells whose answer it is."""
PROMISED: Final = frozenset({"order", "complaint"})
"""Rows from which something can be promised."""
UNITS: Final = {
    "day": Unit.DAY,
    "number": Unit.NUMBER,
    "whole": Unit.COUNT,
}


@dataclass(frozen=True)
class Behind:
    """Rows of a table: those that a condition leaves, in which ``$value`` is what was asked for."""

    table: str
    condition: str
    right: Permission = Right.ACCOUNTS
    otherwise: str = ""
    """What is said where the condition leaves none of the ``n`` rows there are."""

    def rows(self, codes: list[str], value: str, as_of: int) -> list[dict[str, Any]]:
        return facts_of.behind(settings.HOME, self.table, codes, self.condition.format(day=as_of), value)


BEHIND: Final[Mapping[str, Behind]] = {
    "customer": Behind("customers", "TRUE"),
    "order": Behind("order_lines", "order_id = $value"),
    "product": Behind("order_lines", "product = $value"),
    "complaint": Behind("complaints", "complaint_id = $value"),
    "open-complaints": Behind(
        "complaints", "closed_on IS NULL", otherwise=_("No complaint is open: {n} are on record, all closed")
    ),
    "answers": Behind("surveys", "item = $value AND competitor IS NULL"),
    "overdue": Behind("payments", facts_of.OVERDUE, otherwise=_("No invoice is overdue: {n} are on record")),
    "service": Behind("service_costs", "coalesce(activity, '') = $value", Right.MONEY),
}


@needs(Right.ACCOUNTS)
@require_GET
def facts(request: HttpRequest, name: str) -> HttpResponse:
    """How do we know: the rows that a figure adds up, where each came from and when."""
    user, account = signed_in(request), found(request, request.GET.get("account", ""))
    table, rows = rows_behind(user, account, name, request.GET.get("of", ""))
    if table is None:
        raise Http404
    columns = columns_for(user, table)
    context = {
        "table": table,
        "account": account,
        "more": len(rows) > facts_of.BEHIND,
        "most": facts_of.BEHIND,
        "named": f"{name}:{request.GET.get('of', '')}" if rows and name in PROMISED else "",
        "can_see_imports": user.may(Right.DATA),
        "nothing": None if rows else _nothing(BEHIND[name], account),
        **_told(with_product_names(settings.HOME, rows[: facts_of.BEHIND]), columns, account.code),
    }
    return render(request, "outlets/behind.html", context)


def _nothing(asked: Behind, account: Account) -> Message | None:
    """Why no row is behind a figure, where rows of that table are on record."""
    n = facts_of.counted(settings.HOME, asked.table, account.codes) if asked.otherwise else 0
    return Message(asked.otherwise, {"n": Count(n)}) if n else None


def rows_behind(user: User, account: Account, name: str, of: str) -> tuple[Table | None, list[dict[str, Any]]]:
    """The table and the rows, one more than are shown; no table where there is no such way or the user may not go it."""
    asked = BEHIND.get(name)
    if asked is None or not user.may(asked.right):
        return None, []
    refresh = scorecards.current()
    rows = asked.rows(account.codes, of, day_number(refresh.as_of) if refresh else 0)
    return TABLES[asked.table], rows if asked.table != "surveys" else _unnamed(user, account, rows)


def _unnamed(user: User, account: Account, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who answered a survey of ours was told that the people who look after the firm read it: others read no name with it."""
    if Account.objects.looked_after_by(user).filter(pk=account.pk).exists():
        return rows
    return [row | HIDDEN if str(row["response_id"]).startswith(BY_NAME) else row for row in rows]


def columns_for(user: User, table: Table) -> list[Column]:
    return [column for column in table.columns if user.may(Right.MONEY) or column.name not in GUARDED]


def _told(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], code: str) -> dict[str, Any]:
    """What all rows say alike, then what each says for itself and the import that brought it."""
    brought, pen = Import.objects.in_bulk({row["_import"] for row in rows}), Pen(language())
    alike = [c for c in columns if len(rows) > 1 and len({row[c.name] for row in rows}) == 1]
    own = [c for c in columns if c not in alike]
    told = [(_cells(row, own, code, pen), brought.get(row["_import"]), row["_line"]) for row in rows]
    return {"alike": _cells(rows[0], alike, code, pen) if rows else [], "rows": told}


def _cells(row: Mapping[str, Any], columns: Sequence[Column], code: str, pen: Pen) -> list[tuple[Column, str]]:
    return [(column, _written(row, column, pen)) for column in _filled(row, columns, code)]


def _filled(row: Mapping[str, Any], columns: Sequence[Column], code: str) -> list[Column]:
    """The columns that say something; the account itself only where another code was merged into it."""
    return [c for c in columns if row[c.name] is not None and not (c.name == "customer" and row[c.name] == code)]


def _written(row: Mapping[str, Any], column: Column, pen: Pen) -> str:
    """As it was imported: amounts and quantities to their last digit."""
    value = row[column.name]
    if name := NAMED.get(column.name):
        return name(value)
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if column.type == "money" else f"{value.normalize():,f}"
    return pen.cell(value, UNITS.get(column.type, Unit.TEXT))
