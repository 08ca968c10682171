"""How far an obligation has come in the running year of its agreement, read from the facts; where that can't be told, why.

Counted is up to the last day of the facts. Amounts of another currency than the agreement's are not added: then nothing is told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.aims import Course, Reading, as_part, course, figure, hindered
from vitalfew.accounts.between import Between, years_before
from vitalfew.agreements import questions
from vitalfew.agreements.days import year_of
from vitalfew.agreements.measures import DAYS_IN, UNITS, Measure, aim
from vitalfew.agreements.models import Agreement, Obligation
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number

MIXED: Final = _("{n} {n:row is|rows are} in another currency than the agreement: amounts of several are not added")


@dataclass(frozen=True)
class Standing:
    """An obligation, how far it has come, and what that means."""

    obligation: Obligation
    currency: str
    reading: Reading
    course: Course

    @property
    def is_measured(self) -> bool:
        return self.obligation.measure != Measure.NONE

    @property
    def target(self) -> Message | None:
        target = self.obligation.target
        if target is not None and self.obligation.measure == Measure.QUANTITY:
            return Message("{value}", {"value": self.obligation.written})
        return None if target is None else self._written(as_part(UNITS[self.obligation.measure], float(target)))

    @property
    def reached(self) -> Message:
        """So far; or why that can't be told."""
        return self.reading.why or self._written(self.reading.value or 0.0)

    def _written(self, value: float) -> Message:
        return Message("{value}", {"value": figure(value, UNITS[self.obligation.measure], self.currency)})


def standings(user: User, row: Agreement) -> list[Standing]:
    facts = Facts(row)
    return [_standing(row, each, facts) for each in questions.parts(user, row, "obligation")]


def _standing(row: Agreement, obligation: Obligation, facts: "Facts") -> Standing:
    reading = facts.reading(obligation)
    target = obligation.target
    if target is None:
        return Standing(obligation, row.currency, reading, Course.UNKNOWN)
    owed = facts.owed(obligation) if obligation.measure == Measure.QUANTITY else float(target)
    towards = aim(obligation.measure, as_part(UNITS[obligation.measure], owed))
    return Standing(obligation, row.currency, reading, course(towards, reading.value, facts.gone(obligation)))


BOUGHT: Final = frozenset({Measure.SALES, Measure.CATEGORY})


