"""What rules read of one account in one settlement period."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, NamedTuple, Protocol

from vitalfew.coins import ZERO
from vitalfew.language import Message

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class Figures:
    """Net sales, those of the same days a year before, by category; payments, reports, training, breaches."""

    sales: Decimal = ZERO
    before: Decimal = ZERO
    by_category: Mapping[str, Decimal] = field(default_factory=dict)
    due: Decimal = ZERO
    """Of invoices whose day to be paid lies in the period."""
    in_time: Mapping[int, Decimal] = field(default_factory=dict)
    """Of these, what was paid no later than so many days after that day."""
    reported: int = 0
    """Months with a report of what was sold on or is in stock."""
    months: int = 0
    """Months of the period that have begun."""
    trained: int = 0
    breaches: Mapping[str, tuple[Decimal | None, ...]] = field(default_factory=dict)
    """By kind, one amount a case; none where the rule says how much."""

    def scaled(self, by: Decimal) -> "Figures":
        """As if so many times as much had been bought and paid, and the year before stayed what it was."""
        return replace(
            self, sales=self.sales * by, due=self.due * by,
            by_category={name: value * by for name, value in self.by_category.items()},
            in_time={days: value * by for days, value in self.in_time.items()},
        )  # fmt: skip


class Earned(NamedTuple):
    """What a rule gives or takes, unrounded, in words, and how much more must be bought for the next step, where there is one."""

    amount: Decimal
    told: Message
    missing: Decimal | None = None


class Rule(Protocol):
    """An equation with its terms."""

    def earned(self, figures: Figures, currency: str) -> Earned:
        """What the account earned by it."""
