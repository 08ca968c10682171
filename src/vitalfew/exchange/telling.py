"""What an exchange of data changed, in a sentence: of one account, and of all together."""

from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import Any, Final

from vitalfew.exchange.effect import FEWEST, WEEKS, Compared, interval
from vitalfew.exchange.models import DataEffect
from vitalfew.exchange.words import Gain, Verdict
from vitalfew.language import Count, Message, Number, Percent
from vitalfew.terms import gettext_noop as _

SAID: Final[Mapping[tuple[Gain, Verdict], str]] = {
    (Gain.STOCK, Verdict.LESS): _("Its stock lasts {since} days instead of {before}: {least} to {most} days less"),
    (Gain.STOCK, Verdict.MORE): _("Its stock lasts {since} days instead of {before}: {least} to {most} days more"),
    (Gain.STOCK, Verdict.UNSURE): _(
        "Whether its stock lasts longer or shorter cannot be told: {since} days instead of {before}, "
        "a change of {least} to {most}"
    ),
    (Gain.OUT, Verdict.LESS): _("Of its counts {since} find nothing left instead of {before}: {least} to {most} points less"),
    (Gain.OUT, Verdict.MORE): _("Of its counts {since} find nothing left instead of {before}: {least} to {most} points more"),
    (Gain.OUT, Verdict.UNSURE): _(
        "Whether it is out of stock more or less often cannot be told: {since} of its counts instead of {before}, "
        "a change of {least} to {most} points"
    ),
    (Gain.ERROR, Verdict.LESS): _(
        "Its orders are foreseen with an error of {since} instead of {before}: {least} to {most} points less"
    ),
    (Gain.ERROR, Verdict.MORE): _(
        "Its orders are foreseen with an error of {since} instead of {before}: {least} to {most} points more"
    ),
    (Gain.ERROR, Verdict.UNSURE): _(
        "Whether its orders are foreseen better or worse cannot be told: an error of {since} instead of {before}, "
        "a change of {least} to {most} points"
    ),
}  # fmt: skip
FEW_SINCE: Final = _(
    "Cannot tell: of {n} {n:week|weeks} since it was agreed on the figures are known, {least} are needed"
)
FEW_BEFORE: Final = _(
    "Cannot tell: of {n} {n:week|weeks} before it was agreed on the figures are known, {least} are needed"
)
TOGETHER: Final[Mapping[Gain, str]] = {
    Gain.STOCK: _("At {n} accounts together, the days that stock lasts changed by {change} ({low} to {high})."),
    Gain.OUT: _("At {n} accounts together, the share of counts with nothing left changed by {change} points ({low} to {high})."),
    Gain.ERROR: _("At {n} accounts together, the forecast error of orders changed by {change} points ({low} to {high})."),
}  # fmt: skip
TOGETHER_FEW: Final[Mapping[Gain, str]] = {
    Gain.STOCK: _("Days that stock lasts, all together: cannot tell from {n} {n:account|accounts}, {least} are needed."),
    Gain.OUT: _("Counts with nothing left, all together: cannot tell from {n} {n:account|accounts}, {least} are needed."),
    Gain.ERROR: _("Forecast error of orders, all together: cannot tell from {n} {n:account|accounts}, {least} are needed."),
}  # fmt: skip
NEVER_OUT: Final = _("No count found nothing left, neither before nor since")
NO_PROOF: Final = _("Before and after is no proof: whatever else changed meanwhile is part of it.")


def figure(gain: str, value: float) -> Any:
    return Number(value, 1) if gain == Gain.STOCK else Percent(value)


def change(gain: str, value: float) -> Number:
    """Days, or percentage points."""
    return Number(value if gain == Gain.STOCK else value * 100, 1)


def sentence(gain: Gain, found: Compared) -> Message:
    """What can be told, or what is missing."""
    verdict, low, high = found.verdict, found.low, found.high
    if low is None or high is None or found.mean_since is None or found.mean_before is None:
        few, n = (FEW_SINCE, found.since) if found.since < FEWEST else (FEW_BEFORE, found.before)
        return Message(few, {"n": Count(n * WEEKS), "least": Count(FEWEST * WEEKS)})
    if gain == Gain.OUT and found.mean_since == found.mean_before == 0:
        return Message(NEVER_OUT)
    least, most = (-high, -low) if verdict == Verdict.LESS else (low, high)
    means = {"since": figure(gain, found.mean_since), "before": figure(gain, found.mean_before)}
    return Message(SAID[gain, verdict], {**means, "least": change(gain, least), "most": change(gain, most)})


def together(rows: Iterable[DataEffect]) -> list[Message]:
    """Of the accounts that a user sees, each one's change as one value."""
    changes: dict[str, list[float]] = {gain.value: [] for gain in Gain}
    for row in rows:
        if row.change is not None:
            changes[row.gain].append(row.change)
    return [*(_together(gain, changes[gain.value]) for gain in Gain), Message(NO_PROOF)]


def _together(gain: Gain, changes: list[float]) -> Message:
    n = Count(len(changes))
    if len(changes) < FEWEST:
        return Message(TOGETHER_FEW[gain], {"n": n, "least": Count(FEWEST)})
    low, high = interval(changes)
    told = {"change": fmean(changes), "low": low, "high": high}
    return Message(TOGETHER[gain], {"n": n, **{name: change(gain, value) for name, value in told.items()}})
