"""How sure a share is, and the difference of two shares.

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22(158).
Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Stat. Med. 17(8).
"""

from math import hypot, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats

Z90: Final = 1.6449
Z95: Final = 1.959964
"""How many standard errors on either side hold 90 and 95 % of a normal distribution."""


class Interval(NamedTuple):
    """A lower and an upper end."""

    low: float
    high: float


def wilson(successes: float, trials: float, confidence: float = 0.95) -> Interval:
    """Between which values the true share lies, when ``successes`` of ``trials`` were counted.

    ``(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)``; never leaves [0, 1] and holds for few trials too.
    Refuses (``ValueError``) no trials, or successes outside 0 … trials. Wilson 1927.

    >>> [round(end, 3) for end in wilson(30, 40)]
    [0.598, 0.858]
    """
    _refuse(successes, trials)
    z = _z(confidence)
    share, spread = successes / trials, z * z / trials
    centre = share + spread / 2
    half = z * sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return Interval(max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread)))


def wilson_low(successes: Floats, trials: Floats, confidence: float = 0.95) -> Floats:
    """The lower end of many shares at once; NaN without a trial.

    >>> wilson_low(np.array([30.0, 0]), np.array([40.0, 0])).round(3).tolist()
    [0.598, nan]
    """
    z = _z(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, spread = successes / trials, z * z / trials
        half = z * np.sqrt(share * (1 - share) / trials + spread / (4 * trials))
        return np.asarray(np.maximum(0.0, (share + spread / 2 - half) / (1 + spread)))


def newcombe(
    successes: float, trials: float, successes_0: float, trials_0: float, confidence: float = 0.95
) -> Interval:
    """Between which values the difference of two independent shares lies, first minus second.

    With Wilson's ends ``l, u`` of each: ``d - sqrt((p1-l1)² + (u0-p0)²)`` to ``d + sqrt((u1-p1)² + (p0-l0)²)``.
    Refuses what `wilson` refuses. Newcombe 1998, method 10.

    >>> [round(end, 4) for end in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    one, zero = wilson(successes, trials, confidence), wilson(successes_0, trials_0, confidence)
    p, p_0 = successes / trials, successes_0 / trials_0
    difference = p - p_0
    return Interval(
        difference - hypot(p - one.low, zero.high - p_0),
        difference + hypot(one.high - p, p_0 - zero.low),
    )


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _refuse(successes: float, trials: float) -> None:
    if trials <= 0:
        raise ValueError("a share needs at least one trial")
    if not 0 <= successes <= trials:
        raise ValueError("successes lie between 0 and the number of trials")
