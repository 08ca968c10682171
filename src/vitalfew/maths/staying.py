"""Who will buy again within a horizon, and how often: a purchase process corrected by what earlier days taught.

Up to seven origins in the known past, the latest one horizon back, tell how the process erred for accounts of which
kind. With ``z`` the facts of an account (`purchase_origins`),

    logit P(any) = logit P_process(any) + a_origin + z b          ln E = ln E_process + a_origin + z c

by ridge regression. Today's level ``a`` is unknown: it is what the earlier ones have in common beyond their scatter, for
the counts 0, and how far they lay from it goes into the interval. Overlapping origins are not independent, so the
covariance of ``b`` is taken as many times as they overlap.

The correction is used only if it did better than the process alone (Brier score) at the latest origin, learned there
from origins whose horizon was over by then, or, in a shorter book, from every other account. Fewer than 30 losses or 30
that stayed: nothing is learned, the process alone speaks.

    levels -.2 and .4 at two origins: nothing in common, standard error sqrt((.04 + .16)/2) = .316 on the logit

Tashman, L. J. (2000). Out-of-sample tests of forecasting accuracy. IJF 16(4) (rolling origin). Wolpert, D. H. (1992).
Stacked generalization. Neural Networks 5(2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.special import expit, logit

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.brier import brier
from vitalfew.maths.hurdle import Hurdle, dispersion, stated_coverage
from vitalfew.maths.mbg_nbd import expected_new
from vitalfew.maths.mbg_nbd import fit as fit_random
from vitalfew.maths.operational_time import Clock, clock, season_index
from vitalfew.maths.purchase_origins import AT_RANDOM, WEEK, Origin, Process, Purchases, evenness, history, origin
from vitalfew.maths.ridge import Ridge, logistic, poisson

FEWEST: Final = 30
COVERAGE: Final = 0.9
_ORIGINS: Final = 7
_PARTS: Final = 4
_PENALTY: Final = 30.0
_SAMPLE: Final = 20_000
_FREE: Final = 1e-6
_DEFAULT_THETA: Final = 0.5
_CLOSE: Final = 1e-9


@dataclass(frozen=True)
class Lesson:
    """An origin and what came after it."""

    at: Origin
    counts: Ints

    @property
    def bought(self) -> Floats:
        return (self.counts > 0).astype(np.float64)

    def of(self, part: Bools) -> "Lesson":
        said = Process(*(column[part] for column in self.at.process))
        return Lesson(Origin(self.at.day, self.at.known[part], said, self.at.facts[part]), self.counts[part])


@dataclass(frozen=True)
class Learned:
    """The regressions' coefficients, each origin's level, and how much counts vary."""

    chance: Ridge
    mean: Ridge
    origins: int
    scale: Floats
    independent: float

    @property
    def levels(self) -> Floats:
        return self.chance.coefficients[: self.origins]


@dataclass(frozen=True)
class Record:
    """What was said at the latest origin, before it was known, and what came: the proof of the method."""

    day: int
    known: Ints
    said: Mapping[str, Floats]
    mean: Mapping[str, Floats]
    counts: Floats
    strict: bool

    @property
    def bought(self) -> Floats:
        return (self.counts > 0).astype(np.float64)


@dataclass(frozen=True)
class Forecast:
    """For each account: chance of any purchase, its standard error on the logit, expected purchases; and the proof."""

    counts: Hurdle
    coverage: float
    error: Floats
    alive: Floats
    method: str
    order: int
    losses: int
    origins: int
    index: Floats
    levels: Floats
    record: Record | None = field(default=None)


def foretell(bought: Purchases, now: int, horizon: int) -> Forecast:
    """The forecast of the ``horizon`` days after ``now``; every account has a purchase up to then.

    Refuses (``ValueError``) what the purchase processes refuse.
    """
    index, time = book_season(bought, now, horizon)
    order, lessons = _lessons(bought, now, horizon, time)
    today = origin(bought, time, now, horizon, order)
    losses = int((lessons[0].counts == 0).sum()) if lessons else 0
    stayed = lessons[0].counts.size - losses if lessons else 0
    record = _record(lessons, horizon) if min(losses, stayed) >= FEWEST else None
    plain = _process_alone(today, lessons)
    if record is None or brier(record.said["learned"], record.bought) >= brier(record.said["process"], record.bought):
        method, (chance, mean, error), levels = "process", plain, _levels(lessons)
    else:
        learned = _learn(lessons, horizon)
        method, (chance, mean, error), levels = "learned", apply(learned, today), learned.levels
    theta, coverage = _spread(record, method)
    counts = Hurdle(chance, np.maximum(mean, chance), theta)
    return Forecast(
        counts, coverage, error, today.process.alive, method, order, losses, len(lessons), index, levels, record
    )


def _spread(record: Record | None, method: str) -> tuple[float, float]:
    """How much counts vary, and the coverage to state so that 90 % is held, by what was said at the latest origin."""
    if record is None:
        return _DEFAULT_THETA, COVERAGE
    chance, mean = record.said[method], np.maximum(record.mean[method], record.said[method])
    theta = dispersion(chance, mean, record.counts)
    return theta, stated_coverage(Hurdle(chance, mean, theta), record.counts, COVERAGE)


def book_season(bought: Purchases, now: int, horizon: int) -> tuple[Floats, Clock]:
    """The book's season, from a sample of the accounts where there are many, and the clock that follows it."""
    some = _sampled(bought)
    even = clock(np.ones(12), bought.start, now, now + horizon)
    _known, known, first = history(some, even, now)
    repeats = some.day[np.concatenate([[False], some.account[1:] == some.account[:-1]])]
    weeks = np.arange(now - bought.start + 2) / WEEK
    index = season_index(first, repeats, expected_new(fit_random(*known), weeks), bought.start, now)
    return index, clock(index, bought.start, now, now + horizon)


