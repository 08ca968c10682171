"""What comes of fixed occasions, tenders or call-offs, on which a customer buys or not: BG/BB, told ahead in time.

A customer's next occasions lie as far apart as its past ones do on average, ``spacing`` days, the first so long after the
last. With ``P(L = l)`` the chance to be there on ``l`` of the ``m`` occasions within the horizon and ``p`` ~ beta(alpha + x,
beta + n - x) its chance to buy on one,

    P(none) = sum_l P(L = l) B(alpha + x, beta + n - x + l)/B(alpha + x, beta + n - x)
    E[Y²] = sum_l P(L = l) (l E[p] + l (l - 1) E[p²])

    alpha 1, beta 1, gamma .5, delta 3; bought on 2 of 4 occasions, the third the last; three to come  →  1.094 purchases

Fader, P. S., Hardie, B. G. S. & Shang, J. (2010). Customer-base analysis in a discrete-time noncontractual setting.
Marketing Science 29(6).
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import betaln

from vitalfew.maths import bg_bb
from vitalfew.maths.arrays import Bools, Floats, Ints, floats
from vitalfew.maths.fits import Fit, Model, values
from vitalfew.maths.value_interval import Coming
from vitalfew.maths.years import MEAN_YEAR

FEWEST: Final = 10
_FEWEST_OCCASIONS: Final = 2
_MOST_AHEAD: Final = 600


class Occasions(NamedTuple):
    """What is known of each customer: occasions, purchases on them, the last bought on, days of the first and last."""

    n: Floats
    x: Floats
    t_x: Floats
    first: Floats
    last: Floats

    @property
    def told(self) -> Bools:
        """Who has had two occasions or more, so that it is known how far apart they lie."""
        return (self.n >= _FEWEST_OCCASIONS) & (self.last > self.first)


class Ahead(NamedTuple):
    """For each customer: chance to be there on the next occasion, purchases to come, and the same discounted."""

    alive: Floats
    coming: Coming
    discounted: Floats


def counted(account: Ints, day: Ints, bought: Bools, accounts: int) -> Occasions:
    """Occasions, in any order, by customer.

    >>> found = counted(np.zeros(4, np.int64), np.array([0, 30, 60, 90]), np.array([True, False, True, False]), 1)
    >>> [float(each[0]) for each in found]
    [4.0, 2.0, 3.0, 0.0, 90.0]
    """
    order = np.lexsort((day, account))
    account, day, bought = account[order], day[order], bought[order]
    n = np.bincount(account, minlength=accounts)
    number = np.arange(account.size) - np.repeat(np.cumsum(n) - n, n) + 1
    t_x = np.zeros(accounts)
    np.maximum.at(t_x, account, np.where(bought, number, 0))
    first, last = np.full(accounts, np.inf), np.full(accounts, -np.inf)
    np.minimum.at(first, account, day)
    np.maximum.at(last, account, day)
    return Occasions(n.astype(np.float64), floats(np.bincount(account, bought, accounts)), t_x, first, last)


def fit(known: Occasions) -> Fit | None:
    """BG/BB fitted to all that have had an occasion; none for fewer than ten customers that can be told."""
    some = known.n > 0
    if known.told.sum() < FEWEST:
        return None
    return bg_bb.fit(known.x[some], known.t_x[some], known.n[some])


def ahead(model: Model, known: Occasions, now: int, horizon: int, rate: float) -> Ahead:
    """What comes within ``horizon`` days, discounted at the yearly ``rate``; NaN for those that cannot be told.

    >>> model = {"alpha": 1, "beta": 1, "gamma": 0.5, "delta": 3}
    >>> known = Occasions(*np.array([[4.0], [2.0], [3.0], [0.0], [90.0]]))
    >>> [float(each[0].round(3)) for each in ahead(model, known, 90, 90, 0.0).coming]
    [0.384, 1.094, 1.1]
    """
    alpha, beta, gamma, delta = values(model, bg_bb.NAMES)
    told = known.told
    n, x, t_x, first, last = (column[told] for column in known)
    alive = bg_bb.p_alive(model, x, t_x, n)
    spacing = (last - first) / (n - 1)
    wait = spacing - np.mod(now - last, spacing)
    up, down = alpha + x, beta + n - x
    buys, twice = up / (up + down), up * (up + 1) / ((up + down) * (up + down + 1))
    none, mean, square, discounted = 1.0 - alive, np.zeros(n.size), np.zeros(n.size), np.zeros(n.size)
    there, most = alive, np.minimum(np.floor((horizon - wait) / spacing) + 1, _MOST_AHEAD)
    for step in range(1, int(most.max(initial=0)) + 1):
        open_ = step <= most
        after = np.exp(betaln(gamma, delta + n + step + 1) - betaln(gamma, delta + n + 1)) * alive
        ends = np.where(step == most, there, np.where(open_, there - after, 0.0))
        none += ends * np.exp(betaln(up, down + step) - betaln(up, down))
        square += ends * (step * buys + step * (step - 1) * twice)
        comes = np.where(open_, there * buys, 0.0)
        mean += comes
        discounted += comes * (1.0 + rate) ** (-(wait + (step - 1) * spacing) / MEAN_YEAR)
        there = after
    none = np.where(most < 1, 1.0, none)
    columns = (_all(told, each) for each in (none, mean, np.maximum(square - mean**2, 0.0)))
    return Ahead(_all(told, alive), Coming(*columns), _all(told, discounted))


def _all(told: Bools, some: Floats) -> Floats:
    answer = np.full(told.size, np.nan)
    answer[told] = some
    return answer
