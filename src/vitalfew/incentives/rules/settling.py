"""All rules of a version on one account's figures: what each gives or takes, rounded, and what comes of it.

Each rule is rounded once to the currency's smallest coin. Penalties take no more than the rewards of the same period, the first
rules first, so that nobody owes us for having taken part.

    rewards 100.00, penalties 70.00 and 50.00  →  −70.00, −30.00, together 0.00
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vitalfew.coins import ZERO, rounded
from vitalfew.incentives.rules.figures import Figures, Rule
from vitalfew.language import Message


@dataclass(frozen=True)
class Line:
    """What came of one rule."""

    rule: int
    amount: Decimal
    told: Message
    missing: Decimal | None


@dataclass(frozen=True)
class Settled:
    """What came of all of them."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        return sum((each.amount for each in self.lines), ZERO)

    @property
    def missing(self) -> Decimal | None:
        """To the nearest next threshold."""
        return min((each.missing for each in self.lines if each.missing is not None), default=None)


def settled(rules: Mapping[int, Rule], figures: Figures, currency: str) -> Settled:
    """By the number of the rule, in order."""
    lines = []
    for number, rule in rules.items():
        earned = rule.earned(figures, currency)
        missing = None if earned.missing is None else rounded(earned.missing, currency)
        lines.append(Line(number, rounded(earned.amount, currency), earned.told, missing))
    return Settled(tuple(_within(lines)))


def _within(lines: Sequence[Line]) -> Sequence[Line]:
    """Penalties cut to what the rewards leave."""
    left, kept = sum((each.amount for each in lines if each.amount > 0), ZERO), []
    for each in lines:
        taken = max(each.amount, -left) if each.amount < 0 else each.amount
        left += min(taken, ZERO)
        kept.append(Line(each.rule, taken, each.told, each.missing))
    return kept
