"""The figures of many accounts in one period, each table of the facts read once for all of them.

Merged codes count for the account that stands for them. Only amounts in the currency of the version count; a row that names none
is in it. Amounts are added as decimals, exactly.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pyarrow as pa
from django.conf import settings

from vitalfew.coins import ZERO
from vitalfew.incentives.models import Case, SchemeVersion
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rules import rule
from vitalfew.incentives.rules.figures import Figures, Rule
from vitalfew.incentives.rules.mix import Mix
from vitalfew.incentives.rules.payment import Payment
from vitalfew.incentives.rules.reports import Reports
from vitalfew.incentives.words import CaseKind
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import MONTH, DuckEngine, connect
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.tables import TABLES

MEMORY: Final = "512MB"


def rules_of(version: SchemeVersion) -> dict[int, Rule]:
    """By number, in order."""
    return {row.pk: rule(row.kind, row.terms) for row in version.rules.filter(taken_out=False)}


class Sums(NamedTuple):
    """What is added up of a table by account, by which day; our own texts."""

    table: str
    day: str
    columns: str
    joined: str = ""


@dataclass
class Book:
    """The facts as they are now, on a connection of their own."""

    currency: str
    engine: DuckEngine = field(default_factory=lambda: DuckEngine(connect(MEMORY)))

    def __post_init__(self) -> None:
        self.source = facts(settings.HOME, self.engine)

    def figures(self, codes: Collection[str], period: Period, rules: Iterable[Rule], today: date) -> dict[str, Figures]:
        """Of each of these accounts, as far as these rules ask."""
        self.engine.connection.register("taking_part", pa.table({"customer": pa.array(sorted(codes), pa.string())}))
        asked = list(rules)
        sales, mixed = self._sales(period, today), self._by_category(period, asked)
        due, paid = self._payments(period, asked, today)
        reports, (trained, breaches) = self._reports(period, asked), cases(codes, period)
        return {
            code: Figures(
                *sales.get(code, (ZERO, ZERO)), mixed.get(code, {}), due.get(code, ZERO), paid.get(code, {}),
                reports.get(code, 0), period.months(today), trained.get(code, 0), breaches.get(code, {}),
            )
            for code in codes
        }  # fmt: skip

    def contribution(self, codes: Collection[str], period: Period) -> Decimal | None:
        """Net sales less their cost and the cost of serving; none where the cost of some line is not known."""
        self.engine.connection.register("taking_part", pa.table({"customer": pa.array(sorted(codes), pa.string())}))
        spent = self._rows(Sums("service_costs", "spent_on", "sum(cost)"), period)
        margins = "sum(amount) - sum(cost), count(*) - count(cost)"
        earned = self._rows(Sums("order_lines", "ordered_on", margins), period)
        served = sum((cost or ZERO for _code, cost in spent), ZERO)
        rows = [(margin, unknown) for _code, margin, unknown in earned]
        if not rows or any(unknown for _margin, unknown in rows):
            return None
        return sum((margin or ZERO for margin, _unknown in rows), ZERO) - served

    def _sales(self, period: Period, today: date) -> dict[str, tuple[Decimal, Decimal]]:
        """Of the period, and of the same days a year before: while it runs, as far as the facts have come."""
        shown = scorecards.current()
        known = min(period.until, today, shown.as_of if shown else today)
        now, before = self._rows_of_lines(period), self._rows_of_lines(Period(period.since, known).back(1))
        return {code: (now.get(code, ZERO), before.get(code, ZERO)) for code in now.keys() | before.keys()}

    def _rows_of_lines(self, period: Period) -> dict[str, Decimal]:
        return dict(self._rows(Sums("order_lines", "ordered_on", "sum(amount)"), period))

    def _by_category(self, period: Period, rules: Iterable[Rule]) -> dict[str, dict[str, Decimal]]:
        wanted = sorted({each.category for each in rules if isinstance(each, Mix)})
        found: dict[str, dict[str, Decimal]] = defaultdict(dict)
        if wanted:
            products = self._source("products")
            chosen = "WHERE category IN (SELECT unnest($wanted))"
            joined = f"JOIN (SELECT product AS code, category FROM ({products}) {chosen}) ON product = code"  # noqa: S608  (our own texts)
            asked = Sums("order_lines", "ordered_on", "category, sum(amount)", joined)
            rows = self._rows(asked, period, wanted=wanted)
            for code, category, value in rows:
                found[code][category] = value
        return found

    def _payments(
        self, period: Period, rules: Iterable[Rule], today: date
    ) -> tuple[dict[str, Decimal], dict[str, Any]]:
        """What fell due up to today, and how much of it was paid within so many days."""
        graces = sorted({each.grace for each in rules if isinstance(each, Payment)})
        if not graces:
            return {}, {}
        paid = ", ".join(f"coalesce(sum(amount) FILTER (WHERE paid_on <= due_on + {int(days)}), 0)" for days in graces)
        until = Period(period.since, min(period.until, today))
        rows = self._rows(Sums("payments", "due_on", f"sum(amount), {paid}"), until)
        due = {code: value for code, value, *_sums in rows}
        return due, {code: dict(zip(graces, sums, strict=True)) for code, _value, *sums in rows}

    def _reports(self, period: Period, rules: Iterable[Rule]) -> dict[str, int]:
        """In how many months something was reported."""
        if not any(isinstance(each, Reports) for each in rules):
            return {}
        month = MONTH.format(day="date")
        return dict(self._rows(Sums("sell_out", "date", f"count(DISTINCT {month})"), period))

    def _rows(self, sums: Sums, period: Period, **asked: Any) -> list[tuple[Any, ...]]:
        """Of those who take part; tables and columns are our own texts, what was said is a parameter."""
        speaks = "currency" in TABLES[sums.table].by_name
        spoken = "AND coalesce(currency, $currency) = $currency" if speaks else ""
        given = {"currency": self.currency} if speaks else {}
        query = (
            f"SELECT customer, {sums.columns} FROM ({self._source(sums.table)}) {sums.joined} "  # noqa: S608  (our own texts)
            f"SEMI JOIN taking_part USING (customer) WHERE {sums.day} BETWEEN {day_number(period.since)} AND "
            f"{day_number(period.until)} {spoken} GROUP BY ALL"
        )
        return self.engine.connection.execute(query, {**given, **asked}).fetchall()

    def _source(self, table: str) -> str:
        relation: Any = self.source.frame(table, None).to_native()
        said: str = relation.sql_query()
        return said


def cases(codes: Collection[str], period: Period) -> tuple[dict[str, int], dict[str, dict[str, tuple[Any, ...]]]]:
    """Training sessions, and breaches with their own amounts, recorded in the period, by account."""
    rows = Case.objects.filter(put_away_at=None, day__range=period).order_by("pk")
    trained: dict[str, int] = defaultdict(int)
    breaches: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for code, kind, own in rows.values_list("account__code", "kind", "amount"):
        if code not in codes:
            continue
        if kind == CaseKind.TRAINING:
            trained[code] += 1
        else:
            breaches[code][kind] = (*breaches[code].get(kind, ()), own)
    return trained, breaches
