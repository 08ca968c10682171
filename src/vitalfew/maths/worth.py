"""What customers will bring: purchases to come times what each brings, told for all of them on one day.

    worth = expected purchases, discounted  ×  pace  ×  expected amount of a purchase  ×  margin rate

Purchases come from a purchase process (`buying`) and the customer's present pace (`pace`), or for those who buy in
season from their own years (`own_season`); amounts from the gamma-gamma model.

    4 purchases expected, bought at half its usual pace of late, 25 each, margin .4  →  20

Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). RFM and CLV. JMR 42(4).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np

from vitalfew.maths import buying, gamma_gamma, nbd, own_season, pace
from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.buying import Ahead, Known
from vitalfew.maths.fits import Fit
from vitalfew.maths.pace import Repeats, Seen
from vitalfew.maths.purchase_origins import APART_FROM, Purchases
from vitalfew.maths.value_interval import COVERAGE, Coming, Ends, ends, spread
from vitalfew.maths.years import MEAN_YEAR

FEWEST: Final = 10
DEPENDENT: Final = 0.3
OWN_RATE_FROM: Final = 3
"""Purchases from which a customer's own margin rate is used; below, that of all."""


@dataclass(frozen=True)
class Asked:
    """How it is to be told: model and amounts by name, days in a unit of time, the span in units, the yearly discount rate.

    ``order`` is that of even buying, where it is known.
    """

    model: str
    unit: float
    span: float
    discount_rate: float
    spend: str
    order: int | None = None

    @property
    def rate(self) -> float:
        """The continuous discount rate a unit of time."""
        return float(np.log1p(self.discount_rate) * self.unit / MEAN_YEAR)

    @property
    def days(self) -> int:
        return max(1, round(self.span * self.unit))

    @property
    def year(self) -> float:
        """A year in units of time."""
        return MEAN_YEAR / self.unit


@dataclass(frozen=True)
class History:
    """What is known of each customer; mean amount of its repeat purchases, margin rate (NaN: unknown), and that of all.

    ``span`` is how long the time asked about is on the clock by which ``known`` is told, ``repeats`` when each bought
    again (without them nothing is known of its pace), ``old`` who was met when the book began, ``calendar`` recency and
    age in plain time where that differs.
    """

    known: Known
    span: float
    repeats: Repeats | None = None
    mean_spend: Floats | None = None
    rate: Floats | None = None
    book_rate: float | None = None
    old: Bools | None = None
    calendar: tuple[Floats, Floats] | None = None

    @property
    def recency(self) -> Floats:
        return self.known.recency if self.calendar is None else self.calendar[0]

    @property
    def age(self) -> Floats:
        return self.known.age if self.calendar is None else self.calendar[1]

    @property
    def margin_rate(self) -> Floats:
        if self.book_rate is None or self.rate is None:
            return np.ones(self.known.x.size)
        return np.where(np.isnan(self.rate), self.book_rate, self.rate)


class Part(NamedTuple):
    """Some of the customers, and the process fitted to them."""

    who: Bools
    fit: Fit


class Season(NamedTuple):
    """Which customers buy in season, and their purchases, customers counted from 0 in the same order."""

    own: Bools
    bought: Purchases


class Amounts(NamedTuple):
    """What a purchase brings, and the model of how it varies."""

    spend: Floats | None
    fitted: Fit | None = None
    correlation: float = 0.0

    @property
    def described(self) -> dict[str, float]:
        """The model's parameters and what it rests on, by name; nothing where there is none."""
        if self.fitted is None:
            return {}
        return {
            **self.fitted.parameters,
            "spend_log_likelihood": self.fitted.log_likelihood,
            "spend_accounts": int(self.fitted.n),
            "frequency_spend_correlation": self.correlation,
        }

    def sigma(self, seen: Floats, coming: Floats) -> Floats | float:
        """How far the mean of those coming may be off, on the logarithm."""
        if self.fitted is None:
            return 0.0
        p, q = (self.fitted.parameters[name] for name in ("p", "q"))
        return spread(p, q, seen, coming)


