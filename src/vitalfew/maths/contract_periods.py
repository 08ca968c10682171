"""Which renewals of each contract were watched, from the days on which it began and ended.

A contract begun on a day comes to a renewal every ``months``, on the same day of the month or its last one. One that ended
was lost at the renewal nearest to its end, at the first at the earliest; one that runs has survived those that are over.

Books often know lost contracts only from some day on, while those that run are all there. That day is taken to lie as long
before the first recorded loss as the longest time between two of them, at most a period, and a period if all are of one day. If
``B`` renewals had passed by then, ``A`` after it, and all ``D`` losses are among the latter, chance does that with
``(A/(A + B))^D``; where that is below 1 %, only the ``A`` are counted as watched.

    three renewals watched, 60 before, 2 losses   →   (3/63)² = .002: contracts lost before were not recorded
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.renewal_hazard import Renewals
from vitalfew.maths.years import MEAN_YEAR

_UNLIKELY: Final = 0.01
_YEAR_MONTHS: Final = 12


class Watched(NamedTuple):
    """The renewals watched, and since which day if losses before it seem not to be recorded."""

    renewals: Renewals
    since: int | None


def passed(start: Ints, until: Ints | int, months: int) -> Ints:
    """How many renewals of contracts begun on ``start`` are over at the end of the day ``until``.

    >>> begun = np.array(["2024-01-31", "2024-03-01"], "M8[D]").astype(np.int64)
    >>> passed(begun, int(np.datetime64("2025-02-28", "D").astype(np.int64)), 1).tolist()
    [13, 11]
    """
    month, day = _split(start)
    month_now, day_now = _split(np.broadcast_to(np.asarray(until, dtype=np.int64), start.shape))
    early = day_now < np.minimum(day, _length(month_now))
    return np.asarray(np.maximum((month_now - month - early) // months, 0))


def renewal_day(start: Ints, number: Ints, months: int) -> Ints:
    """The day of each contract's ``number``-th renewal.

    >>> str(renewal_day(np.array(["2024-01-31"], "M8[D]").astype(np.int64), np.array([1]), 1).astype("M8[D]")[0])
    '2024-02-29'
    """
    month, day = _split(start)
    then = month + number * months
    return np.asarray(_first(then) + np.minimum(day, _length(then)) - 1)


def watched(start: Ints, end: Ints, lost: Bools, now: int, months: int) -> Watched:
    """The renewals of contracts that ended on ``end``, or run where they are not ``lost``."""
    period = _days(months)
    over = passed(start, now, months)
    at_end = np.maximum(np.rint((end - start) / period), 1).astype(np.int64)
    seen = np.where(lost, at_end, over)
    due = np.maximum(over, seen)
    since, first = _unwatched(start, end, lost, seen, months)
    before, after = float(first.sum()), float((seen - first).sum())
    if before and (after / (after + before)) ** float(lost.sum()) < _UNLIKELY:
        return Watched(Renewals(first, seen, due, lost), since)
    return Watched(Renewals(np.zeros_like(seen), seen, due, lost), None)


def _unwatched(start: Ints, end: Ints, lost: Bools, seen: Ints, months: int) -> tuple[int, Ints]:
    """Since which day losses may be recorded, and how many renewals of each contract were over by then.

    Where all were lost on one day, as in a snapshot, each contract was watched for the period before it.
    """
    period, ends = _days(months), np.unique(end[lost])
    if ends.size > 1:
        since = int(ends[0] - min(np.diff(ends).max(), period))
        return since, np.minimum(passed(start, since, months), seen - lost)
    since = int(np.floor(ends.min(initial=end.max(initial=0)) - period))
    inside = np.rint((end - np.maximum(start, since)) / period)
    return since, np.maximum(seen - np.maximum(inside, lost).astype(np.int64), 0)


def _days(months: int) -> float:
    return months * MEAN_YEAR / _YEAR_MONTHS


class LeastRisk(NamedTuple):
    """By account: whether a contract runs, the chance to lose it and its ends, money at stake."""

    runs: Bools
    chance: Floats
    low: Floats
    high: Floats
    money: Floats


def least_risk(account: Ints, due: Bools, chance: Sequence[Floats], money: Floats, accounts: int) -> LeastRisk:
    """Accounts by their running contracts: one is lost only with the contract that is least at risk.

    ``chance`` holds the chance and its two ends. A contract that is not due binds its account: the chance is nil. Money
    adds, what is not known counts nothing; contracts of no account (-1) are left out.

    >>> p = np.array([0.5, 0.2])
    >>> found = least_risk(np.array([0, 0]), np.array([True, True]), (p, p / 2, 2 * p), np.array([50.0, 20.0]), 2)
    >>> found.chance.tolist(), found.money.tolist()
    ([0.2, 0.0], [70.0, 0.0])
    """
    known = account >= 0
    of = np.array([np.where(due, each, 0.0)[known] for each in chance])
    ours = account[known]
    order = np.lexsort((of[0], ours))
    runs, first = np.unique(ours[order], return_index=True)
    least = np.zeros((3, accounts))
    least[:, runs] = of[:, order[first]]
    sums = np.bincount(ours, np.where(due, np.nan_to_num(money), 0.0)[known], accounts)
    low, high = least[1], least[2]
    return LeastRisk(np.bincount(ours, minlength=accounts) > 0, least[0], low, high, np.asarray(sums, dtype=np.float64))


def _split(day: Ints) -> tuple[Ints, Ints]:
    """The month since 1970 and the day of the month."""
    month = day.astype("M8[D]").astype("M8[M]").astype(np.int64)
    return month, day - _first(month) + 1


def _first(month: Ints) -> Ints:
    return month.astype("M8[M]").astype("M8[D]").astype(np.int64)


def _length(month: Ints) -> Ints:
    return _first(month + 1) - _first(month)
