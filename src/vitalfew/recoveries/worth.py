"""Whether an attempt to win an account back is worth its cost, and why.

    expected = p × second lifetime value − cost,    from p_low × value_low − cost  to  p_high × value_high − cost

``p`` is the success of the attempts recorded with Wilson's 95 % interval, or one assumption as long as there are fewer than ten
(then the range is that of the value alone). Worth it is what gains over the whole range, not worth it what gains nowhere in
it; between them it cannot be told. Who cost more than it brought and who has no need any more is not chased at any cost.

    value 2,655 (2,000 to 3,000), p .2    cost 300 → 231 (100 to 300): worth it      cost 450 → 81 (−50 to 150): cannot be told

Stauss, B. & Friege, C. (1999). Regaining service customers. J. Service Research 1(4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from vitalfew.language import Message, Money
from vitalfew.maths.intervals import wilson
from vitalfew.recoveries.words import Verdict
from vitalfew.terms import WinBack
from vitalfew.terms import gettext_noop as _

FEWEST: Final = 10
USUAL: Final = 0.2


@dataclass(frozen=True)
class Chance:
    """The chance of success, its ends, and of how many attempts; none where it is an assumption."""

    share: float = USUAL
    low: float = USUAL
    high: float = USUAL
    attempts: int = 0

    @classmethod
    def of(cls, figures: Mapping[str, Any]) -> "Chance":
        """As `win-back-value` reckoned it."""
        share, n = figures.get("success"), int(figures.get("attempts") or 0)
        if share is None:
            return cls()
        if n < FEWEST:
            return cls(share, share, share)
        found = wilson(round(share * n), n)
        return cls(share, found.low, found.high, n)


@dataclass(frozen=True)
class Worth:
    """What is expected of an attempt, the verdict and its reason."""

    verdict: Verdict
    reason: Message
    expected: float | None = None
    low: float | None = None
    high: float | None = None


def worth(row: Mapping[str, Any] | None, chance: Chance, cost: float, currency: str) -> Worth:
    """Of an account's row in `win-back-value`."""
    value = row.get("value") if row else None
    if row is None or value is None:
        return Worth(
            Verdict.CANNOT_TELL, Message(_("What it would bring is not known: the figures do not show it as lost"))
        )
    if row["verdict"] == WinBack.LET_GO:
        return Worth(Verdict.NOT_WORTH, Message(_("It cost more than it brought: let it go on good terms")))
    if row["verdict"] == WinBack.NO_NEED:
        return Worth(Verdict.NOT_WORTH, Message(_("It has no need any more: keep in touch, without an offer")))
    low, high = row.get("low"), row.get("high")
    ends = [
        p * max(each if each is not None else value, 0.0) - cost for p, each in ((chance.low, low), (chance.high, high))
    ]
    return _told(chance.share * max(value, 0.0) - cost, (ends[0], ends[1]), currency)


def _told(expected: float, ends: tuple[float, float], currency: str) -> Worth:
    low, high = ends
    said = {name: Money(each, currency) for name, each in (("gain", expected), ("low", low), ("high", high))}
    if low > 0:
        verdict, text = Verdict.WORTH, _("It may be expected to bring {gain} more than it costs ({low} to {high})")
    elif high <= 0:
        verdict, text = Verdict.NOT_WORTH, _("Even at best it brings less than it costs ({low} to {high})")
    else:
        verdict, text = Verdict.CANNOT_TELL, _("It may gain or lose: {gain} expected ({low} to {high})")
    return Worth(verdict, Message(text, said), expected, low, high)
