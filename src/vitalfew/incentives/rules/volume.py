"""Volume: a rate that rises with what was bought.

    on all    earned = rate of the highest step reached × S
    above     earned = Σ rate of step i × (min(S, start of step i+1) − start of step i),  for the steps reached

S are the net sales of the period. With steps 100,000 at 1 % and 200,000 at 2 %, on 250,000:

    >>> steps = read([["100000", "1"], ["200000", "2"]])
    >>> Volume(steps, whole=True).earned(Figures(sales=Decimal(250000)), "CNY").amount
    Decimal('5000')
    >>> Volume(steps, whole=False).earned(Figures(sales=Decimal(250000)), "CNY").amount
    Decimal('2000')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from vitalfew.coins import ZERO, written
from vitalfew.incentives.rules.figures import HUNDRED, Earned, Figures
from vitalfew.incentives.rules.steps import Step, following, reached, read
from vitalfew.language import Message
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Volume:
    """Steps of net sales; rates count on all, or on what lies above each start."""

    steps: tuple[Step, ...]
    whole: bool = True

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Volume":
        return cls(read(terms["steps"]), whole=terms["base"] == "all")

    def earned(self, figures: Figures, currency: str) -> Earned:
        step, later = reached(self.steps, figures.sales), following(self.steps, figures.sales)
        missing = later.start - figures.sales if later else None
        said = {"sales": written(figures.sales, currency), "rate": f"{step.rate if step else 0:f}"}
        if step is None:
            return Earned(ZERO, Message(_("Net sales of {sales}: below the first threshold"), said), missing)
        if self.whole:
            return Earned(
                step.rate * figures.sales / HUNDRED, Message(_("{rate} % of net sales of {sales}"), said), missing
            )
        text = _("Step by step up to {rate} %, on net sales of {sales}")
        return Earned(self._parts(figures.sales), Message(text, said), missing)

    def _parts(self, sales: Decimal) -> Decimal:
        ends = [*(each.start for each in self.steps), sales]
        spans = zip(self.steps, pairwise(ends), strict=True)
        return sum((step.rate * max(min(end, sales) - start, ZERO) for step, (start, end) in spans), ZERO) / HUNDRED
