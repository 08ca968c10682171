"""What each account will buy in the coming months, and how sure that is.

Each account's net sales by month, from its first order on, are carried forward by what suits its kind:

    fitted        exponential smoothing of its own, its form chosen by AICc: the largest accounts that buy in most months
    levelled      a smoothed level times the book's season: all others that buy in most months
    occasional    the chance that a month brings an order times its usual amount (Teunter, Syntetos & Babai)
    combined      that level averaged with the same month a year before (Bates & Granger): from two years on
    too short     fewer than four whole months: no figure

Nothing is promised that was not tried: from six months back, the same way is asked what would come, and ``error`` is what it
then missed, as a share of what repeating last year's months misses on average within the account's history (MASE, below 1:
better). The fitted forms are used only if in sum they missed no more than the level did. Intervals are as wide as the
book's own past misses ask for; they are of single months, and narrower for sums. No forecast is below zero. The picture shows
the whole book, its band as wide as the sum of a month was missed at most in those six months: six tries tell no percentage.

``seasonality`` is the strength of the account's own season after STL (0.64 and more: strong; 24 months needed), ``changed_on``
the month in which its level last shifted.

    10 12 8 10 12 8 by month  →  10 a month

A forecast carries the past on: a contract won or lost that is known today is not in it, nor a feast that moves from one month to
another (Spring Festival); read such months together. Where it missed no less than last year's months did, that is said first.

Hyndman, Koehler, Ord & Snyder (2008). Forecasting with Exponential Smoothing. Teunter, Syntetos & Babai (2011). EJOR 214(3).
Bates & Granger (1969). Oper. Res. Quarterly 20(4). Hyndman & Koehler (2006). IJF 22(4). Cleveland et al. (1990). J. Official
Statistics 6(1).
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Money, Percent
from vitalfew.maths import ets, outlooks
from vitalfew.maths.accuracy import mae, scale
from vitalfew.maths.change_points import change_points
from vitalfew.maths.outlooks import STEP, Judged, Teller
from vitalfew.maths.remembered import remembered
from vitalfew.maths.seasons import factors
from vitalfew.maths.short_series import Told, normal_spread
from vitalfew.maths.stl import stl
from vitalfew.panels import MONTHS_A_YEAR, Floats, Months, Whole, figure, figures, last_whole_month, month_start, words
from vitalfew.panels import months as window
from vitalfew.terms import Group, Outlook, Unit
from vitalfew.terms import gettext_noop as _

LONGEST: Final = 60
LENGTHS: Final = (60, 48, 36, 24)
"""Histories are fitted in these lengths, the latest months of each."""
OFTEN: Final = 0.75
WORDS: Final = (Outlook.LEVELLED, Outlook.OCCASIONAL, Outlook.COMBINED, Outlook.FITTED, Outlook.TOO_SHORT)
FITTED: Final = 3
DRAWN: Final = 24
"""Months of the past in the picture of the whole book."""
FORMS: Final = tuple(form for form in ets.FORMS if form.name in {"ANN", "AAdN", "ANA", "MNN", "MNM", "MAdM"})
"""Forms without an undamped trend: carried forward it promises too much."""


@analysis(
    group=Group.DEVELOPMENT,
    title=_("Forecast"),
    question=_("What will each account buy in the coming months?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("period", Unit.MONTH, _("Month"), _("First day of the month forecast")),
        Column("mean", Unit.MONEY, _("Expected"), _("Expected net sales of the month")),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the month's interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the month's interval")),
        Column("method", Unit.WORD, _("Method"), _("How the forecast came about"), Outlook),
        Column(
            "error",
            Unit.NUMBER,
            _("Error (MASE)"),
            _("What it missed on the last six months; below 1 beats last year"),
            statistic=True,
        ),
        Column(
            "seasonality",
            Unit.SHARE,
            _("Season in its months"),
            _("How much of its monthly sales is its own season (STL): 0 none … 1 nothing but season; from 0.64 strong"),
        ),
        Column("changed_on", Unit.DAY, _("Level shifted"), _("Month in which the account's level last shifted")),
    ),
    choices={
        "horizon": Choice(_("Months ahead"), least=1, most=24),
        "confidence": Choice(_("Share of months within the interval"), least=0.5, most=0.99),
        "fitted": Choice(_("Largest accounts fitted one by one"), most=20_000),
    },
    drawing=Drawing("band", "mean", "period"),
    per_account=False,
    source="Hyndman, Koehler, Ord & Snyder (2008); Teunter, Syntetos & Babai (2011)",
    ranked=("mean", "descending"),
)
def forecast(
    account_months: Frame,
    *,
    as_of: int,
    currency: str,
    horizon: int = 6,
    confidence: float = 0.9,
    fitted: int = 300,
) -> Findings:
    panel = window(account_months, "amount", last_whole_month(as_of), LONGEST)
    if not len(panel.accounts) or not (panel.first <= panel.end).any():
        raise Refusal(Message(_("No whole month with orders yet: there is nothing to carry forward")))
    book = _Book(panel, confidence, horizon, fitted)
    rows = book.rows()
    return Findings(rows, book.figures(rows), book.headline(currency), book.warnings(), book.fit())


def _teller(panel: Months, confidence: float, back: int = 0) -> Teller:
    """The book's season, where it is proven; as it was known so many months before."""
    lived = min(panel.end - int(panel.first.min()) + 1, LONGEST)
    total = panel.values[:, LONGEST - lived : LONGEST - back].sum(axis=0)
    found = factors(total)
    return Teller(np.ones(MONTHS_A_YEAR) if found is None else found, confidence)


