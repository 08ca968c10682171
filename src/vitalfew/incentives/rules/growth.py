"""Growth: a rate that rises with how much more was bought than a year before.

    g = S / B − 1         B: net sales of the same days a year before
    earned = rate of the highest step reached × S,  or × (S − B);  nothing where B lies below the floor

Without a floor above zero an account that hardly bought anything would grow without bounds. With 10 % at 1 %, on 120 after 100:

    >>> rule = Growth(read([["10", "1"]]), floor=Decimal(50), whole=True)
    >>> rule.earned(Figures(sales=Decimal(120), before=Decimal(100)), "CNY").amount
    Decimal('1.2')
    >>> rule.earned(Figures(sales=Decimal(120), before=Decimal(49)), "CNY").amount
    Decimal('0')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vitalfew.coins import ZERO, written
from vitalfew.incentives.rules.figures import HUNDRED, Earned, Figures
from vitalfew.incentives.rules.steps import Step, following, reached, read
from vitalfew.language import Figure, Message, Percent
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Growth:
    """Steps in per cent of growth; the least that must have been bought the year before."""

    steps: tuple[Step, ...]
    floor: Decimal
    whole: bool = True

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Growth":
        return cls(read(terms["steps"]), Decimal(terms["floor"]), whole=terms["base"] == "all")

    def earned(self, figures: Figures, currency: str) -> Earned:
        before = figures.before
        if before <= 0 or before < self.floor:
            said: dict[str, Figure] = {"before": written(before, currency), "floor": written(self.floor, currency)}
            return Earned(
                ZERO, Message(_("{before} a year before: below the floor of {floor}, growth does not count"), said)
            )
        growth = (figures.sales - before) * HUNDRED / before
        step, later = reached(self.steps, growth), following(self.steps, growth)
        missing = before * (HUNDRED + later.start) / HUNDRED - figures.sales if later else None
        base = figures.sales if self.whole else max(figures.sales - before, ZERO)
        told: dict[str, Figure] = {
            "growth": Percent(float(growth) / 100, signed=True), "rate": f"{step.rate if step else 0:f}",
            "base": written(base, currency),
        }  # fmt: skip
        text = _("Growth {growth}: {rate} % of {base}") if step else _("Growth {growth}: below the first threshold")
        return Earned(step.rate * base / HUNDRED if step else ZERO, Message(text, told), missing)
