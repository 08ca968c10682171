"""How spending should be balanced between winning customers and keeping them.

Both answer to money with falling returns, towards a ceiling that no money lifts:

    a(A) = ca (1 − exp(−k1 A))        share of prospects won, A spent on each prospect
    r(R) = cr (1 − exp(−k2 R))        share of customers kept a period, R spent on each customer there is

so that what is spent today, what it brings and the ceiling set ``k = −ln(1 − rate/ceiling)/spend``. With margin ``m`` a period
and discount rate ``d``, q = r/(1 + d) being the share kept as it is worth a period earlier, a prospect is worth

    a m − A + a (m − R/r) q/(1 − q)        =  a V − A,     V = m + (m r − R)/(1 + d − r)

V has one top in R, where ``dr/dR · (m (1 + d) − R) = 1 + d − r(R)``; then ``A = ln(ca k1 V)/k1``, or
nothing is spent where that is below zero.

    of each prospect 5 is spent, 15 % are won, at most 40 %   →   k1 .094

The ceilings are judgements of people. Do not use it where winning or keeping has hardly been tried at other spending.

Blattberg, R. C. & Deighton, J. (1996). Manage marketing by the customer equity test. Harvard Business Review 74(4).
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from vitalfew.maths.arrays import Floats

_HALVINGS: Final = 200


class Answer(NamedTuple):
    """How a share answers to spending: its ceiling, and how fast it comes near it."""

    ceiling: float
    speed: float

    def share(self, spend: ArrayLike) -> Floats:
        return np.asarray(-self.ceiling * np.expm1(-self.speed * np.asarray(spend, dtype=np.float64)))

    def slope(self, spend: float) -> float:
        return self.ceiling * self.speed * float(np.exp(-self.speed * spend))


class Balance(NamedTuple):
    """Spending on a prospect and on a customer, the shares won and kept, what a customer won and a prospect are worth."""

    winning: float
    keeping: float
    won: float
    kept: float
    customer: float
    prospect: float


def answering(share: float, ceiling: float, spend: float) -> Answer:
    """The answer through what ``spend`` brings today; refuses (``ValueError``) a share not between 0 and its ceiling.

    >>> round(answering(0.15, 0.40, 5.0).speed, 6)
    0.094001
    """
    if not (0 < share < ceiling <= 1 and spend > 0):
        raise ValueError("a share lies between 0 and its ceiling, and something is spent for it")
    return Answer(ceiling, float(-np.log1p(-share / ceiling) / spend))


def balance(winning: float, keeping: float, won: Answer, kept: Answer, margin: float, rate: float) -> Balance:  # noqa: PLR0917  (two of spending, two of answers, two of worth)
    """What comes of so much spent on each prospect and each customer; money in, the same money out.

    >>> won, kept = answering(0.15, 0.40, 5.0), answering(0.7, 0.9, 20.0)
    >>> round(balance(5.0, 20.0, won, kept, 100.0, 0.1).prospect, 2)
    28.75
    """
    a, r = float(won.share(winning)), float(kept.share(keeping))
    customer = margin + (margin * r - keeping) / (1 + rate - r)
    return Balance(winning, keeping, a, r, customer, a * customer - winning)


def best(won: Answer, kept: Answer, margin: float, rate: float) -> Balance:
    """The spending at which a prospect is worth most.

    >>> found = best(answering(0.15, 0.40, 5.0), answering(0.7, 0.9, 20.0), 100.0, 0.1)
    >>> round(found.winning, 2), round(found.keeping, 2), round(found.prospect, 2)
    (25.28, 39.42, 78.64)
    """
    keeping = _keeping(kept, margin, rate)
    customer = balance(0.0, keeping, won, kept, margin, rate).customer
    drive = won.ceiling * won.speed * customer
    winning = float(np.log(drive)) / won.speed if drive > 1 else 0.0
    return balance(winning, keeping, won, kept, margin, rate)


def _keeping(kept: Answer, margin: float, rate: float) -> float:
    """Halving where the condition, which falls up to ``m (1 + d)``, changes its sign."""
    low, high = 0.0, max(margin * (1 + rate), 0.0)

    def rising(spend: float) -> bool:
        return kept.slope(spend) * (margin * (1 + rate) - spend) > 1 + rate - float(kept.share(spend))

    if not rising(low):
        return 0.0
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) else (low, middle)
    return (low + high) / 2
