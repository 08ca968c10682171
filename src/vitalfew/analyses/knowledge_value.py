"""What accounts are worth by what they know and share: ideas, feedback, trials, joint design.

From the table ``knowledge_events``: customer, happened_on, kind (idea, feedback, trial, co_design, market, other), probability
that the gain comes, gain, and where known cost, evidence, expected_on (the day of the gain; empty: it counts in full).

    knowledge value  =  sum over events of  probability · gain / (1 + i)^years ahead − cost

    an idea, probability .3, gain 100,000 two years ahead, i .1, cost 5,000  →  .3 · 82,645 − 5,000 = 19,793

``low`` is what remains if nothing comes of any event, ``high`` if all gains come. A gain is what the company earns more, or
spends less, because of the event; what the account itself buys more is in its own lifetime value and does not belong here. Events
without probability or gain count their cost only; a probability outside 0 … 1 is none. The three largest events are told with
their evidence; an event without evidence is an opinion, and is counted as such.

Probabilities and gains are judged by people before the outcome: write them down then, and compare them later. Do not use it to
rank accounts that were never asked.

Kumar, V., Aksoy, L., Donkers, B., Venkatesan, R., Wiesel, T. & Tillmanns, S. (2010). Undervalued or overvalued customers:
capturing total customer engagement value. J. Service Research 13(3).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money
from vitalfew.maths.years import MEAN_YEAR
from vitalfew.panels import DAY, NUMBER, TEXT, Floats, Whole, day_numbers, figures, handed_over, in_order
from vitalfew.sentences import amounts, days, kept, labels, percents, texts, told
from vitalfew.terms import Group, Knowledge, Unit
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 3
NEEDED: Final = {"customer": TEXT, "happened_on": DAY, "kind": TEXT, "probability": NUMBER, "gain": NUMBER}
MORE: Final = {"cost": NUMBER, "evidence": TEXT, "expected_on": DAY}


@analysis(
    group=Group.VALUE,
    title=_("Knowledge value"),
    question=_("What are accounts worth by the ideas, feedback and trials they share with us?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("value", Unit.MONEY, _("Knowledge value"), _("Expected gain, discounted, less cost")),
        Column("low", Unit.MONEY, _("from"), _("If nothing comes of any event")),
        Column("high", Unit.MONEY, _("to"), _("If all gains come")),
        Column("events", Unit.COUNT, _("Events"), _("Ideas, feedback, trials and the like")),
        Column("latest", Unit.DAY, _("Latest"), _("The day of the latest event")),
        Column("unpriced", Unit.COUNT, _("Without a gain"), _("Events without probability or gain")),
        Column("unproven", Unit.COUNT, _("Without evidence"), _("Events for which nothing is written down")),
        Column("evidence", Unit.SENTENCES, _("Evidence"), _("The three largest events")),
    ),
    choices={"discount_rate": Choice(_("Discount rate a year"), most=10)},
    drawing=Drawing("top", "value"),
    source="Kumar et al. (2010), J. Service Research 13(3)",
)
def knowledge_value(
    knowledge_events: Frame | None = None, *, as_of: int, currency: str, discount_rate: float = 0.1
) -> Findings:
    if knowledge_events is None:
        text = _(
            "Nothing is recorded of what accounts know and share: give a list of their ideas and news with customer, day, kind, "
            "chance of success and gain; the method names its columns"
        )
        raise Refusal(Message(text))
    events = _events(handed_over(knowledge_events, "knowledge_events", NEEDED, MORE), as_of, discount_rate)
    if not len(events.codes):
        raise Refusal(Message(_("No event has happened by this day")))
    rows = _rows(events, currency)
    found = _figures(events, rows)
    return Findings(rows, found, _headline(found, currency), _warnings(found))


@dataclass(frozen=True)
class _Events:
    """Events by the day, in order of account; sums of money NaN where nobody put one."""

    codes: pa.Array
    day: Whole
    kind: pa.Array
    evidence: pa.Array
    chance: Floats
    gain: Floats
    """Discounted."""
    cost: Floats

    @property
    def worth(self) -> Floats:
        return np.asarray(np.nan_to_num(self.chance * self.gain) - self.cost)


def _events(table: pa.Table, as_of: int, rate: float) -> _Events:
    day = day_numbers(table["happened_on"])
    known = pc.is_valid(table["customer"]).to_numpy() & (day <= as_of)
    order = np.flatnonzero(known)[pc.sort_indices(table["customer"].filter(pa.array(known))).to_numpy()]
    read = table.take(pa.array(order)).combine_chunks()
    chance, gain, cost = (_finite(read[name]) for name in ("probability", "gain", "cost"))
    ahead = np.maximum(day_numbers(read["expected_on"]) - as_of, 0) / MEAN_YEAR
    kind = read["kind"].combine_chunks()
    plain = pc.if_else(pc.is_in(kind, pa.array([each.value for each in Knowledge])), kind, Knowledge.OTHER.value)
    return _Events(
        read["customer"].combine_chunks(),
        day[order],
        plain.fill_null(Knowledge.OTHER.value),
        read["evidence"].combine_chunks(),
        np.where((chance >= 0) & (chance <= 1), chance, np.nan),
        gain * (1 + rate) ** -ahead,
        np.nan_to_num(cost),
    )


def _finite(column: Any) -> Floats:
    values = np.asarray(column.to_numpy(), dtype=np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def _rows(events: _Events, currency: str) -> pa.Table:
    codes = events.codes.unique()
    row = in_order(events.codes, codes)
    gain = np.nan_to_num(np.where(np.isnan(events.chance), 0.0, events.gain))
    unpriced = np.isnan(events.chance * events.gain)
    latest = np.full(len(codes), np.iinfo(np.int64).min)
    np.maximum.at(latest, row, events.day)

    def total(values: Floats) -> Floats:
        return np.bincount(row, values, len(codes)).astype(np.float64).round(4)

    table = pa.table(
        {
            "customer": codes,
            "value": figures(total(events.worth)),
            "low": figures(total(np.minimum(gain, 0.0) - events.cost)),
            "high": figures(total(np.maximum(gain, 0.0) - events.cost)),
            "events": pa.array(np.bincount(row, minlength=len(codes))),
            "latest": pa.array(latest, mask=latest <= 0),
            "unpriced": pa.array(np.bincount(row[unpriced], minlength=len(codes))),
            "unproven": pa.array(
                np.bincount(row[~events.evidence.is_valid().to_numpy(zero_copy_only=False)], minlength=len(codes))
            ),
            "evidence": kept(*_told(events, row, len(codes), currency)),
        }
    )
    return table.sort_by([("value", "descending"), ("customer", "ascending")])


def _told(events: _Events, row: Whole, accounts: int, currency: str) -> list[pa.Array]:
    """A sentence for each of an account's largest events."""
    order = np.lexsort((-events.day, -np.abs(events.worth), row))
    place = np.arange(row.size) - np.searchsorted(row[order], row[order], side="left")
    said = []
    for number in range(SHOWN):
        which = np.full(accounts, -1)
        at = order[place == number]
        which[row[at]] = at
        said.append(_sentence(events, which, currency))
    return said


