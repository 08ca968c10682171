"""What was known of each account on a day in the past, for forecasts that are learned from several such days.

An origin is a day; nothing after it is looked at. Each account is told there by the purchase process (fitted to what was
known then) and by five facts that processes of random buying leave out:

    months       ln of the distinct 30-day spells with purchases       clump   ln of purchases in each of these
    spend        ln of the mean amount of a purchase                   lines   ln of the mean number of its lines
    last year    ln(1 + purchases in the same days of the year before)

Accounts met in the book's first sixty days are older than the book shows: where there are a hundred on either side, the
process is fitted to them and to those who came later apart.

    first purchase on day 0, others on 10 and 100; origin 120, 30-day spells  →  months ln 2, clump ln 1.5

Fader, P. S. & Hardie, B. G. S. (2007). Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.special import logit

from vitalfew.maths import beta_geometric, bg_cnbd_k, pareto_nbd
from vitalfew.maths import beta_geometric_forecast as forecast
from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.beta_geometric import Kind
from vitalfew.maths.beta_geometric_counts import purchases_at_least
from vitalfew.maths.fits import Model, fit_histories
from vitalfew.maths.histories import histories, seen
from vitalfew.maths.operational_time import Clock
from vitalfew.maths.pareto_nbd_likelihood import NAMES, mean_log_likelihood
from vitalfew.maths.regularity import wheat_morrison
from vitalfew.maths.years import YEAR

WEEK: Final = 7.0
SPELL: Final = 30
FIRST_SEEN: Final = 60
APART_FROM: Final = 100
AT_RANDOM: Final = 1
_LEAST: Final = 1e-4
_SURE: Final = 0.005
_FEWEST_PAIRS: Final = 30
_MOST_EVEN: Final = 12
_START: Final = ((0.6, 0.6, 0.6, 1.0),)
FACTS: Final = ("months", "clump", "spend", "lines", "last year")


@dataclass(frozen=True)
class Purchases:
    """Purchases sorted by account and day: one entry each. ``account`` counts from 0, without gaps."""

    account: Ints
    day: Ints
    amount: Floats
    lines: Floats

    @property
    def accounts(self) -> int:
        return int(self.account[-1]) + 1 if self.account.size else 0

    @property
    def start(self) -> int:
        return int(self.day.min())

    def until(self, day: int) -> "Purchases":
        return self.where(self.day <= day)

    def where(self, chosen: Bools) -> "Purchases":
        return Purchases(self.account[chosen], self.day[chosen], self.amount[chosen], self.lines[chosen])

    def counts(self, accounts: int, after: int, until: int) -> Ints:
        """How many purchases each account made after one day, up to and with another."""
        return np.bincount(self.account[(self.day > after) & (self.day <= until)], minlength=accounts)


class Process(NamedTuple):
    """What the purchase process says of accounts: chance of any purchase, expected purchases, chance of being there."""

    any: Floats
    mean: Floats
    alive: Floats


@dataclass(frozen=True)
class Origin:
    """The accounts known on a day, what the process says of them and the facts beside it."""

    day: int
    known: Ints
    process: Process
    facts: Floats


class History(NamedTuple):
    """Frequency, recency and age, in operational weeks."""

    x: Floats
    recency: Floats
    age: Floats


def history(bought: Purchases, clock: Clock, now: int) -> tuple[Ints, History, Ints]:
    """The accounts known, their histories, and the day of their first purchase."""
    begins = np.flatnonzero(np.concatenate([[True], bought.account[1:] != bought.account[:-1]]))
    counts = np.diff(np.append(begins, bought.account.size))
    time = clock.at(bought.day) / WEEK
    start = time[begins]
    told = History(counts - 1.0, time[begins + counts - 1] - start, clock.at(now) / WEEK - start)
    return bought.account[begins], told, bought.day[begins]


def evenness(bought: Purchases) -> int:
    """The order of even buying from each account's two latest waits, 1 (at random) to 12."""
    gap, inner = np.diff(bought.day).astype(np.float64), bought.account[1:] == bought.account[:-1]
    third = np.flatnonzero(inner[1:] & inner[:-1])
    last = third[np.append(bought.account[third + 2][1:] != bought.account[third + 2][:-1], True)[: third.size]]
    if last.size < _FEWEST_PAIRS:
        return AT_RANDOM
    found = wheat_morrison(gap[last + 1], gap[last])
    return AT_RANDOM if found is None else int(np.clip(round(found), AT_RANDOM, _MOST_EVEN))


def process(known: History, order: int, horizon: float) -> Process:
    """The process fitted to these histories, and what it says of the next ``horizon`` operational weeks.

    Pareto/NBD for buying at random, MBG/CNBD-k of that order for even buying.
    """
    kept = histories(*known)
    if order == AT_RANDOM:
        fitted: Model = fit_histories(kept, mean_log_likelihood, NAMES, _START)
        tails = pareto_nbd.purchases_at_least(fitted, horizon, *known)
        module: Any = pareto_nbd
    else:
        kind = Kind(order, 1)
        fitted = {**beta_geometric.fit(kept, kind).parameters, "k": order}
        tails = purchases_at_least(forecast.shape_of(fitted), kind, horizon, seen(*known))
        module = bg_cnbd_k
    next(tails)
    expected, alive = module.expected_purchases(fitted, horizon, *known), module.p_alive(fitted, *known)
    return Process(np.clip(next(tails), _SURE, 1 - _SURE), np.maximum(expected, _LEAST), alive)


def apart(known: History, old: Bools, order: int, horizon: float) -> Process:
    """The process of accounts met at the start of the book and of later ones, each fitted alone where there are enough."""
    if min(old.sum(), (~old).sum()) < APART_FROM:
        return process(known, order, horizon)
    answer = Process(*np.empty((3, old.size)))
    for part in (old, ~old):
        found = process(History(*(column[part] for column in known)), order, horizon)
        for column, values in zip(answer, found, strict=True):
            column[part] = values
    return answer


def origin(bought: Purchases, clock: Clock, day: int, horizon: int, order: int) -> Origin:
    """All that was known on ``day`` about the ``horizon`` days after it."""
    until = bought.until(day)
    known, histories_, first = history(until, clock, day)
    ahead = float(clock.at(day + horizon) - clock.at(day)) / WEEK
    old = first <= bought.start + FIRST_SEEN
    said = apart(histories_, old, order, ahead)
    return Origin(day, known, said, _facts(until, known, day, horizon, logit(said.any)))


def _facts(bought: Purchases, known: Ints, day: int, horizon: int, said: Floats) -> Floats:
    """The six facts of each known account, each less its mean over the accounts."""
    size = int(known[-1]) + 1
    n = np.bincount(bought.account, minlength=size)[known]
    spell = (bought.day - bought.start) // SPELL
    new = np.concatenate([[True], (bought.account[1:] != bought.account[:-1]) | (spell[1:] != spell[:-1])])
    months = np.bincount(bought.account[new], minlength=size)[known]
    amount, lines = (np.bincount(bought.account, each, size)[known] / n for each in (bought.amount, bought.lines))
    usual = max(float(np.maximum(amount, 0).mean()), _LEAST)
    last_year = bought.counts(size, day - YEAR, day - YEAR + horizon)[known]
    facts = np.column_stack(
        [
            np.log(months),
            np.log(n / months),
            np.log(np.maximum(amount, 0) / usual + 0.01),
            np.log1p(lines),
            np.log1p(last_year),
            said,
        ]
    )
    return np.asarray(facts - facts.mean(axis=0))
