"""Which price rule holds for an order line, what was to be paid by it, and which rules contradict each other.

The narrowest rule holds: one for the product, then one for its category, then one for everything; among those, the one from
the largest quantity that the line reaches.

    product A from 1: 10.00 · product A from 100: 9.00 · everything: −5 %
    A, 120 pieces  →  9.00 a piece        B  →  its list price less 5 %
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from vitalfew.agreements.words import PriceKind
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

CENT: Final = Decimal("0.01")
WHOLE: Final = Decimal(100)


class Verdict(Term):
    """How a line stands to what was agreed."""

    ABOVE = "above", _("Above the agreed price")
    BELOW = "below", _("Below the agreed price")
    AGREED = "agreed", _("As agreed")
    NO_RULE = "no-rule", _("No rule for it")
    UNTOLD = "untold", _("Cannot tell")


class Untold(Term):
    """Why a line can't be held against the rules."""

    CURRENCY = "currency", _("It is in another currency than the agreement")
    NO_PRODUCT = "no-product", _("No product stands on the line, and rules differ by product")
    UNLISTED = "unlisted", _("Its product is in no category, and rules differ by category")
    NO_LIST = "no-list", _("No list price is known from which the discount counts")


@dataclass(frozen=True)
class Terms:
    """A price rule as plain values."""

    number: int
    product: str
    category: str
    from_quantity: Decimal
    kind: str
    value: Decimal
    since: date
    until: date | None

    @property
    def narrowness(self) -> tuple[bool, bool, Decimal]:
        return bool(self.product), bool(self.category), self.from_quantity

    def fits(self, line: "Line") -> bool:
        if not self.holds_on(line.day) or line.quantity < self.from_quantity:
            return False
        return self.product in {"", line.product} and self.category in {"", line.category}

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Line:
    """An order line; ``listed`` is the whole line at list price, where one is known."""

    order: str
    number: int
    day: date
    product: str
    name: str
    category: str
    quantity: Decimal
    amount: Decimal
    listed: Decimal | None
    currency: str


@dataclass(frozen=True)
class Judged:
    """A line, the amount that was agreed for it, and by how much it lies above (below: negative)."""

    line: Line
    verdict: Verdict
    agreed: Decimal | None = None
    difference: Decimal | None = None
    why: Untold | None = None


def contradicting(rule: Terms, others: Iterable[Terms]) -> Terms | None:
    """Another rule for the same, from the same quantity, on some of the same days."""
    return next((each for each in others if each.number != rule.number and _clash(rule, each)), None)


def _clash(one: Terms, other: Terms) -> bool:
    same = (one.product, one.category, one.from_quantity) == (other.product, other.category, other.from_quantity)
    apart = (one.until is not None and one.until < other.since) or (other.until is not None and other.until < one.since)
    return same and not apart


def judged(line: Line, rules: Sequence[Terms], currency: str) -> Judged:
    """What was agreed for the line, and what was paid."""
    live = [each for each in rules if each.holds_on(line.day)]
    if not live:
        return Judged(line, Verdict.NO_RULE)
    if line.currency and currency and line.currency != currency:
        return Judged(line, Verdict.UNTOLD, why=Untold.CURRENCY)
    if why := _unknown(line, live):
        return Judged(line, Verdict.UNTOLD, why=why)
    fitting = [each for each in live if each.fits(line)]
    if not fitting:
        return Judged(line, Verdict.NO_RULE)
    return _held_against(line, max(fitting, key=lambda each: each.narrowness))


def _unknown(line: Line, rules: Sequence[Terms]) -> Untold | None:
    """What would have to be known of the line to say which rule is its own."""
    if not line.product:
        return Untold.NO_PRODUCT if any(each.product or each.category for each in rules) else None
    own = any(each.product and each.fits(line) for each in rules)
    needs = not line.category and any(each.category for each in rules)
    return Untold.UNLISTED if needs and not own else None


def _held_against(line: Line, rule: Terms) -> Judged:
    agreed = _agreed(line, rule)
    if agreed is None:
        return Judged(line, Verdict.UNTOLD, why=Untold.NO_LIST)
    difference = line.amount - agreed
    if abs(difference) <= CENT:
        return Judged(line, Verdict.AGREED, agreed, Decimal(0))
    return Judged(line, Verdict.ABOVE if difference > 0 else Verdict.BELOW, agreed, difference)


def _agreed(line: Line, rule: Terms) -> Decimal | None:
    if rule.kind == PriceKind.FIXED:
        return (rule.value * line.quantity).quantize(CENT, ROUND_HALF_UP)
    if line.listed is None:
        return None
    return (line.listed * (WHOLE - rule.value) / WHOLE).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Tally:
    """How many lines have a verdict, what they came to, and by how much they lie from what was agreed."""

    verdict: Verdict
    lines: int
    amount: Decimal
    difference: Decimal


def tallied(rows: Iterable[Judged]) -> list[Tally]:
    """One of each verdict that there is, in their order. Amounts of another currency are not added."""
    kept: dict[Verdict, list[Judged]] = {}
    for each in rows:
        kept.setdefault(each.verdict, []).append(each)
    return [_tally(verdict, kept[verdict]) for verdict in Verdict if verdict in kept]


def _tally(verdict: Verdict, rows: Sequence[Judged]) -> Tally:
    added = [each.line.amount for each in rows if each.why is not Untold.CURRENCY]
    apart = [each.difference for each in rows if each.difference is not None]
    return Tally(verdict, len(rows), sum(added, Decimal(0)), sum(apart, Decimal(0)))