class Facts:
    """The facts in the running year of an agreement, each read once."""

    def __init__(self, row: Agreement) -> None:
        self.row, self.refresh = row, scorecards.current()
        self.today = timezone.localdate()
        self.known = min(self.refresh.as_of, self.today) if self.refresh else self.today
        end = min(row.until or date.max, row.ended_on or date.max)
        self.since, self.until = year_of(row.since, None if end == date.max else end, self.today)

    @cached_property
    def last(self) -> date:
        return min(self.until, self.known)

    def gone(self, obligation: Obligation) -> float:
        """Which share of the running year has gone by; of what is bought, as earlier years ran by the same day."""
        if obligation.measure in BOUGHT and self.last < self.until:
            usual = self.between.gone_by(self.until, obligation.category or None)
            if usual is not None:
                return usual
        return self.elapsed

    @property
    def elapsed(self) -> float:
        gone, whole = (self.last - self.since).days + 1, (self.until - self.since).days + 1
        return min(max(gone / whole, 0.0), 1.0)

    @cached_property
    def currency(self) -> str:
        return self.row.currency or (self.refresh.currency if self.refresh else "")

    @cached_property
    def between(self) -> Between:
        return Between(self.row.account.codes, self.since, self.last, self.currency)

    def reading(self, obligation: Obligation) -> Reading:
        if obligation.measure == Measure.NONE:
            return Reading(None, why=Message(_("No fact tells of it: whoever knows records a breach")))
        why = self._too_early()
        return Reading(None, why=why) if why else BY_MEASURE[obligation.measure](self, obligation)

    def _too_early(self) -> Message | None:
        if self.refresh is None:
            return Message(_("Nothing has been imported and computed yet"))
        if self.today < self.row.since:
            return Message(_("The agreement's time has not begun"))
        if self.last < self.since:
            return Message(
                _("The facts end on {day}, before the running year of the agreement"),
                {"day": Day(day_number(self.known))},
            )
        return None

    def sales(self, obligation: Obligation) -> Reading:
        row = self.between.of(obligation.category or None)
        return hindered(MIXED, row.others) or self._read(row.amount)

    def share(self, obligation: Obligation) -> Reading:
        part, whole = self.between.of(obligation.category), self.between.of()
        if mixed := hindered(MIXED, whole.others):
            return mixed
        if whole.amount <= 0:
            return Reading(None, why=Message(_("It has bought nothing in this year of the agreement yet")))
        return self._read(part.amount / whole.amount)

    def growth(self, _obligation: Obligation) -> Reading:
        """Against the same days a year before."""
        now = self.between.of()
        then = replace(self.between, since=years_before(self.since, 1), until=years_before(self.last, 1)).of()
        if mixed := hindered(MIXED, now.others) or hindered(MIXED, then.others):
            return mixed
        if then.amount <= 0:
            return Reading(None, why=Message(_("A year before, it bought nothing in these days: growth can't be told")))
        return self._read(now.amount / then.amount - 1)

    def payment(self, obligation: Obligation) -> Reading:
        """Of the invoices whose days have run out, or that were paid."""
        asked = (
            "count(*) FILTER (WHERE paid_on <= {last} OR invoiced_on + {days} < {last}) AS judged, "
            "count(*) FILTER (WHERE paid_on <= {last} AND paid_on <= invoiced_on + {days}) AS kept"
        ).format(last=day_number(self.last), days=int(obligation.days or 0))
        (row,) = self.between.rows("payments", "invoiced_on", asked)
        if not row["judged"]:
            return Reading(None, why=Message(_("No invoice of this year of the agreement has come to its day yet")))
        return self._read(row["kept"] / row["judged"])

    def delivery(self, _obligation: Obligation) -> Reading:
        asked = (
            f"count(*) FILTER (WHERE promised_on <= {day_number(self.last)}) AS due, "
            f"count(*) FILTER (WHERE promised_on <= {day_number(self.last)} AND delivered_on <= promised_on) AS kept"
        )
        (row,) = self.between.rows("order_lines", "ordered_on", asked)
        if not row["due"]:
            return Reading(None, why=Message(_("No promised day of delivery is known in this year of the agreement")))
        return self._read(row["kept"] / row["due"])

    def sell_out(self, _obligation: Obligation) -> Reading:
        months = "count(DISTINCT date_trunc('month', DATE '1970-01-01' + CAST(date AS INTEGER))) AS n"
        (row,) = self.between.rows("sell_out", "date", months)
        return self._read(float(row["n"]))

    def owed(self, obligation: Obligation) -> float:
        """Pieces of a quantity in the running year: as many spans as it has."""
        days = (self.until - self.since).days + 1
        return float(obligation.quantity) * days / DAYS_IN[obligation.rhythm]

    def quantity(self, obligation: Obligation) -> Reading:
        """Pieces delivered of what was ordered in the running year, less what came back."""
        last = day_number(self.last)
        asked = (
            f"coalesce(sum(quantity) FILTER (WHERE delivered_on <= {last}), 0)::DOUBLE AS delivered, "
            "count(*) AS lines, count(delivered_on) AS told"
        )
        only = "AND product = $product"
        (row,) = self.between.rows("order_lines", "ordered_on", asked, rest=only, product=obligation.product)
        if row["lines"] and not row["told"]:
            return Reading(None, why=Message(_("No day of delivery is known in this year of the agreement")))
        return self._read(row["delivered"])

    def _read(self, value: float) -> Reading:
        return Reading(value, self.last)


BY_MEASURE: Final[Mapping[str, Callable[[Facts, Any], Reading]]] = {
    Measure.SALES: Facts.sales, Measure.CATEGORY: Facts.sales, Measure.SHARE: Facts.share,
    Measure.GROWTH: Facts.growth, Measure.PAYMENT: Facts.payment, Measure.DELIVERY: Facts.delivery,
    Measure.SELL_OUT: Facts.sell_out, Measure.QUANTITY: Facts.quantity,
}  # fmt: skip
