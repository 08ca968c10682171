"""Whether a round brought accounts back: those tried beside those left alone by lot, as the facts tell.

Once the day has come on which a round is judged, it is asked of both whether they bought between its beginning and that day.

    d = share of those tried that bought − share of those left alone,    95 % interval by `newcombe`

Because the lot chose, what differs beyond chance is the attempt's doing. Below ten of either kind nothing is said of it. The
margin since then of each is compared by Welch's interval; attempts pay where what they brought beyond those left alone is more
than they cost, over the whole interval.

    8 of 20 tried, 1 of 20 left alone  →  35 % more (9 % to 57 %)

Newcombe, R. G. (1998). Statistics in Medicine 17(8), method 10. Welch, B. L. (1947). Biometrika 34.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from vitalfew.language import Count, Day, Message, Money, Percent
from vitalfew.maths.intervals import Interval, newcombe, wilson
from vitalfew.maths.welch import Difference, welch
from vitalfew.recoveries.buying import Bought
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

FEWEST: Final = 10


@dataclass(frozen=True)
class Judged:
    """What those tried and those left alone bought since the round began, what was spent, and until when it is asked."""

    tried: Sequence[Bought]
    alone: Sequence[Bought]
    spent: float
    currency: str
    until: date
    over: bool

    @property
    def back(self) -> int:
        return sum(bool(each.days) for each in self.tried)

    @property
    def back_alone(self) -> int:
        return sum(bool(each.days) for each in self.alone)

    @property
    def interval(self) -> Interval | None:
        """Of the share of those tried."""
        return wilson(self.back, len(self.tried)) if self.tried else None

    @property
    def interval_alone(self) -> Interval | None:
        return wilson(self.back_alone, len(self.alone)) if self.alone else None

    @property
    def enough(self) -> bool:
        return min(len(self.tried), len(self.alone)) >= FEWEST

    @property
    def difference(self) -> Interval | None:
        if not (self.over and self.enough):
            return None
        return newcombe(self.back, len(self.tried), self.back_alone, len(self.alone))

    @property
    def gained(self) -> Difference | None:
        """Margin an account tried beyond one left alone."""
        if not (self.over and self.enough):
            return None
        tried, alone = (np.array([each.margin for each in side], dtype=float) for side in (self.tried, self.alone))
        return welch(tried, alone)

    @property
    def sales(self) -> float:
        return sum(each.sales for each in self.tried)

    @property
    def margin(self) -> float:
        return sum(each.margin for each in self.tried)

    @property
    def uncosted(self) -> int:
        return sum(each.uncosted for each in self.tried)

    @property
    def message(self) -> Message:
        """What may be said of it."""
        n = {"n": Count(len(self.tried)), "alone": Count(len(self.alone)), "back": Count(self.back)}
        if not self.over:
            text = _("Judged on {day}: so far {back} of {n} {n:account|accounts} tried bought again")
            return Message(text, {**n, "day": Day(day_number(self.until))})
        if not self.alone:
            text = _(
                "{back} of {n} {n:account|accounts} tried bought again; nobody was left alone, so whether by our doing "
                "cannot be told"
            )
            return Message(text, n)
        found = self.difference
        if found is None:
            text = _(
                "Cannot be told from {n} {n:account|accounts} tried and {alone} left alone: ten of each are needed; "
                "{back} of those tried bought again"
            )
            return Message(text, n)
        return Message(_verdict(found), {**n, **self._shares(found)})

    def _shares(self, found: Interval) -> dict[str, Any]:
        share, other = self.back / len(self.tried), self.back_alone / len(self.alone)
        return {
            "share": Percent(share, 0), "other": Percent(other, 0), "difference": Percent(share - other, 0),
            "low": Percent(found.low, 0), "high": Percent(found.high, 0),
        }  # fmt: skip

    @property
    def paid(self) -> Message | None:
        """Whether it brought more than it cost; nothing before that can be asked."""
        found = self.gained
        if found is None:
            return None
        n = len(self.tried)
        low, high = found.low * n - self.spent, found.high * n - self.spent
        said = {"net": Money(found.mean * n - self.spent, self.currency), "low": Money(low, self.currency),
                "high": Money(high, self.currency)}  # fmt: skip
        if low > 0:
            return Message(_("It paid: {net} more margin than it cost ({low} to {high})"), said)
        if high < 0:
            return Message(_("It did not pay: {net} after its cost ({low} to {high})"), said)
        return Message(_("Whether it paid cannot be told: {net} after its cost ({low} to {high})"), said)


def _verdict(found: Interval) -> str:
    if found.low > 0:
        return _(
            "The attempts bring accounts back: {share} of {n} tried bought again, {other} of {alone} left alone; "
            "{difference} more ({low} to {high})"
        )
    if found.high < 0:
        return _(
            "Of those tried fewer bought again: {share} of {n}, of those left alone {other} of {alone}; {difference} "
            "({low} to {high})"
        )
    return _(
        "No difference can be told: {share} of {n} tried bought again, {other} of {alone} left alone; {difference} "
        "({low} to {high})"
    )