class _Foretold(NamedTuple):
    """What forecasts come to, one row an account."""

    way: Whole
    mean: Floats
    low: Floats
    high: Floats
    came: Floats
    judged_mean: Floats
    judged_low: Floats
    judged_high: Floats
    naive: Floats
    error: Floats
    """MASE of the last six months: against repeating the year before, or the month before in young accounts."""
    seasonality: Floats
    latest: Whole
    cuts: Whole
    fitted_ratio: Floats
    """What exponential smoothing missed over what the level missed, the same in every row; NaN if none was tried."""

    def among(self, accounts: int, places: Whole) -> "_Foretold":
        """The rows at their places among more accounts, of which nothing is foretold."""
        blank = {"way": len(WORDS) - 1, "latest": 0, "cuts": 0}
        return _Foretold(
            *(
                _placed(values, places, np.full((accounts, *values.shape[1:]), blank.get(name, np.nan), values.dtype))
                for name, values in self._asdict().items()
            )
        )


def _placed(values: Any, places: Whole, among: Any) -> Any:
    among[places] = values
    return among


@remembered(_Foretold)
def _foretold(  # noqa: PLR0917  (all that the forecasts rest on, bit by bit)
    history: Floats, season: Floats, season_before: Floats, confidence: float, horizon: int, fitted: int
) -> _Foretold:
    teller = Teller(season, confidence)
    judged = Teller(season_before, confidence).judged(history)
    outlook = teller.outlook(history, horizon)
    way = np.where(outlook.way == outlooks.NONE, len(WORDS) - 1, outlook.way)
    ratio = _fit_largest(history, teller, horizon, fitted, (way, outlook.told, judged))
    shifts = change_points(history / season[np.arange(-history.shape[1], 0) % teller.season])
    return _Foretold(
        way, *outlook.told, judged.came, *judged.told, judged.naive, _error(history, judged), _seasonality(history),
        shifts.latest, shifts.cuts, np.full(len(history), np.nan if ratio is None else ratio),
    )  # fmt: skip


def _fit_largest(
    history: Floats, teller: Teller, horizon: int, fitted: int, found: tuple[Whole, Told, Judged]
) -> float | None:
    """Exponential smoothing for the largest that buy in most months, if it would have missed no more than the level."""
    way, told, judged = found
    chosen = _regular(history, fitted)
    tried = [_fitted(history[places, -length:], teller, horizon) for length, places in chosen]
    before = sum(np.nansum(np.abs(judged.came[p] - judged.told.mean[p])) for _l, p in chosen)
    now = sum(np.nansum(np.abs(judged.came[p] - each.judged.mean)) for (_l, p), each in zip(chosen, tried, strict=True))
    ratio = float(now / before) if before > 0 else None
    if ratio is None or ratio > 1:
        return ratio
    for (_length, places), each in zip(chosen, tried, strict=True):
        way[places] = FITTED
        for part in Told._fields:
            getattr(told, part)[places] = getattr(each.told, part)
            getattr(judged.told, part)[places] = getattr(each.judged, part)
    return ratio


