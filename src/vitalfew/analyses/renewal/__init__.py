"""Which contracts may not be renewed when they are next due, how sure that is, and what is at stake.

From the table ``contracts``: customer, started_on, ended_on (empty: it runs; a later day: it runs until then), period_value (what
it pays a year, however long its periods are), contract (its number, if an account has several), covers (``service``: it stands
beside what the account buys). Every further column is a sign: a number, a word, a day, yes or no, as it was known before the
contract ended. A contract comes to a renewal every ``period`` months.

    probability       1 − (1 − h_k)^r, k the number of its next renewal
    h_k               what share is lost at the k-th renewal: shifted beta-geometric, or the same for all k where the losses
                      say no more
    r = exp(a + x b)  how many times the base risk its signs x make it: proportional hazards, b drawn towards zero
    money_at_stake    probability · period_value

Three ways are tried on accounts that were not learned from (ten parts): duration alone, the signs as they are, the signs with
thresholds and in pairs. The simplest is used that is within one standard error of the best, and the headline figures and
``fit`` show how well it told: pairs put right (AUC), Brier score beside that of duration alone, stated against happened. With
fewer than thirty losses, or thirty contracts that stayed, nothing is learned from signs; of more than ten thousand contracts,
evenly spread ones are learned from. Where losses before some day seem not to be recorded, renewals before it are not counted,
and a warning says so.

``low`` and ``high`` hold the probability with 90 %: level, coefficients and the base's shape are uncertain. ``reason`` names the
sign that weighs most in the model; that is no proof that it is the cause. ``hazard_ratios`` in ``fit`` tell what makes contracts
end sooner by Cox's regression, with 95 % intervals and the p of proportional hazards, from ten losses a sign on.

    h .2, signs that double the risk, 50,000 a year  →  1 − .8² = .36; 18,000 at stake

``running_value`` is what the running contracts will pay from their next renewals on, by how long contracts have lasted, each
payment discounted; ``running_value_at_one_rate`` the same if at every renewal the same share were lost, and
``new_contract_payments`` how many payments a new one makes, the first at once. Of a constant share, the shifted beta-geometric
and the beta-discrete-Weibull, in which each contract's own risk rises or falls too, BIC takes the one the losses speak for.

Not without a lost contract; not for accounts that buy without one (risk of leaving tells of those); and not with signs filled in
after the end.

Fader, P. S. & Hardie, B. G. S. (2007). J. Interactive Marketing 21(1). Prentice, R. L. & Gloeckler, L. A. (1978). Biometrics
34(1). Friedman, J. H. (1991). Annals of Statistics 19(1). Breiman, L. et al. (1984). Classification and Regression Trees.
Cox, D. R. (1972). JRSS B 34(2). Fader, P. S. & Hardie, B. G. S. (2010). Marketing Science 29(1). Fader, P. S. et al. (2018).
J. of Interactive Marketing 43.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.renewal.book import Book, read
from vitalfew.analyses.renewal.duration import Duration, Running, duration
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Day, Message, Money, Names, Number, Percent
from vitalfew.maths import roc
from vitalfew.maths.brier import brier, calibration_error, reliability, skill
from vitalfew.maths.contract_periods import renewal_day
from vitalfew.maths.renewal_risk import DURATION, Learned, Next, Proof, ahead, by_sign, few, learn, prove, sample
from vitalfew.maths.renewal_sooner import sooner
from vitalfew.maths.signs import GRADED, RARE, UNKNOWN
from vitalfew.panels import Bools, Floats, Whole, day_numbers, figures, in_order
from vitalfew.phrases.sooner import ratios, said_of
from vitalfew.sentences import kept, labels, numbers, texts, told
from vitalfew.terms import ContractScope, ContractSign, Group, Unit
from vitalfew.terms import gettext_noop as _

OWN_SIGNS: Final = {each.value: each.label for each in ContractSign}
WEIGHTY: Final = 1.1
"""A sign is named where it makes the risk so many times as large."""
TOO_GOOD: Final = 0.98
SHOWN: Final = 12


@analysis(
    group=Group.RISK,
    title=_("Renewal of contracts"),
    question=_("Which contracts may not be renewed, and what is at stake?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("contract", Unit.CODE, _("Contract"), _("The contract's number")),
        Column("next_on", Unit.DAY, _("Due on"), _("The day on which it is next to be renewed")),
        Column("probability", Unit.SHARE, _("Risk"), _("Chance that it is not renewed when it is next due")),
        Column("low", Unit.SHARE, _("from"), _("Lower end of the 90 % interval")),
        Column("high", Unit.SHARE, _("to"), _("Upper end of the 90 % interval")),
        Column("money_at_stake", Unit.MONEY, _("Money at stake"), _("The risk times its value a year")),
        Column("by_duration", Unit.SHARE, _("By duration"), _("The risk of all contracts renewed as often")),
        Column("reason", Unit.SENTENCES, _("What speaks for it"), _("The sign that weighs most in the model")),
        Column("renewals", Unit.COUNT, _("Renewals"), _("Renewals since it began")),
        Column("period_value", Unit.MONEY, _("Value a year"), _("What the contract pays a year")),
        Column("covers", Unit.WORD, _("Covers"), _("What of the account's business it covers"), ContractScope),
    ),
    choices={
        "period": Choice(_("Months from renewal to renewal"), least=1, most=120),
        "discount_rate": Choice(_("Discount rate a year"), least=0.001, most=10),
    },
    drawing=Drawing("top", "money_at_stake"),
    per_account=False,
    source="Fader & Hardie (2007); Prentice & Gloeckler (1978); Friedman (1991); Breiman et al. (1984)",
)
def renewal(
    contracts: Frame | None = None, *, as_of: int, currency: str, period: int = 12, discount_rate: float = 0.1
) -> Findings:
    if contracts is None:
        text = _(
            "No contracts are known: give a list with the customer of each, its first and last day, what it pays a year, and the "
            "signs known of it; the method names its columns"
        )
        raise Refusal(Message(text))
    book = read(contracts, as_of, period)
    known = book.watch.renewals
    if not known.lost.any():
        raise Refusal(Message(_("No contract has ended yet: how likely a renewal is cannot be told")))
    if known.lost.all():
        raise Refusal(Message(_("No contract runs on this day: there is nothing to renew")))
    said = _said(book)
    rows = _rows(book, said, period)
    lasts = _duration(book, said, as_of, period, discount_rate)
    found = {**_figures(book, said, rows), **lasts.figures}
    apart = sooner(book.made, known)
    warnings = [*_warnings(book, said, found), *said_of(apart, _columns(book), OWN_SIGNS)]
    fit = _fit(book, said) | ratios(apart, _columns(book)) | lasts.described
    return Findings(rows, found, _headline(found, currency), [*warnings, *lasts.said(currency, discount_rate)], fit)


@dataclass(frozen=True)
class _Said:
    """What is told of running contracts, by all that is known and by duration alone, and the proof."""

    runs: Whole
    by: Learned
    ahead: Next
    plain: Next
    proof: Proof
    learned_from: int
    few: bool


def _said(book: Book) -> _Said:
    known, values = book.watch.renewals, book.made.values
    some = sample(known)
    length = int(max(known.seen.max(), known.due.max())) + 1
    made, seen = book.made._replace(values=values[some]), known.of(some)
    customer = in_order(book.table["customer"].combine_chunks(), book.table["customer"].unique())[some]
    proof = prove(made, seen, customer, length)
    by, plain = (learn(made, seen, way, length) for way in (proof.way, DURATION))
    runs = np.flatnonzero(~known.lost)
    following = known.seen[runs] + 1
    by_all, by_duration = (ahead(each, values[runs], following) for each in (by, plain))
    return _Said(runs, by, by_all, by_duration, proof, some.size, few(seen))


def _duration(book: Book, said: _Said, as_of: int, period: int, rate: float) -> Duration:
    """How long contracts last, and what those that run will pay from the day on which each is next due."""
    renewal, until = book.watch.renewals.seen[said.runs] + 1, book.until[said.runs]
    due = np.where(until > 0, until, renewal_day(book.start[said.runs], renewal, period))
    running = Running(renewal, (due - as_of).astype(np.float64), _values(book, said))
    return duration(book.watch.renewals, running, period, rate)


def _rows(book: Book, said: _Said, period: int) -> pa.Table:
    table, known = book.table.take(pa.array(said.runs)), book.watch.renewals
    renewals = known.seen[said.runs]
    due = renewal_day(book.start[said.runs], renewals + 1, period)
    until = book.until[said.runs]
    value = _values(book, said)
    beside = pc.equal(table["covers"], str(ContractScope.SERVICE)).fill_null(fill_value=False)
    rows = pa.table(
        {
            "customer": table["customer"],
            "contract": table["contract"],
            "next_on": pa.array(np.where(until > 0, until, due)),
            "probability": figures(said.ahead.chance),
            "low": figures(said.ahead.low),
            "high": figures(said.ahead.high),
            "money_at_stake": figures(np.round(said.ahead.chance * np.maximum(value, 0), 4)),
            "by_duration": figures(said.plain.chance),
            "reason": _reasons(book, said, table),
            "renewals": pa.array(renewals),
            "period_value": figures(value),
            "covers": pc.if_else(beside, str(ContractScope.SERVICE), str(ContractScope.PURCHASES)),
        }
    )
    order = [
        ("money_at_stake", "descending"),
        ("probability", "descending"),
        ("customer", "ascending"),
        ("contract", "ascending"),
    ]
    return rows.sort_by(order)


def _values(book: Book, said: _Said) -> Floats:
    return np.asarray(book.table["period_value"].to_numpy(), dtype=np.float64)[said.runs]


def _reasons(book: Book, said: _Said, table: pa.Table) -> pa.Array:
    """The sign that adds most to a risk above the base, with its value and by how much, at most by all of it."""
    nothing = pa.nulls(len(table), pa.string())
    if said.proof.way == DURATION:
        return nothing
    parts = by_sign(said.by.terms, book.made, said.by.ridge.coefficients[1:], book.made.values[said.runs])
    first, times = parts.argmax(axis=1), np.minimum(np.exp(parts.max(axis=1)), said.ahead.risk)
    sentence = nothing
    for number in np.unique(first[times >= WEIGHTY]):
        name = book.names[number]
        here: Bools = (first == number) & (times >= WEIGHTY)
        said_of = {
            "sign": _named(pa.array([name] * len(table)), name),
            "value": texts(table[name].cast(pa.string()).combine_chunks().fill_null("–")),
            "times": numbers(times),
        }
        sentence = pc.coalesce(
            sentence, told(_("{sign}: {value} ({times} times the risk, by the model)."), here, **said_of)
        )
    return kept(sentence)


def _named(names: pa.Array, name: str) -> pa.Array:
    """A sign as people call it where the table of contracts has it, else as its column is called."""
    return labels(ContractSign, names) if name in OWN_SIGNS else texts(names)


def _figures(book: Book, said: _Said, rows: pa.Table) -> dict[str, float | int | str | None]:
    proof, lost = said.proof, said.proof.lost
    used, plain = proof.said[proof.way], proof.said[DURATION]
    area, beside = roc.auc(used, lost), roc.auc(plain, lost)
    return {
        "contracts": len(rows),
        "accounts": len(rows["customer"].unique()),
        "losses": int(book.watch.renewals.lost.sum()),
        "expected_losses": float(said.ahead.chance.sum()),
        "money_at_stake": round(float(np.nansum(rows["money_at_stake"].to_numpy())), 2),
        "auc": None if area is None else area.auc,
        "auc_low": None if area is None else area.low,
        "auc_high": None if area is None else area.high,
        "auc_duration": None if beside is None else beside.auc,
        "brier": brier(used, lost),
        "brier_skill": skill(used, lost),
        "brier_duration": brier(plain, lost),
    }


def _fit(book: Book, said: _Said) -> dict[str, Any]:
    proof, base = said.proof, said.by.base
    used = proof.said[proof.way]
    return {
        "way": proof.way,
        "alpha": base.alpha,
        "beta": base.beta,
        "base_hazard": -np.expm1(-base.hazard[:SHOWN]),
        "n": said.learned_from,
        "losses": int(proof.lost.sum()),
        "watched_since": None if book.watch.since is None else str(np.datetime64(book.watch.since, "D")),
        "deviance": dict(proof.deviance),
        "calibration_error": calibration_error(used, proof.lost),
        "reliability": reliability(used, proof.lost)._asdict(),
        "signs": _weights(book, said),
    }


def _weights(book: Book, said: _Said) -> dict[str, float]:
    """How much each sign spreads the logarithm of the risk."""
    if said.proof.way == DURATION:
        return {}
    parts = by_sign(said.by.terms, book.made, said.by.ridge.coefficients[1:], book.made.values[said.runs]).std(axis=0)
    return {book.names[each]: float(parts[each]) for each in np.argsort(-parts, kind="stable") if parts[each] > 0}


def _columns(book: Book) -> list[tuple[str, str]]:
    """The sign each column comes from, and the word it tells of."""
    words = {
        each: book.table[name].cast(pa.string()).unique().drop_null().sort() for each, name in enumerate(book.names)
    }
    special = {UNKNOWN: "–", RARE: "…", GRADED: ""}
    return [
        (book.names[sign], special[word] if word < 0 else str(words[sign][word]))
        for sign, word in zip(book.made.sign.tolist(), book.made.word.tolist(), strict=True)
    ]


def _headline(found: dict[str, Any], currency: str) -> Message:
    text = _(
        "Of {contracts} running contracts, {lost} will probably not be renewed when they are next due; {money} a year is at stake"
    )
    return Message(
        text,
        {
            "contracts": Count(found["contracts"]),
            "lost": Count(found["expected_losses"]),
            "money": Money(found["money_at_stake"], currency),
        },
    )


def _warnings(book: Book, said: _Said, found: dict[str, Any]) -> list[Message]:
    notes = [*_of_learning(book, said, found), *_of_table(book, said)]
    if book.watch.since is not None:
        text = _(
            "No contract is recorded as ended before {day}, though some should have: renewals up to a period before are left out"
        )
        period_end = int(day_numbers(book.table["ended_on"])[book.watch.renewals.lost].min())
        notes.append(Message(text, {"day": Day(period_end)}))
    return notes


def _of_learning(book: Book, said: _Said, found: dict[str, Any]) -> list[Message]:
    """What the proof shows, and what it cannot show."""
    if not book.names:
        return [Message(_("No signs are given beside the dates: the duration alone speaks"))]
    if said.few:
        text = _(
            "Only {n} losses to learn from (30 are needed, and 30 that stayed): the duration alone speaks, not the signs"
        )
        return [Message(text, {"n": Count(said.proof.lost.sum())})]
    if said.proof.way == DURATION:
        return [
            Message(_("On accounts not learned from, the signs told no better than the duration alone: that is used"))
        ]
    return [_proven(found), *_too_good(found), Message(_BEFORE)]


_BEFORE: Final = _(
    "Signs must be as they were before a contract ended. These figures are of other accounts of the same time; how well it would "
    "have told on days of the past, the backtest of renewals shows"
)


def _proven(found: dict[str, Any]) -> Message:
    text = _(
        "On accounts not learned from, {auc} of pairs of a lost and a kept contract come out the right way round ({low} – "
        "{high}; by duration alone {auc_duration}); Brier score {brier}, by duration alone {brier_duration}"
    )
    shares = {"auc": "auc", "low": "auc_low", "high": "auc_high", "auc_duration": "auc_duration"}
    scores = {name: Number(found[name], 3) for name in ("brier", "brier_duration")}
    return Message(text, {**{name: Percent(found[each] or 0.0) for name, each in shares.items()}, **scores})


def _too_good(found: dict[str, Any]) -> list[Message]:
    text = _("The signs tell nearly every loss: make sure that none of them was filled in after the end")
    return [Message(text)] if (found["auc"] or 0.0) > TOO_GOOD else []


def _of_table(book: Book, said: _Said) -> list[Message]:
    """What of the table could not be used."""
    idle = [name for number, name in enumerate(book.names) if number not in book.made.sign]
    unpriced = int(np.isnan(_values(book, said)).sum())
    notes = []
    if idle:
        text = _(
            "Nothing is learned from {columns}: the same for nearly all, the same as another, or too many different words"
        )
        notes.append(Message(text, {"columns": Names(idle)}))
    if unpriced:
        text = _("{n} running {n:contract has|contracts have} no value a year: they are not in the money at stake")
        notes.append(Message(text, {"n": Count(unpriced)}))
    if book.left_out:
        text = _(
            "{n} {n:contract is|contracts are} left out: without an account, without a first day, or ended "
            "before they began"
        )
        notes.append(Message(text, {"n": Count(book.left_out)}))
    return notes
