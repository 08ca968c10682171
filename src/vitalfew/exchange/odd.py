"""What is odd about a series of figures, without a database.

    jump      |x − m| > max(5 · 1.4826 · MAD, 0.75 · m, 10)  and  2 |√x − √m| > 5,  m and MAD the median and its deviation of
              the reports before; what goes on so for three reports is a new level, asked about once
    balance   stock₁ = stock₀ − sold + deliveries, within a tolerance of what moved; goods delivered at the border of the
              span may have been counted before or after it

The median and its deviation are moved little by the very figures that are looked for; 1.4826 makes the deviation that of a
normal distribution. What nearly never varies is given three quarters of its median and ten pieces as leeway. Pieces that are
sold one by one vary by chance alone: the root of such a count deviates by about a half, however many are usual, so that five
deviations are asked for; of a product that sells once a week, thirteen are worth a question, seven are not.

Anscombe, F. J. (1948). The transformation of Poisson, binomial and negative-binomial data. Biometrika 35(3/4), 246-254.
Leys, C. et al. (2013). Detecting outliers: do not use standard deviation around the mean, use absolute deviation around the
median. Journal of Experimental Social Psychology 49(4), 764-766.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import median
from typing import Final, TypeVar

T = TypeVar("T")
FEWEST: Final = 8
MOST: Final = 26
DEVIATIONS: Final = 5.0
NORMAL: Final = 1.4826
SHARE: Final = 0.75
PIECES: Final = 10.0
LEVEL: Final = 3
"""So many reports in a row make a new level."""


def jumps(before: Sequence[float], figure: float) -> float | None:
    """The usual figure, where this one lies far from it; None where it does not, or too little is known.

    >>> jumps([10, 12, 9, 11, 10, 12, 10, 11], 120)
    10.5
    >>> jumps([10, 12, 9, 11, 10, 12, 10, 11], 17) is None, jumps([10, 12], 120) is None
    (True, True)
    """
    known = before[-MOST:]
    if len(known) < FEWEST:
        return None
    usual = median(known)
    spread = median(abs(each - usual) for each in known)
    leeway = max(DEVIATIONS * NORMAL * spread, SHARE * abs(usual), PIECES)
    far = abs(figure - usual) > leeway and _beyond_chance(usual, figure)
    return float(usual) if far else None


def _beyond_chance(usual: float, figure: float) -> bool:
    return 2 * abs(sqrt(max(figure, 0.0)) - sqrt(max(usual, 0.0))) > DEVIATIONS


@dataclass
class Course:
    """A series as far as it is read: what is known of it, and what lies far from that on one side, report after report."""

    known: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    above: bool = False

    def next(self, figure: float) -> float | None:
        """The usual figure where this one begins to lie far from it."""
        usual = jumps(self.known, figure)
        if usual is None:
            self.known.append(figure)
            self.beside = []
            return None
        goes_on = bool(self.beside) and self.above == (figure > usual)
        self.above, self.beside = figure > usual, [*self.beside, figure] if goes_on else [figure]
        if len(self.beside) == LEVEL:
            self.known, self.beside = self.beside, []
        return None if goes_on else usual


def asked(series: Iterable[tuple[T, float]]) -> Iterator[tuple[T, float, float]]:
    """The figures that jump, with what was usual; what stays where it jumped to is asked about once.

    >>> usual = [(day, 10.0) for day in range(8)]
    >>> list(asked([*usual, (8, 90.0), (9, 95.0), (10, 88.0), (11, 92.0)]))
    [(8, 90.0, 10.0)]
    """
    course = Course()
    for when, figure in series:
        usual = course.next(figure)
        if usual is not None:
            yield when, figure, usual


def balance(before: float, sold: float, delivered: tuple[float, float], after: float, tolerance: float) -> float | None:
    """By how much the stock lies beside what follows; None where it follows, within the tolerance's share of what moved.

    ``delivered``: at least and at most.

    >>> balance(100, 30, (20, 20), 90, 0.05), balance(100, 30, (20, 20), 60, 0.05), balance(100, 30, (0, 20), 72, 0.05)
    (None, -30, None)
    """
    low, high = (before - sold + each for each in delivered)
    leeway = max(1.0, tolerance * (abs(before) + abs(sold) + delivered[1]))
    beside = after - min(max(after, low), high)
    return beside if abs(beside) > leeway else None
