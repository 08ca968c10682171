"""Thresholds and their rates: what is reached, what comes next.

>>> steps = read([["100000", "1"], ["200000", "2"]])
>>> reached(steps, Decimal(150000)), following(steps, Decimal(150000))
(Step(start=Decimal('100000'), rate=Decimal('1')), Step(start=Decimal('200000'), rate=Decimal('2')))
>>> reached(steps, Decimal(99999)) is None
True
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple


class Step(NamedTuple):
    """From where on, and how many per cent."""

    start: Decimal
    rate: Decimal


def read(given: Iterable[Sequence[str]]) -> tuple[Step, ...]:
    """In order, as they are kept."""
    return tuple(sorted(Step(Decimal(start), Decimal(rate)) for start, rate in given))


def reached(steps: Sequence[Step], value: Decimal) -> Step | None:
    """The highest at or below the value."""
    return next((each for each in reversed(steps) if each.start <= value), None)


def following(steps: Sequence[Step], value: Decimal) -> Step | None:
    """The lowest above the value."""
    return next((each for each in steps if each.start > value), None)
