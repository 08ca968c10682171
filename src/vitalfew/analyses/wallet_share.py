"""What share of each account's spending in our category we have, and what share our rank in its eyes would give.

    share  =  our net sales in the months whose wallet is known  /  the wallet of the same months

Money is told as a year's: the sum of those months · 12 / how many they are. Where our sales exceed the wallet, the wallet is
wrong and is said to be so: no share, never 100 %. Where nobody knows the wallet the share is unknown. A year's wallet comes
before the months of the same year.

From the account's own marks for us and for its other suppliers follows what rank alone would give us (Wallet Allocation Rule):

    allocated  =  (1 − rank / (n + 1)) · 2 / n          n suppliers that the account uses or rates, ties averaged

    n = 2  →  .667 .333          n = 3  →  .500 .333 .167

``gap`` is our share less that: below zero, the account likes us better than it buys from us. The rule holds for customers that
really buy from several suppliers; its authors ask for 40 % of them and 1.4 suppliers on average.

    sales 300 where 1,000 were spent, second of three in its eyes  →  share .30, allocated .333, gap −.033, room 700
    sales 600 of 2,000 in two years  →  share .30, room 700 a year

Keiningham, T. L., Aksoy, L., Buoye, A. & Cooil, B. (2011). Harvard Business Review 89(10).
"""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Number, Percent
from vitalfew.maths.wallet_allocation import allocation
from vitalfew.panels import (
    MONTHS_A_YEAR,
    Against,
    Bools,
    Floats,
    Panel,
    Whole,
    against,
    figure,
    figures,
    half_of,
    in_order,
    last_whole_month,
    period_months,
    ratings,
    words,
)
from vitalfew.panels import months as window
from vitalfew.terms import Group, Term, Unit
from vitalfew.terms import gettext_noop as _


class WalletState(Term):
    """What is known of an account's spending in our category."""

    TOLD = "told", _("Wallet known")
    WRONG = "wrong", _("Wrong: smaller than our sales")
    UNKNOWN = "unknown", _("Not known")


STATES: Final = list(WalletState)
HALVES: Final = 2
MULTI_USERS, MEAN_SUPPLIERS = 0.4, 1.4


@analysis(
    group=Group.EQUITY,
    title=_("Share of wallet"),
    question=_("What share of each account's spending in our category do we have?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("share", Unit.SHARE, _("Share of wallet"), _("Our sales as a share of its spend in our category")),
        Column("state", Unit.WORD, _("Wallet"), _("Whether the wallet is known, wrong or unknown"), WalletState),
        Column(
            "ours", Unit.MONEY, _("Our sales a year"), _("Our net sales a year, by the months whose wallet is known")
        ),
        Column("wallet", Unit.MONEY, _("Spend a year"), _("What it spends in our category a year, by those months")),
        Column("room", Unit.MONEY, _("With others a year"), _("Spend that others have a year, by those months")),
        Column("known_from", Unit.DAY, _("Known from"), _("The first day of the months whose wallet is known")),
        Column("known_until", Unit.DAY, _("Known until"), _("The last day of the months whose wallet is known")),
        Column("competitor", Unit.TEXT, _("Main competitor"), _("The one named last")),
        Column("competitor_share", Unit.SHARE, _("Its share"), _("The main competitor's part of the wallet")),
        Column("suppliers", Unit.COUNT, _("Suppliers"), _("We and the competitors that the account rated")),
        Column("rank", Unit.NUMBER, _("Our rank"), _("Our place in the account's own marks, 1 best")),
        Column("allocated", Unit.SHARE, _("By rank"), _("What the Wallet Allocation Rule would give us")),
        Column("gap", Unit.SHARE, _("Gap"), _("Share of wallet less the share by rank")),
    ),
    choices={
        "months": Choice(_("Last months"), least=1, most=120),
        "item": Choice(_("Question that ranks suppliers")),
    },
    drawing=Drawing("points", "share", "allocated"),
    source="Keiningham, Aksoy, Buoye & Cooil (2011)",
    version=3,
)
def wallet_share(
    account_months: Frame,
    wallet: Frame | None = None,
    survey_scores: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    months: int = 24,
    item: str = "overall",
) -> Findings:
    if wallet is None and survey_scores is None:
        text = _("What accounts spend in total is not known: import it, or a survey with answers about competitors")
        raise Refusal(Message(text))
    sold = Panel.of(account_months.select("customer", "month", "amount"), "month")
    if not len(sold):
        raise Refusal(Message(_("No orders yet")))
    codes = sold.accounts()
    spent = _spent(account_months, wallet, codes, last_whole_month(as_of), months)
    rank = _rank(survey_scores, codes, item, half_of(as_of) - HALVES)
    rows = _rows(codes, spent, rank)
    found = _figures(spent, rank) | {"months": months}
    return Findings(rows, found, _headline(found, currency), _warnings(spent, rank, wallet is not None))


