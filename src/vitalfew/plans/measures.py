"""What a goal is measured by, and what its figure says of it on a day.

What adds up (sales, visits) is on course where it has come as far as the plan's time has gone; what is a level (a share) where
it lies on the line from where it began; of complaints there may be so many at most.

    target 120 in a year, 70 after six months  →  on course (60 would do)
    at most 4 complaints, 5 received           →  missed, whatever comes
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vitalfew.language import Count, Figure, Money, Percent, plain
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


class Course(Term):
    """How a goal stands."""

    REACHED = "reached", _("Reached")
    ON_COURSE = "on-course", _("On course")
    BEHIND = "behind", _("Behind")
    OPEN = "open", _("Not reached yet")
    MISSED = "missed", _("Not reached")
    UNKNOWN = "unknown", _("Cannot tell")


UNITS: Final[Mapping[str, Unit]] = {
    Measure.SALES: Unit.MONEY, Measure.CATEGORY: Unit.MONEY, Measure.SHARE: Unit.SHARE, Measure.MARGIN: Unit.MONEY,
    Measure.VISITS: Unit.COUNT, Measure.COMPLAINTS: Unit.COUNT, Measure.HAND: Unit.NUMBER,
}  # fmt: skip
OF_A_CATEGORY: Final = frozenset({Measure.CATEGORY, Measure.SHARE})
ADDING_UP: Final = frozenset({Measure.SALES, Measure.CATEGORY, Measure.MARGIN, Measure.VISITS})
GUARDED: Final = frozenset({Measure.MARGIN})
"""Only for who may see margins."""


@dataclass(frozen=True)
class Aim:
    """What is to be reached, and where it began, where that is known."""

    measure: str
    target: float
    start: float | None = None


def course(aim: Aim, value: float | None, elapsed: float) -> Course:
    """How it stands with this value, after this share of the plan's time."""
    if value is None:
        return Course.UNKNOWN
    if aim.measure == Measure.COMPLAINTS:
        return _at_most(aim.target, value, elapsed)
    falls = aim.start is not None and aim.target < aim.start
    if value <= aim.target if falls else value >= aim.target:
        return Course.REACHED
    if elapsed >= 1:
        return Course.MISSED
    return _under_way(aim, value, elapsed, falls=falls)


def _at_most(most: float, value: float, elapsed: float) -> Course:
    if value > most:
        return Course.MISSED
    return Course.REACHED if elapsed >= 1 else Course.ON_COURSE


def _under_way(aim: Aim, value: float, elapsed: float, *, falls: bool) -> Course:
    start = 0.0 if aim.measure in ADDING_UP else aim.start
    if start is None:
        return Course.OPEN
    due = start + (aim.target - start) * elapsed
    return Course.ON_COURSE if (value <= due if falls else value >= due) else Course.BEHIND


def figure(value: float, unit: Unit, currency: str, own: str = "") -> Figure:
    """As it is written in sentences; ``own`` is the unit of a figure noted by hand."""
    if unit is Unit.MONEY:
        return Money(value, currency)
    if unit is Unit.SHARE:
        return Percent(value)
    if unit is Unit.COUNT:
        return Count(value)
    return f"{plain(value).say('en')} {own}".strip()
