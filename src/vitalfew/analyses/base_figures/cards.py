"""A card for a rule of thumb, and what there is to go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow.compute as pc

from vitalfew.analyses.base_figures.claims import ClaimVerdict
from vitalfew.catalogue import Frame
from vitalfew.language import Figure, Message, Number, Percent
from vitalfew.maths.intervals import wilson
from vitalfew.maths.uncertainty import Estimate
from vitalfew.maths.years import YEAR
from vitalfew.panels import Bools, Floats, Panel, in_order
from vitalfew.terms import gettext_noop as _

FEW: Final = 20
"""Cases from which a verdict is given."""


@dataclass(frozen=True)
class Card:
    """What the own data say: in words, by verdict, as a figure with its interval, on how many cases."""

    own: Message
    verdict: ClaimVerdict = ClaimVerdict.CANNOT_TELL
    estimate: Estimate | None = None
    n: int = 0


UNKNOWN: Final = Card(Message(_("The data for it are not here.")))


@dataclass(frozen=True)
class Book:
    """Tables and other analyses, by name, and the user's options."""

    frames: Mapping[str, Frame]
    as_of: int
    currency: str
    acquisition_cost: float
    discount_rate: float

    def panel(self, name: str, *columns: str) -> Panel | None:
        frame = self.frames.get(name)
        return None if frame is None else Panel.of(frame.select("customer", *columns))

    def beside(self, panel: Panel, name: str, column: str) -> Floats:
        """A column of another analysis for the same accounts; NaN where it has none."""
        other = self.panel(name, column)
        if other is None:
            return np.full(len(panel), np.nan)
        return np.append(other.floats(column), np.nan)[in_order(panel.codes, other.codes)]

    def named(self, panel: Panel, name: str, code: str = "customer", day: str | None = None) -> Bools | None:
        """Which of the accounts a table names, of its rows of the last year where it has a ``day``."""
        frame = self.frames.get(name)
        if frame is None:
            return None
        recent = frame if day is None else frame.filter(nw.col(day) > self.as_of - YEAR)
        codes = recent.select(code).unique().collect("pyarrow").to_native()[code].combine_chunks()
        return np.asarray(pc.is_in(panel.codes, value_set=codes).to_numpy(zero_copy_only=False), dtype=bool)

    @cached_property
    def latest_retention(self) -> dict[str, Any] | None:
        """The latest pair of years; None where the book is shorter."""
        frame = self.frames.get("retention")
        rows = [] if frame is None else frame.sort("period").collect("pyarrow").to_native().to_pylist()
        return rows[-1] if rows and rows[-1]["logo_retention"] is not None else None

    @cached_property
    def spans(self) -> Panel | None:
        """The first and the last purchase of each account."""
        days = self.frames.get("purchase_days")
        if days is None:
            return None
        first, last = nw.col("bought_on").min(), nw.col("bought_on").max()
        return Panel.of(days.group_by("customer").agg(first=first, last=last))


def at_least(estimate: Estimate, claimed: float, n: int) -> ClaimVerdict:
    """Whether the whole interval lies at or above the claimed figure, or below it."""
    if n < FEW or not (estimate.low >= claimed or estimate.high < claimed):
        return ClaimVerdict.CANNOT_TELL
    return ClaimVerdict.SUPPORTED if estimate.low >= claimed else ClaimVerdict.NOT_SUPPORTED


def less_than(estimate: Estimate, claimed: float, n: int) -> ClaimVerdict:
    """Whether the whole interval lies below the claimed figure, or at or above it."""
    opposite = {
        ClaimVerdict.SUPPORTED: ClaimVerdict.NOT_SUPPORTED,
        ClaimVerdict.NOT_SUPPORTED: ClaimVerdict.SUPPORTED,
        ClaimVerdict.CANNOT_TELL: ClaimVerdict.CANNOT_TELL,
    }
    return opposite[at_least(estimate, claimed, n)]


def share(part: float, whole: float) -> Estimate:
    return Estimate(part / whole, *wilson(part, whole))


def percents(estimate: Estimate) -> dict[str, Figure]:
    return {name: Percent(each, 0) for name, each in zip(("value", "low", "high"), estimate, strict=True)}


def points(estimate: Estimate) -> dict[str, Figure]:
    """A difference of shares, in points."""
    return {name: Number(100 * each, 1) for name, each in zip(("value", "low", "high"), estimate, strict=True)}


def numbers(estimate: Estimate, places: int = 2) -> dict[str, Figure]:
    return {name: Number(each, places) for name, each in zip(("value", "low", "high"), estimate, strict=True)}
