"""What customers' purchases were worth as told on a day, today or earlier, and how far it may be trusted.

On an earlier day only what had been bought by then is looked at, but for how even buying is. The processes measure time
by the book's clock, which runs faster in its high season (`operational_time`). Up to three earlier days, a horizon or a
third of the book apart, tell three things. Even buying fits most books better, for few buy twice in a week, and yet may
tell worse who buys again: it stands only if it told that better (Brier score) than the best process of buying at random.
The counts that came say how fast purchases fade (`pace`). And, in net sales, what came of what was told: `trust` widens
the ranges where too few held, and says by how much the level of all together was off,

    level² = mean over the days of  max(0, ln(came / told)² - s²)       s the spread of the sum if customers vary apart

    told 100, came 120 and 90 on two days, s 0  →  level .149

A process that lets customers leave for good knows no pauses: of who was silent too long it says that nothing will come, and a
range of nought cannot be widened. What those brought that it had given up on earlier days, as a share of what they would have
brought at their usual rate, shows how far to trust that: the share below which nine in ten of them stayed (conformal prediction)
is the upper end of those given up today. Who buys in season but had no year behind it then is no guide to a day on which it has.

    ten given up, one came back at .4 of its usual rate, another at .2  →  up to .4 of what they would bring at their usual rate

Tashman, L. J. (2000). Out-of-sample tests of forecasting accuracy. IJF 16(4) (rolling origin).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths import pace
from vitalfew.maths.arrays import Bools, Floats, Ints, floats
from vitalfew.maths.brier import brier
from vitalfew.maths.buying import PROCESSES, Known, best, best_at_random, candidates, chance_of_any, fit, order
from vitalfew.maths.fits import Fit
from vitalfew.maths.intervals import Z90
from vitalfew.maths.operational_time import Clock, clock
from vitalfew.maths.pace import Lesson, Repeats
from vitalfew.maths.purchase_origins import FIRST_SEEN, Purchases
from vitalfew.maths.staying import book_season
from vitalfew.maths.value_interval import COVERAGE, Ends, Widening, total, widening
from vitalfew.maths.worth import FEWEST, Asked, History, Season, Told, at_pace, out_of_season, tell

_ORIGINS: Final = 3
_SAMPLE: Final = 20_000
_SHORTEST: Final = 28
_MONTHS: Final = 12


@dataclass(frozen=True)
class Bought:
    """All purchases, customers counted from 0 without gaps, and which of the customers buy in season."""

    purchases: Purchases
    in_season: Bools

    def until(self, day: int) -> "Bought":
        """What had been bought by then, by those who had, counted anew."""
        return self._where(self.purchases.day <= day)

    def sample(self) -> "Bought":
        """Every so-many-th customer, where there are very many."""
        step = -(-self.in_season.size // _SAMPLE)
        return self if step == 1 else self._where(self.purchases.account % step == 0)

    def seasonal(self) -> Season | None:
        """Those who buy in season and their purchases; none where nobody does."""
        if not self.in_season.any():
            return None
        return Season(self.in_season, self._where(self.in_season[self.purchases.account]).purchases)

    def within(self, after: int, days: int) -> tuple[Floats, Floats]:
        """How many purchases each made in the days after that day, and what they brought."""
        size, day = self.in_season.size, self.purchases.day
        part = self.purchases.where((day > after) & (day <= after + days))
        counts, brought = np.bincount(part.account, minlength=size), np.bincount(part.account, part.amount, size)
        return counts.astype(np.float64), np.asarray(brought)

    def known(self, day: int) -> Ints:
        """Which customers had bought by then."""
        return np.unique(self.purchases.account[self.purchases.day <= day])

    def _where(self, chosen: Bools) -> "Bought":
        part = self.purchases.where(chosen)
        first = _firsts(part)
        return Bought(replace(part, account=np.cumsum(first) - 1), self.in_season[part.account[first]])


class Past(NamedTuple):
    """An earlier day: what was told then, how many purchases came after it, and what they brought."""

    told: Told
    counts: Floats
    came: Floats


class Trust(NamedTuple):
    """By what ranges are widened, the level's standard error as a share, the days it was told by; who was thought lost then.

    ``back`` of ``lost`` customers of whom nothing was to come bought again; ``again`` is the share of their usual worth that
    nine in ten of those did not exceed.
    """

    by: Widening = Widening()
    level: float = 0.0
    days: int = 0
    lost: int = 0
    back: int = 0
    again: float = 0.0


def told_on(bought: Bought, day: int, asked: Asked, *, by_season: bool) -> Told:
    """What would have been said on that day; ``by_season`` measures time by the book's clock."""
    known = bought.until(day)
    return tell(history(known.purchases, day, asked, by_season=by_season), known.seasonal(), day, asked)


def history(bought: Purchases, day: int, asked: Asked, *, by_season: bool) -> History:
    """Repeat purchases, their times and amounts of each customer up to that day."""
    time = _clock(bought, day, asked.days, by_season=by_season)
    at, now = floats(time.at(bought.day) / asked.unit), float(time.at(day)) / asked.unit
    span = float(time.at(day + asked.days)) / asked.unit - now if by_season else asked.span
    first = _firsts(bought)
    again, begins = ~first, np.flatnonzero(first)
    ends = np.append(begins[1:], at.size) - 1
    x = floats(np.bincount(bought.account) - 1.0)
    gap = np.where(first, 1.0, np.diff(at, prepend=at[:1] - 1.0))
    logs = floats(np.bincount(bought.account, np.log(gap)))
    spent = np.bincount(bought.account[again], bought.amount[again], begins.size) / np.maximum(x, 1.0)
    known = Known(x, at[ends] - at[begins], now - at[begins], logs)
    plain = bought.day[begins]
    calendar = ((bought.day[ends] - plain) / asked.unit, (day - plain) / asked.unit)
    old = plain <= bought.start + FIRST_SEEN if by_season else None
    repeats = Repeats(bought.account[again], now - at[again])
    return History(known, span, repeats, spent, old=old, calendar=calendar)


