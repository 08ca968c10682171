"""What accounts like this one buy of us, and this one does not.

Over the last months, account by category, for the largest accounts:

    not bought    the account buys nothing of the category. ``likely`` is the share of accounts that also buy what this one buys
                  (``because``) and have the category: lifted beyond chance (the interval of the lift lies above 1), and
                  drawn towards everybody's share where few accounts speak. Where nothing lifts it, the share of its kind.
    bought less   the category's part of its purchases is below three quarters of its like; likely is the share of its kind
                  that buys more

``gap`` is the money in it: likely × what the category usually is of a buyer's purchases (median) × what the account buys in all,
less what it buys of it already. It is what its like would buy, not what it has to spend: the wallet is not known here.
``breadth`` is how many categories the account's purchases are evenly worth (1/HHI).

    12 of 20 buyers of b buy c, 30 of 100 of all   →   lift 2.0 (1.42 … 2.81)

An association is no cause: offer, and see. Accounts are of one kind by the account master; without it all are.

Brin, Motwani, Ullman & Tsur (1997). Dynamic itemset counting. SIGMOD. Efron & Morris (1975). JASA 70(350).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money
from vitalfew.maths.association import Associations, associations
from vitalfew.panels import (
    MONTHS_A_YEAR,
    Bools,
    Floats,
    Panel,
    Whole,
    figure,
    figures,
    last_whole_month,
    of_whole_months,
    text,
    words,
)
from vitalfew.terms import Group, MixGap, Unit
from vitalfew.terms import gettext_noop as _

BELOW: Final = 0.75
MOST_CATEGORIES: Final = 100
DRAWN_ACCOUNTS, DRAWN_CATEGORIES = 20, 12
"""How many accounts and categories the map shows."""
FEWEST: Final = 10
"""With fewer accounts nothing is said of what goes together."""
PRIOR: Final = 10.0
"""The share of a kind is drawn towards everybody's by so many accounts."""
KINDS: Final = list(MixGap)


@analysis(
    group=Group.BEHAVIOUR,
    title=_("Product mix"),
    question=_("What do similar accounts buy that this one does not?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("category", Unit.TEXT, _("Category"), _("Category, or product where none is known")),
        Column("kind", Unit.WORD, _("Kind"), _("Not bought yet, or bought less"), MixGap),
        Column("gap", Unit.MONEY, _("Gap"), _("What similar accounts would buy more of it in the period")),
        Column("bought", Unit.MONEY, _("Bought"), _("What it buys of it now")),
        Column("likely", Unit.SHARE, _("Likely"), _("Share of similar accounts that do buy it, or more of it")),
        Column("because", Unit.TEXT, _("Because it buys"), _("The category that goes with it most surely")),
        Column("lift", Unit.NUMBER, _("Lift"), _("How much more often than chance both are bought"), statistic=True),
        Column("lift_low", Unit.NUMBER, _("from"), _("Lower end of the lift's 95 % interval")),
        Column("lift_high", Unit.NUMBER, _("to"), _("Upper end of the lift's 95 % interval")),
        Column("both", Unit.COUNT, _("Accounts with both"), _("How many accounts the lift rests on")),
        Column("breadth", Unit.NUMBER, _("Breadth"), _("Over how many even categories its purchases spread")),
    ),
    choices={
        "months": Choice(_("Last months"), least=1, most=120),
        "accounts": Choice(_("Largest accounts"), least=FEWEST, most=50_000),
        "each": Choice(_("Gaps of each account"), least=1, most=50),
    },
    drawing=Drawing("map", "gap", "category"),
    per_account=False,
    source="Brin, Motwani, Ullman & Tsur (1997); Efron & Morris (1975)",
)
def product_mix(
    order_lines: Frame,
    products: Frame | None = None,
    customers: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    months: int = MONTHS_A_YEAR,
    accounts: int = 2_000,
    each: int = 3,
) -> Findings:
    last = last_whole_month(as_of)
    within = order_lines.filter(nw.col("month") > last - months, nw.col("month") <= last)
    bought = of_whole_months(
        "product-mix", last, lambda: _amounts(within, products, accounts), months, accounts, tables=["products"]
    )
    mix = _Mix.of(bought, customers)
    if len(mix.accounts) < FEWEST or len(mix.categories) < 2:  # noqa: PLR2004  (one thing goes with none)
        raise Refusal(
            Message(
                _("At least {n} accounts and two categories are needed to see what goes together"), {"n": Count(FEWEST)}
            )
        )
    gaps = _Gaps(mix, associations(mix.buys.astype(np.float64)), each)
    return Findings(
        gaps.rows(), gaps.figures(), gaps.headline(currency), gaps.warnings(by_product=products is None), gaps.fit()
    )


