"""Whether a treatment made an account earn more: each whole month since it began beside the same month a year before.

    change a year = 12 × mean of (month − same month a year before),    95 % interval by Student's t of the n pairs

The same months are compared, so that a season is not taken for an effect. Fewer than six months tell nothing, nor do months whose
costs are not known. It shows what changed since then, not that the treatment alone did it.

    pairs 100, 120, 80, 100, 110, 90    →    1,200 a year (1,022 to 1,378): better

Student (1908). The probable error of a mean. Biometrika 6(1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from scipy.special import stdtrit

from vitalfew.treatments.words import Effect

FEWEST: Final = 6
MONTHS: Final = 12


@dataclass(frozen=True)
class Judged:
    """What it earned in the months before and after, and by how much that differs a year, from low to high."""

    effect: Effect
    months: int
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None


def judged(before: Sequence[float | None], after: Sequence[float | None]) -> Judged:
    """Of pairs of the same months; one whose costs are not known is no pair."""
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if one is not None and two is not None]
    before_sum = sum(one for one, _two in pairs) if pairs else None
    after_sum = sum(two for _one, two in pairs) if pairs else None
    if len(pairs) < FEWEST:
        return Judged(Effect.CANNOT_TELL, len(pairs), before_sum, after_sum)
    changes = [two - one for one, two in pairs]
    mean, n = fmean(changes), len(changes)
    half = float(stdtrit(n - 1, 0.975)) * stdev(changes) / sqrt(n)
    low, high = MONTHS * (mean - half), MONTHS * (mean + half)
    effect = Effect.BETTER if low > 0 else Effect.WORSE if high < 0 else Effect.CANNOT_TELL
    return Judged(effect, n, before_sum, after_sum, MONTHS * mean, low, high)