def _sampled(bought: Purchases) -> Purchases:
    step = -(-bought.accounts // _SAMPLE)
    return bought if step == 1 else bought.where(bought.account % step == 0)


def _lessons(bought: Purchases, now: int, horizon: int, time: Clock) -> tuple[int, list[Lesson]]:
    """The order of even buying that told better at the latest origin who would buy again, and with it all origins.

    The latest comes first; each has at least as long a past as its horizon.
    """
    some = _sampled(bought)

    def lesson(day: int, order: int) -> Lesson:
        at = origin(some, time, day, horizon, order)
        return Lesson(at, some.counts(some.accounts, day, day + horizon)[at.known])

    back = range(now - horizon, bought.start + horizon - 1, -max(horizon // _PARTS, 7))[:_ORIGINS]
    days = [day for day in back if (some.day <= day).any()]
    if not days:
        return evenness(some), []
    told = {order: lesson(days[0], order) for order in {AT_RANDOM, evenness(some.until(days[0]))}}
    order = min(told, key=lambda each: brier(told[each].at.process.any, told[each].bought))
    return order, [told[order], *(lesson(day, order) for day in days[1:])]


def _learn(lessons: Sequence[Lesson], horizon: int) -> Learned:
    facts = np.vstack([each.at.facts for each in lessons])
    scale = facts.std(axis=0) + _CLOSE
    place = np.repeat(np.arange(len(lessons)), [each.counts.size for each in lessons])
    columns = np.column_stack([np.eye(len(lessons))[place], facts / scale])
    penalty = np.concatenate([np.full(len(lessons), _FREE), np.full(scale.size, _PENALTY * len(lessons))])
    before = Process(*(np.concatenate(parts) for parts in zip(*(each.at.process for each in lessons), strict=True)))
    counts = np.concatenate([each.counts for each in lessons]).astype(np.float64)
    chance = logistic(columns, (counts > 0).astype(np.float64), logit(before.any), penalty)
    mean = poisson(columns[:, :-1], counts, np.log(before.mean), penalty[:-1])
    independent = (lessons[0].at.day - lessons[-1].at.day) / horizon + 1
    chance = Ridge(chance.coefficients, chance.covariance * len(lessons) / independent)
    return Learned(chance, mean, len(lessons), scale, independent)


def apply(learned: Learned, at: Origin) -> tuple[Floats, Floats, Floats]:
    """Chance, expected purchases and the logit's standard error; the sums are the process's, but for a steady level."""
    n, facts = learned.origins, at.facts / learned.scale
    linear = logit(at.process.any) + facts @ learned.chance.coefficients[n:]
    mean = at.process.mean * np.exp(facts[:, :-1] @ learned.mean.coefficients[n:])
    mean *= at.process.mean.sum() / mean.sum()
    own = np.einsum("ij,jk,ik->i", facts, learned.chance.covariance[n:, n:], facts)
    level, unsure = steady_level(learned.levels, learned.independent)
    chance = expit(linear + _shift(linear, float(at.process.any.sum())) + level)
    return np.asarray(chance), np.maximum(mean, chance), np.sqrt(np.maximum(own, 0) + unsure**2)


def steady_level(levels: Floats, independent: float) -> tuple[float, float]:
    """What the origins' levels have in common, drawn to 0 by how far they scatter, and how far one may lie from it.

    With mean ``m``, mean squared deviation ``v`` and ``n`` independent origins, ``m max(0, 1 - v/((n - 1) m²))`` (James &
    Stein, the variance of a mean of ``n`` being ``v/(n - 1)``); 0 where no two are independent.

    >>> [round(each, 3) for each in steady_level(np.array([-0.2, 0.4]), 2.0)]
    [0.0, 0.316]
    >>> [round(each, 3) for each in steady_level(np.array([1.8, 2.2]), 2.0)]
    [1.98, 0.201]
    """
    mean, scatter = float(levels.mean()), float(levels.var())
    known = independent > 1 and mean != 0
    common = mean * max(0.0, 1 - scatter / ((independent - 1) * mean**2)) if known else 0.0
    return common, float(np.sqrt(np.mean((levels - common) ** 2)))


def _shift(linear: Floats, total: float) -> float:
    """What must be added to every logit so that the chances add to the total."""
    shift = 0.0
    for _ in range(50):
        p = expit(linear + shift)
        step = (total - p.sum()) / max(float((p * (1 - p)).sum()), _CLOSE)
        shift += float(np.clip(step, -1, 1))
        if abs(step) < _CLOSE:
            break
    return shift


def _process_alone(today: Origin, lessons: Sequence[Lesson]) -> tuple[Floats, Floats, Floats]:
    """Chance, expected purchases and the logit's standard error of the process without any correction."""
    said, levels = today.process, _levels(lessons)
    error = np.full(said.any.size, np.sqrt(np.mean(levels**2)) if levels.size else np.nan)
    return said.any, said.mean, error


def _levels(lessons: Sequence[Lesson]) -> Floats:
    """What had to be added to the process's logits at each origin for the chances to add to those who bought."""
    return np.array([_shift(logit(each.at.process.any), each.bought.sum()) for each in lessons])


def _record(lessons: Sequence[Lesson], horizon: int) -> Record:
    """What would have been said at the latest origin."""
    latest = lessons[0]
    over = [each for each in lessons if each.at.day + horizon <= latest.at.day]
    if sum(int((each.counts == 0).sum()) for each in over) >= FEWEST:
        return _compared(_learn(over, horizon), latest, strict=True)
    every_other = [each.of(each.at.known % 2 == 0) for each in lessons]
    others = latest.of(latest.at.known % 2 == 1)
    return _compared(_learn(every_other, horizon), others, strict=False)


def _compared(learned: Learned, lesson: Lesson, *, strict: bool) -> Record:
    chance, mean, _error = apply(learned, lesson.at)
    process = lesson.at.process
    return Record(
        lesson.at.day,
        lesson.at.known,
        {"learned": chance, "process": process.any, "alive": process.alive},
        {"learned": mean, "process": process.mean},
        lesson.counts.astype(np.float64),
        strict,
    )
