"""Which accounts are small today and show why they may be key accounts tomorrow.

Looked at are accounts outside the vital few (class A of Vital few) that bought in the last twelve months. Reasons, each with
its evidence in columns of its own, filled only where it is a reason:

    rising         the trend test says so (p below 0.05): slope and p
    growing        last 12 months at least a fifth above the 12 before: growth
    room           its wallet is known and holds at least as much with others as with us: that room, a year
    broadening     more distinct products than in the 12 months before, by two at least: products now and before
    recommending   it brought us at least one customer in the last three years: how many

A potential key account rises or grows, and has a second reason. Ranked by the number of reasons, then by room, then by growth.

    100 → 180 a year, p .01, of 600 it spends elsewhere 420  →  rising, growing, room: three reasons

Reasons are signs, not a forecast; with many accounts some rise by chance alone, and how many of them is said. A year that began
from almost nothing grows by large figures: look at the amounts.

Cheverton, P. (2012). Key Account Management, 5th ed. Kogan Page (potential as a ground of selection beside size).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Names, Number
from vitalfew.maths.years import MEAN_YEAR
from vitalfew.panels import (
    MONTHS_A_YEAR,
    Bools,
    Floats,
    Panel,
    Whole,
    figures,
    in_order,
    last_whole_month,
    of_whole_months,
)
from vitalfew.terms import AbcClass, Direction, Group, Unit
from vitalfew.terms import gettext_noop as _

CHANCE: Final = 0.025
"""How many of the accounts without any trend are called rising: half of the test's 5 %."""

REFERRAL_YEARS: Final = 3
FEWEST_PRODUCTS: Final = 2
REASONS: Final = ("rising", "growing", "room", "broadening", "recommending")


@analysis(
    group=Group.IDENTIFY,
    confidential=True,
    title=_("Potential key accounts"),
    question=_("Which accounts are small today and may be key accounts tomorrow?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("reasons", Unit.COUNT, _("Reasons"), _("How many of the five reasons hold")),
        Column("revenue_12m", Unit.MONEY, _("Net sales, 12 months"), _("Net sales of the last 12 whole months")),
        Column("slope", Unit.MONEY, _("Rises a month by"), _("Reason 1: the trend test says that it rises")),
        Column("p_value", Unit.NUMBER, _("p"), _("How likely such a run is without any trend"), statistic=True),
        Column("growth", Unit.SHARE, _("Growth"), _("Reason 2: last 12 months against the 12 before")),
        Column("room", Unit.MONEY, _("Room a year"), _("Reason 3: what it spends with others, a year")),
        Column("products", Unit.COUNT, _("Products"), _("Reason 4: distinct products of the last 12 months")),
        Column("products_before", Unit.COUNT, _("Products before"), _("Distinct products of the 12 months before")),
        Column(
            "recommended", Unit.COUNT, _("Recommended us to"), _("Reason 5: customers it brought us in three years")
        ),
    ),
    choices={
        "least_growth": Choice(_("Growing from"), most=10),
        "least_reasons": Choice(_("Reasons at least"), least=1, most=5),
    },
    drawing=Drawing("top", "reasons"),
    source="Cheverton (2012)",
)
def potential(
    pareto: Frame,
    trend: Frame,
    order_lines: Frame,
    wallet_share: Frame | None = None,
    referrals: Frame | None = None,
    *,
    as_of: int,
    least_growth: float = 0.2,
    least_reasons: int = 2,
) -> Findings:
    book = _book(pareto, trend)
    signs = _signs(book, order_lines, wallet_share, referrals, as_of, least_growth)
    count = np.sum([signs[name].holds for name in REASONS], axis=0)
    upward = signs["rising"].holds | signs["growing"].holds
    chosen = np.flatnonzero(book.small & upward & (count >= least_reasons))
    order = chosen[np.lexsort([-_known(book.growth)[chosen], -_known(signs["room"].evidence)[chosen], -count[chosen]])]
    found = {
        "accounts": int(book.small.sum()),
        "potential": int(order.size),
        **{name: int((signs[name].holds & book.small).sum()) for name in REASONS},
    }
    rows = _rows(book, signs, count, order)
    return Findings(rows, found, _headline(found), _warnings(book, found, wallet_share, referrals))


@dataclass(frozen=True)
class Book:
    """The accounts in order; ``small``: outside the vital few, and buying."""

    codes: pa.Array
    small: Bools
    revenue: Floats
    rising: Bools
    slope: Floats
    p: Floats
    growth: Floats
    tested: Bools


@dataclass(frozen=True)
class Sign:
    """Whether a reason holds for each account, and its evidence."""

    holds: Bools
    evidence: Floats
    beside: Floats | None = None


def _book(pareto: Frame, trend: Frame) -> Book:
    panel = Panel.of(trend.select("customer", "direction", "slope", "p_value", "growth", "revenue_12m"))
    few = Panel.of(pareto.filter(nw.col("class") == AbcClass.A.value).select("customer"))
    revenue = panel.floats("revenue_12m")
    small = (in_order(panel.codes, few.codes) < 0) & (revenue > 0)
    if not small.any():
        raise Refusal(Message(_("No account outside the vital few bought anything in the last twelve months")))
    direction = panel.table["direction"].to_numpy(zero_copy_only=False)
    rising, tested = direction == Direction.RISING, direction != Direction.TOO_SHORT
    slope, p, growth = (panel.floats(name) for name in ("slope", "p_value", "growth"))
    return Book(panel.codes, small, revenue, rising, slope, p, growth, tested)


