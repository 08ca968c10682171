"""How long an account has been silent, against its own gaps.

    overdue    P(gap > silence) for a gamma distribution with the mean and variance of the account's own gaps:
               shape k = 1/CV², at most 25: nobody's gaps are taken for more even than a fifth
    left       the chance of having left, by Bayes, if a share ``prior`` leaves and those who left stay silent:
               prior / (prior + (1 - prior) overdue)
    silent     no purchase for twice its own median gap
    declined   fewer than half as many purchases in the last quarter as in the quarter before

    gaps 30 28 33 29, silence 75  →  k = 25, P(gap > 75) < .0001; 75 > 2 × 29.5: silent; prior .05: left with more than .99

The last two are the rules of thumb that a forecast has to beat.
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import gammaincc

from vitalfew.maths.arrays import Bools, Floats, Ints, sorted_within
from vitalfew.maths.purchase_origins import Purchases

QUARTER: Final = 91
FEWEST: Final = 5
_EVEN: Final = 25.0
_TIMES: Final = 2


class Gaps(NamedTuple):
    """One entry an account: purchases, days since the last, and its gaps (NaN where there is none)."""

    purchases: Ints
    silence: Ints
    median: Floats
    mean: Floats
    deviation: Floats


def gaps(account: Ints, day: Ints, now: int) -> Gaps:
    """From purchases sorted by account and day; accounts count from 0, and each has one at least.

    >>> found = gaps(np.zeros(5, np.int64), np.array([0, 30, 58, 91, 120]), 195)
    >>> int(found.silence[0]), float(found.median[0]), float(found.mean[0])
    (75, 29.5, 30.0)
    """
    counts = np.bincount(account)
    last = np.cumsum(counts) - 1
    inner = account[1:] == account[:-1]
    days, row = np.diff(day)[inner], account[1:][inner]
    gap, n = days.astype(np.float64), counts - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(row, gap, counts.size) / n
        square = np.bincount(row, (gap - mean[row]) ** 2, counts.size) / (n - 1)
    return Gaps(counts, now - day[last], _median(days, row, n), mean, np.sqrt(np.where(n > 1, square, np.nan)))


def _median(gap: Ints, row: Ints, n: Ints) -> Floats:
    sorted_ = sorted_within(gap, row)
    start, some = np.cumsum(n) - n, n > 0
    answer = np.full(n.size, np.nan)
    low, high = (start + (n - 1) // 2)[some], (start + n // 2)[some]
    answer[some] = (sorted_[low] + sorted_[high]) / 2
    return answer


def overdue(known: Gaps) -> Floats:
    """The chance of so long a gap or a longer one; NaN below five purchases.

    >>> known = gaps(np.zeros(5, np.int64), np.array([0, 30, 58, 91, 120]), 195)
    >>> bool(overdue(known)[0] < 0.0001)
    True
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.minimum((known.mean / np.maximum(known.deviation, 1e-9)) ** 2, _EVEN)
        tail = gammaincc(shape, shape * known.silence / known.mean)
    return np.where(known.purchases >= FEWEST, tail, np.nan)


def left(tail: Floats, prior: float) -> Floats:
    """The chance of having left, from the chance of so long a gap; the prior's where that is not known.

    >>> left(np.array([1.0, 0.0, 0.05]), 0.05).round(3).tolist()
    [0.05, 1.0, 0.513]
    """
    return np.asarray(prior / (prior + (1 - prior) * np.nan_to_num(tail, nan=1.0)))


def silent(known: Gaps) -> Bools:
    """No purchase for more than twice the account's median gap; never where there is no gap."""
    return np.asarray(known.silence > _TIMES * np.nan_to_num(known.median, nan=np.inf))


def declined(account: Ints, day: Ints, now: int) -> Bools:
    """Fewer than half as many purchases in the last quarter as in the quarter before.

    >>> declined(np.zeros(4, np.int64), np.array([10, 40, 80, 150]), 200).tolist()
    [False]
    """
    size = int(account.max()) + 1
    late = np.bincount(account[day > now - QUARTER], minlength=size)
    before = np.bincount(account[(day > now - 2 * QUARTER) & (day <= now - QUARTER)], minlength=size)
    return np.asarray(_TIMES * late < before)


def rules(bought: Purchases, now: int) -> tuple[Bools, Bools]:
    """Whether each account known is silent for twice its median gap, and whether it declined."""
    account = np.unique(bought.account, return_inverse=True)[1]
    return silent(gaps(account, bought.day, now)), declined(account, bought.day, now)


def loss_rates(flag: Bools, lost: Floats) -> Floats:
    """The share lost without and with the flag, one of each kind added.

    >>> loss_rates(np.array([False, False, True]), np.array([0.0, 0.0, 1.0])).round(3).tolist()
    [0.25, 0.667]
    """
    return np.array([(lost[flag == is_].sum() + 1) / ((flag == is_).sum() + 2) for is_ in (False, True)])
