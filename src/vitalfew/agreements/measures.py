"""By what the facts tell whether an obligation is kept."""

from collections.abc import Mapping
from typing import Final

from vitalfew.accounts.aims import Aim, Way
from vitalfew.agreements.words import Rhythm
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Measure(Term):
    """What the facts tell of an obligation in the running year of the agreement."""

    NONE = "none", _("No fact tells of it")
    SALES = "sales", _("Net sales in the year")
    CATEGORY = "category", _("Net sales of one category in the year")
    SHARE = "share", _("Share of one category in what it buys")
    GROWTH = "growth", _("Growth over the year before, in per cent")
    PAYMENT = "payment", _("Share of invoices paid within so many days")
    DELIVERY = "delivery", _("Share of order lines delivered by the promised day")
    SELL_OUT = "sell-out", _("Months with sell-out data delivered")
    QUANTITY = "quantity", _("Quantity of one product delivered")


UNITS: Final[Mapping[str, Unit]] = {
    Measure.NONE: Unit.NUMBER, Measure.SALES: Unit.MONEY, Measure.CATEGORY: Unit.MONEY, Measure.SHARE: Unit.SHARE,
    Measure.GROWTH: Unit.SHARE, Measure.PAYMENT: Unit.SHARE, Measure.DELIVERY: Unit.SHARE, Measure.SELL_OUT: Unit.COUNT,
    Measure.QUANTITY: Unit.NUMBER,
}  # fmt: skip
OF_A_CATEGORY: Final = frozenset({Measure.CATEGORY, Measure.SHARE})
ADDING_UP: Final = frozenset({Measure.SALES, Measure.CATEGORY, Measure.SELL_OUT, Measure.QUANTITY})
PART_OF_A_WHOLE: Final = frozenset({Measure.SHARE, Measure.PAYMENT, Measure.DELIVERY})

DAYS_IN: Final[Mapping[str, float]] = {Rhythm.MONTH: 365 / 12, Rhythm.QUARTER: 365 / 4, Rhythm.YEAR: 365.0}
"""The spans for which a quantity can be owed."""


def aim(measure: str, target: float) -> Aim:
    return Aim(Way.ADDS_UP if measure in ADDING_UP else Way.LEVEL, target)
