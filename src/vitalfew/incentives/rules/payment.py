"""Payment on time: a rate on what was paid in time, once enough was.

    q = P / D             D: invoices due in the period, P: of these, paid by their day and the days of grace
    earned = rate × P     where q ≥ least share

An invoice without a day to be paid by is left out; one that is due and not paid counts as late. Credit notes lower both; P is
nothing at least.

    >>> rule = Payment(least=Decimal(90), grace=0, rate=Decimal("0.5"))
    >>> rule.earned(Figures(due=Decimal(1000), in_time={0: Decimal(950)}), "CNY").amount
    Decimal('4.75')
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
class Payment:
    """The least share in per cent, days of grace, and the rate."""

    least: Decimal
    grace: int
    rate: Decimal

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Payment":
        return cls(Decimal(terms["least"]), int(terms["grace"]), Decimal(terms["rate"]))

    def earned(self, figures: Figures, currency: str) -> Earned:
        if figures.due <= 0:
            return Earned(ZERO, Message(_("No invoice has fallen due in the period yet")))
        paid = max(figures.in_time.get(self.grace, ZERO), ZERO)
        share = paid * HUNDRED / figures.due
        told: dict[str, Figure] = {
            "share": Percent(float(share) / 100), "rate": f"{self.rate:f}", "least": f"{self.least:f}",
            "paid": written(paid, currency), "due": written(figures.due, currency),
        }  # fmt: skip
        if share < self.least:
            return Earned(ZERO, Message(_("{share} of {due} paid in time: below {least} %"), told))
        text = _("{share} of {due} paid in time: {rate} % of {paid}")
        return Earned(self.rate * paid / HUNDRED, Message(text, told))
