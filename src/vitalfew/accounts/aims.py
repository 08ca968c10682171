"""What is to be reached with an account, and how a figure stands against it on a day.

What adds up (sales, visits) is on course where it has come as far as the time has gone; what is a level (a share) where it
lies on the line from where it began; of some things there may be so many at most.

    target 120 in a year, 70 after six months  →  on course (60 would do)
    at most 4 complaints, 5 received           →  missed, whatever comes
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from vitalfew.language import Count, Figure, Message, Money, Percent, plain
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Way(Enum):
    """How a figure comes to its target."""

    ADDS_UP = auto()
    LEVEL = auto()
    AT_MOST = auto()


class Course(Term):
    """How it stands."""

    REACHED = "reached", _("Reached")
    ON_COURSE = "on-course", _("On course")
    BEHIND = "behind", _("Behind")
    OPEN = "open", _("Not reached yet")
    MISSED = "missed", _("Not reached")
    UNKNOWN = "unknown", _("Cannot tell")


@dataclass(frozen=True)
class Aim:
    """What is to be reached, and where it began, where that is known."""

    way: Way
    target: float
    start: float | None = None


@dataclass(frozen=True)
class Reading:
    """What was reached, until which day; or why that can't be told."""

    value: float | None
    until: date | None = None
    why: Message | None = None


def hindered(text: str, rows: int) -> Reading | None:
    """Why nothing can be told, where so many rows stand in the way."""
    return Reading(None, why=Message(text, {"n": Count(rows)})) if rows else None


def as_part(unit: Unit, value: float) -> float:
    """Shares are written down in per cent, and told as parts of one."""
    return value / 100 if unit is Unit.SHARE else value


def course(aim: Aim, value: float | None, elapsed: float) -> Course:
    """How it stands with this value, after this share of the time."""
    if value is None:
        return Course.UNKNOWN
    if aim.way is Way.AT_MOST:
        return _at_most(aim.target, value, elapsed)
    falls = aim.way is Way.LEVEL and aim.start is not None and aim.target < aim.start
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
    start = 0.0 if aim.way is Way.ADDS_UP else aim.start
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
