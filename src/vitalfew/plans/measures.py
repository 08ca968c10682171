"""What a goal is measured by; how its figure stands on a day is told by :mod:`vitalfew.accounts.aims`."""

from collections.abc import Mapping
from typing import Final

from vitalfew.accounts.aims import Aim, Way
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Measure(Term):
    """What the house reads itself, or somebody writes down."""

    SALES = "sales", _("Net sales in the time of the plan")
    CATEGORY = "category", _("Net sales of one category")
    SHARE = "share", _("Share of one category in what it buys")
    MARGIN = "margin", _("Gross margin less cost to serve")
    VISITS = "visits", _("Visits logged")
    COMPLAINTS = "complaints", _("Complaints, at most")
    HAND = "hand", _("Another figure, written down by hand")


UNITS: Final[Mapping[str, Unit]] = {
    Measure.SALES: Unit.MONEY, Measure.CATEGORY: Unit.MONEY, Measure.SHARE: Unit.SHARE, Measure.MARGIN: Unit.MONEY,
    Measure.VISITS: Unit.COUNT, Measure.COMPLAINTS: Unit.COUNT, Measure.HAND: Unit.NUMBER,
}  # fmt: skip
OF_A_CATEGORY: Final = frozenset({Measure.CATEGORY, Measure.SHARE})
ADDING_UP: Final = frozenset({Measure.SALES, Measure.CATEGORY, Measure.MARGIN, Measure.VISITS})
GUARDED: Final = frozenset({Measure.MARGIN})
"""Only for who may see margins."""


def aim(measure: str, target: float, start: float | None = None) -> Aim:
    """What is to be reached by this measure."""
    if measure == Measure.COMPLAINTS:
        return Aim(Way.AT_MOST, target, start)
    return Aim(Way.ADDS_UP if measure in ADDING_UP else Way.LEVEL, target, start)
