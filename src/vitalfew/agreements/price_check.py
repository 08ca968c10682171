"""The order lines of the last twelve months, as far as they lie in the agreement's time, held against its price rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.between import Between
from vitalfew.agreements.models import Agreement, PriceRule
from vitalfew.agreements.pricing import Judged, Line, Tally, Verdict, judged, tallied
from vitalfew.language import Day, Message
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

YEAR: Final = timedelta(days=365)
APART: Final = (Verdict.ABOVE, Verdict.BELOW)


@dataclass(frozen=True)
class Check:
    """The days looked at, every line, and how many returns were left out."""

    since: date
    until: date
    lines: Sequence[Judged]
    returns: int

    @property
    def tallies(self) -> list[Tally]:
        return tallied(self.lines)

    @property
    def apart(self) -> list[Judged]:
        """Those above or below, by how much, the most first."""
        rows = [each for each in self.lines if each.verdict in APART]
        return sorted(rows, key=lambda each: (-abs(each.difference or Decimal(0)), each.line.order, each.line.number))


def checked(row: Agreement, rules: Sequence[PriceRule]) -> Check | Message:
    """Every line with what was agreed for it; or why nothing can be told."""
    refresh = scorecards.current()
    if refresh is None:
        return Message(_("Nothing has been imported and computed yet"))
    if not rules:
        return Message(_("No price rule is agreed on: there is nothing to hold orders against"))
    last = min(refresh.as_of, timezone.localdate(), row.until or date.max)
    first = max(row.since, min(refresh.as_of, timezone.localdate()) - YEAR + timedelta(days=1))
    if last < first:
        figures = {"day": Day(day_number(refresh.as_of))}
        return Message(
            _("The agreement's time and the twelve months before {day}, where the facts end, do not meet"), figures
        )
    currency = row.currency or refresh.currency
    lines, returns = _lines(Between(row.account.codes, first, last, currency))
    terms = [each.terms for each in rules]
    return Check(first, last, [judged(each, terms, currency) for each in lines], returns)


def _lines(between: Between) -> tuple[list[Line], int]:
    products = current_sql(Store(settings.HOME.facts).ledger(TABLES["products"]).snapshot())
    columns = (
        "order_id, line_no, ordered_on, product, coalesce(listed_name, product_name) AS name, category, quantity, amount, "
        "coalesce(list_amount, list_price * quantity) AS listed, currency"
    )
    joined = f"LEFT JOIN (SELECT product AS code, name AS listed_name, category, list_price FROM ({products})) ON product = code"  # noqa: S608  (our own texts)
    rows = between.rows("order_lines", "ordered_on", columns, joined, "ORDER BY ordered_on, order_id, line_no")
    lines = [_line(each) for each in rows if each["quantity"] > 0]
    return lines, len(rows) - len(lines)


def _line(row: dict[str, Any]) -> Line:
    listed = row["listed"]
    return Line(
        row["order_id"], int(row["line_no"]), day_of(row["ordered_on"]), row["product"] or "", row["name"] or "",
        row["category"] or "", Decimal(row["quantity"]), Decimal(row["amount"]),
        None if listed is None else Decimal(listed), row["currency"] or "",
    )  # fmt: skip
