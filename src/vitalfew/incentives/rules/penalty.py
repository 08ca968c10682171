"""Penalties: for price breach, unauthorised channels, broken obligations.

    taken = Σ over recorded cases:  the case's own amount,  else  amount a case + rate × S

A penalty is negative; together they take no more than the rewards of the same period (see settling).

    >>> rule = Penalty("price", each=Decimal(1000), rate=Decimal("0.1"))
    >>> rule.earned(Figures(sales=Decimal(50000), breaches={"price": (None, Decimal(300))}), "CNY").amount
    Decimal('-1350.0')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vitalfew.coins import ZERO
from vitalfew.incentives.rules.figures import HUNDRED, Earned, Figures
from vitalfew.language import Count, Message
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Penalty:
    """Which breach, the amount of a case and the rate on net sales for it."""

    breach: str
    each: Decimal
    rate: Decimal

    @classmethod
    def of(cls, breach: str, terms: Mapping[str, Any]) -> "Penalty":
        return cls(breach, Decimal(terms["each"]), Decimal(terms["rate"]))

    def earned(self, figures: Figures, currency: str) -> Earned:  # noqa: ARG002  (as every rule is asked)
        cases = figures.breaches.get(self.breach, ())
        said = self.each + self.rate * max(figures.sales, ZERO) / HUNDRED
        taken = sum((said if own is None else own for own in cases), ZERO)
        return Earned(-taken, Message(_("{n} {n:case|cases} recorded"), {"n": Count(len(cases))}))
