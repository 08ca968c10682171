"""How much of which product each key account will need, period by period.

The quantities ordered (returns are no demand) of each account and product, from the first order of that pair on, are carried
forward as ``outlooks`` describes: a level, its average with the same period a year before, or, where orders come now and
then, the chance of an order times its size. A pair too young for that is taken to need what other accounts take of the product
in a period. Every figure says how it came about. Where all that was ordered is whole pieces, intervals end on whole pieces; what
is expected is a mean, and may be a part of one.

So that the plan of the whole agrees with the plans of its parts, accounts, groups of accounts, products, categories and
everything are foretold too, and the parts are moved towards them, the less sure ones more (trace minimisation with diagonal
variances). That is done only if it would have missed no more six periods ago.

Beside each forecast stands how the same way did on the last six periods: ``mase`` (below 1 beats the same period a year before,
within the pair's history), ``wape`` (misses as a share of demand) and ``pinball``, the loss of the upper end as a quantile.

    ordered 10 12 8 10 12 8 by month  →  10 a month

Only the largest accounts and each one's largest products are foretold; the share left out is told.

Wickramasuriya, Athanasopoulos & Hyndman (2019). JASA 114(526). Teunter, Syntetos & Babai (2011). EJOR 214(3). Hyndman &
Koehler (2006). IJF 22(4).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Percent
from vitalfew.maths import outlooks
from vitalfew.maths.accuracy import pinball, scale, wape
from vitalfew.maths.outlooks import STEP, Teller
from vitalfew.maths.reconcile import memberships, reconciled
from vitalfew.maths.seasons import factors_of_each
from vitalfew.maths.short_series import Told, error_variance, in_pieces, occasional
from vitalfew.panels import (
    MONTHS_A_YEAR,
    Bools,
    Floats,
    Panel,
    Whole,
    begins,
    figure,
    figures,
    last_whole_month,
    month_start,
    words,
)
from vitalfew.terms import Group, Outlook, Unit
from vitalfew.terms import gettext_noop as _

WEEKS_A_YEAR: Final = 52
MONDAY: Final = 3
"""1970 began on a Thursday: three days after a Monday."""
YEARS: Final = 4
WORDS: Final = (Outlook.LEVELLED, Outlook.OCCASIONAL, Outlook.COMBINED, Outlook.AS_OTHERS, Outlook.TOO_SHORT)
AS_OTHERS, TOO_SHORT = 3, 4


@analysis(
    group=Group.SUPPLY,
    title=_("Demand"),
    question=_("How much of which product will each key account need?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("product", Unit.TEXT, _("Product"), _("Product or category")),
        Column("period", Unit.DAY, _("Period"), _("First day of the month or week")),
        Column("mean", Unit.NUMBER, _("Expected"), _("Expected quantity")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the period's interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the period's interval")),
        Column("method", Unit.WORD, _("Method"), _("How the forecast came about"), Outlook),
        Column(
            "mase",
            Unit.NUMBER,
            _("Error (MASE)"),
            _("Missed on the last six periods; below 1 beats a year before"),
            statistic=True,
        ),
        Column(
            "wape",
            Unit.SHARE,
            _("Error (WAPE)"),
            _("Missed on the last six periods, as a share of their demand"),
            statistic=True,
        ),
        Column(
            "pinball",
            Unit.NUMBER,
            _("Loss of the upper end"),
            _("Quantile loss of the interval's upper end"),
            statistic=True,
        ),
    ),
    choices={
        "by": Choice(_("Of each"), {"product": _("Product"), "category": _("Category")}),
        "period": Choice(_("By"), {"month": _("Month"), "week": _("Week")}),
        "horizon": Choice(_("Periods ahead"), least=1, most=52),
        "accounts": Choice(_("Largest accounts"), least=1, most=2_000),
        "each": Choice(_("Products of each account"), least=1, most=200),
        "confidence": Choice(_("Share of periods within the interval"), least=0.5, most=0.99),
    },
    per_account=False,
    source="Wickramasuriya, Athanasopoulos & Hyndman (2019); Teunter, Syntetos & Babai (2011)",
    ranked=("mean", "descending"),
)
def demand(
    order_lines: Frame,
    products: Frame | None = None,
    customers: Frame | None = None,
    *,
    as_of: int,
    by: Literal["product", "category"] = "product",
    period: Literal["month", "week"] = "month",
    horizon: int = 3,
    accounts: int = 200,
    each: int = 10,
    confidence: float = 0.9,
) -> Findings:
    if by == "category" and products is None:
        raise Refusal(Message(_("No rows of '{table}' yet: import them first"), {"table": "products"}))
    steps = _Steps(weekly=period == "week", last=_last_step(as_of, weekly=period == "week"))
    lines = _lines(order_lines, products if by == "category" else None, steps)
    chosen, left_out = _largest(lines, steps, accounts, each)
    pairs = _Pairs.of(chosen, steps)
    if not len(pairs.panel):
        raise Refusal(Message(_("No whole period with a product on an order line: there is nothing to carry forward")))
    groups = _groups(pairs, products if by == "product" else None, customers)
    plan = _Plan(pairs, groups, confidence, horizon)
    found = {**plan.figures(), "left_out": figure(left_out)}
    return Findings(plan.rows(), found, plan.headline(), plan.warnings(left_out), plan.fit())


@dataclass(frozen=True)
class _Steps:
    """Months or weeks, numbered since 1970, up to the last whole one."""

    weekly: bool
    last: int

    @property
    def a_year(self) -> int:
        return WEEKS_A_YEAR if self.weekly else MONTHS_A_YEAR

    @property
    def width(self) -> int:
        return YEARS * self.a_year

    def start(self, step: int) -> int:
        """The first day of a step."""
        return 7 * step - MONDAY if self.weekly else month_start(step)


def _last_step(as_of: int, *, weekly: bool) -> int:
    return (as_of + 1 + MONDAY) // 7 - 1 if weekly else last_whole_month(as_of)


def _lines(order_lines: Frame, products: Frame | None, steps: _Steps) -> Frame:
    """Customer, product (or category), step, quantity and amount of what was ordered within the window."""
    lines = order_lines.filter(nw.col("quantity").cast(nw.Float64) > 0, ~nw.col("product").is_null())
    if products is not None:
        named = products.select("product", nw.col("category"))
        lines = lines.join(named, on="product", how="inner").filter(~nw.col("category").is_null())
        lines = lines.with_columns(product=nw.col("category"))
    step = (
        ((nw.col("ordered_on") + MONDAY).cast(nw.Float64) / 7.0).floor().cast(nw.Int64)
        if steps.weekly
        else nw.col("month")
    )
    lines = lines.select(
        "customer", "product", step.alias("step"), *(nw.col(name).cast(nw.Float64) for name in ("quantity", "amount"))
    )
    return lines.filter(nw.col("step") > steps.last - steps.width, nw.col("step") <= steps.last)


def _largest(lines: Frame, steps: _Steps, accounts: int, each: int) -> tuple[Frame, float]:
    """The rows of the largest accounts' largest products, and which share of a year's amounts is not among them."""
    year = lines.filter(nw.col("step") > steps.last - steps.a_year)
    by_account = year.group_by("customer").agg(worth=nw.col("amount").sum().round(4))
    total = Panel.of(by_account).floats("worth").sum()
    largest = by_account.sort("worth", "customer", descending=[True, False]).head(accounts).select("customer")
    pairs = year.join(largest, on="customer", how="inner")
    pairs = pairs.group_by("customer", "product").agg(worth=nw.col("amount").sum().round(4))
    panel = Panel.of(pairs, "product")
    kept = _first_of_each(panel, each)
    chosen = panel.table.filter(pa.array(kept)).select(["customer", "product"])
    left_out = 1.0 - float(panel.floats("worth")[kept].sum() / total) if total > 0 else 0.0
    sums = lines.join(largest, on="customer", how="inner").group_by("customer", "product", "step")
    rows = sums.agg(quantity=nw.col("quantity").sum().round(4))
    collected: pa.Table = rows.collect("pyarrow").to_native()
    mine = collected.cast(pa.schema([(f.name, pa.string() if f.name in _CODES else f.type) for f in collected.schema]))
    joined = mine.join(
        chosen.cast(pa.schema([(name, pa.string()) for name in _CODES])), keys=list(_CODES), join_type="inner"
    )
    return nw.from_native(joined).lazy(), left_out


_CODES: Final = ("customer", "product")


def _first_of_each(panel: Panel, most: int) -> Bools:
    """Whether a row is among its account's largest; ties by product."""
    starts = panel.starts()
    row = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(panel))))
    worth = panel.floats("worth")
    order = np.lexsort((np.arange(len(panel)), -worth, row))
    rank = np.empty(len(panel), dtype=np.int64)
    rank[order] = np.arange(len(panel)) - starts[row[order]]
    return np.asarray((rank < most) & (worth > 0))