@dataclass(frozen=True)
class Told:
    """What was said of each customer on a day; ``kept`` of a purchase's weight counts a year later, 1 if none fades.

    ``fits`` has the process fitted to each part of the customers, ``usual`` the rate at which each buys while it stays.
    ``unseasoned`` buy in season but have no year behind them yet: the process takes their quiet season for leaving.
    """

    asked: Asked
    history: History
    name: str
    fitted: Fit
    fits: Sequence[Part]
    ahead: Ahead
    usual: Floats
    own: Bools
    amounts: Amounts
    unseasoned: Bools
    kept: float = pace.ALL

    @cached_property
    def seen(self) -> Seen | None:
        """What is left of the past; none where nothing fades."""
        if self.kept == pace.ALL or self.history.repeats is None:
            return None
        return pace.faded(self.history.repeats, self.history.known.age, self.kept ** (1 / self.asked.year))

    @cached_property
    def pace(self) -> Floats:
        """How many times as fast as usual each buys now; 1 for those told by their own years."""
        if self.seen is None:
            return np.ones(self.own.size)
        return np.where(self.own, 1.0, pace.pace(self.usual, self.seen))

    @property
    def expected(self) -> Floats:
        return self.ahead.expected * self.pace

    @property
    def each(self) -> Floats:
        """What one purchase brings; NaN where amounts are left out."""
        if self.amounts.spend is None:
            return np.full(self.own.size, np.nan)
        return np.asarray(self.amounts.spend * self.history.margin_rate)

    @property
    def value(self) -> Floats:
        return np.asarray(self.ahead.discounted * self.pace * self.each)

    @property
    def lost(self) -> Bools:
        """Whose range is nought because nothing will come of them with nine in ten, as the process tells."""
        return ~self.own & ~self.unseasoned & (self.ahead.none >= COVERAGE)

    @property
    def as_ever(self) -> Floats:
        """What each would bring if it stayed and bought at its usual rate."""
        return np.asarray(self.usual * self.history.span * self.each)

    @cached_property
    def ends(self) -> Ends:
        none = np.zeros(self.own.size)
        doubt = none if self.seen is None else np.where(self.own, 0.0, pace.doubt(self.seen, self.history.known.x))
        coming = Coming(self.ahead.none, self.ahead.expected, self.ahead.variance)
        coming = coming.at_pace(self.pace, np.where(self.own, 1.0, self.ahead.alive), doubt)
        return ends(self.value, coming, self.amounts.sigma(self.history.known.x, self.expected))


def tell(history: History, season: Season | None, now: int, asked: Asked) -> Told:
    """What the models say on that day; the season's customers by their own years."""
    own = np.zeros(history.known.x.size, dtype=bool) if season is None else season.own
    name, fitted = asked.model, buying.fit(asked.model, out_of_season(history.known, own), asked.order)
    fits = _parts(history, own, asked, fitted)
    ahead, usual = _by_parts(name, fits, history, asked.rate * asked.span / history.span)
    unseasoned = own
    if season is not None and own.any():
        *by_years, known = own_season.ahead(season.bought, now, asked.days, asked.rate / asked.unit)
        own = _placed(own, own, known)
        ahead = Ahead(*(_placed(column, own, each[known]) for column, each in zip(ahead, by_years, strict=True)))
    unseasoned = unseasoned & ~own
    return Told(asked, history, name, fitted, fits, ahead, usual, own, amounts(history, asked.spend), unseasoned)


def _parts(history: History, own: Bools, asked: Asked, fitted: Fit) -> list[Part]:
    """Customers met when the book began are older than it shows: they are told apart where both parts are large."""
    old = history.old
    if old is None or min((old & ~own).sum(), (~old & ~own).sum()) < APART_FROM:
        return [Part(np.ones(own.size, dtype=bool), fitted)]
    return [Part(part, buying.fit(asked.model, history.known.of(part & ~own), asked.order)) for part in (old, ~old)]


def _by_parts(name: str, fits: Sequence[Part], history: History, rate: float) -> tuple[Ahead, Floats]:
    ahead, usual = Ahead(*np.empty((5, history.known.x.size))), np.empty(history.known.x.size)
    for part, found in fits:
        known = history.known.of(part)
        for column, values in zip(ahead, buying.ahead(name, found, known, history.span, rate), strict=True):
            column[part] = values
        usual[part] = buying.rate(found, known)
    return ahead, usual


