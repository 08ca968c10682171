"""Whether it would have been known which contracts are not renewed, and better than by how long they had run.

At each origin the analysis is asked with the contracts as they stood then: those begun since are left out, and ends still to
come are taken away. Judged are those due within the horizon; lost is which ended nearer to that renewal than to a later one.
Two rules have to be beaten: the risk of all contracts renewed as often, and 'it is the first renewal'.

    due on 1 June, asked on 1 March, ended on 1 June   →   lost, known 92 days ahead if it was among the first

The first ``k`` are those of the highest risk, a tenth of those due and ten at least. For the lead time a contract's first
alarm is the earliest origin at which it was among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.backtests.early_warning import compared, lead_times, pooled, reliability_rows, scored
from vitalfew.backtests.register import Book, Judged, backtest
from vitalfew.catalogue import Column, Refusal
from vitalfew.language import Count, Message, Number, Percent, Word
from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.panels import day_numbers, in_order
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import Run, day_of, start
from vitalfew.warehouse.sources import Beside, FromTables

HORIZON: Final = 182
FEWEST: Final = 30
HALF_A_PERIOD: Final = 183
RULES: Final = {
    "by_duration": _("the risk of all contracts renewed as often"),
    "first_renewal": _("it is its first renewal"),
}


@dataclass(frozen=True)
class _Asked:
    """One origin: the contracts due, what was said of each, and what came."""

    day: int
    contract: Sequence[str]
    risk: Floats
    rules: dict[str, Floats]
    lost: Floats
    ended_on: Ints


@backtest(
    "renewal",
    horizon=HORIZON,
    columns=(
        Column("as_of", Unit.DAY, _("Asked on"), _("The day on which it would have been asked")),
        Column("accounts", Unit.COUNT, _("Contracts due"), _("Contracts due within the horizon")),
        Column("losses", Unit.COUNT, _("Not renewed"), _("Those of them that were then not renewed")),
        Column("expected", Unit.NUMBER, _("Expected"), _("Losses expected: all risks summed")),
        Column("auc", Unit.SHARE, _("Pairs right"), _("Of pairs of a lost and a kept contract, put right (AUC)")),
        Column("auc_by_duration", Unit.SHARE, _("by duration"), _("The same by how often each had been renewed")),
        Column("brier", Unit.NUMBER, _("Brier score"), _("Mean squared difference of stated and happened")),
        Column("brier_skill", Unit.SHARE, _("Better than average"), _("Brier skill: 0 says no more than the average")),
        Column("k", Unit.COUNT, _("Put first"), _("Contracts of the highest risk: a tenth, ten at least")),
        Column("precision_at_k", Unit.SHARE, _("Lost of those first"), _("Share lost of those put first")),
        Column("median_days", Unit.DAYS, _("Median lead"), _("Days from the first alarm to the loss")),
    ),
)
def renewal(book: Book, days: Sequence[int]) -> Judged:
    """The risk of not being renewed, as told on each of the days."""
    known = _contracts(book)
    asked = [each for day in days if (each := _asked(book, known, day)) is not None]
    risk, lost = (pooled([getattr(each, name) for each in asked]) for name in ("risk", "lost"))
    if not lost.size:
        raise Refusal(Message(_("On no day of the past was there a contract due, and one lost before it")))
    scores = {"renewal": risk, **{rule: pooled([each.rules[rule] for each in asked]) for rule in RULES}}
    rivals, lead = compared(scores, lost), _lead(asked)
    figures = {
        **scored(risk, lost),
        "expected": float(risk.sum()),
        **{f"auc_{row['score']}": row["auc"] for row in rivals[1:]},
        "median_days": lead["median_days"],
    }
    tables = {"reliability": reliability_rows(risk, lost), "rules": rivals, "lead_time": [lead]}
    return Judged([_row(each) for each in asked], figures, _headline(figures), tables, _warnings(figures, rivals))


def _contracts(book: Book) -> pa.Table:
    source = book.now.source
    if "contracts" not in source.names:
        raise Refusal(Message(_("No contracts are known: there is nothing to judge")))
    read: pa.Table = source.frame("contracts", None).collect("pyarrow").to_native()
    return read


def _asked(book: Book, known: pa.Table, day: int) -> _Asked | None:
    """None where nothing could be told on that day, or nothing was due."""
    try:
        told = _at(book, known, day).result("renewal").table
    except Refusal:
        return None
    told = told.filter(pc.less_equal(told["next_on"], day + HORIZON)).combine_chunks()
    if not told.num_rows or told["contract"].null_count:
        return None
    ended_on = _ends(known, told["contract"])
    lost = ended_on <= told["next_on"].to_numpy() + HALF_A_PERIOD
    rules = {
        "by_duration": told["by_duration"].to_numpy(),
        "first_renewal": (told["renewals"].to_numpy() == 0).astype(np.float64),
    }
    codes = told["contract"].to_pylist()
    return _Asked(day, codes, told["probability"].to_numpy(), rules, lost.astype(np.float64), ended_on)


def _at(book: Book, known: pa.Table, day: int) -> Run:
    """The run as of that day, with the contracts as they stood."""
    source, engine = book.opener()
    begun = pc.less_equal(known["started_on"].cast(pa.int32()), day)
    over = pc.less_equal(known["ended_on"].cast(pa.int32()), day)
    place = known.column_names.index("ended_on")
    then = known.set_column(place, "ended_on", pc.if_else(over, known["ended_on"], None)).filter(begun)
    return start(Beside(source, FromTables(engine, {"contracts": then})), engine, day, book.now.currency)


def _ends(known: pa.Table, contract: Any) -> Ints:
    """The day on which each of these ended; beyond all days where it runs."""
    ends = np.where(known["ended_on"].is_valid().to_numpy(), day_numbers(known["ended_on"]), np.iinfo(np.int64).max)
    return np.asarray(ends[in_order(contract.combine_chunks(), known["contract"].combine_chunks())])


def _first(asked: _Asked) -> Bools:
    k = scored(asked.risk, asked.lost)["k"] or 0
    place = np.empty(asked.risk.size, dtype=np.int64)
    place[np.argsort(-asked.risk, kind="stable")] = np.arange(asked.risk.size)
    return place < k


def _lead(asked: Sequence[_Asked]) -> dict[str, float | int | None]:
    ended: dict[str, int] = {}
    alarm: dict[str, int] = {}
    for each in asked:
        for place, first in enumerate(_first(each)):
            if each.lost[place]:
                ended[each.contract[place]] = int(each.ended_on[place])
            if first:
                alarm.setdefault(each.contract[place], each.day)
    return lead_times(ended, alarm)


def _row(asked: _Asked) -> dict[str, Any]:
    rules = {f"auc_{row['score']}": row["auc"] for row in compared(asked.rules, asked.lost)}
    told = {**scored(asked.risk, asked.lost), "expected": float(asked.risk.sum()), **rules, "median_days": None}
    return {"as_of": day_of(asked.day).isoformat(), **told}


def _headline(figures: dict[str, Any]) -> Message:
    if figures["auc"] is None:
        return Message(_("Too few losses to say how well they would have been known"))
    text = _(
        "Of {n} renewals due, {lost} failed and {expected} were expected to; of the {k} put first {precision} failed. Of pairs "
        "of a lost and a kept contract {auc} would have been put right ({low} – {high}; by duration {duration}); Brier {brier}"
    )
    shares = {"auc": "auc", "low": "auc_low", "high": "auc_high", "duration": "auc_by_duration"}
    counts = {"n": "accounts", "lost": "losses", "expected": "expected", "k": "k"}
    said = {name: Count(figures[each]) for name, each in counts.items()}
    said_shares = {name: Percent(figures[each] or 0.0) for name, each in shares.items()}
    precision = Percent(figures["precision_at_k"] or 0.0, 0)
    return Message(text, {**said, **said_shares, "precision": precision, "brier": Number(figures["brier"], 3)})


def _warnings(figures: dict[str, Any], rivals: list[dict[str, Any]]) -> list[Message]:
    said = [Message(_("Signs are those known now: one that was filled in or changed since would flatter this"))]
    if figures["losses"] < FEWEST:
        text = _("Only {n} losses over all days: these figures are uncertain, see their intervals")
        said.append(Message(text, {"n": Count(figures["losses"])}))
    best = max(rivals[1:], key=lambda row: row["auc"] or 0.0)
    if figures["auc"] is not None and (best["auc"] or 0.0) >= figures["auc"]:
        text = _("Over all days the rule '{rule}' put the contracts in order as well: it was not beaten")
        said.append(Message(text, {"rule": Word(RULES[best["score"]])}))
    return said
