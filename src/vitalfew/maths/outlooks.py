"""Which simple forecast of many short series did best on their own past, and how wide its intervals must be.

Three ways are tried from two past origins, each time knowing only what came before: levelled, occasional (`short_series`),
and the average of levelled and the same season a year before (Bates & Granger 1969). A series takes the average where
a year before is known; else its level, or occasional where demands are 1.32 periods and more apart. Another way is taken for
all series of a kind if over all of them it missed 15 % less. The misses of all series together, over their deviations, say how
many deviations an interval must reach: normal errors are not assumed. A third origin, the latest, is used for nothing but
to judge: what is chosen there knows only what came before it.

    18 and 12 periods back: choose    6 back: judge    now: tell

Bates, J. M. & Granger, C. W. J. (1969). The combination of forecasts. Operational Research Quarterly 20(4). Tashman, L. J.
(2000). Out-of-sample tests of forecasting accuracy. International Journal of Forecasting 16(4). Stankevičiūtė, K., Alaa, A. M.
& van der Schaar, M. (2021). Conformal time-series forecasting. NeurIPS 34 (intervals from past misses).
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from vitalfew.maths.accuracy import bias, coverage, wape
from vitalfew.maths.arrays import Floats, Ints
from vitalfew.maths.croston import ADI_CUT
from vitalfew.maths.short_series import Told, levelled, normal_spread, occasional, same_season

WAYS: Final = ("levelled", "occasional", "combined")
LEVELLED, OCCASIONAL, COMBINED, NONE = 0, 1, 2, -1
STEP: Final = 6
FEWEST: Final = 4
"""Fewer known periods carry no forecast."""
_BETTER: Final = 0.85
_ENOUGH: Final = 60
"""So many misses say how wide an interval must be; with fewer, errors are taken as normal."""


class Outlook(NamedTuple):
    """Each series' way (its place in `WAYS`, −1 none) and what it tells."""

    way: Ints
    told: Told


@dataclass(frozen=True)
class Judged:
    """The latest origin: what came, and what was told before it came."""

    came: Floats
    told: Told
    naive: Floats
    """The same season a year before; what was told where that is unknown."""

    @property
    def covered(self) -> float:
        """The share of what came that lay within its interval."""
        inside = coverage(self.came.reshape(1, -1), self.told.low.reshape(1, -1), self.told.high.reshape(1, -1))
        return float(inside[0])

    @property
    def missed(self) -> float:
        """All misses as a share of all that came (WAPE)."""
        return missed(self.came, self.told.mean)

    @property
    def missed_naively(self) -> float:
        """The same for repeating the season before."""
        return missed(self.came, self.naive)

    @property
    def bias(self) -> float:
        """What was told in sum, against what came: above 0 too much."""
        return float(bias(self.came.reshape(1, -1), self.told.mean.reshape(1, -1))[0])

    @property
    def squares_ratio(self) -> float:
        """Squared misses over those of repeating the season before: what a mean keeps small, where WAPE favours the median."""
        naive = float(np.nansum(np.square(self.came - self.naive)))
        return float(np.nansum(np.square(self.came - self.told.mean)) / naive) if naive > 0 else float("nan")


def missed(came: Floats, told: Floats) -> float:
    """All misses of all series together, as a share of what came."""
    return float(wape(came.reshape(1, -1), told.reshape(1, -1))[0])


