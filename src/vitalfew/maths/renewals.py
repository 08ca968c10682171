"""What running contracts will pay, by how many of those before were renewed: shifted beta-geometric.

A contract renews once a year. By the renewals that were watched (`contract_periods`: where losses before some day were not
recorded, those before it do not count as survived) the model of `sbg` is fitted; a contract in its n-th year pays ``value`` at
each renewal it survives, the next in ``due`` years, each discounted:

    worth = value  sum_j S(n - 1 + j)/S(n - 1) (1 + rate)^-(due + j - 1)          due + j - 1 <= horizon

    alpha .704, beta 1.182; in its second year, due now, 100 a year, two years at 10 %  →  175.7, from 0 to 273.6

Nothing is told before a contract has ended: how long they last is not known. Fader, P. S. & Hardie, B. G. S. (2010).
Customer-base valuation in a contractual setting. Marketing Science 29(1).
"""

from typing import NamedTuple

import numpy as np

from vitalfew.maths import bdw, sbg
from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.fits import Fit, Model
from vitalfew.maths.renewal_hazard import Renewals, counts


class Contracts(NamedTuple):
    """Contracts: whose, how many years they have run, whether they are over, and what they pay a year."""

    account: Ints
    years: Floats
    over: Bools
    value: Floats


class Worth(NamedTuple):
    """What each customer's running contracts will pay, and its 90 % range; NaN where none runs."""

    value: Floats
    low: Floats
    high: Floats


def fit(known: Renewals) -> Fit | None:
    """The model by the renewals that were watched, and those at which contracts were lost; none without a loss.

    >>> seen = np.array([1, 2, 0])
    >>> fit(Renewals(0 * seen, seen, seen, np.zeros(3, dtype=bool))) is None
    True
    """
    if not known.lost.any():
        return None
    length = int(max(known.seen.max(), known.due.max(), 1))
    return bdw.fit_even(*counts(known, np.ones(known.lost.size), length))


def worth(model: Model, contracts: Contracts, accounts: int, horizon: float, rate: float) -> Worth:
    """What the running ones pay within ``horizon`` years, summed by customer.

    >>> one = Contracts(np.zeros(1, np.int64), np.array([1.0]), np.zeros(1, dtype=bool), np.array([100.0]))
    >>> [float(each[0].round(1)) for each in worth({"alpha": 0.704, "beta": 1.182}, one, 1, 2.0, 0.1)]
    [119.9, 0.0, 173.6]
    """
    runs = np.flatnonzero(~contracts.over & np.isfinite(contracts.value))
    years, place = contracts.years[runs], contracts.account[runs]
    n = np.floor(years) + 1
    paid = sbg.payments_until(model, n, n - years, horizon, rate)
    has = np.bincount(place, minlength=accounts) > 0
    sums = (np.bincount(place, each * contracts.value[runs], accounts) for each in paid)
    return Worth(*(np.where(has, each, np.nan) for each in sums))
