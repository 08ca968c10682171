"""Whether the risk of leaving would have been known, and better than by rules of thumb.

At each origin the analysis is asked about the accounts that bought in the year before; lost is who buys nothing within
the horizon. Three rules have to be beaten: no purchase for twice the account's own median gap; 1 − P(alive) of the
purchase process; fewer than half the purchases of the quarter before.

For the lead time an account is lost when it has been silent for a year; its first alarm is the earliest origin after
its last purchase at which the alarm stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.backtests.early_warning import (
    alarmed,
    compared,
    high_risks,
    lead_times,
    overstated,
    pooled,
    reliability_rows,
    scored,
    thresholds,
)
from vitalfew.backtests.register import Book, Judged, backtest
from vitalfew.catalogue import Column
from vitalfew.language import Count, Message, Percent, Word
from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.silences import declined, gaps, silent
from vitalfew.maths.years import YEAR
from vitalfew.panels import Panel
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import Run, day_of

HORIZON, FEWEST = 162, 30
RULES: Final = {
    "silent": _("silent for twice its usual gap"),
    "not_alive": _("P(alive) of the purchase process"),
    "declined": _("less than half as often as the quarter before"),
}


@dataclass(frozen=True)
class _Asked:
    """One origin: who was asked about, what was said, by the analysis and the rules, and what came."""

    day: int
    codes: pa.Array
    probability: Floats
    alarm: Bools
    rules: dict[str, Floats]
    lost: Floats
    sales: Floats
    """Of the year before."""


@backtest(
    "churn",
    horizon=HORIZON,
    columns=(
        Column("as_of", Unit.DAY, _("Asked on"), _("The day on which it would have been asked")),
        Column("accounts", Unit.COUNT, _("Accounts"), _("Accounts asked about")),
        Column("losses", Unit.COUNT, _("Losses"), _("Accounts that then bought nothing within the horizon")),
        Column("auc", Unit.SHARE, _("Pairs right"), _("Of pairs of a lost and a kept account, put right (AUC)")),
        Column("auc_silent", Unit.SHARE, _("by silence"), _("The same by the rule: silent for twice its usual gap")),
        Column("auc_not_alive", Unit.SHARE, _("by P(alive)"), _("The same by P(alive) of the purchase process")),
        Column("auc_declined", Unit.SHARE, _("by decline"), _("The same by the rule: half as often as before")),
        Column("brier_skill", Unit.SHARE, _("Better than average"), _("Brier skill: 0 says no more than the average")),
        Column("precision_at_k", Unit.SHARE, _("Lost of those first"), _("Share lost of the tenth put first")),
        Column("alarms", Unit.COUNT, _("Alarms"), _("Accounts with an alarm")),
        Column("false_alarms", Unit.COUNT, _("False alarms"), _("Those of them that bought all the same")),
    ),
)
def churn(book: Book, days: Sequence[int]) -> Judged:
    """The risk of leaving, as told on each of the days."""
    bought = Panel.of(book.now.frame("purchase_days").select("customer", "bought_on"), "bought_on")
    asked = [_asked(book.at(day), day, bought) for day in days]
    told, lost = (pooled([getattr(each, name) for each in asked]) for name in ("probability", "lost"))
    scores = {"churn": told, **{rule: pooled([each.rules[rule] for each in asked]) for rule in RULES}}
    rivals = compared(scores, lost)
    figures = {
        **scored(told, lost),
        **high_risks(told, lost),
        **alarmed(np.concatenate([each.alarm for each in asked]), lost),
        **{f"auc_{row['score']}": row["auc"] for row in rivals[1:]},
    }
    lead = lead_times(_lost_on(bought, book.now.as_of), _first_alarms(asked, bought))
    sales = pooled([each.sales for each in asked])
    tables = {
        "reliability": reliability_rows(told, lost), "rules": rivals, "lead_time": [lead],
        "thresholds": thresholds(told, lost, sales),
    }  # fmt: skip
    rows = [_row(each) for each in asked]
    return Judged(rows, figures, _headline(figures, rivals), tables, _warnings(figures, rivals))


def _asked(run: Run, day: int, bought: Panel) -> _Asked:
    result = run.result("churn", horizon=HORIZON).table.sort_by("customer")
    result = result.filter(pc.less_equal(result["silence"], YEAR)).combine_chunks()
    codes = pc.cast(result["customer"], pa.string()).combine_chunks()
    later = bought.whole("bought_on")
    came = bought.codes.filter(pa.array((later > day) & (later <= day + HORIZON)))
    lost = ~pc.is_in(codes, value_set=came).to_numpy(zero_copy_only=False)
    return _Asked(
        day, codes, result["probability"].to_numpy(), result["alarm"].to_numpy(), _rules(run, day, codes),
        lost.astype(np.float64), result["sales_year"].to_numpy(),
    )  # fmt: skip


def _rules(run: Run, day: int, codes: pa.Array) -> dict[str, Floats]:
    """The rules of thumb as scores."""
    panel = Panel.of(run.frame("purchase_days").select("customer", "bought_on"), "bought_on")
    starts = panel.starts()
    account = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(panel))))
    place = pc.index_in(codes, panel.accounts()).to_numpy(zero_copy_only=False)
    alive = run.result("lifetime", model="mbg-nbd").table
    row = pc.index_in(codes, pc.cast(alive["customer"], pa.string()).combine_chunks()).to_numpy(zero_copy_only=False)
    found = panel.whole("bought_on")
    return {
        "silent": silent(gaps(account, found, day))[place].astype(np.float64),
        "not_alive": 1 - alive["p_alive"].to_numpy()[row],
        "declined": declined(account, found, day)[place].astype(np.float64),
    }


def _row(asked: _Asked) -> dict[str, Any]:
    rules = {f"auc_{row['score']}": row["auc"] for row in compared(asked.rules, asked.lost)}
    told = {**scored(asked.probability, asked.lost), **alarmed(asked.alarm, asked.lost), **rules}
    return {"as_of": day_of(asked.day).isoformat(), **told}


def _last(bought: Panel) -> dict[str, int]:
    ends = np.append(bought.starts()[1:], len(bought)) - 1
    return dict(zip(bought.accounts().to_pylist(), bought.whole("bought_on")[ends].tolist(), strict=True))


def _lost_on(bought: Panel, now: int) -> dict[str, int]:
    """The day on which each account had been silent for a year."""
    return {code: day + YEAR for code, day in _last(bought).items() if day + YEAR <= now}


def _first_alarms(asked: Sequence[_Asked], bought: Panel) -> dict[str, int]:
    last, found = _last(bought), dict[str, int]()
    for each in asked:
        for code in each.codes.filter(pa.array(each.alarm)).to_pylist():
            if each.day >= last[code]:
                found.setdefault(code, each.day)
    return found


def _headline(figures: dict[str, Any], rivals: list[dict[str, Any]]) -> Message:
    if figures["auc"] is None:
        return Message(_("Too few losses to say how well they would have been known"))
    best = max(row["auc"] or 0.0 for row in rivals[1:])
    return Message(
        _(
            "Of pairs of a lost and a kept account, of those that had bought within the year, {auc} would have been put the "
            "right way round ({low} – {high}); the best rule of thumb: {rule}. "
            "Of the {k} put first {precision} were lost, {lift} times the average"
        ),
        {
            "auc": Percent(figures["auc"]),
            "low": Percent(figures["auc_low"]),
            "high": Percent(figures["auc_high"]),
            "rule": Percent(best),
            "k": Count(figures["k"]),
            "precision": Percent(figures["precision_at_k"], 0),
            "lift": f"{figures['lift_at_k']:.1f}",
        },
    )


def _warnings(figures: dict[str, Any], rivals: list[dict[str, Any]]) -> list[Message]:
    said = []
    if figures["losses"] < FEWEST:
        text = _("Only {n} losses over all days: these figures are uncertain, see their intervals")
        said.append(Message(text, {"n": Count(figures["losses"])}))
    said += overstated(figures)
    best = max(rivals[1:], key=lambda row: row["auc"] or 0.0)
    if figures["auc"] is not None and (best["auc"] or 0.0) >= figures["auc"]:
        text = _("Over all days the rule '{rule}' put the accounts in order as well: it was not beaten")
        said.append(Message(text, {"rule": Word(RULES[best["score"]])}))
    return said