def _error(history: Floats, judged: Judged) -> Floats:
    before = history[:, :-STEP]
    yearly, monthly = scale(before, MONTHS_A_YEAR), scale(before)
    return np.asarray(mae(judged.came, judged.told.mean) / np.where(np.isnan(yearly), monthly, yearly))


class _Book:
    """All accounts' histories and what they tell."""

    def __init__(self, panel: Months, confidence: float, horizon: int, fitted: int) -> None:
        self.panel, self.teller, self.horizon = panel, _teller(panel, confidence), horizon
        begun = np.flatnonzero(panel.first <= panel.end)
        values = panel.values[begun]
        values[panel.numbers < panel.first[begun, None]] = np.nan
        before = _teller(panel, confidence, STEP)
        found = _foretold(values, self.teller.factors, before.factors, confidence, horizon, fitted)
        self.found: _Foretold = found.among(len(panel.accounts), begun)
        self.way, self.told = self.found.way, Told(self.found.mean, self.found.low, self.found.high)
        told = Told(self.found.judged_mean, self.found.judged_low, self.found.judged_high)
        self.judged = Judged(self.found.came, told, self.found.naive)
        self.season_proven = bool((self.teller.factors != 1.0).any())
        self.fitted_ratio = figure(found.fitted_ratio[0])

    def rows(self) -> pa.Table:
        accounts, horizon = len(self.panel.accounts), self.horizon
        place = np.repeat(np.arange(accounts), horizon)
        starts = np.array([month_start(self.panel.end + 1 + ahead) for ahead in range(horizon)])
        return pa.table(
            {
                "customer": self.panel.accounts.take(pa.array(place)),
                "period": pa.array(np.tile(starts, accounts)),
                **{name: figures(np.round(getattr(self.told, name).ravel(), 4)) for name in Told._fields},
                "method": words(WORDS, self.way[place]),
                "error": figures(np.round(self.found.error, 4)[place]),
                "seasonality": figures(np.round(self.found.seasonality, 4)[place]),
                "changed_on": self._changed().take(pa.array(place)),
            }
        )

    def _changed(self) -> pa.Array:
        """The month of each account's latest shift of level, the book's season taken out; null where there is none."""
        starts = np.array([month_start(int(month)) for month in self.panel.numbers])
        return pa.array(starts[self.found.latest], mask=self.found.cuts == 0)

    def figures(self, rows: pa.Table) -> dict[str, float | int | None]:
        judged = self.judged
        shown = np.bincount(self.way, minlength=len(WORDS))
        return {
            "accounts": len(self.panel.accounts),
            "total": figure(np.nansum(self.told.mean)),
            "same_months_last_year": figure(self._last_year()),
            "wape": figure(judged.missed),
            "wape_last_year": figure(judged.missed_naively),
            "bias": figure(judged.bias),
            "median_mase": figure(outlooks.median(self.found.error)),
            "covered": figure(judged.covered),
            "changed": int(len(rows) and rows["changed_on"].is_valid().to_numpy()[:: self.horizon].sum()),
            **{str(word): int(n) for word, n in zip(WORDS, shown, strict=True)},
        }

    def fit(self) -> dict[str, object]:
        return {
            "confidence": self.teller.confidence,
            "factors": self.teller.factors.tolist() if self.season_proven else None,
            "fitted_against_level": self.fitted_ratio,
            "book": self._whole_book(),
        }

    def _whole_book(self) -> dict[str, list[int] | list[float | None]]:
        """All accounts together: the last two years, and what is expected, as wide as the sum was missed at most."""
        past = self.panel.values[:, -DRAWN:].sum(axis=0)
        mean = np.nansum(self.told.mean, axis=0)
        around = mean * self._widest_miss()
        blank, ahead = np.full(DRAWN, np.nan), np.full(self.horizon, np.nan)
        lines = {"mean": mean, "low": np.maximum(mean - around, 0.0), "high": mean + around}
        return {
            "months": [month_start(self.panel.end + 1 + step) for step in range(-DRAWN, self.horizon)],
            "past": _listed(past, ahead),
            **{name: _listed(blank, line) for name, line in lines.items()},
        }

    def _widest_miss(self) -> float:
        """By what share of the forecast the sum of a month was missed at most in the last six months; NaN if untried."""
        told = np.where(np.isfinite(self.judged.came), self.judged.told.mean, np.nan)
        foretold, came = np.nansum(told, axis=0), np.nansum(self.judged.came, axis=0)
        tried = foretold > 0
        return float((np.abs(came - foretold)[tried] / foretold[tried]).max()) if tried.any() else float("nan")

    def _last_year(self) -> float:
        """The same months a year before; NaN where some are not over, or lie before the book begins."""
        start = LONGEST - MONTHS_A_YEAR
        if self.horizon > MONTHS_A_YEAR or self.panel.numbers[start] < self.panel.first.min(initial=self.panel.end):
            return float("nan")
        return float(self.panel.values[:, start : start + self.horizon].sum())

    def headline(self, currency: str) -> Message:
        total, before = float(np.nansum(self.told.mean)), self._last_year()
        figures_said: dict[str, Figure] = {"total": Money(total, currency), "n": Count(self.horizon)}
        if not before > 0:
            return Message(_("{total} is expected in the next {n} {n:month|months}"), figures_said)
        return Message(
            _("{total} is expected in the next {n} {n:month|months}, {growth} against the same months a year before"),
            {**figures_said, "growth": Percent(total / before - 1, signed=True)},
        )

    def warnings(self) -> list[Message]:
        said = []
        missed, naive = self.judged.missed, self.judged.missed_naively
        if missed >= naive:
            text = _(
                "No better than last year: on the last six months {missed} of sales were missed, by last year's months {naive}"
            )
            said.append(Message(text, {"missed": Percent(missed), "naive": Percent(naive)}))
        if short := int((self.way == len(WORDS) - 1).sum()):
            text = _(
                "{n} {n:account has|accounts have} fewer than {least} whole months behind them: no forecast for them"
            )
            said.append(Message(text, {"n": Count(short), "least": Count(outlooks.FEWEST)}))
        if abs(self.judged.covered - self.teller.confidence) > _FAR_OFF:
            text = _(
                "Of the last six months {covered} lay within their intervals, not {asked}: read the intervals with care"
            )
            asked = Percent(self.teller.confidence, 0)
            said.append(Message(text, {"covered": Percent(self.judged.covered, 0), "asked": asked}))
        if not np.isfinite(missed):
            said.append(
                Message(_("The book is too young to try forecasts on its own past: how good they are is unknown"))
            )
        return said