@dataclass(frozen=True)
class _Pairs:
    """Accounts' products: codes, and quantities by step from each pair's first order on (NaN before it)."""

    panel: pa.Table
    history: Floats
    steps: _Steps

    @classmethod
    def of(cls, frame: Frame, steps: _Steps) -> "_Pairs":
        rows = Panel.of(frame, "product", "step").table
        new = begins(rows, *_CODES)
        pairs = rows.select(list(_CODES)).take(pa.array(np.flatnonzero(new)))
        row, step = np.cumsum(new) - 1, rows["step"].to_numpy()
        values = np.zeros((len(pairs), steps.width))
        values[row, step - (steps.last - steps.width + 1)] = rows["quantity"].to_numpy()
        first = (values > 0).argmax(axis=1) if len(pairs) else np.empty(0, dtype=np.int64)
        return cls(pairs, np.where(np.arange(steps.width) >= first[:, None], values, np.nan), steps)

    def numbers(self, name: str) -> tuple[Whole, list[str]]:
        """A code's number in each pair, and the codes."""
        encoded = self.panel[name].combine_chunks().dictionary_encode()
        return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary.to_pylist()


def _tellers(pairs: _Pairs, sums: Floats, product: Whole, confidence: float, back: int) -> tuple[Teller, Teller]:
    """With the season of each pair's product, and of each sum, as far as it was proven so many periods ago."""
    until = pairs.history.shape[1] - back
    history = np.nan_to_num(pairs.history[:, :until])
    season = pairs.steps.a_year
    if pairs.steps.weekly:
        return Teller(np.ones(season), confidence), Teller(np.ones(season), confidence)
    overall = factors_of_each(history.sum(axis=0)[None, :], np.ones(season))
    by_product = np.zeros((product.max() + 1, until))
    np.add.at(by_product, product, history)
    own = factors_of_each(by_product, overall[0])
    return Teller(own[product], confidence), Teller(factors_of_each(sums[:, :until], overall[0]), confidence)


