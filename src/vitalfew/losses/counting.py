"""What the register says: why accounts left, whose doing it was, where and with whom, and how far the facts had shown it.

Shares are of the accounts that told a reason, with Wilson's 95 % interval. Paper 004 of the seeds claims that firms mostly lose
customers by their own doing; that is shown if the interval of 'we ourselves' lies above one half, refuted if below, else it
cannot be told. Below ten reasons nothing is said of it.

    19 of 24 by our own doing  →  79 % (60 % to 91 %): shown

Wilson, E. B. (1927). JASA 22.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vitalfew.analyses.churn_causes import FORCES
from vitalfew.language import Count, Message, Percent
from vitalfew.losses.models import Loss
from vitalfew.losses.words import LossState
from vitalfew.maths.intervals import Interval, wilson
from vitalfew.terms import ChurnCause, Force
from vitalfew.terms import gettext_noop as _

FEWEST: Final = 10
HALF: Final = 0.5
CAUSES: Final = {each.value: each for each in ChurnCause}


@dataclass(frozen=True)
class Share:
    """So many of so many, and between which ends the share lies."""

    label: str
    n: int
    of: int

    @property
    def share(self) -> float:
        return self.n / self.of

    @property
    def interval(self) -> Interval:
        return wilson(self.n, self.of)


def reasons(rows: Sequence[Loss]) -> list[Loss]:
    """Those that told a reason: one of the seven."""
    return [row for row in rows if row.state == LossState.TALKED and row.cause not in {"", ChurnCause.UNKNOWN.value}]


def causes(rows: Sequence[Loss]) -> list[Share]:
    """By cause, the most frequent first."""
    told = reasons(rows)
    counts = Counter(row.cause for row in told)
    return [Share(CAUSES[cause].label, n, len(told)) for cause, n in counts.most_common()]


def forces(rows: Sequence[Loss]) -> list[Share]:
    """By whose doing it was: all three, whether there were any or not."""
    told = reasons(rows)
    counts = Counter(FORCES[CAUSES[row.cause]] for row in told)
    return [Share(each.label, counts[each], len(told)) for each in Force if each is not Force.UNKNOWN] if told else []


def verdict(rows: Sequence[Loss]) -> Message:
    """Whether it is mostly our own doing."""
    told = reasons(rows)
    if len(told) < FEWEST:
        text = _("Whether it is mostly our own doing cannot be told from {n} {n:reason|reasons}: ten are needed")
        return Message(text, {"n": Count(len(told))})
    ours = Share("", sum(FORCES[CAUSES[row.cause]] is Force.OUR_FAILURE for row in told), len(told))
    said: dict[str, Any] = {
        "share": Percent(ours.share, 0), "low": Percent(ours.interval.low, 0), "high": Percent(ours.interval.high, 0),
        "n": Count(ours.of),
    }  # fmt: skip
    return Message(_text(ours.interval), said)


def _text(found: Interval) -> str:
    if found.low > HALF:
        return _("Mostly our own doing: {share} of {n} accounts that told why ({low} to {high})")
    if found.high < HALF:
        return _("Mostly not our own doing: {share} of {n} accounts that told why ({low} to {high})")
    return _(
        "Whether it is mostly our own doing cannot be told: {share} of {n} accounts that told why ({low} to {high})"
    )


def grouped(rows: Sequence[Loss], by: Callable[[Loss], Any]) -> list[tuple[str, int, int]]:
    """Of each its losses, and how many of those that told why were our own doing; the most losses first."""
    lost = Counter(str(by(row) or "–") for row in rows)
    ours = Counter(str(by(row) or "–") for row in reasons(rows) if FORCES[CAUSES[row.cause]] is Force.OUR_FAILURE)
    return [(name, n, ours[name]) for name, n in lost.most_common()]


def compared(rows: Sequence[Loss]) -> list[tuple[str, str, int]]:
    """What was told beside what the facts had shown as it was entered, the most frequent first."""
    both = Counter((row.cause, row.seen or ChurnCause.UNKNOWN.value) for row in reasons(rows))
    return [(CAUSES[told].label, CAUSES[seen].label, n) for (told, seen), n in both.most_common()]
