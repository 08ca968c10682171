"""Data delivered: a rate on net sales for reports of what was sold on and is in stock.

    m = months with a report / months of the period that have begun
    earned = rate × S     where m ≥ least share

A month counts where a report tells of a day in it; when the report arrived the facts do not say.

    >>> rule = Reports(least=Decimal(75), rate=Decimal("0.5"))
    >>> rule.earned(Figures(sales=Decimal(1000), reported=3, months=4), "CNY").amount
    Decimal('5.0')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vitalfew.coins import ZERO, written
from vitalfew.incentives.rules.figures import HUNDRED, Earned, Figures
from vitalfew.language import Count, Figure, Message
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Reports:
    """The least share of months in per cent, and the rate."""

    least: Decimal
    rate: Decimal

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Reports":
        return cls(Decimal(terms["least"]), Decimal(terms["rate"]))

    def earned(self, figures: Figures, currency: str) -> Earned:
        told: dict[str, Figure] = {
            "n": Count(figures.reported), "months": Count(figures.months), "rate": f"{self.rate:f}",
            "sales": written(figures.sales, currency),
        }  # fmt: skip
        if not figures.months or figures.reported * HUNDRED < self.least * figures.months:
            return Earned(ZERO, Message(_("Reports for {n} of {months} months: too few"), told))
        text = _("Reports for {n} of {months} months: {rate} % of net sales of {sales}")
        return Earned(self.rate * max(figures.sales, ZERO) / HUNDRED, Message(text, told))