def _amounts(lines: Frame, products: Frame | None, accounts: int) -> Panel:
    """Net amounts of the largest accounts by category."""
    lines = lines.filter(~nw.col("product").is_null())
    if products is None:
        named = lines.with_columns(category=nw.col("product"))
    else:
        named = lines.join(products.select("product", "category"), on="product", how="inner").filter(
            ~nw.col("category").is_null()
        )
    amount = nw.col("amount").cast(nw.Float64)
    sums = named.group_by("customer", "category").agg(amount=amount.sum().round(4))
    largest = named.group_by("customer").agg(worth=amount.sum().round(4))
    largest = largest.sort("worth", "customer", descending=[True, False]).head(accounts)
    widest = named.group_by("category").agg(worth=amount.sum().round(4))
    widest = widest.sort("worth", "category", descending=[True, False]).head(MOST_CATEGORIES)
    kept = sums.join(largest.select("customer"), on="customer", how="inner")
    return Panel.of(kept.join(widest.select("category"), on="category", how="inner"), "category")


@dataclass(frozen=True)
class _Mix:
    """Accounts × categories: what is bought, net; negative sums are nothing bought."""

    accounts: list[str]
    categories: list[str]
    amounts: Floats
    kind: Whole
    """The number of each account's kind."""

    @classmethod
    def of(cls, panel: Panel, customers: Frame | None) -> "_Mix":
        account, category = (
            panel.table[name].combine_chunks().dictionary_encode() for name in ("customer", "category")
        )
        names = sorted(category.dictionary.to_pylist())
        place = np.array([names.index(name) for name in category.dictionary.to_pylist()], dtype=np.int64)
        amounts = np.zeros((len(account.dictionary), len(names)))
        if len(panel):
            amounts[account.indices.to_numpy(), place[category.indices.to_numpy()]] = np.maximum(
                panel.floats("amount"), 0.0
            )
        codes = account.dictionary.to_pylist()
        kept = amounts.sum(axis=1) > 0
        mine = [code for code, keep in zip(codes, kept, strict=True) if keep]
        return cls(mine, names, amounts[kept], _kinds(mine, customers))

    @cached_property
    def buys(self) -> Bools:
        return np.asarray(self.amounts > 0)

    @cached_property
    def total(self) -> Floats:
        return np.asarray(self.amounts.sum(axis=1))

    @cached_property
    def parts(self) -> Floats:
        """Each category's part of the account's purchases."""
        return np.asarray(self.amounts / self.total[:, None])


def _kinds(accounts: list[str], customers: Frame | None) -> Whole:
    if customers is None:
        return np.zeros(len(accounts), dtype=np.int64)
    table = customers.select("customer", "kind").collect("pyarrow").to_native()
    of = dict(zip(table["customer"].to_pylist(), table["kind"].to_pylist(), strict=True))
    kinds = [of.get(code) or "" for code in accounts]
    number = {kind: place for place, kind in enumerate(sorted(set(kinds)))}
    return np.array([number[kind] for kind in kinds], dtype=np.int64)