def _signs(  # noqa: PLR0917  (what the five reasons are read from)
    book: Book, lines: Frame, wallet: Frame | None, referrals: Frame | None, as_of: int, least_growth: float
) -> Mapping[str, Sign]:
    now, before = _products(lines, book.codes, last_whole_month(as_of))
    ours, others = _room(wallet, book)
    brought = _brought(referrals, book.codes, as_of)
    return {
        "rising": Sign(book.rising, book.slope, book.p),
        "growing": Sign(_known(book.growth) >= least_growth, book.growth),
        "room": Sign((others > 0) & (others >= ours), others),
        "broadening": Sign((before > 0) & (now - before >= FEWEST_PRODUCTS), now, before),
        "recommending": Sign(brought > 0, brought),
    }


def _known(values: Floats) -> Floats:
    return np.where(np.isnan(values), -np.inf, values)


def _products(lines: Frame, codes: pa.Array, last: int) -> tuple[Floats, Floats]:
    """Distinct products bought in the last 12 whole months and in the 12 before."""
    panel = of_whole_months("potential", last, lambda: _products_by_year(lines, last))
    place, late = in_order(panel.codes, codes), panel.whole("recent") == 1
    counts = np.zeros((2, len(codes) + 1))
    counts[late.astype(np.int64), place] = panel.floats("products")
    return counts[1, :-1], counts[0, :-1]


def _products_by_year(lines: Frame, last: int) -> Panel:
    bought = lines.filter(
        nw.col("quantity").cast(nw.Float64) > 0, nw.col("month") > last - 2 * MONTHS_A_YEAR, nw.col("month") <= last
    )
    recent = nw.when(nw.col("month") > last - MONTHS_A_YEAR).then(nw.lit(1)).otherwise(nw.lit(0))
    each = bought.with_columns(recent=recent).group_by("customer", "recent").agg(products=nw.col("product").n_unique())
    return Panel.of(each, "recent")


def _room(wallet: Frame | None, book: Book) -> tuple[Floats, Floats]:
    """Our sales of a year, and what others have at the same share of the wallet; NaN where it is unknown."""
    if wallet is None:
        return book.revenue, np.full(book.revenue.size, np.nan)
    panel = Panel.of(wallet.select("customer", "share"))
    share = np.append(panel.floats("share"), np.nan)[in_order(book.codes, panel.codes)]
    with np.errstate(divide="ignore", invalid="ignore"):
        return book.revenue, np.where(share > 0, book.revenue * (1 - share) / share, np.nan)


def _brought(referrals: Frame | None, codes: pa.Array, as_of: int) -> Floats:
    if referrals is None:
        return np.zeros(len(codes))
    since = as_of - round(REFERRAL_YEARS * MEAN_YEAR)
    lately = referrals.filter(nw.col("referred_on") > since, nw.col("referrer") != nw.col("referred"))
    panel = Panel.of(lately.group_by("referrer").agg(brought=nw.len()).rename({"referrer": "customer"}))
    return np.asarray(np.append(panel.floats("brought"), 0.0)[in_order(codes, panel.codes)])


def _rows(book: Book, signs: Mapping[str, Sign], count: Whole, order: Whole) -> pa.Table:
    def evidence(name: str, *, beside: bool = False) -> pa.Array:
        sign = signs[name]
        values = sign.beside if beside and sign.beside is not None else sign.evidence
        return figures(np.where(sign.holds, values, np.nan)[order])

    return pa.table(
        {
            "customer": book.codes.take(pa.array(order)),
            "reasons": pa.array(count[order]),
            "revenue_12m": figures(book.revenue[order]),
            "slope": evidence("rising"),
            "p_value": evidence("rising", beside=True),
            "growth": evidence("growing"),
            "room": evidence("room"),
            "products": evidence("broadening"),
            "products_before": evidence("broadening", beside=True),
            "recommended": evidence("recommending"),
        }
    )


def _headline(found: Mapping[str, int]) -> Message:
    text = _(
        "{n} of {accounts} smaller {accounts:account|accounts} rise or grow and show a second reason to "
        "become key accounts"
    )
    return Message(text, {"n": Count(found["potential"]), "accounts": Count(found["accounts"])})


def _warnings(book: Book, found: Mapping[str, int], wallet: Frame | None, referrals: Frame | None) -> list[Message]:
    said = []
    if found["rising"] and (tested := int((book.small & book.tested).sum())):
        text = _(
            "{rising} smaller {rising:account|accounts} rise by the trend test; about {chance} of {tested} would "
            "do so by chance alone"
        )
        chance = Number(CHANCE * tested, 1)
        said.append(Message(text, {"rising": Count(found["rising"]), "chance": chance, "tested": Count(tested)}))
    absent = [name for name, table in (("wallet", wallet), ("referrals", referrals)) if table is None]
    if absent:
        text = _("Not looked at, as nothing was imported: {tables}")
        said.append(Message(text, {"tables": Names(absent)}))
    return said