def choose(bought: Bought, known: History, now: int, asked: Asked) -> tuple[Asked, dict[str, Fit]]:
    """The question with the best process, and all fits; even buying only where it told earlier days better than the others."""
    fits = candidates(out_of_season(known.known, bought.in_season))
    even, random = (replace(asked, model=name, order=order(fits[name])) for name in (best(fits), best_at_random(fits)))
    if not PROCESSES[even.model].even:
        return even, fits
    length, days = _days(bought.purchases, asked.days, now)
    some = bought.sample()
    off, rival = (sum(_missed(some, day, length, each) for day in days) for each in (even, random))
    return (even if not days or off < rival else random), fits


def _missed(bought: Bought, day: int, length: int, asked: Asked) -> float:
    """The Brier score of who buys again within that time, of those who don't buy in season."""
    known = bought.until(day)
    if known.in_season.size < FEWEST:
        return 0.0
    then = replace(asked, span=length / asked.unit)
    seen = history(known.purchases, day, then, by_season=True)
    came = bought.within(day, length)[0][bought.known(day)] > 0
    rest = ~known.in_season
    found = fit(asked.model, out_of_season(seen.known, known.in_season), asked.order)
    chance = chance_of_any(asked.model, found, seen.known, seen.span)
    return brier(chance[rest], came[rest].astype(np.float64))


def look_back(bought: Bought, told: Told, now: int, *, by_season: bool) -> list[Past]:
    """What the same model would have told on earlier days, undiscounted and in net sales, and what came."""
    length, days = _days(bought.purchases, told.asked.days, now)
    asked = replace(told.asked, span=length / told.asked.unit, discount_rate=0.0)
    some, past = bought.sample(), []
    for day in days:
        known = some.known(day)
        if known.size >= FEWEST:
            then = told_on(some, day, asked, by_season=by_season)
            past.append(Past(then, *(each[known] for each in some.within(day, length))))
    return past


def learned_pace(past: Sequence[Past], year: float) -> tuple[float, dict[float, float]]:
    """How much of a purchase's weight counts a year later, by the earlier days; those who buy in season are no guide."""
    return pace.kept([lesson for each in past if (lesson := _lesson(each)) is not None], year)


def trust(past: Sequence[Past], kept: float) -> Trust:
    """How far what is told at that pace may be trusted, by earlier days."""
    if not past or past[0].told.amounts.spend is None:
        return Trust(days=len(past))
    lost, back = np.sum([returned(each) for each in past], axis=0)
    paced = [Past(at_pace(told, kept), counts, came) for told, counts, came in past]
    guides = [~told.unseasoned for told, _counts, _came in paced]
    value, low, high, came = (
        np.concatenate([each[guide] for each, guide in zip(column, guides, strict=True)])
        for column in zip(*((told.value, *told.ends, came) for told, _counts, came in paced), strict=True)
    )
    by = widening(value, Ends(low, high), came)
    return Trust(
        by,
        float(np.sqrt(np.mean([_off(told, came) for told, _counts, came in paced]))),
        len(paced),
        int(lost),
        int(back),
        came_again(paced),
    )


def returned(past: Past) -> tuple[int, int]:
    """How many were thought lost, and how many of them came back."""
    lost = past.told.lost
    return int(lost.sum()), int((lost & (past.counts > 0)).sum())


def came_again(past: Sequence[Past]) -> float:
    """The share of their usual worth that nine in ten of those given up did not exceed, one more counted as the most."""
    shares = np.sort(np.concatenate([_share(each) for each in past]))
    place = int(np.ceil(COVERAGE * (shares.size + 1))) - 1
    return float(shares[min(place, shares.size - 1)]) if shares.size else 0.0


def _share(past: Past) -> Floats:
    lost, worth = past.told.lost, past.told.as_ever
    some = lost & (worth > 0)
    return np.maximum(past.came[some], 0.0) / worth[some]


def _days(bought: Purchases, horizon: int, now: int) -> tuple[int, list[int]]:
    """How long each earlier day is given, and the days, each with at least as long a past; the latest first."""
    book = now - bought.start
    length = max(min(horizon, book // 3), _SHORTEST)
    return length, [now - n * length for n in range(1, _ORIGINS + 1) if book - n * length >= length]


def _lesson(past: Past) -> Lesson | None:
    history = past.told.history
    if history.repeats is None:
        return None
    counts = np.where(past.told.own | past.told.unseasoned, 0.0, past.counts)
    return Lesson(past.told.usual, history.repeats, history.known.age, history.span, counts)


def _off(told: Told, came: Floats) -> float:
    """The squared logarithm of came by told, less what chance explains."""
    guide = ~told.unseasoned
    came = came[guide]
    whole, low, high = total(told.value[guide], Ends(*(each[guide] for each in told.ends)), 0.0)
    if not (whole > 0 and came.sum() > 0):
        return 0.0
    by_chance = (high - low) / (2 * Z90 * whole)
    return max(0.0, float(np.log(came.sum() / whole)) ** 2 - by_chance**2)


def _clock(bought: Purchases, day: int, horizon: int, *, by_season: bool) -> Clock:
    if by_season:
        return book_season(bought, day, horizon)[1]
    return clock(np.ones(_MONTHS), bought.start, day, day + horizon)


def _firsts(bought: Purchases) -> Bools:
    """Which purchases are their customer's first."""
    return np.concatenate([np.ones(min(1, bought.day.size), dtype=bool), bought.account[1:] != bought.account[:-1]])
