"""Between which amounts the worth of each customer's coming purchases lies, and that of all together.

Two things vary: how many purchases come, and what they bring. Nothing comes with the probability ``p0``; what comes, if
anything does, is taken as lognormal. With the counts' mean ``m`` and variance ``v``, and ``s`` the deviation of the
logarithm of the mean amount, which the gamma-gamma model gives for ``y`` purchases after ``x`` as ``s² = ψ'(p y) + ψ'(p x + q)``,

    worth given any  =  value/(1 - p0)          1 + cv²  =  (v + m²)(1 - p0)/m²  e^(s²)          σ²  =  ln(1 + cv²)

A lower end of 0 leaves nothing out below it; the upper end then leaves out 10 %, otherwise each leaves out 5 %.

Models are wrong. What was told on earlier days shows by how much: if fewer than 90 % held, both ends are moved away from
the value by the factor with which 90 % would have held (conformal prediction).

    value 100, 4 purchases expected with variance 4, p0 .02, s .2  →  36 … 202

Fader, P. S. & Hardie, B. G. S. (2013). The gamma-gamma model. Vovk, V., Gammerman, A. & Shafer, G. (2005). Algorithmic
Learning in a Random World.
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtri, polygamma

from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.intervals import Z90

COVERAGE: Final = 0.9
FEWEST: Final = 30
_TINY: Final = 1e-12


class Ends(NamedTuple):
    """Lower and upper ends."""

    low: Floats
    high: Floats


class Widening(NamedTuple):
    """By what the ends are moved away from the value, and what share had held before; None where nothing is known."""

    by: float = 1.0
    held: float | None = None


def spread(p: float, q: float, x: Floats, y: Floats) -> Floats:
    """The standard deviation of the logarithm of the mean amount of ``y`` purchases to come.

    >>> spread(6.25, 3.74, np.array([2.0]), np.array([4.0])).round(3).tolist()
    [0.323]
    """
    return np.asarray(np.sqrt(polygamma(1, p * np.maximum(y, 1.0)) + polygamma(1, p * x + q)))


class Coming(NamedTuple):
    """Of each customer's coming purchases: the chance that there is none, their mean and their variance."""

    none: Floats
    mean: Floats
    variance: Floats

    def at_pace(self, pace: Floats, alive: Floats, doubt: Floats) -> "Coming":
        """The same where each buys so many times as fast while it is there, the logarithm of which is that unsure."""
        mean = self.mean * pace
        stays = np.maximum(alive, _TINY)
        idle = np.clip(1.0 - (1.0 - self.none) / stays, 0.0, 1.0) ** pace
        beyond = np.maximum(self.variance - self.mean, 0.0) * pace**2
        return Coming(1.0 - alive + alive * idle, mean, mean + beyond + np.expm1(doubt**2) * mean**2)


def ends(value: Floats, coming: Coming, s: Floats | float) -> Ends:
    """The range of each worth, the worth in it.

    >>> coming = Coming(*np.array([[0.02, 0.5], [4.0, 1.0], [4.0, 2.0]]))
    >>> [end.round().tolist() for end in ends(np.array([100.0, 100.0]), coming, 0.2)]
    [[36.0, 0.0], [202.0, 281.0]]
    """
    some = np.maximum(1.0 - coming.none, _TINY)
    square = (coming.variance + coming.mean**2) * some / np.maximum(coming.mean, _TINY) ** 2
    sigma2 = np.log(np.maximum(square, 1.0)) + np.square(s)
    middle = value / some * np.exp(-sigma2 / 2)
    tail = (1 - COVERAGE) / 2
    from_zero = coming.none >= tail
    above = np.where(from_zero, 2 * tail, tail) / some
    below = (tail - coming.none) / some
    high = np.where(above < 1, middle * np.exp(np.sqrt(sigma2) * ndtri(np.clip(1 - above, _TINY, 1))), 0.0)
    low = np.where(from_zero, 0.0, middle * np.exp(np.sqrt(sigma2) * ndtri(np.clip(below, _TINY, 1))))
    below_value, above_value = np.sort(np.stack([low, high]), axis=0)
    return Ends(np.minimum(below_value, value), np.maximum(above_value, value))


def held(came: Floats, told: Ends) -> Bools:
    """Which of the amounts that came lie in their range."""
    small = 1e-9 * (1.0 + np.abs(told.high))
    return np.asarray((came >= told.low - small) & (came <= told.high + small))


def widening(value: Floats, told: Ends, came: Floats) -> Widening:
    """What must be done to the ranges so that 90 % of what came would have held; nothing where enough did.

    Told by at least 30 customers; a range without width is no guide.

    >>> value, told = np.full(40, 10.0), Ends(np.full(40, 8.0), np.full(40, 12.0))
    >>> widening(value, told, np.linspace(4, 16, 40))
    Widening(by=2.8462, held=0.35)
    """
    if came.size < FEWEST:
        return Widening()
    inside = held(came, told)
    share = float(inside.mean())
    if share >= COVERAGE:
        return Widening(held=share)
    below, above = value - told.low, told.high - value
    half = np.where(came < value, below, above)
    guide = (half > 0) | inside
    far = np.where(inside, 0.0, np.abs(came - value) / np.where(half > 0, half, 1.0))[guide]
    return Widening(max(1.0, round(float(np.quantile(far, COVERAGE, method="higher")), 4)) if far.size else 1.0, share)


def widened(value: Floats, told: Ends, by: Widening) -> Ends:
    """The ranges with their ends moved away; a range that begins at 0 or above stays there."""
    low = value - by.by * (value - told.low)
    return Ends(np.where(told.low >= 0, np.maximum(low, 0.0), low), value + by.by * (told.high - value))


def total(value: Floats, told: Ends, level: float) -> tuple[float, float, float]:
    """The sum and its range: customers vary apart from each other, so squares add; the level is common to all.

    >>> [round(each, 1) for each in total(np.full(4, 100.0), Ends(np.full(4, 50.0), np.full(4, 150.0)), 0.1)]
    [400.0, 280.3, 519.7]
    """
    known = np.isfinite(value)
    whole = float(value[known].sum())
    below, above = ((end[known] - value[known]) for end in told)
    common = (Z90 * level * whole) ** 2
    low, high = (float(np.sqrt((side**2).sum() + common)) for side in (below, above))
    return whole, whole - low, whole + high
