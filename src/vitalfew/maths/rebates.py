"""Rebates in steps: what an amount earns, how far the next step is, and how much more must be sold to pay for it.

    on the whole amount     R = r_k A           for t_k <= A < t_(k+1)
    on the excess           R = sum_k r_k (min(A, t_(k+1)) − t_k)+
    break-even              u = R / ((m − r) A)     m the margin of a sale, r the rate its last step earns

Below ``floor``, such as last year's amount with a growth target, nothing is earned.

    steps 100 and 200, rates 1 % and 2 %, margin 25 %: 190  →  R 1.90, 10 short of 200, where R is 4; u = .01/.24 = 4.2 %

Nagle, T. T. (1987). The Strategy and Tactics of Pricing. Prentice-Hall (break-even sales change: d/(m − d)).
"""

from dataclasses import dataclass

import numpy as np

from vitalfew.maths.arrays import Floats, floats


@dataclass(frozen=True)
class Steps:
    """Thresholds, ascending, and the rate from each on; ``whole``: on the whole amount, else on what lies above."""

    thresholds: Floats
    rates: Floats
    whole: bool = True

    def rate(self, amount: Floats, floor: Floats) -> Floats:
        """What one more unit earns; nothing below the first step or the floor.

        >>> Steps(np.array([100.0, 200]), np.array([0.01, 0.02])).rate(np.array([99.0, 190, 200]), np.zeros(3)).tolist()
        [0.0, 0.01, 0.02]
        """
        step = np.searchsorted(self.thresholds, amount, side="right")
        return floats(np.where(amount >= floor, np.append(0.0, self.rates)[step], 0.0))

    def rebate(self, amount: Floats, floor: Floats) -> Floats:
        """What is paid for the amount.

        >>> steps, none = Steps(np.array([100.0, 200]), np.array([0.01, 0.02])), np.zeros(2)
        >>> steps.rebate(np.array([190.0, 200]), none).round(6).tolist()
        [1.9, 4.0]
        >>> Steps(steps.thresholds, steps.rates, whole=False).rebate(np.array([190.0, 300]), none).round(6).tolist()
        [0.9, 3.0]
        """
        if self.whole:
            return floats(self.rate(amount, floor) * np.maximum(amount, 0))
        ends = np.append(self.thresholds[1:], np.inf)
        inside = [
            rate * np.clip(amount - start, 0, end - start)
            for start, end, rate in zip(self.thresholds, ends, self.rates, strict=True)
        ]
        return floats(np.where(amount >= floor, np.sum(inside, axis=0), 0.0))

    def following(self, amount: Floats, floor: Floats) -> Floats:
        """The amount from which more is earned: the next step, or the floor where that is missing; NaN at the top.

        >>> steps = Steps(np.array([100.0, 200]), np.array([0.01, 0.02]))
        >>> steps.following(np.array([90.0, 190, 190, 250]), np.array([0.0, 0, 195, 0])).tolist()
        [100.0, 200.0, 195.0, nan]
        """
        following = np.append(self.thresholds, np.nan)[np.searchsorted(self.thresholds, amount, side="right")]
        return floats(np.where(amount < floor, np.maximum(floor, self.thresholds[0]), following))


def break_even(rebate: Floats, amount: Floats, margin: Floats, rate: Floats) -> Floats:
    """By which share the amount must grow for its margin to pay the rebate; NaN where it never does, or nothing is known.

    >>> break_even(np.array([1.9, 5.0]), np.array([190.0, 100]), np.array([0.25, 0.05]), np.array([0.01, 0.05])).round(4).tolist()
    [0.0417, nan]
    """
    left = (margin - rate) * amount
    with np.errstate(divide="ignore", invalid="ignore"):
        return floats(np.where(left > 0, rebate / left, np.nan))