def _sentence(events: _Events, which: Whole, currency: str) -> pa.Array:
    taken = pa.array(which, mask=which < 0)
    here = which >= 0
    figure = {
        name: np.where(here, getattr(events, name)[which], np.nan)
        for name in ("day", "chance", "gain", "cost", "worth")
    }
    proof = events.evidence.take(taken)
    where = here & ~np.isnan(figure["chance"] * figure["gain"])
    said = {
        "kind": labels(Knowledge, events.kind.take(taken)),
        "day": days(np.where(figure["day"] > 0, figure["day"], np.nan)),
        "chance": percents(figure["chance"]),
        "gain": amounts(figure["gain"], currency),
        "cost": amounts(figure["cost"], currency),
    }
    proven = told(
        _("{kind}, {day}: gain {gain} with a chance of {chance}, cost {cost} ({proof})."),
        where=where,
        **said,
        proof=texts(proof),
    )
    bare = told(
        _("{kind}, {day}: gain {gain} with a chance of {chance}, cost {cost}; no evidence."), where=where, **said
    )
    return pc.coalesce(proven, bare)


def _figures(events: _Events, rows: pa.Table) -> dict[str, Any]:
    sums = {name: float(np.sum(rows[name].to_numpy())) for name in ("value", "low", "high")}
    return {
        "accounts": len(rows),
        "events": len(events.codes),
        "total": sums["value"],
        "total_low": sums["low"],
        "total_high": sums["high"],
        "unpriced": int(np.sum(rows["unpriced"].to_numpy())),
        "unproven": int(np.sum(rows["unproven"].to_numpy())),
    }


def _headline(found: dict[str, Any], currency: str) -> Message:
    text = _(
        "{events} {events:event|events} with {accounts} {accounts:account|accounts} {events:is|are} worth {total} "
        "in expectation ({low} to {high})"
    )
    ends = {name: Money(found[f"total_{name}"], currency) for name in ("low", "high")}
    said = {name: Count(found[name]) for name in ("events", "accounts")}
    if found["total_low"] < 0 < found["total_high"]:
        text = _(
            "{events} {events:event|events} with {accounts} {accounts:account|accounts}: whether they gain or "
            "cost us cannot be told ({low} to {high})"
        )
    return Message(text, {**said, **ends, "total": Money(found["total"], currency)})


def _warnings(found: dict[str, Any]) -> list[Message]:
    said = [Message(_("Chances and gains are what people judged: compare them with what came of it"))]
    if found["unpriced"]:
        text = _("{n} {n:event has|events have} no chance or no gain: only their cost counts")
        said.append(Message(text, {"n": Count(found["unpriced"])}))
    if found["unproven"]:
        text = _("{n} {n:event has|events have} no evidence: they are opinions")
        said.append(Message(text, {"n": Count(found["unproven"])}))
    return said