def median(values: Floats) -> float:
    """The median of what is finite; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else float("nan")


@dataclass(frozen=True)
class Teller:
    """What forecasts share: the confidence, and the season's factors of the last periods (ones: no season).

    The factors are one row for all series (season), or one a series (series, season).
    """

    factors: Floats
    confidence: float = 0.9
    negative: bool = False

    @property
    def season(self) -> int:
        return int(self.factors.shape[-1])

    def outlook(self, series: Floats, periods: int) -> Outlook:
        """The best way's forecast of each series (series, periods), NaN before it began."""
        way, spreads = self._learned(series)
        ways = self._ways(series, periods, 0, spreads)
        return Outlook(way, _picked(ways, way))

    def judged(self, series: Floats) -> Judged:
        """The outlook from one step back, beside what came; the factors must be such as were known then."""
        before, came = series[:, :-STEP], series[:, -STEP:]
        way, spreads = self._learned(before)
        ways = self._ways(before, STEP, 0, spreads)
        told = _picked(ways, way)
        year_before = same_season(before, STEP, self.season, 1.0).mean
        naive = np.where(np.isnan(year_before), told.mean, year_before)
        known = ~np.isnan(told.mean) & ~np.isnan(came)
        return Judged(np.where(known, came, np.nan), told, np.where(known, naive, np.nan))

    def _ways(self, series: Floats, periods: int, back: int, spreads: Floats) -> list[Told]:
        """Every way's forecast; ``back`` is how many periods before the end of the factors the series ends."""
        length = series.shape[1]
        places = np.arange(-length, periods) - back
        around = self.factors[..., places % self.season]
        level = levelled(_after_the_first(series), around[..., :length], around[..., length:], 1.0)
        year_before = same_season(series, periods, self.season, 1.0)
        combined = _averaged(level, year_before)
        ways = [
            _widened(level, float(spreads[LEVELLED])),
            occasional(series, periods, self.confidence),
            _widened(combined, float(spreads[COMBINED])),
        ]
        return ways if self.negative else [Told(*(np.maximum(each, 0.0) for each in way)) for way in ways]

    def _learned(self, series: Floats) -> tuple[Ints, Floats]:
        """Each series' way, and how many deviations the intervals of each way must reach."""
        misses, kept = np.zeros((len(WAYS), len(series))), []
        for origin in (2 * STEP, 3 * STEP):
            if series.shape[1] - origin < FEWEST:
                continue
            before = series[:, :-origin]
            came = series[:, series.shape[1] - origin : series.shape[1] - origin + STEP]
            ways = self._ways(before, STEP, origin, np.ones(len(WAYS)))
            kept.append((came, ways))
            misses += [np.abs(came - way.mean).sum(axis=1) for way in ways]
        return _choice(series, misses, self.season), np.array(
            [self._spread(kept, number) for number in range(len(WAYS))]
        )

    def _spread(self, kept: list[tuple[Floats, list[Told]]], number: int) -> float:
        """The quantile of all misses over their deviations."""
        ratios = [_ratios(came, ways[number]) for came, ways in kept]
        found = np.concatenate(ratios) if ratios else np.empty(0)
        return float(np.quantile(found, self.confidence)) if found.size >= _ENOUGH else normal_spread(self.confidence)


def _after_the_first(series: Floats) -> Floats:
    """Without the first known period: a series followed from its first demand on begins too high. Kept where few are known."""
    known = ~np.isnan(series)
    first = known & (np.cumsum(known, axis=1) == 1) & (known.sum(axis=1, keepdims=True) > FEWEST)
    return np.where(first, np.nan, series)


def _averaged(level: Told, year_before: Told) -> Told:
    """Both means and widths averaged; the level's width where one year tells no other."""
    mean = (level.mean + year_before.mean) / 2.0
    own, other = level.high - level.mean, year_before.high - year_before.mean
    width = np.where(np.isnan(other), own, (own + other) / 2.0)
    return Told(mean, mean - width, mean + width)


def _widened(told: Told, times: float) -> Told:
    return Told(told.mean, *(told.mean + times * (end - told.mean) for end in (told.low, told.high)))


def _ratios(came: Floats, told: Told) -> Floats:
    deviation = told.high - told.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(came - told.mean) / np.where(deviation > 0, deviation, np.nan)
    return ratio[np.isfinite(ratio)]


def _choice(series: Floats, misses: Floats, season: int) -> Ints:
    """The way of each series: its kind's usual one, unless another missed clearly less over all series of the kind."""
    known = (~np.isnan(series)).sum(axis=1)
    rare = known >= ADI_CUT * np.maximum((np.nan_to_num(series) > 0).sum(axis=1), 1)
    dated = known >= season
    way = np.where(dated, COMBINED, np.where(rare, OCCASIONAL, LEVELLED))
    for kind in (rare & dated, rare & ~dated, ~rare & dated, ~rare & ~dated):
        tried = kind & np.isfinite(np.where(dated, misses.sum(axis=0), misses[LEVELLED]))
        if tried.any():
            sums = np.nan_to_num(misses[:, tried].sum(axis=1), nan=np.inf)
            usual = int(way[tried][0])
            way[kind] = sums.argmin() if sums.min() < _BETTER * sums[usual] else usual
    return np.where(known >= FEWEST, way, NONE)


def _picked(ways: list[Told], way: Ints) -> Told:
    """Each series' own way's forecast; NaN for those with none."""
    place = np.arange(way.size)
    parts = (np.array([getattr(each, part) for each in ways])[way, place] for part in Told._fields)
    return Told(*(np.where((way == NONE)[:, None], np.nan, part) for part in parts))
