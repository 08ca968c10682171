"""What an account gets from us for what it gives, beside each of our competitors.

    delivered  =  value (product, service, people, image)  −  cost (money, time, energy, mind)
    ratio      =  value / cost
    advantage  =  delivered by us − delivered by the competitor

In money the advantage is the headroom of our price: by so much could it rise before the competitor gives more.

    value 20,000, price 19,000  →  delivered 1,000; a competitor delivers 400  →  headroom 600

On scales of a survey (value_product … value_image, cost_money … cost_mind; for costs high is costly) every part is spread from
0 to 10 and weighted, the weights of a side adding up to 1; a part of weight 0 need not be asked. The difference has no unit
and is never added to money. Only respondents who marked both sides are compared, and averaged inside the account. The
interval takes the spread of respondents inside accounts, pooled over all.

Sums of money come from the table ``value_assessments``: customer, supplier (empty: us), component, amount, source (account, us),
assessed_on; components as above, the latest holds. What the account says and what we guess stand in rows of their own.
Difference and ratio can order suppliers differently: where they do, ``verdict`` says that nothing can be told.

Kotler, P. (1991). Marketing Management, 7th ed. Prentice-Hall (customer delivered value).
"""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.maths.scales import mean_by, reach_of_means
from vitalfew.panels import (
    DAY,
    NUMBER,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    day_numbers,
    figures,
    half_of,
    handed_over,
    in_order,
    words,
)
from vitalfew.terms import Group, Term, Unit, Verdict
from vitalfew.terms import gettext_noop as _


class ValueVersion(Term):
    """How delivered value was put: in money, or on scales, which have no unit. The two are never added."""

    MONEY = "money", _("In money")
    SCALE = "scale", _("On scales, 0 to 10")


class ValueSource(Term):
    """Who put it."""

    ACCOUNT = "account", _("The account")
    US = "us", _("Our own guess")


VALUES, COSTS = ("product", "service", "people", "image"), ("money", "time", "energy", "mind")
PARTS: Final = {**{f"value_{each}": each for each in VALUES}, **{f"cost_{each}": each for each in COSTS}}
OTHER_NAMES: Final = {
    "value_personnel": "value_people",
    "cost_psychic": "cost_mind",
    "personnel": "people",
    "psychic": "mind",
    "price": "money",
}
HALVES, TOP = 2, 10.0
VERSIONS, SOURCES, VERDICTS = list(ValueVersion), list(ValueSource), list(Verdict)