class Leaving(NamedTuple):
    """The process in which nobody leaves, the purchases it expects, and those expected where customers do leave."""

    fitted: Fit
    if_nobody_left: float
    expected: float

    @property
    def described(self) -> dict[str, float]:
        return {**self.fitted.parameters, "log_likelihood": self.fitted.log_likelihood, "bic": buying.bic(self.fitted)}


def leaving(told: Told) -> Leaving | None:
    """What leaving takes, of all who don't buy in season, at their usual rates; ``None`` where nobody bought again.

    Of very many customers so-many-th ones determine the process in which nobody leaves.
    """
    rest = ~told.own
    known = told.history.known.of(rest)
    some = known.of(slice(None, None, max(1, -(-known.x.size // buying.SAMPLE))))
    if not known.x.sum():
        return None
    found = nbd.fit(*some.seen, some.weights)
    stayed = nbd.expected_purchases(found, told.history.span, known.x, known.age)
    weight = np.ones(known.x.size) if known.weights is None else known.weights
    return Leaving(found, float(stayed @ weight), float(told.ahead.expected[rest] @ weight))


def at_pace(told: Told, kept: float) -> Told:
    """The same if so much of a purchase's weight counts a year later."""
    return replace(told, kept=kept)


def level_error(told: Told) -> float:
    """How far the sum may be off because the process's parameters are uncertain, as a share of it."""
    worth = np.where(told.own, 0.0, np.nan_to_num(told.each * told.pace))
    whole = float(worth @ told.ahead.expected)
    off = [
        buying.sum_error(told.name, found, told.history.known.of(part), told.history.span, worth[part])
        for part, found in told.fits
    ]
    return float(np.linalg.norm(off)) / abs(whole) if whole else 0.0


def amounts(history: History, how: str) -> Amounts:
    """What a purchase of each brings: ``gamma-gamma``, the customer's own ``mean`` (else that of all), or ``none``.

    Fewer than ten customers who bought again for something are told by their own means.
    """
    x, means = history.known.x, history.mean_spend
    if how == "none" or means is None:
        return Amounts(None)
    paying = (x > 0) & (means > 0)
    usual = float(means[paying].mean()) if paying.any() else np.nan
    own = np.where(paying, means, usual)
    if paying.sum() < FEWEST:
        return Amounts(own)
    found = gamma_gamma.fit(x[paying], means[paying])
    seen = np.where(paying, x, 0.0)
    if how == "mean":
        return Amounts(own, found)
    spend = gamma_gamma.expected_spend(found, seen, np.where(paying, means, 0.0))
    return Amounts(np.asarray(spend), found, _correlation(x[paying], means[paying]))


def margins(account: Ints, amount: Floats, cost: Floats, accounts: int) -> tuple[Floats, float | None]:
    """Each customer's own margin rate, NaN where fewer than three purchases or no cost say it, and that of all.

    >>> margins(np.zeros(3, np.int64), np.full(3, 10.0), np.array([6.0, 6.0, np.nan]), 1)
    (array([0.4]), 0.4)
    """
    known = ~np.isnan(cost)
    sales, costs = (np.bincount(account, np.where(known, each, 0.0), accounts) for each in (amount, cost))
    whole = float(sales.sum())
    book = 1 - float(costs.sum()) / whole if whole > 0 and costs.any() else None
    with np.errstate(divide="ignore", invalid="ignore"):
        enough = (sales > 0) & (np.bincount(account, minlength=accounts) >= OWN_RATE_FROM)
        return np.where(enough, 1 - costs / sales, np.nan), book


def out_of_season(known: Known, own: Bools) -> Known:
    """Those who don't buy in season, if they are enough to learn from."""
    return known.of(~own) if own.any() and (~own).sum() >= FEWEST else known


def _placed(column: Any, own: Bools, values: Any) -> Any:
    answer = column.copy()
    answer[own] = values
    return answer


def _correlation(x: Floats, mean: Floats) -> float:
    return float(np.corrcoef(x, mean)[0, 1]) if x.std() and mean.std() else 0.0
