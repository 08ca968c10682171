"""Which accounts come closest to the ideal key account, on several criteria at once.

Eight criteria to begin with: size, development trend, internal management, culture, informatization, growth, core
competitiveness, capital strength. The book itself gives four:

    size               net sales of the last 12 whole months
    development trend  Theil-Sen slope × 12, as a share of those sales, kept within −1 … 1
    growth             (this year − last year) / (this year + last year)
    capital strength   a stand-in: share of the invoiced amount due in the last 24 months that was paid in time

The others, and any you add, are judged: ``criteria_scores`` (customer, criterion, score, author, scored_on, evidence). A
criterion that anybody has judged counts by judgement alone; the latest score by the day of the analysis holds, several of
one day are averaged. Without judgements only the computed criteria count.

    r_ij = x_ij / sqrt(sum_i x_ij²)     v = w r     closeness = d− / (d+ + d−)          (TOPSIS)

Weights: equal; by pairs (AHP, from ``judgements``: criterion_a, criterion_b, value, judge; the geometric mean of the judges,
refused when the consistency ratio reaches 0.10; a pair that nobody judged is taken for what the others say of it, Harker's way);
by entropy; or both, as a product or a sum. An account's closeness is split over the criteria by their shares of the squared
distance from the worst, so the parts add up. ``attractiveness`` is the weighted mean of the account's place among all on each
criterion, 0 to 10.

    sales 100 and 300, growth −0.5 and 0.5, equal weights  →  closeness 0 and 1

A missing value counts as the median account's and ``known`` says what share of the weight is known. Ranks hold for one set
of accounts: those known when the quarter began set the scale. Scores order candidates; people decide.

Hwang, C.-L. & Yoon, K. (1981). Multiple Attribute Decision Making. Springer. Saaty, T. L. (1980). The Analytic Hierarchy Process.
Harker, P. T. (1987). Incomplete pairwise comparisons in the AHP. Mathematical Modelling 9(11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.criteria.weighing import Settings, Table, Weighing, weighed
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Accounts, Count, Figure, Message, Percent
from vitalfew.maths.topsis import Closeness, topsis
from vitalfew.panels import (
    DAY,
    MONTHS_A_YEAR,
    NUMBER,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    day_numbers,
    figures,
    handed_over,
    month_of,
    month_start,
)  # fmt: skip
from vitalfew.terms import Criterion, Group, Unit
from vitalfew.terms import gettext_noop as _

DEFAULT: Final = [each.value for each in Criterion]
OTHER: Final = "other"
DUE_MONTHS, FEWEST, HALF, SCALE, QUARTER = 24, 2, 0.5, 10.0, 3


@analysis(
    group=Group.IDENTIFY,
    title=_("Selection by criteria"),
    question=_("Which accounts come closest to the ideal key account on several criteria?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("rank", Unit.COUNT, _("Rank"), _("1: closest to the ideal")),
        Column("closeness", Unit.NUMBER, _("Closeness"), _("1: best in everything, 0: worst in everything")),
        Column("attractiveness", Unit.NUMBER, _("Attractiveness"), _("Weighted place among all accounts, 0 to 10")),
        Column("known", Unit.SHARE, _("Known"), _("Share of the weight whose criteria are known of this account")),
        *(
            Column(each.value, Unit.NUMBER, each.label, _("This criterion's part of the closeness"))
            for each in Criterion
        ),
        Column(OTHER, Unit.NUMBER, _("Criteria of your own"), _("Their part of the closeness, together")),
    ),
    choices={
        "weights": Choice(
            _("Weights"),
            {"equal": _("Equal"), "ahp": _("By pairs (AHP)"), "entropy": _("By entropy"), "combined": _("Combined")},
        ),
        "entropy": Choice(_("Entropy of"), {"min-max": _("Values spread from 0 to 1"), "plain": _("Plain values")}),
        "combine": Choice(_("Combined as"), {"product": _("By multiplying"), "sum": _("By adding")}),
        "theta": Choice(_("Part of the pairs in a sum"), most=1),
        "cost": Choice(_("Criteria of which less is better (names with commas)")),
    },
    drawing=Drawing("top", "closeness"),
    source="Hwang & Yoon (1981); Saaty (1980); Shannon (1948)",
)
def criteria(
    trend: Frame,
    account_months: Frame,
    payments: Frame | None = None,
    criteria_scores: Frame | None = None,
    judgements: Frame | None = None,
    *,
    as_of: int,
    weights: Literal["equal", "ahp", "entropy", "combined"] = "equal",
    entropy: Literal["min-max", "plain"] = "min-max",
    combine: Literal["product", "sum"] = "product",
    theta: float = 0.5,
    cost: str = "",
) -> Findings:
    book = _book(trend, account_months, as_of)
    table = _counting(book, _computed(book, payments, as_of), criteria_scores, as_of, cost)
    weighing = weighed(table, judgements, Settings(weights, entropy, combine, theta))
    found = topsis(table.filled, weighing.weights, table.benefit, book.reference)
    rows = _rows(book, table, found, weighing.weights)
    counts: dict[str, float | int | str | None] = {
        "accounts": len(book.codes),
        "criteria": len(table.names),
        "above_half": int((found.closeness > HALF).sum()),
        "first": rows["customer"][0].as_py(),
        "consistency_ratio": weighing.fit.get("consistency_ratio"),
    }
    fit = {
        "weights": dict(zip(table.names, weighing.weights.round(6), strict=True)),
        "less_is_better": [name for name, more in zip(table.names, table.benefit, strict=True) if not more],
        "judged": sorted(table.judged),
        "reference_accounts": int(book.reference.sum()),
        **weighing.fit,
    }
    headline = (
        _headline(counts) if np.ptp(found.closeness) > 0 else Message(_("All accounts are alike on these criteria"))
    )
    return Findings(rows, counts, headline, _warnings(book, table, weighing), fit)


@dataclass(frozen=True)
class Book:
    """The accounts, what `trend` says of them, and which of them were known when the quarter began."""

    codes: pa.Array
    revenue: Floats
    slope: Floats
    growth: Floats
    reference: Bools
    quarter: int


def _book(trend: Frame, account_months: Frame, as_of: int) -> Book:
    panel = Panel.of(trend.select("customer", "revenue_12m", "slope", "growth"))
    first = Panel.of(account_months.group_by("customer").agg(first=nw.col("month").min()))
    if len(panel) < FEWEST:
        raise Refusal(Message(_("Accounts are compared with each other: two with orders are needed at least")))
    month = month_of(as_of)
    quarter = month - month % QUARTER
    known = first.whole("first")[pc.index_in(panel.codes, first.codes).to_numpy()] < quarter
    reference = known if known.sum() >= FEWEST else np.ones(len(panel), dtype=bool)
    return Book(
        panel.codes, panel.floats("revenue_12m"), panel.floats("slope"), panel.floats("growth"), reference, quarter
    )


def _computed(book: Book, payments: Frame | None, as_of: int) -> dict[str, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(book.revenue > 0, book.slope * MONTHS_A_YEAR / book.revenue, np.nan)
    found = {
        Criterion.SIZE.value: book.revenue,
        Criterion.DEVELOPMENT_TREND.value: np.clip(slope, -1.0, 1.0),
        Criterion.GROWTH.value: np.maximum(book.growth, -1.0) / (np.maximum(book.growth, -1.0) + 2.0),
    }
    if payments is not None:
        found[Criterion.CAPITAL_STRENGTH.value] = _paid_in_time(payments, book.codes, as_of)
    return found


def _paid_in_time(payments: Frame, codes: pa.Array, as_of: int) -> Floats:
    since = month_start(month_of(as_of) - DUE_MONTHS)
    worth = nw.col("amount").cast(nw.Float64)
    due = payments.filter(nw.col("due_on") <= as_of, nw.col("due_on") >= since, worth > 0)
    in_time = nw.when(nw.col("paid_on") <= nw.col("due_on")).then(worth).otherwise(nw.lit(0.0))
    sums = due.with_columns(worth=worth, in_time=in_time).group_by("customer")
    panel = Panel.of(sums.agg(nw.col("worth").sum().round(4), nw.col("in_time").sum().round(4)))
    place = pc.index_in(codes, panel.codes).fill_null(-1).to_numpy()
    share = np.append(panel.floats("in_time") / panel.floats("worth"), np.nan)
    return np.asarray(share[place])


def _counting(book: Book, computed: Mapping[str, Floats], scores: Frame | None, as_of: int, cost: str) -> Table:
    """Judged criteria beside computed ones; those that nobody judged and the book does not give are left out."""
    judged, unsigned = ({}, 0) if scores is None else _judged(scores, book.codes, as_of)
    columns = {name: values for name, values in {**computed, **judged}.items() if np.isfinite(values).any()}
    added = sorted(columns.keys() - set(DEFAULT))
    names = [name for name in DEFAULT if name in columns] + added
    less = {part.strip() for part in cost.split(",") if part.strip()}
    if unknown := sorted(less - set(names)):
        text = _("There is no criterion {name} here. Known: {known}")
        raise Refusal(Message(text, {"name": ", ".join(unknown), "known": ", ".join(names)}))
    benefit = np.array([name not in less for name in names])
    return Table(names, np.column_stack([columns[name] for name in names]), benefit, frozenset(judged), unsigned)


def _judged(scores: Frame, codes: pa.Array, as_of: int) -> tuple[dict[str, Floats], int]:
    """The latest scores by the day, by criterion; and how many have no author, day or evidence."""
    needed = {"customer": TEXT, "criterion": TEXT, "score": NUMBER}
    more = {"author": TEXT, "scored_on": DAY, "evidence": TEXT}
    table = handed_over(scores, "criteria_scores", needed, more)
    table = table.filter(pc.is_finite(table["score"]))
    row = pc.index_in(table["customer"], codes).fill_null(-1).to_numpy()
    day, score = day_numbers(table["scored_on"]), table["score"].to_numpy()
    kept = (row >= 0) & (day <= as_of)
    bare = pc.or_(pc.or_(pc.is_null(table["author"]), pc.is_null(table["scored_on"])), pc.is_null(table["evidence"]))
    criterion = table["criterion"].to_numpy(zero_copy_only=False)
    found = {}
    for name in sorted(set(criterion[kept])):
        mine = kept & (criterion == name)
        found[str(name)] = _latest(row[mine], day[mine], score[mine], len(codes))
    return found, int((bare.to_numpy(zero_copy_only=False) & kept).sum())


def _latest(row: Whole, day: Whole, score: Floats, accounts: int) -> Floats:
    last = np.full(accounts, np.iinfo(np.int64).min)
    np.maximum.at(last, row, day)
    holds = day == last[row]
    count = np.bincount(row[holds], minlength=accounts)
    total = np.bincount(row[holds], score[holds], accounts)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _rows(book: Book, table: Table, found: Closeness, weights: Floats) -> pa.Table:
    order = np.argsort(-found.closeness.round(12), kind="stable")
    known = (~np.isnan(table.values) * weights).sum(axis=1)
    place = {name: number for number, name in enumerate(table.names)}
    own = [number for name, number in place.items() if name not in DEFAULT]
    none = pa.nulls(order.size, pa.float64())
    parts = {name: figures(found.parts[order, place[name]]) if name in place else none for name in DEFAULT}
    return pa.table(
        {
            "customer": book.codes.take(pa.array(order)),
            "rank": pa.array(np.arange(1, order.size + 1)),
            "closeness": figures(found.closeness[order]),
            "attractiveness": figures(_attractiveness(table, weights)[order]),
            "known": figures(np.minimum(known, 1.0)[order]),
            **parts,
            OTHER: figures(found.parts[order][:, own].sum(axis=1)) if own else none,
        }
    )


def _attractiveness(table: Table, weights: Floats) -> Floats:
    """The place among those whose value is known, 0 to 10; the middle where it is not."""
    from scipy.stats import rankdata

    signed = table.values * np.where(table.benefit, 1.0, -1.0)
    count = np.maximum((~np.isnan(signed)).sum(axis=0), 1)
    place = (rankdata(signed, axis=0, nan_policy="omit") - 0.5) / count
    return np.asarray(SCALE * np.where(np.isnan(signed), HALF, place) @ weights)


def _headline(found: Mapping[str, Any]) -> Message:
    text = _(
        "{first} comes closest to the ideal key account; {n} of {accounts} {accounts:account|accounts} {n:is|are} "
        "nearer to it than to its opposite"
    )
    said: dict[str, Figure] = {
        "first": Accounts([str(found["first"])]),
        "n": Count(found["above_half"]),
        "accounts": Count(found["accounts"]),
    }
    return Message(text, said)


def _warnings(book: Book, table: Table, weighing: Weighing) -> list[Message]:
    said = []
    if not table.judged:
        text = _("Nobody has judged any criterion: only the {n} that the order book gives count")
        said.append(Message(text, {"n": Count(len(table.names))}))
    if Criterion.CAPITAL_STRENGTH in set(table.names) - table.judged:
        said.append(Message(_("Capital strength is a stand-in here: whether invoices are paid in time")))
    if (missing := float(np.isnan(table.values).mean())) > 0:
        text = _("{share} of the values are unknown and count as the median account's: see the column Known")
        said.append(Message(text, {"share": Percent(missing)}))
    if table.unsigned:
        said.append(Message(_("{n} scores lack an author, a day or evidence"), {"n": Count(table.unsigned)}))
    text = _(
        "Ranks hold for these {n} accounts, as of the beginning of the quarter: one more or less can reverse two ranks"
    )
    said.append(Message(text, {"n": Count(book.reference.sum())}))
    if absent := weighing.fit.get("not_judged"):
        text = _(
            "{n} {n:pair|pairs} of criteria were not judged: they are taken for what the other judgements say of them"
        )
        said.append(Message(text, {"n": Count(len(absent))}))
    if weighing.fit.get("weighing") == "equal":
        said.append(Message(_("All criteria weigh the same: nobody has weighed them yet")))
    return said