@analysis(
    group=Group.SATISFACTION,
    title=_("Delivered value"),
    question=_("What does each account get from us for what it gives, beside each competitor?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("competitor", Unit.TEXT, _("Competitor"), _("Empty where the account compared us with nobody")),
        Column("version", Unit.WORD, _("Put"), _("In money or on scales; the two are never added"), ValueVersion),
        Column("source", Unit.WORD, _("Said by"), _("The account, or our own guess"), ValueSource),
        Column("delivered", Unit.NUMBER, _("Value from us"), _("On scales: value less cost, −10 to 10")),
        Column("theirs", Unit.NUMBER, _("From the competitor"), _("On scales: value less cost, −10 to 10")),
        Column("advantage", Unit.NUMBER, _("Advantage"), _("On scales: ours less theirs")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the 95 % interval")),
        Column("delivered_money", Unit.MONEY, _("Value from us, in money"), _("Value less cost to the account")),
        Column("theirs_money", Unit.MONEY, _("From the competitor, in money"), _("Value less cost to the account")),
        Column("headroom", Unit.MONEY, _("Headroom of our price"), _("In money: ours less theirs")),
        Column("ratio", Unit.NUMBER, _("Value by cost"), _("Our value divided by our cost to the account")),
        Column("their_ratio", Unit.NUMBER, _("Theirs"), _("The competitor's value divided by its cost")),
        Column("verdict", Unit.WORD, _("Ours is"), _("Higher, lower, or no clear difference"), Verdict),
        Column("respondents", Unit.COUNT, _("Respondents"), _("Who marked both sides")),
    ),
    choices={
        "value_weights": Choice(_("Weights of product, service, people, image")),
        "cost_weights": Choice(_("Weights of money, time, energy, mind")),
    },
    drawing=Drawing("bars", "customer", "verdict"),
    per_account=False,
    source="Kotler (1991), Marketing Management, 7th ed.",
    ranked=("advantage", "ascending"),
)
def delivered_value(
    survey_scores: Frame | None = None,
    value_assessments: Frame | None = None,
    *,
    as_of: int,
    value_weights: str = "0.25, 0.25, 0.25, 0.25",
    cost_weights: str = "0.25, 0.25, 0.25, 0.25",
) -> Findings:
    weights = np.concatenate([_weights(value_weights), _weights(cost_weights)])
    found = []
    if survey_scores is not None:
        found.append(_on_scales(survey_scores, weights, half_of(as_of) - HALVES))
    if value_assessments is not None:
        found.append(_in_money(value_assessments, as_of))
    pairs = [each for each in found if len(each.customer)]
    if not pairs:
        text = _(
            "Nobody has said what we deliver: ask in a survey what product, service, people and name are worth and what money, "
            "time, effort and worry we cost, for us and for competitors; or give sums of money. The method names the questions"
        )
        raise Refusal(Message(text))
    rows = pa.concat_tables([each.rows for each in pairs])
    rows = rows.sort_by(
        [("customer", "ascending"), ("version", "ascending"), ("source", "ascending"), ("competitor", "ascending")]
    )
    counts = _counts(rows)
    return Findings(
        rows, counts, _headline(counts), _warnings(pairs, counts), {"weights": dict(zip(PARTS, weights, strict=True))}
    )


@dataclass(frozen=True)
class Pairs:
    """Accounts beside a competitor each (none: null): value and cost of both, ours and theirs."""

    version: ValueVersion
    customer: pa.Array
    competitor: pa.Array
    source: Whole
    ours: Floats
    """Value and cost, a row a pair."""
    theirs: Floats
    reach: Floats
    respondents: Whole
    unasked: int = 0

    @property
    def verdict(self) -> Whole:
        """Higher or lower when the interval says so and the ratio doesn't say the contrary."""
        advantage = _delivered(self.ours) - _delivered(self.theirs)
        by_ratio = _ratio(self.ours) - _ratio(self.theirs)
        sure = (
            ~(np.abs(advantage) <= self.reach) if self.version is ValueVersion.MONEY else np.abs(advantage) > self.reach
        )
        higher, lower = sure & (advantage > 0) & ~(by_ratio < 0), sure & (advantage < 0) & ~(by_ratio > 0)
        choice = np.where(higher, VERDICTS.index(Verdict.HIGHER), VERDICTS.index(Verdict.CANNOT_TELL))
        return np.where(lower, VERDICTS.index(Verdict.LOWER), choice).astype(np.int64)

    @property
    def rows(self) -> pa.Table:
        money = self.version is ValueVersion.MONEY
        ours, theirs = _delivered(self.ours), _delivered(self.theirs)
        none, advantage = np.full(ours.size, np.nan), ours - theirs
        points = {
            "delivered": ours,
            "theirs": theirs,
            "advantage": advantage,
            "low": advantage - self.reach,
            "high": advantage + self.reach,
        }
        amounts = {"delivered_money": ours, "theirs_money": theirs, "headroom": advantage}
        return pa.table(
            {
                "customer": self.customer,
                "competitor": self.competitor,
                "version": words(VERSIONS, np.full(ours.size, VERSIONS.index(self.version))),
                "source": words(SOURCES, self.source),
                **{name: figures(none if money else values.round(6)) for name, values in points.items()},
                **{name: figures(values.round(4) if money else none) for name, values in amounts.items()},
                "ratio": figures(_ratio(self.ours).round(6)),
                "their_ratio": figures(_ratio(self.theirs).round(6)),
                "verdict": words(VERDICTS, self.verdict),
                "respondents": pa.array(self.respondents, mask=self.respondents == 0),
            }
        )


def _delivered(sides: Floats) -> Floats:
    return np.asarray(sides[:, 0] - sides[:, 1])


def _ratio(sides: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sides[:, 1] > 0, sides[:, 0] / sides[:, 1], np.nan)


def _weights(text: str) -> Floats:
    try:
        weights = np.array([float(part) for part in text.replace("，", ",").split(",")])
    except ValueError:
        weights = np.empty(0)
    if weights.size != len(VALUES) or (weights < 0).any() or not np.isclose(weights.sum(), 1.0):
        raise Refusal(
            Message(_("Weights are four numbers, none below zero, that add up to 1; not '{text}'"), {"text": text})
        )
    return weights


def _on_scales(survey_scores: Frame, weights: Floats, since: int) -> Pairs:
    """Respondents' marks, us beside each competitor they marked too; accounts that marked only us stand alone."""
    asked = [*PARTS, *(name for name in OTHER_NAMES if "_" in name)]
    kept = survey_scores.filter(nw.col("item").is_in(asked), nw.col("half") >= since, ~nw.col("score").is_null())
    each = kept.group_by("customer", "respondent", "supplier", "item").agg(nw.col("score").mean())
    panel = Panel.of(each, "respondent", "supplier", "item")
    starts, person = panel.starts("respondent", "supplier"), panel.starts("respondent")
    row = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(panel))))
    marks = np.full((starts.size, len(PARTS)), np.nan)
    marks[row, in_order(_plain(panel.table["item"].combine_chunks()), pa.array(list(PARTS)))] = TOP * panel.floats(
        "score"
    )
    marks[:, weights == 0] = 0.0
    sides = np.column_stack(
        [marks[:, : len(VALUES)] @ weights[: len(VALUES)], marks[:, len(VALUES) :] @ weights[len(VALUES) :]]
    )
    whole = np.asarray(~np.isnan(sides).any(axis=1))
    supplier = panel.table["supplier"].combine_chunks().take(pa.array(starts))
    whose = np.searchsorted(person, starts, side="right") - 1
    return _paired(panel.codes.take(pa.array(starts)), supplier, whose, sides, whole)


