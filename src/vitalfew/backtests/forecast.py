"""Whether the forecasts of earlier days came true, and missed less than simple rules.

At each origin the analysis is asked for the six months after the last whole one; what came are the accounts' net sales
in them. Errors are sums over all accounts and months:

    wape       Σ|told − came| / Σ came     single months of single accounts
    wape_sum   the same of each account's six months together: what a budget needs
    bias       Σ(told − came) / Σ came     above 0: too much was told
    held       the share of months whose 90 % interval held

Two rules have to be beaten: the same months of the year before, and the average of the last twelve months (of as many as
are known in younger accounts; the first rule falls back on it too). Accounts for which no forecast was given are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from vitalfew.backtests.register import Book, Judged, backtest
from vitalfew.catalogue import Column
from vitalfew.language import Message, Percent, Word
from vitalfew.maths.accuracy import bias, coverage, wape
from vitalfew.maths.arrays import Floats
from vitalfew.panels import MONTHS_A_YEAR, Months, figure, in_order, last_whole_month, months
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import Run, day_of

HORIZON: Final = 184
"""Six months after a whole one are over within so many days."""
AHEAD: Final = 6
ASKED, FAR_OFF = 0.9, 0.07
RULES: Final = {
    "wape_last_year": _("the same months of the year before"),
    "wape_average": _("the average of the last twelve months"),
}


@dataclass(frozen=True)
class _Asked:
    """Accounts × months ahead: what was told, what came, what the rules would have told."""

    mean: Floats
    low: Floats
    high: Floats
    came: Floats
    last_year: Floats
    average: Floats


@backtest(
    "forecast",
    horizon=HORIZON,
    columns=(
        Column("as_of", Unit.DAY, _("Asked on"), _("The day on which it would have been asked")),
        Column("accounts", Unit.COUNT, _("Accounts"), _("Accounts asked about")),
        Column("wape", Unit.SHARE, _("Missed, by month"), _("All misses of single months, as a share of what came")),
        Column("wape_last_year", Unit.SHARE, _("by last year"), _("The same, had last year's months been repeated")),
        Column("wape_average", Unit.SHARE, _("by the average"), _("The same, had the average of a year been told")),
        Column("wape_sum", Unit.SHARE, _("Missed, in sum"), _("Misses of each account's six months together")),
        Column("bias", Unit.SHARE, _("Too much"), _("What was told in sum against what came; below 0: too little")),
        Column("held", Unit.SHARE, _("Intervals held"), _("Share of the 90 % intervals in which lay what came")),
    ),
)
def forecast(book: Book, days: Sequence[int]) -> Judged:
    """Sales of six months, as told on each of the days."""
    last = last_whole_month(book.now.as_of)
    width = last - last_whole_month(days[0]) + 2 * MONTHS_A_YEAR
    book_months = months(book.now.frame("account_months"), "amount", last, width)
    asked = [_asked(book.at(day), day, book_months) for day in days]
    rows = [{"as_of": day_of(day).isoformat(), **_scores(each)} for day, each in zip(days, asked, strict=True)]
    joined = [np.concatenate([getattr(each, part.name) for each in asked]) for part in fields(_Asked)]
    figures = _scores(_Asked(*joined))
    return Judged(rows, figures, _headline(figures), warnings=_warnings(figures))


def _asked(run: Run, day: int, known: Months) -> _Asked:
    rows = run.result("forecast", horizon=AHEAD, confidence=ASKED).table.sort_by(
        [("customer", "ascending"), ("period", "ascending")]
    )
    mean, low, high = (
        np.asarray(rows[name].to_numpy(zero_copy_only=False), dtype=np.float64).reshape(-1, AHEAD)
        for name in ("mean", "low", "high")
    )
    told = np.isfinite(mean).all(axis=1)
    codes = rows["customer"].combine_chunks()[::AHEAD].filter(told)
    place = in_order(codes, known.accounts)
    now = last_whole_month(day) - known.end + known.values.shape[1] - 1
    sold, began = known.values[place], known.first[place] - known.numbers[0]
    return _Asked(mean[told], low[told], high[told], sold[:, now + 1 : now + 1 + AHEAD], *_by_rules(sold, began, now))


def _by_rules(sold: Floats, began: Any, now: int) -> tuple[Floats, Floats]:
    """What repeating last year's months would have told, and the average of the last twelve or as many as are known."""
    year = sold[:, now + 1 - MONTHS_A_YEAR : now + 1]
    lived = np.clip(now + 1 - began, 1, MONTHS_A_YEAR)
    average = np.repeat((year.sum(axis=1) / lived)[:, None], AHEAD, axis=1)
    return np.where((now + 1 - began >= MONTHS_A_YEAR)[:, None], year[:, :AHEAD], average), average


def _scores(asked: _Asked) -> dict[str, Any]:
    came = asked.came.reshape(1, -1)

    def missed(told: Floats) -> float | None:
        return figure(float(wape(came, told.reshape(1, -1))[0]))

    sums = wape(asked.came.sum(axis=1)[None], asked.mean.sum(axis=1)[None])
    held = coverage(came, asked.low.reshape(1, -1), asked.high.reshape(1, -1))
    return {
        "accounts": len(asked.mean),
        "wape": missed(asked.mean),
        "wape_last_year": missed(asked.last_year),
        "wape_average": missed(asked.average),
        "wape_sum": figure(float(sums[0])),
        "bias": figure(float(bias(came, asked.mean.reshape(1, -1))[0])),
        "held": figure(float(held[0])),
    }


def _headline(figures: dict[str, Any]) -> Message:
    if figures["wape"] is None:
        return Message(_("Nothing was sold after the days asked on: the forecasts cannot be judged"))
    text = _(
        "Forecasts of single months missed {wape} of what came (last year's months {year}, the average {average}), of six months "
        "together {sum}; {held} of the 90 % intervals held"
    )
    names = {"wape": "wape", "year": "wape_last_year", "average": "wape_average", "sum": "wape_sum", "held": "held"}
    return Message(text, {name: Percent(figures[said] or 0.0, 0) for name, said in names.items()})


def _warnings(figures: dict[str, Any]) -> list[Message]:
    if figures["wape"] is None:
        return []
    text = _("The rule '{rule}' missed no more: it was not beaten")
    said = [
        Message(text, {"rule": Word(rule)})
        for name, rule in RULES.items()
        if figures[name] is not None and figures[name] <= figures["wape"]
    ]
    if abs(figures["held"] - ASKED) > FAR_OFF:
        far = _("{held} of the intervals held, not {asked}: read the intervals with care")
        said.append(Message(far, {"held": Percent(figures["held"], 0), "asked": Percent(ASKED, 0)}))
    return said
