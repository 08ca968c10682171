"""Whether the accounts called most valuable were those that earned most in the year after.

At each origin the analysis is asked for the tiers; what came is the actual value that it tells twelve months later.

    earned          what the most valuable earned then, as a share of all positive value of then
    by_sales        the same, had as many accounts been chosen by their sales of the year before
    by_hindsight    the same for the best choice of as many: no more can be reached
    again           the share of the most valuable that were most valuable again
    still_below     of the accounts at or below zero, the share that was there again

Sales are the rule to be beaten: whoever keeps no costs ranks by them. The same accounts are asked about at every origin, so
the interval of ``again`` (Wilson) counts them once.

    10 called most valuable earn 80 of 100 a year later, the 10 largest by sales 76, the best ten 85  →  .80 .76 .85

Wilson, E. B. (1927). Probable inference. JASA 22(158).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.backtests.register import Book, Judged, backtest
from vitalfew.catalogue import Column
from vitalfew.language import Count, Message, Percent
from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.intervals import wilson
from vitalfew.panels import MONTHS_A_YEAR, last_whole_month, month_start
from vitalfew.terms import Tier, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import Run, day_of

HORIZON: Final = 366
FEWEST: Final = 10


@dataclass(frozen=True)
class _Asked:
    """One origin: who was called what, what they sold before and were worth a year later."""

    chosen: Bools
    below: Bools
    sales: Floats
    later: Floats
    again: Bools


@backtest(
    "tiers",
    horizon=HORIZON,
    columns=(
        Column("as_of", Unit.DAY, _("Asked on"), _("The day on which it would have been asked")),
        Column("accounts", Unit.COUNT, _("Accounts"), _("Accounts asked about")),
        Column("most_valuable", Unit.COUNT, _("Most valuable"), _("Accounts called most valuable")),
        Column("earned", Unit.SHARE, _("Earned after"), _("Their share of what was earned in the year after")),
        Column("by_sales", Unit.SHARE, _("by sales"), _("The share of as many accounts chosen by their sales")),
        Column("by_hindsight", Unit.SHARE, _("at best"), _("The share of the best choice, known only afterwards")),
        Column("again", Unit.SHARE, _("Again so"), _("Share of them that were most valuable again")),
        Column("below_zero", Unit.COUNT, _("Below zero"), _("Accounts at or below zero")),
        Column("still_below", Unit.SHARE, _("Still below"), _("Share of those that were below zero again")),
    ),
)
def tiers(book: Book, days: Sequence[int]) -> Judged:
    """The tiers, as told on each of the days, and what the accounts earned in the year after."""
    asked = [_asked(book, day) for day in days]
    rows = [{"as_of": day_of(day).isoformat(), **_scores([each])} for day, each in zip(days, asked, strict=True)]
    figures = _scores(asked)
    return Judged(rows, figures, _headline(figures), warnings=_warnings(figures))


def _asked(book: Book, day: int) -> _Asked:
    run = book.at(day)
    told = run.result("tiers").table
    later = book.at(month_start(last_whole_month(day) + 1 + MONTHS_A_YEAR) - 1).result("tiers").table
    codes = _text(told, "customer")
    return _Asked(
        _is(told, Tier.MVC),
        told["actual"].to_numpy(zero_copy_only=False) <= 0,
        _sales(run, codes),
        _of(codes, later, "actual"),
        _of(codes, later.append_column("best", pa.array(_is(later, Tier.MVC).astype(float))), "best") > 0,
    )


def _text(table: pa.Table, column: str) -> pa.Array:
    return pc.cast(table[column], pa.string()).combine_chunks()


def _is(table: pa.Table, tier: Tier) -> Bools:
    found: Bools = pc.equal(_text(table, "tier"), tier.value).to_numpy(zero_copy_only=False)
    return found


def _sales(run: Run, codes: pa.Array) -> Floats:
    return _of(codes, run.result("contribution", months=MONTHS_A_YEAR).table, "revenue")


def _of(codes: pa.Array, table: pa.Table, column: str) -> Floats:
    """The column in the order of the codes; 0 for accounts that the table does not speak of."""
    place = pc.index_in(codes, value_set=_text(table, "customer"))
    found: Floats = pc.cast(table[column], pa.float64()).take(place).fill_null(0.0).to_numpy()
    return found


def _scores(asked: Sequence[_Asked]) -> dict[str, Any]:
    chosen, below = (int(sum(getattr(each, name).sum() for each in asked)) for name in ("chosen", "below"))
    worth = sum(float(np.maximum(each.later, 0).sum()) for each in asked)
    again = sum(int((each.chosen & each.again).sum()) for each in asked)
    still = sum(int((each.below & (each.later <= 0)).sum()) for each in asked)
    span = wilson(again / len(asked), chosen / len(asked)) if chosen else None

    def share(of: Sequence[float]) -> float | None:
        return sum(of) / worth if worth > 0 else None

    return {
        "accounts": sum(each.later.size for each in asked),
        "most_valuable": chosen,
        "earned": share([float(np.maximum(each.later, 0)[each.chosen].sum()) for each in asked]),
        "by_sales": share([_best(each.sales, each) for each in asked]),
        "by_hindsight": share([_best(each.later, each) for each in asked]),
        "again": again / chosen if chosen else None,
        "again_low": span.low if span else None,
        "again_high": span.high if span else None,
        "below_zero": below,
        "still_below": still / below if below else None,
    }


def _best(score: Floats, asked: _Asked) -> float:
    """What as many accounts as were chosen earned later, the highest scores taken."""
    first = np.argsort(-score, kind="stable")[: int(asked.chosen.sum())]
    return float(np.maximum(asked.later, 0)[first].sum())


def _headline(figures: dict[str, Any]) -> Message:
    if figures["earned"] is None or figures["again"] is None:
        return Message(_("Nothing was earned after the days asked on: the tiers cannot be judged"))
    text = _(
        "The accounts called most valuable earned {earned} of all value of the year after (as many by sales {sales}, the best "
        "choice {best}); {again} of them were most valuable again ({low} – {high})"
    )
    names = {
        "earned": "earned", "sales": "by_sales", "best": "by_hindsight", "again": "again", "low": "again_low",
        "high": "again_high",
    }  # fmt: skip
    return Message(text, {name: Percent(figures[said], 0) for name, said in names.items()})


def _warnings(figures: dict[str, Any]) -> list[Message]:
    said = []
    if figures["earned"] is not None and figures["by_sales"] >= figures["earned"]:
        said.append(Message(_("Choosing by sales alone would have found as much value: it was not beaten")))
    if figures["most_valuable"] < FEWEST:
        text = _("Only {n} accounts were called most valuable over all days: one more or less changes these shares")
        said.append(Message(text, {"n": Count(figures["most_valuable"])}))
    return said