def _plain(names: pa.Array) -> pa.Array:
    """Other names of the parts as the ones used here."""
    known = pc.index_in(names, pa.array(list(OTHER_NAMES)))
    return pc.coalesce(pa.array(list(OTHER_NAMES.values())).take(known), names)


def _paired(codes: pa.Array, supplier: pa.Array, whose: Whole, sides: Floats, whole: Bools) -> Pairs:
    us = pc.equal(supplier, "").to_numpy(zero_copy_only=False)
    ours = np.full((int(whose.max()) + 1 if whose.size else 0, 2), np.nan)
    ours[whose[us & whole]] = sides[us & whole]
    both = np.flatnonzero(~us & whole & ~np.isnan(ours[whose, 0]))
    accounts, rivals = codes.unique(), supplier.unique()
    account, rival = in_order(codes, accounts), in_order(supplier, rivals)
    keys, group = np.unique(account[both] * len(rivals) + rival[both], return_inverse=True)
    alone = np.setdiff1d(np.unique(account[us & whole]), keys // len(rivals))
    single = us & whole & np.isin(account, alone)
    place = np.searchsorted(alone, account[single])
    means = [_means(group, values, keys.size) for values in (ours[whose[both]], sides[both])]
    lonely = _means(place, sides[single], alone.size)
    advantage = _delivered(ours[whose[both]]) - _delivered(sides[both])
    size = keys.size + alone.size
    return Pairs(
        ValueVersion.SCALE,
        accounts.take(pa.array(np.concatenate([keys // len(rivals), alone]))),
        rivals.take(
            pa.array(
                np.append(keys % len(rivals), np.zeros(alone.size, dtype=np.int64)), mask=np.arange(size) >= keys.size
            )
        ),
        np.full(size, SOURCES.index(ValueSource.ACCOUNT)),
        np.concatenate([means[0], lonely]),
        np.concatenate([means[1], np.full((alone.size, 2), np.nan)]),
        np.append(reach_of_means(group, advantage, keys.size), np.full(alone.size, np.nan)),
        np.append(np.bincount(group, minlength=keys.size), np.zeros(alone.size, dtype=np.int64)),
        int(alone.size),
    )


def _means(group: Whole, sides: Floats, groups: int) -> Floats:
    return np.column_stack([mean_by(group, column, groups) for column in sides.T])


def _in_money(value_assessments: Frame, as_of: int) -> Pairs:
    """The latest assessments by supplier and source, ours beside each other supplier's."""
    needed, more = (
        {"customer": TEXT, "component": TEXT, "amount": NUMBER},
        {"supplier": TEXT, "source": TEXT, "assessed_on": DAY},
    )
    table = handed_over(value_assessments, "value_assessments", needed, more)
    part = _plain(table["component"].combine_chunks())
    side = np.where(pc.is_in(part, pa.array([*VALUES, "value"])).to_numpy(zero_copy_only=False), 0, 1)
    known = pc.is_in(part, pa.array([*VALUES, *COSTS, "value", "cost"])).to_numpy(zero_copy_only=False)
    kept = np.flatnonzero(
        known & (day_numbers(table["assessed_on"]) <= as_of) & pc.is_finite(table["amount"]).fill_null(False).to_numpy()
    )
    order = kept[np.argsort(day_numbers(table["assessed_on"])[kept], kind="stable")]
    read = table.take(pa.array(order))
    keys = {
        "customer": read["customer"],
        "supplier": read["supplier"].fill_null(""),
        "source": pa.array(np.where(pc.equal(read["source"].fill_null("account"), "us").to_numpy(), 1, 0)),
        "part": part.take(pa.array(order)),
        "side": pa.array(side[order]),
        "amount": read["amount"],
    }
    latest = (
        pa.table(keys)
        .group_by(["customer", "source", "supplier", "part", "side"], use_threads=False)
        .aggregate([("amount", "last")])
    )
    latest = latest.sort_by([(name, "ascending") for name in ("customer", "source", "supplier")])
    return _money_pairs(latest)


def _money_pairs(latest: pa.Table) -> Pairs:
    codes, names = latest["customer"].combine_chunks(), latest["supplier"].combine_chunks()
    accounts, suppliers = codes.unique(), names.unique()
    owner = in_order(codes, accounts) * len(SOURCES) + latest["source"].to_numpy()
    key, row = np.unique(owner * len(suppliers) + in_order(names, suppliers), return_inverse=True)
    sides = np.zeros((key.size, 2))
    np.add.at(sides, (row, latest["side"].to_numpy()), latest["amount_last"].to_numpy())
    us = in_order(pa.array([""]), suppliers)[0]
    whose, which = key // max(len(suppliers), 1), key % max(len(suppliers), 1)
    mine = which == us
    place = np.full(int(whose.max()) + 1 if key.size else 0, -1)
    place[whose[mine]] = np.flatnonzero(mine)
    both = np.flatnonzero(~mine & (place[whose] >= 0))
    alone = np.setdiff1d(np.flatnonzero(mine), place[whose[both]])
    ours = np.concatenate([place[whose[both]], alone])
    return Pairs(
        ValueVersion.MONEY,
        accounts.take(pa.array(whose[ours] // len(SOURCES))),
        suppliers.take(pa.array(which[np.concatenate([both, alone])], mask=np.arange(ours.size) >= both.size)),
        whose[ours] % len(SOURCES),
        sides[ours],
        np.concatenate([sides[both], np.full((alone.size, 2), np.nan)]),
        np.full(ours.size, np.nan),
        np.zeros(ours.size, dtype=np.int64),
        int(alone.size),
    )


def _counts(rows: pa.Table) -> dict[str, int]:
    """Accounts whose every competitor is surely below us, and those with one surely above; by what accounts say."""
    said = rows.filter(pc.and_(pc.equal(rows["source"], ValueSource.ACCOUNT.value), pc.is_valid(rows["competitor"])))
    codes = said["customer"].combine_chunks()
    accounts = codes.unique()
    row, verdict = in_order(codes, accounts), said["verdict"].to_numpy(zero_copy_only=False)
    number = np.bincount(row, minlength=len(accounts))
    higher, lower = (
        np.bincount(row[verdict == each], minlength=len(accounts)) for each in (Verdict.HIGHER, Verdict.LOWER)
    )
    return {
        "accounts": len(rows["customer"].unique()),
        "compared": len(accounts),
        "ahead": int((higher == number).sum()),
        "behind": int((lower > 0).sum()),
    }


def _headline(counts: dict[str, int]) -> Message:
    if not counts["compared"]:
        return Message(
            _("{accounts} {accounts:account|accounts} told what they get from us, none what competitors give"),
            {"accounts": Count(counts["accounts"])},
        )
    text = _(
        "Of {compared} accounts that compared, {ahead} surely get more from us than from every competitor they marked, "
        "and {behind} surely less than from one"
    )
    return Message(text, {name: Count(counts[name]) for name in ("compared", "ahead", "behind")})


def _warnings(pairs: list[Pairs], counts: dict[str, int]) -> list[Message]:
    said = []
    if unsure := counts["compared"] - counts["ahead"] - counts["behind"]:
        text = _(
            "For {n} {n:account|accounts} the answers are too few or too close to tell us and the best competitor apart"
        )
        said.append(Message(text, {"n": Count(unsure)}))
    if alone := sum(each.unasked for each in pairs):
        said.append(
            Message(
                _("{n} {n:account|accounts} marked only us: without a competitor a value says little"),
                {"n": Count(alone)},
            )
        )
    versions: list[Any] = [each.version for each in pairs]
    if ValueVersion.SCALE in versions:
        said.append(Message(_("Differences on scales have no unit: they say who gives more, not by how much money")))
    return said