@dataclass(frozen=True)
class Spent:
    """Per account: our sales and its wallet, a year, by the months whose wallet is known; NaN where none is."""

    ours: Floats
    wallet: Floats
    competitor: pa.Array
    theirs: Floats
    since: Whole
    """The first month that is known, since 1970."""
    until: Whole
    """The last one."""

    @property
    def state(self) -> Whole:
        known = np.where(self.ours > self.wallet, STATES.index(WalletState.WRONG), STATES.index(WalletState.TOLD))
        return np.where(self.wallet > 0, known, STATES.index(WalletState.UNKNOWN)).astype(np.int64)

    @property
    def told(self) -> Bools:
        return np.asarray(self.state == STATES.index(WalletState.TOLD))

    @property
    def share(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.told, np.maximum(self.ours, 0) / self.wallet, np.nan)


@dataclass(frozen=True)
class Rank:
    """Per account: how many suppliers it rated, our rank among them, and what that rank would give us."""

    suppliers: Whole
    rank: Floats
    allocated: Floats


def _spent(account_months: Frame, wallet: Frame | None, codes: pa.Array, last: int, width: int) -> Spent:
    none, never = np.full(len(codes), np.nan), np.zeros(len(codes), dtype=np.int64)
    if wallet is None:
        return Spent(none, none, pa.nulls(len(codes), pa.string()), none, never, never)
    money = (nw.col(name).cast(nw.Float64) for name in ("total_spend", "competitor_spend"))
    told = wallet.filter(nw.col("total_spend") > 0).select("customer", "period", "competitor", *money)
    panel = Panel.of(told, "period")
    row = in_order(panel.codes, codes)
    first, length = period_months(panel.table["period"])
    start = first - (last - width + 1)
    kept = (row >= 0) & (length > 0) & (start >= 0) & (start + length <= width)
    kept &= ~((length == 1) & np.isin(_year(row, first), _year(row, first)[kept & (length > 1)]))
    sold = window(account_months, "amount", last, width)
    running = np.concatenate([np.zeros((len(codes), 1)), np.cumsum(sold.values, axis=1)], axis=1)
    at, begin, end = row[kept], start[kept], (start + length)[kept]
    spend, rival = (np.nan_to_num(panel.floats(name)[kept]) for name in ("total_spend", "competitor_spend"))
    a_year = MONTHS_A_YEAR / np.maximum(np.bincount(at, length[kept], len(codes)), 1)
    ours, whole, theirs = (
        (np.bincount(at, each, len(codes)) * a_year).round(4)
        for each in (running[at, end] - running[at, begin], spend, rival)
    )
    since, until = np.full(len(codes), last), np.full(len(codes), last - width)
    np.minimum.at(since, at, first[kept])
    np.maximum.at(until, at, (first + length)[kept] - 1)
    return Spent(
        np.where(whole > 0, ours, np.nan),
        np.where(whole > 0, whole, np.nan),
        _last_named(panel, np.flatnonzero(kept), row, len(codes)),
        np.where(theirs > 0, theirs, np.nan),
        since,
        until,
    )


def _year(row: Whole, month: Whole) -> Whole:
    return row * 10_000 + month // MONTHS_A_YEAR


def _last_named(panel: Panel, kept: Whole, row: Whole, accounts: int) -> pa.Array:
    place = np.full(accounts, -1)
    names = panel.table["competitor"].combine_chunks()
    named = kept[names.is_valid().to_numpy(zero_copy_only=False)[kept]]
    place[row[named]] = named
    return names.take(pa.array(place, mask=place < 0))