class _Gaps:
    """What every account lacks, against its like."""

    def __init__(self, mix: _Mix, found: Associations, each: int) -> None:
        self.mix, self.found, self.each = mix, found, each
        self.usual, self.common = self._of_kinds()
        self.cause, self.likely = self._reasons()
        self.gap = self._money()
        self.chosen = self._largest()

    def _of_kinds(self) -> tuple[Floats, Floats]:
        """For each account: the usual part of each category among buyers of its kind, and the share of its kind that buys it."""
        mix = self.mix
        usual, common = np.zeros(mix.parts.shape), np.zeros(mix.parts.shape)
        everybody, all_parts = mix.buys.mean(axis=0), np.where(mix.buys, mix.parts, np.nan)
        overall = np.array([_median(column) for column in all_parts.T])
        for kind in np.unique(mix.kind):
            mine = mix.kind == kind
            common[mine] = (mix.buys[mine].sum(axis=0) + PRIOR * everybody) / (mine.sum() + PRIOR)
            enough = mix.buys[mine].sum(axis=0) >= PRIOR
            usual[mine] = np.where(enough, [_median(column) for column in all_parts[mine].T], overall)
        return usual, common

    def _reasons(self) -> tuple[Whole, Floats]:
        """The category bought that lifts each other one most surely (−1: none does), and how likely it makes it."""
        low = np.where(np.isnan(self.found.low), 0.0, self.found.low)
        np.fill_diagonal(low, 0.0)
        cause = np.full(self.mix.buys.shape, -1, dtype=np.int64)
        for category in range(low.shape[1]):
            lifted = np.where(self.mix.buys, low[:, category], 0.0)
            best = lifted.argmax(axis=1)
            sure = lifted[np.arange(len(best)), best] > 1
            cause[:, category] = np.where(sure, best, -1)
        likely = np.where(cause >= 0, self.found.likely[cause, np.arange(low.shape[1])], self.common)
        return cause, np.maximum(likely, self.common)

    def _money(self) -> Floats:
        """What is missing to the usual, times how likely it is; 0 where nothing is missing."""
        mix = self.mix
        would = self.usual * mix.total[:, None]
        cross = np.where(mix.buys, 0.0, self.likely * would)
        under = mix.buys & (mix.parts < BELOW * self.usual)
        return np.where(under, self.more * (would - mix.amounts), cross)

    @cached_property
    def more(self) -> Floats:
        """For what an account buys: the share of its kind's buyers whose part is larger."""
        mix = self.mix
        share = np.zeros(mix.parts.shape)
        for kind in np.unique(mix.kind):
            mine = mix.kind == kind
            parts = np.where(mix.buys[mine], mix.parts[mine], np.nan)
            ranks = np.argsort(np.argsort(np.nan_to_num(parts, nan=-1.0), axis=0, kind="stable"), axis=0, kind="stable")
            share[mine] = (mine.sum() - 1 - ranks) / np.maximum(mix.buys[mine].sum(axis=0), 1)
        return np.minimum(share, 1.0)

    def _largest(self) -> tuple[Whole, Whole]:
        """Each account's largest gaps, largest first of all."""
        order = np.argsort(-self.gap, axis=1, kind="stable")[:, : self.each]
        account = np.repeat(np.arange(len(order)), order.shape[1])
        category = order.ravel()
        worth = self.gap[account, category]
        kept = np.flatnonzero(np.round(worth, 2) > 0)
        kept = kept[np.lexsort((category[kept], account[kept], -np.round(worth[kept], 2)))]
        return account[kept], category[kept]

    def rows(self) -> pa.Table:
        account, category = self.chosen
        cause = self.cause[account, category]
        bought = self.mix.amounts[account, category]
        up = bought > 0
        lifted = (cause >= 0) & ~up
        pair = (np.where(lifted, cause, 0), category)
        names = np.array([*self.mix.categories, ""])
        pick = {
            name: np.where(lifted, getattr(self.found, name)[pair], np.nan) for name in ("lift", "low", "high", "both")
        }
        likely = np.where(up, self.more[account, category], self.likely[account, category])
        breadth = 1.0 / np.square(self.mix.parts).sum(axis=1)
        return pa.table(
            {
                "customer": text(self.mix.accounts).take(pa.array(account)),
                "category": text(self.mix.categories).take(pa.array(category)),
                "kind": words(KINDS, up.astype(np.int64)),
                "gap": figures(np.round(self.gap[account, category], 2)),
                "bought": figures(np.round(bought, 2)),
                "likely": figures(_rounded(likely)),
                "because": pa.array(names[np.where(lifted, cause, -1)], pa.string(), mask=~lifted),
                "lift": figures(_rounded(pick["lift"])),
                "lift_low": figures(_rounded(pick["low"])),
                "lift_high": figures(_rounded(pick["high"])),
                "both": pa.array(np.nan_to_num(pick["both"]).astype(np.int64), mask=~lifted),
                "breadth": figures(np.round(breadth, 4)[account]),
            }
        )

    def figures(self) -> dict[str, float | int | None]:
        account, category = self.chosen
        gap, up = self.gap[account, category], self.mix.amounts[account, category] > 0
        return {
            "accounts": len(self.mix.accounts),
            "categories": len(self.mix.categories),
            "gaps": int(gap.size),
            "cross": figure(gap[~up].sum()),
            "up": figure(gap[up].sum()),
            "median_breadth": _median(1.0 / np.square(self.mix.parts).sum(axis=1)),
            "median_categories": _median(self.mix.buys.sum(axis=1).astype(np.float64)),
        }

    def fit(self) -> dict[str, object]:
        """How many pairs of categories go together beyond chance, and how strongly shares are drawn to everybody's."""
        pairs = int(np.nansum(np.triu(np.nan_to_num(self.found.low), 1) > 1))
        return {"pairs_lifted": pairs, "drawn_by_accounts": self.found.weight, "map": self._map()}

    def _map(self) -> dict[str, object]:
        """The accounts with most room × the largest categories: what is bought, and what is missing."""
        rows = np.argsort(-self.gap.sum(axis=1), kind="stable")[:DRAWN_ACCOUNTS]
        columns = np.argsort(-self.mix.amounts.sum(axis=0), kind="stable")[:DRAWN_CATEGORIES]
        cells = np.ix_(rows, columns)
        return {
            "customers": [self.mix.accounts[row] for row in rows],
            "columns": [self.mix.categories[column] for column in columns],
            "there": np.round(self.mix.amounts[cells]).tolist(),
            "missing": np.round(self.gap[cells]).tolist(),
        }

    def headline(self, currency: str) -> Message:
        account, _category = self.chosen
        if not account.size:
            return Message(_("Every account buys what similar accounts buy"))
        found = self.figures()
        return Message(
            _(
                "{n} {n:account|accounts} leave room: {cross} in categories they don't buy, {up} in those they "
                "buy less of than similar accounts"
            ),
            {
                "n": Count(np.unique(account).size),
                "cross": Money(found["cross"] or 0.0, currency),
                "up": Money(found["up"] or 0.0, currency),
            },
        )

    def warnings(self, *, by_product: bool) -> list[Message]:
        said = [
            Message(
                _("A gap is what similar accounts buy, not what this account has to spend: set it against its wallet")
            )
        ]
        if by_product:
            said.append(
                Message(
                    _("No categories are known: products stand for them, and only the {n} largest"),
                    {"n": Count(MOST_CATEGORIES)},
                )
            )
        return said


def _rounded(values: Floats) -> Floats:
    return np.asarray(np.round(values, 4), dtype=np.float64)


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else 0.0