_FAR_OFF: Final = 0.07


@dataclass(frozen=True)
class _Own:
    """What exponential smoothing tells now, and told six months ago."""

    told: Told
    judged: Told


def _listed(*parts: Floats) -> list[float | None]:
    """One after the other, None where there is no figure."""
    return [figure(round(float(value), 2)) for value in np.concatenate(parts)]


def _regular(history: Floats, most: int) -> list[tuple[int, Whole]]:
    """The largest accounts with 24 months and more behind them and sales in most months, by length of history."""
    known = (~np.isnan(history)).sum(axis=1)
    last = np.nan_to_num(history[:, -LENGTHS[-1] :])
    able = (known >= LENGTHS[-1]) & ((last > 0).mean(axis=1) >= OFTEN)
    size = np.where(able, last[:, -MONTHS_A_YEAR:].sum(axis=1), -np.inf)
    largest = np.sort(np.argsort(-size, kind="stable")[: min(most, int(able.sum()))])
    length = np.array(
        [next((each for each in LENGTHS if known[place] >= each), 0) for place in largest], dtype=np.int64
    )
    return [(each, largest[length == each]) for each in LENGTHS if (length == each).any()]


def _fitted(history: Floats, teller: Teller, horizon: int) -> _Own:
    now, before = (
        ets.forecast(part, ahead, forms=FORMS) for part, ahead in ((history, horizon), (history[:, :-STEP], STEP))
    )
    spread = normal_spread(teller.confidence)
    return _Own(_interval(now, spread), _interval(before, spread))


def _interval(found: ets.Forecast, spread: float) -> Told:
    width = spread * np.nan_to_num(found.deviation)
    return Told(*(np.maximum(each, 0.0) for each in (found.mean, found.mean - width, found.mean + width)))


def _seasonality(history: Floats) -> Floats:
    """The strength of each account's own season; NaN below two years."""
    strength = np.full(len(history), np.nan)
    known = (~np.isnan(history)).sum(axis=1)
    for length in LENGTHS:
        mine = (
            np.flatnonzero(known >= length)
            if length == LONGEST
            else np.flatnonzero((known >= length) & np.isnan(strength))
        )
        if mine.size:
            strength[mine] = stl(history[mine, -length:]).seasonal_strength
    return strength