def _rank(survey_scores: Frame | None, codes: pa.Array, item: str, since: int) -> Rank:
    none = np.full(len(codes), np.nan)
    if survey_scores is None:
        return Rank(np.zeros(len(codes), dtype=np.int64), none, none)
    seen: Against = against(ratings(survey_scores, [item], since))
    compared = ~np.isnan(seen.ours) & (seen.rivals > 0)
    rank = np.where(compared, 1 + seen.better + seen.equal / 2, np.nan)
    place = in_order(codes, seen.accounts)
    suppliers = np.append(np.where(np.isnan(seen.ours), 0, seen.rivals + 1), 0)[place]
    ranks = np.append(rank, np.nan)[place]
    return Rank(suppliers, ranks, allocation(ranks, np.maximum(suppliers, 1).astype(np.float64)))


def _rows(codes: pa.Array, spent: Spent, rank: Rank) -> pa.Table:
    share = spent.share
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = np.where(spent.told & (spent.theirs <= spent.wallet), spent.theirs / spent.wallet, np.nan)
    return pa.table(
        {
            "customer": codes,
            "share": figures(share),
            "state": words(STATES, spent.state),
            "ours": figures(spent.ours),
            "wallet": figures(spent.wallet),
            "room": figures(np.where(spent.told, spent.wallet - np.maximum(spent.ours, 0), np.nan)),
            "known_from": _days(spent.since, spent),
            "known_until": pc.subtract(_days(spent.until + 1, spent), 1),
            "competitor": spent.competitor,
            "competitor_share": figures(theirs),
            "suppliers": pa.array(rank.suppliers, mask=rank.suppliers == 0),
            "rank": figures(rank.rank),
            "allocated": figures(rank.allocated),
            "gap": figures(share - rank.allocated),
        }
    )


def _days(month: Whole, spent: Spent) -> pa.Array:
    """The first days of months, where a wallet is known."""
    starts = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return pa.array(starts, mask=~(spent.wallet > 0))


def _figures(spent: Spent, rank: Rank) -> dict[str, float | int | None]:
    told, rated = spent.told, rank.suppliers[rank.suppliers > 0]
    whole = float(spent.wallet[told].sum())
    ours = float(np.maximum(spent.ours[told], 0).sum())
    return {
        "accounts": int(told.size),
        "told": int(told.sum()),
        "wrong": int((spent.state == STATES.index(WalletState.WRONG)).sum()),
        "share": figure(ours / whole) if whole > 0 else None,
        "median_share": figure(np.median(spent.share[told])) if told.any() else None,
        "room": round(whole - ours, 4) if told.any() else None,
        "ranked": int(np.isfinite(rank.rank).sum()),
        "mean_suppliers": figure(rated.mean()) if rated.size else None,
    }


def _headline(found: dict[str, Any], currency: str) -> Message | None:
    if found["share"] is None:
        text = _("No wallet is known; of {ranked} {ranked:account|accounts} we know our rank among their suppliers")
        return Message(text, {"ranked": Count(found["ranked"])})
    return Message(
        _(
            "Over the last {months} months we had {share} of what {told} accounts spent in our category; {room} a year go "
            "to others"
        ),
        {
            "months": Count(found["months"]),
            "share": Percent(found["share"]),
            "told": Count(found["told"]),
            "room": Money(found["room"], currency),
        },
    )


def _warnings(spent: Spent, rank: Rank, known: bool) -> list[Message]:  # noqa: FBT001  (private, read at its call)
    said = []
    if (wrong := int((spent.state == STATES.index(WalletState.WRONG)).sum())) > 0:
        text = _(
            "{n} {n:account|accounts} bought more from us than their whole wallet: those wallets are wrong, ask again"
        )
        said.append(Message(text, {"n": Count(wrong)}))
    if known and (unknown := float((spent.state == STATES.index(WalletState.UNKNOWN)).mean())) > 0:
        text = _("Of {share} of the accounts the wallet is unknown: their share cannot be told")
        said.append(Message(text, {"share": Percent(unknown)}))
    if known and spent.told.any():
        said.append(Message(_("Wallets are what was declared or estimated: a share is no surer than they are")))
    return said + _rule_holds(rank)


def _rule_holds(rank: Rank) -> list[Message]:
    suppliers = rank.suppliers[rank.suppliers > 0]
    if not (suppliers > 1).any():
        return [Message(_("No account rated us beside a competitor: a share by rank cannot be told"))]
    several, mean = float((suppliers > 1).mean()), float(suppliers.mean())
    if several < MULTI_USERS or mean < MEAN_SUPPLIERS:
        text = _("Only {share} of the accounts use several suppliers ({mean} on average): shares by rank may mislead")
        return [Message(text, {"share": Percent(several), "mean": Number(mean, 1)})]
    return []
