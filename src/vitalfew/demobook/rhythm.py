"""When accounts order: for each account and day, how likely an order is compared with the account's own usual day.

The factors multiply: working days, trend, the kind of cooperation (phases, seasons, a late start), and, in the
actual course of things, the causes of loss and the campaign. The season of the goods comes on top, month by month,
because its strength is set by ``calibration``. Order days then are the arrivals of an Erlang renewal process whose
clock runs at this speed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vitalfew.demobook.arrays import Chance, Ints, Reals
from vitalfew.demobook.days import Period, working
from vitalfew.demobook.habits import DEVELOPING, ONE_OFF, PHASED, SEASONAL, Habits
from vitalfew.maths.years import YEAR

_SUMMER_PEAK, _WINTER_PEAK = 140, 305
_HALF_SEASON: Final = 48
_COOLING: Final = 1
_ON, _OFF = (90, 200), (200, 330)
_MID_YEAR_SHIFT: Final = 182


@dataclass(frozen=True, eq=False)
class Rhythm:
    """Accounts × days from the first day of the book to a year after its end: how it would go if nobody left."""

    days: Ints
    usual: Reals


def rhythm(rng: Chance, period: Period, habits: Habits) -> Rhythm:
    days = np.arange(period.start, period.end + YEAR + 1)
    usual = working(days) * _trend(period, habits, days) * _presence(rng, habits, days)
    usual[habits.kind == ONE_OFF] = 0
    return Rhythm(days, usual)


def _trend(period: Period, habits: Habits, days: Ints) -> Reals:
    """Exponential growth, centred on the middle of the time an account is with us; frozen at the end of the book."""
    centre = (np.maximum(habits.starts_on, period.start) + period.end) / 2
    years = (np.minimum(days, period.end) - centre[:, None]) / YEAR
    trend: Reals = np.exp(habits.growth[:, None] * years)
    return trend


def _presence(rng: Chance, habits: Habits, days: Ints) -> Reals:
    present = (days >= habits.starts_on[:, None]).astype(np.float64)
    for account in np.flatnonzero(habits.kind == PHASED):
        present[account] *= _phases(rng, days) * 2.2
    for account in np.flatnonzero(habits.kind == SEASONAL):
        peak = _SUMMER_PEAK if habits.profile[account] == _COOLING else _WINTER_PEAK
        present[account] *= _season_window(days, peak + int(rng.integers(-12, 13))) * 3.0
    ramp = np.clip((days - habits.starts_on[:, None]) / (YEAR / 2), 0.4, 1)
    return np.where((habits.kind == DEVELOPING)[:, None], present * ramp, present)


def _phases(rng: Chance, days: Ints) -> Reals:
    """Some months of buying, then more than half a year of nothing, again and again."""
    on = np.zeros(len(days))
    at = -int(rng.integers(0, 150))
    while at < len(days):
        stop = at + int(rng.integers(*_ON))
        on[max(at, 0) : max(stop, 0)] = 1
        at = stop + int(rng.integers(*_OFF))
    return on


def _season_window(days: Ints, peak: int) -> Reals:
    """Open for a good three months around the same day of every year."""
    first = days.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    distance = (days - first - peak + _MID_YEAR_SHIFT) % YEAR - _MID_YEAR_SHIFT
    window: Reals = (np.abs(distance) <= _HALF_SEASON).astype(np.float64)
    return window


def order_days(rng: Chance, speed: Reals, shape: Ints) -> tuple[Ints, Ints]:
    """Account and place of the day of each order, when the accounts' clocks run at ``speed`` orders a day."""
    clocks = np.cumsum(speed, axis=1)
    accounts, places = [], []
    for account, clock in enumerate(clocks):
        due = _arrivals(rng, clock[-1], int(shape[account]))
        places.append(np.searchsorted(clock, due))
        accounts.append(np.full(len(due), account))
    return np.concatenate(accounts), np.concatenate(places)


def _arrivals(rng: Chance, until: float, shape: int) -> Reals:
    """Erlang gaps of mean 1, seen from a random moment: the gap one falls into is a longer one, and partly over."""
    count = int(until + 8 * np.sqrt(until) + 8)
    gaps = rng.standard_gamma(shape, count) / shape
    gaps[0] = rng.random() * rng.standard_gamma(shape + 1) / shape
    due = np.cumsum(gaps)
    return due[due < until]