def _groups(pairs: _Pairs, products: Frame | None, customers: Frame | None) -> dict[str, Whole]:
    """Which account, group of accounts, product, category each pair belongs to, by number; −1 in none."""
    account, codes = pairs.numbers("customer")
    product, names = pairs.numbers("product")
    found = {"account": account, "product": product, "all": np.zeros(account.size, dtype=np.int64)}
    if customers is not None:
        found["group"] = _numbered(
            codes, customers.select(nw.col("customer").alias("key"), nw.col("parent").alias("into"))
        )[account]
    if products is not None:
        found["category"] = _numbered(
            names, products.select(nw.col("product").alias("key"), nw.col("category").alias("into"))
        )[product]
    return found


def _numbered(codes: list[str], frame: Frame) -> Whole:
    """The number of the group each code belongs to."""
    table = frame.collect("pyarrow").to_native()
    into = {key: name for key, name in zip(*(table[each].to_pylist() for each in ("key", "into")), strict=True) if name}
    numbers = {name: number for number, name in enumerate(sorted({into[code] for code in codes if code in into}))}
    return np.array([numbers[into[code]] if code in into else -1 for code in codes], dtype=np.int64)


class _Plan:
    """What all pairs tell, made to agree with what their sums tell, and how that did six periods ago."""

    def __init__(self, pairs: _Pairs, groups: dict[str, Whole], confidence: float, horizon: int) -> None:
        self.pairs, self.horizon, self.confidence = pairs, horizon, confidence
        self.members = memberships(*groups.values())
        self.sums: Floats = self.members @ np.nan_to_num(pairs.history)
        now, then = (_tellers(pairs, self.sums, groups["product"], confidence, back) for back in (0, STEP))
        outlook = now[0].outlook(pairs.history, horizon)
        self.way = np.where(outlook.way == outlooks.NONE, TOO_SHORT, outlook.way)
        self.told = outlook.told
        self.judged = then[0].judged(pairs.history)
        self._take_from_others(groups["product"])
        self._agree(now[1], then[1])
        self.told = in_pieces(self.told, pairs.history)

    def _take_from_others(self, product: Whole) -> None:
        """Pairs too young for a forecast need what the product's other accounts take in a period."""
        young = np.flatnonzero(self.way == TOO_SHORT)
        older = np.flatnonzero(self.way != TOO_SHORT)
        if not young.size or not older.size:
            return
        usual = occasional(self.pairs.history[older], 1, self.confidence)
        count = np.bincount(product[older], minlength=product.max() + 1)
        shared = np.flatnonzero(count[product[young]] > 0)
        for part in Told._fields:
            mean = np.bincount(product[older], getattr(usual, part)[:, 0], count.size) / np.maximum(count, 1)
            getattr(self.told, part)[young[shared]] = mean[product[young[shared]], None]
        self.way[young[shared]] = AS_OTHERS

    def _agree(self, now: Teller, then: Teller) -> None:
        """Move parts towards sums, if six periods ago that would have missed no more."""
        judged = self.judged
        sums = then.judged(self.sums)
        variance, sums_variance = (error_variance(each[:, :-STEP]) for each in (self.pairs.history, self.sums))
        moved = self._moved(judged.told.mean, variance, sums.told.mean, sums_variance)
        before, after = (outlooks.missed(judged.came, told) for told in (judged.told.mean, moved))
        self.agreed = bool(after <= before)
        self.before, self.after = before, after
        if self.agreed:
            told = now.outlook(self.sums, self.horizon).told.mean
            self.told = self.told.moved(self._moved(self.told.mean, variance, told, sums_variance))
            judged = self.judged
            self.judged = outlooks.Judged(judged.came, judged.told.moved(moved), judged.naive)

    def _moved(self, parts: Floats, variance: Floats, sums: Floats, sums_variance: Floats) -> Floats:
        known = np.nan_to_num(parts)
        moved = reconciled(
            known, variance, np.where(np.isnan(sums), self.members @ known, sums), sums_variance, self.members
        )
        return np.where(np.isnan(parts), np.nan, np.maximum(moved, 0.0))

    @cached_property
    def errors(self) -> dict[str, Floats]:
        judged = self.judged
        before, a_year = self.pairs.history[:, :-STEP], self.pairs.steps.a_year
        naive = np.where(np.isnan(scale(before, a_year)), scale(before), scale(before, a_year))
        with np.errstate(invalid="ignore"):
            miss = np.abs(judged.came - judged.told.mean).mean(axis=1)
        upper = (1.0 + self.confidence) / 2.0
        return {
            "mase": miss / naive,
            "wape": wape(judged.came, judged.told.mean),
            "pinball": pinball(judged.came, judged.told.high, upper),
        }

    def rows(self) -> pa.Table:
        steps, horizon = self.pairs.steps, self.horizon
        place = np.repeat(np.arange(len(self.pairs.panel)), horizon)
        starts = np.array([steps.start(steps.last + 1 + ahead) for ahead in range(horizon)])
        return pa.table(
            {
                "customer": self.pairs.panel["customer"].combine_chunks().take(pa.array(place)),
                "product": self.pairs.panel["product"].combine_chunks().take(pa.array(place)),
                "period": pa.array(np.tile(starts, len(self.pairs.panel))),
                **{name: figures(np.round(getattr(self.told, name).ravel(), 4)) for name in Told._fields},
                "method": words(WORDS, self.way[place]),
                **{name: figures(np.round(values, 4)[place]) for name, values in self.errors.items()},
            }
        )

    def figures(self) -> dict[str, float | int | None]:
        judged = self.judged
        return {
            "pairs": len(self.pairs.panel),
            "accounts": len(self.pairs.numbers("customer")[1]),
            "total": figure(np.nansum(self.told.mean)),
            "wape": figure(judged.missed),
            "wape_naive": figure(judged.missed_naively),
            "squared_error_against_naive": figure(judged.squares_ratio),
            "median_mase": figure(outlooks.median(self.errors["mase"])),
            "pinball": figure(outlooks.median(self.errors["pinball"])),
            "covered": figure(judged.covered),
            **{str(word): int((self.way == place).sum()) for place, word in enumerate(WORDS)},
        }

    def fit(self) -> dict[str, object]:
        return {
            "reconciled": self.agreed,
            "wape_of_parts_alone": figure(self.before),
            "wape_reconciled": figure(self.after),
            "sums": int(self.members.shape[0]),
            "confidence": self.confidence,
        }

    def headline(self) -> Message:
        missed, naive = self.judged.missed, self.judged.missed_naively
        said = {"pairs": Count(len(self.pairs.panel)), "n": Count(self.horizon)}
        if not (np.isfinite(missed) and np.isfinite(naive)):
            return Message(
                _("{pairs} {pairs:need is|needs are} forecast, {n} {n:period|periods} ahead; untried so far"), said
            )
        return Message(
            _(
                "{pairs} {pairs:need is|needs are} forecast, {n} {n:period|periods} ahead; over the last six "
                "periods, too much and too little together came to {missed} of what was ordered (repeating last "
                "year: {naive})"
            ),
            {**said, "missed": Percent(missed), "naive": Percent(naive)},
        )

    def warnings(self, left_out: float) -> list[Message]:
        said = []
        if left_out > 0:
            text = _("{share} of last year's orders are of smaller accounts and products, and not forecast")
            said.append(Message(text, {"share": Percent(left_out)}))
        if short := int((self.way == TOO_SHORT).sum()):
            said.append(
                Message(
                    _("{n} {n:pair is|pairs are} too young, and nobody else takes the product: no forecast"),
                    {"n": Count(short)},
                )
            )
        if np.isfinite(self.judged.covered) and abs(self.judged.covered - self.confidence) > _FAR_OFF:
            text = _(
                "Of the last periods {covered} lay within their intervals, not {asked}: read the intervals with care"
            )
            asked = Percent(self.confidence, 0)
            said.append(Message(text, {"covered": Percent(self.judged.covered, 0), "asked": asked}))
        return said


_FAR_OFF: Final = 0.07
