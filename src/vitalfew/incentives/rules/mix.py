"""Mix: for a category's share in what was bought.

    s = C / S             C: net sales of the category, S: of everything
    earned = rate × C     where s ≥ least share

What is missing to the share, where only the category is bought more: x with (C + x) / (S + x) = least share.

    >>> rule = Mix("空调", least=Decimal(30), rate=Decimal(2))
    >>> rule.earned(Figures(sales=Decimal(100), by_category={"空调": Decimal(40)}), "CNY").amount
    Decimal('0.8')
    >>> rule.earned(Figures(sales=Decimal(100), by_category={"空调": Decimal(23)}), "CNY").missing
    Decimal('10')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vitalfew.coins import ZERO, written
from vitalfew.incentives.rules.figures import HUNDRED, Earned, Figures
from vitalfew.language import Figure, Message, Percent
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Mix:
    """A category, the least share of it in per cent, and the rate on it."""

    category: str
    least: Decimal
    rate: Decimal

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Mix":
        return cls(terms["category"], Decimal(terms["least"]), Decimal(terms["rate"]))

    def earned(self, figures: Figures, currency: str) -> Earned:
        part, whole = figures.by_category.get(self.category, ZERO), figures.sales
        if whole <= 0:
            return Earned(ZERO, Message(_("Nothing bought in the period yet")))
        share = part * HUNDRED / whole
        told: dict[str, Figure] = {
            "category": self.category, "share": Percent(float(share) / 100), "rate": f"{self.rate:f}",
            "least": f"{self.least:f}", "part": written(part, currency),
        }  # fmt: skip
        if share >= self.least:
            text = _("{category} is {share} of what was bought: {rate} % of {part}")
            return Earned(self.rate * part / HUNDRED, Message(text, told))
        missing = (self.least * whole - HUNDRED * part) / (HUNDRED - self.least) if self.least < HUNDRED else None
        return Earned(ZERO, Message(_("{category} is {share} of what was bought: below {least} %"), told), missing)
