"""Training done: an amount a session, up to so many.

earned = amount × min(n, most)      n: sessions recorded with their evidence

>>> Training(Decimal(500), most=2).earned(Figures(trained=3), "CNY").amount
Decimal('1000')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vitalfew.coins import written
from vitalfew.incentives.rules.figures import Earned, Figures
from vitalfew.language import Count, Figure, Message
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Training:
    """The amount of a session, and how many count."""

    each: Decimal
    most: int

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Training":
        return cls(Decimal(terms["each"]), int(terms["most"]))

    def earned(self, figures: Figures, currency: str) -> Earned:
        counted = min(figures.trained, self.most)
        told: dict[str, Figure] = {
            "n": Count(figures.trained),
            "counted": Count(counted),
            "each": written(self.each, currency),
        }
        text = _("{n} training {n:session|sessions} recorded, {counted} counted at {each}")
        return Earned(self.each * counted, Message(text, told))
