"""What accounts are worth by those they brought to us, beside what they buy themselves.

For each account that another one brought, what it has contributed so far and what it will from now on (its lifetime value, less
serving it as dearly as so far), the share q of chance that it would have come anyway, and what winning it otherwise would cost:

    referral value  =  sum over those brought of  (1 − q) · (contributed + to come) + acquisition cost saved − reward paid

Who would have come anyway saves us the acquisition cost, no more (type 2); of the others all counts (type 1). ``low`` takes
every one for type 2, ``high`` none; both take the ends of what is to come. q is an option, or told account by account:
``referral_types`` (customer: the one brought, would_have_joined: 0 to 1).

    contributed 100, to come 300, q .5, saved 40, reward 10  →  230, from 30 to 430

An account has one referrer, the earliest. Who bought, or recommended us, before it was recommended was ours already: nobody
brought it, and so no circle counts. Only whom they brought counts, not whom those bring in turn.

    own lifetime value and referral value above the median of all accounts:  both champions, own affluents, referral advocates,
    neither misers

Lifetime value is that of the lists: MBG/NBD, three years, not told for accounts that buy in season.

This is attribution: the same money is the lifetime value of those brought. It is never added to the total of all accounts.

Kumar, V., Petersen, J. A. & Leone, R. P. (2010). Driving profitability by encouraging customer referrals. J. Marketing 74(5);
(2007). How valuable is word of mouth? Harvard Business Review 85(10).
"""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Money, Percent
from vitalfew.panels import (
    NUMBER,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    figure,
    figures,
    handed_over,
    in_order,
    words,
)
from vitalfew.terms import Group, Term, Unit
from vitalfew.terms import gettext_noop as _


class ReferralSegment(Term):
    """Own worth and worth of those brought (Kumar, Petersen & Leone 2007), each above the median or not."""

    CHAMPION = "champion", _("Champions")
    AFFLUENT = "affluent", _("Affluents")
    ADVOCATE = "advocate", _("Advocates")
    MISER = "miser", _("Misers")
    UNKNOWN = "unknown", _("Own worth unknown")


SEGMENTS: Final = list(ReferralSegment)
LEAST_LEFT: Final = -5.0
"""Serving an account is taken to cost six times its margin at most: a first order can have next to none."""
FEWEST: Final = 10
"""Referrers from which it is told whether those worth much bring much."""


@analysis(
    group=Group.VALUE,
    title=_("Referral value"),
    question=_("What are accounts worth by those they brought to us?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("segment", Unit.WORD, _("Segment"), _("Own worth and referral value, high or low"), ReferralSegment),
        Column("value", Unit.MONEY, _("Referral value"), _("What those it brought contribute because of it")),
        Column("low", Unit.MONEY, _("from"), _("If all of them would have come anyway")),
        Column("high", Unit.MONEY, _("to"), _("If none of them would have come anyway")),
        Column("referred", Unit.COUNT, _("Brought"), _("Accounts it brought")),
        Column("contributed", Unit.MONEY, _("Contributed so far"), _("Contribution of those it brought, until now")),
        Column("to_come", Unit.MONEY, _("To come"), _("Lifetime value of those it brought, less serving them")),
        Column("saved", Unit.MONEY, _("Cost saved"), _("Acquisition cost saved, less rewards paid")),
        Column("lifetime", Unit.MONEY, _("Own worth"), _("Its own lifetime value, less serving it")),
        Column("last_referral", Unit.DAY, _("Last referral"), _("When it last recommended us to one it brought")),
    ),
    choices={
        "would_have_joined": Choice(_("Would have come anyway (chance)"), most=1),
        "acquisition_cost": Choice(_("Cost of winning an account otherwise (0: not known)")),
        "reward": Choice(_("Reward paid for a referral")),
    },
    drawing=Drawing("top", "value"),
    source="Kumar, Petersen & Leone (2007, 2010)",
)
def referral_value(
    referrals: Frame,
    lifetime: Frame | None = None,
    contribution: Frame | None = None,
    purchase_days: Frame | None = None,
    referral_types: Frame | None = None,
    *,
    currency: str,
    would_have_joined: float = 0.5,
    acquisition_cost: float = 0.0,
    reward: float = 0.0,
) -> Findings:
    brought, void = _brought(referrals, purchase_days)
    worth = _worth(lifetime, contribution)
    place = in_order(brought.referred, worth.codes)
    if not len(place):
        raise Refusal(Message(_("Nobody is known to have brought an account: import referrals")))
    if not np.isfinite(np.append(worth.contributed, np.nan)[place]).any():
        raise Refusal(
            Message(_("What the accounts brought contribute cannot be told: none has bought at a known cost"))
        )
    anyway = _anyway(referral_types, brought.referred, would_have_joined)
    codes = pa.chunked_array([brought.referrer, worth.codes]).unique().sort()
    sums = _sums(in_order(brought.referrer, codes), worth, place, anyway, acquisition_cost - reward, len(codes))
    own = np.append(worth.net_to_come, np.nan)[in_order(codes, worth.codes)]
    segment = _segment(own, sums["value"])
    last = np.full(len(codes), -np.inf)
    np.maximum.at(last, in_order(brought.referrer, codes), brought.day)
    table = pa.table(
        {
            "customer": codes,
            "segment": words(SEGMENTS, segment),
            **{name: figures(sums[name].round(4)) for name in ("value", "low", "high")},
            "referred": pa.array(sums["referred"].astype(np.int64)),
            **{name: figures(sums[name].round(4)) for name in ("contributed", "to_come", "saved")},
            "lifetime": figures(own.round(4)),
            "last_referral": figures(np.where(np.isfinite(last), last, np.nan)).cast(pa.int64()),
        }
    )
    rows = table.sort_by([("value", "descending"), ("customer", "ascending")])
    found = _figures(sums, own, segment, worth, place)
    return Findings(rows, found, _headline(found, currency), _warnings(found, void, referral_types, acquisition_cost))


@dataclass(frozen=True)
class _Brought:
    """Who brought whom and when: one row an account brought."""

    referrer: pa.Array
    referred: pa.Array
    day: Whole


def _brought(referrals: Frame, purchase_days: Frame | None) -> tuple[_Brought, int]:
    """The earliest referral of each account that was not ours before; and how many referrals count for nothing."""
    read: pa.Table = referrals.select("referrer", "referred", "referred_on").collect("pyarrow").to_native()
    read = read.sort_by([(name, "ascending") for name in ("referred_on", "referrer", "referred")]).combine_chunks()
    apart = read.filter(pc.not_equal(read["referrer"], read["referred"])).combine_chunks()
    referrer, referred = (apart[name].combine_chunks() for name in ("referrer", "referred"))
    day = np.asarray(apart["referred_on"].cast(pa.int64()).to_numpy(), dtype=np.int64)
    codes = pa.chunked_array([referrer, referred]).unique()
    source, target = in_order(referrer, codes), in_order(referred, codes)
    rank = np.arange(day.size)
    made, named = (_first(each, rank, len(codes)) for each in (source, target))
    kept = (rank == named[target]) & (rank < made[target]) & ~_bought_before(purchase_days, referred, day)
    chosen = pa.array(np.flatnonzero(kept))
    return _Brought(referrer.take(chosen), referred.take(chosen), day[kept]), int(len(read) - kept.sum())


def _first(which: Whole, rank: Whole, number: int) -> Whole:
    """The first rank of each; beyond all where it has none."""
    first = np.full(number, rank.size)
    np.minimum.at(first, which, rank)
    return first


def _bought_before(purchase_days: Frame | None, codes: pa.Array, day: Whole) -> Bools:
    if purchase_days is None:
        return np.zeros(day.size, dtype=bool)
    panel = Panel.of(purchase_days.group_by("customer").agg(first=nw.col("bought_on").min()))
    first = np.append(panel.floats("first"), np.inf)[in_order(codes, panel.codes)]
    return np.asarray(first < day)


@dataclass(frozen=True)
class _Worth:
    """By account: contributed so far, and lifetime value less serving it with the ends of its interval; NaN where unknown."""

    codes: pa.Array
    contributed: Floats
    to_come: Floats
    """Three columns: what is expected, from, to."""

    @property
    def net_to_come(self) -> Floats:
        return np.asarray(self.to_come[:, 0])


def _worth(lifetime: Frame | None, contribution: Frame | None) -> _Worth:
    if contribution is None:
        raise Refusal(
            Message(_("What the accounts brought contribute cannot be told: none has bought at a known cost"))
        )
    book = Panel.of(contribution.select("customer", "contribution", "gross_margin"))
    earned, margin = book.floats("contribution"), book.floats("gross_margin")
    none = np.full((len(book), 3), np.nan)
    if lifetime is None:
        return _Worth(book.codes, earned, none)
    panel = Panel.of(lifetime.select("customer", "value", "low", "high"))
    ahead = np.column_stack([np.append(panel.floats(name), np.nan) for name in ("value", "low", "high")])
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(margin > 0, np.maximum(earned / margin, LEAST_LEFT), 1.0)
    net = ahead[in_order(book.codes, panel.codes)] * np.where(np.isfinite(earned), left, np.nan)[:, None]
    net[:, 1:] = np.sort(net[:, 1:], axis=1)
    return _Worth(book.codes, earned, net)


def _anyway(types: Frame | None, referred: pa.Array, assumed: float) -> Floats:
    """The chance that each would have come anyway: told, else assumed."""
    if types is None:
        return np.full(len(referred), assumed)
    read = handed_over(types, "referral_types", {"customer": TEXT, "would_have_joined": NUMBER}, {})
    chance = np.append(read["would_have_joined"].to_numpy(), np.nan)[
        in_order(referred, read["customer"].combine_chunks())
    ]
    return np.where((chance >= 0) & (chance <= 1), chance, assumed)


def _sums(  # noqa: PLR0917  (a part of the sum each)
    row: Whole, worth: _Worth, place: Whole, anyway: Floats, saved: float, number: int
) -> dict[str, Floats]:
    """By referrer; an account whose worth is unknown adds nothing but what was saved."""
    contributed = np.nan_to_num(np.append(worth.contributed, np.nan)[place])
    to_come = np.nan_to_num(np.vstack([worth.to_come, np.full(3, np.nan)])[place])
    ends = contributed[:, None] + to_come
    each = {
        "referred": np.ones(row.size),
        "contributed": contributed,
        "to_come": to_come[:, 0],
        "saved": np.full(row.size, saved),
        "value": (1 - anyway) * ends[:, 0] + saved,
        "low": np.minimum(ends[:, 1], 0.0) + saved,
        "high": np.maximum(ends[:, 2], 0.0) + saved,
    }
    return {name: np.bincount(row, values, number).astype(np.float64) for name, values in each.items()}


def _segment(own: Floats, value: Floats) -> Whole:
    known = np.isfinite(own)
    rich = own > (np.median(own[known]) if known.any() else 0.0)
    brings = value > max(float(np.median(value)), 0.0)
    names = [
        SEGMENTS.index(each) for each in (ReferralSegment.CHAMPION, ReferralSegment.AFFLUENT, ReferralSegment.ADVOCATE)
    ]
    chosen = np.select([rich & brings, rich, brings], names, SEGMENTS.index(ReferralSegment.MISER))
    return np.where(known, chosen, SEGMENTS.index(ReferralSegment.UNKNOWN)).astype(np.int64)


def _figures(sums: dict[str, Floats], own: Floats, segment: Whole, worth: _Worth, place: Whole) -> dict[str, Any]:
    brought = np.append(worth.net_to_come, np.nan)[place]
    total = float(np.nansum(own))
    referrers = (sums["referred"] > 0) & np.isfinite(own)
    together = None
    if referrers.sum() >= FEWEST:
        from scipy.stats import spearmanr

        together = figure(float(spearmanr(own[referrers], sums["value"][referrers]).statistic))
    return {
        "accounts": own.size,
        "referrers": int((sums["referred"] > 0).sum()),
        "referred": int(sums["referred"].sum()),
        "attributed": float(sums["value"].sum()),
        "attributed_low": float(sums["low"].sum()),
        "attributed_high": float(sums["high"].sum()),
        "lifetime_total": total if np.isfinite(own).any() else None,
        "brought_share": float(np.nansum(brought)) / total if total > 0 else None,
        "uncosted": int(np.isnan(np.append(worth.contributed, np.nan)[place]).sum()),
        "untold": int(np.isnan(brought).sum()),
        "rank_correlation": together,
        **{each.value: int((segment == number).sum()) for number, each in enumerate(SEGMENTS)},
    }


def _headline(found: dict[str, Any], currency: str) -> Message:
    said: dict[str, Figure] = {name: Count(found[name]) for name in ("referrers", "referred")}
    amounts = {"value": "attributed", "low": "attributed_low", "high": "attributed_high"}
    said |= {name: Money(found[each], currency) for name, each in amounts.items()}
    text = _(
        "{referrers} {referrers:account|accounts} brought {referred} {referred:other|others}, worth {value} "
        "to us because of them ({low} to {high})"
    )
    if found["attributed_low"] < 0 < found["attributed_high"]:
        text = _(
            "{referrers} {referrers:account|accounts} brought {referred} {referred:other|others}; whether that "
            "gained or cost us cannot be told ({low} to {high})"
        )
    return Message(text, said)


def _warnings(found: dict[str, Any], void: int, types: Frame | None, acquisition_cost: float) -> list[Message]:
    said = []
    if (found["brought_share"] or 0.0) > 0:
        text = _(
            "Of what all accounts are worth from now on, {share} came by referral; referral value is never added to it"
        )
        said.append(Message(text, {"share": Percent(found["brought_share"])}))
    if types is None:
        said.append(Message(_("Who would have come anyway is assumed, not known: ask new accounts how they found us")))
    if not acquisition_cost:
        said.append(Message(_("What winning an account costs is not given: what referrals save of it is left out")))
    if void:
        text = _("{n} referrals count for nothing: another came first, or the account was ours already")
        said.append(Message(text, {"n": Count(void)}))
    if found["uncosted"]:
        text = _("{n} of the accounts brought have not bought at a known cost: they add nothing yet")
        said.append(Message(text, {"n": Count(found["uncosted"])}))
    if found["untold"] and found["lifetime_total"] is not None:
        text = _("Of {n} of the accounts brought what is to come is not told: it counts as nothing")
        said.append(Message(text, {"n": Count(found["untold"])}))
    if found["lifetime_total"] is None:
        said.append(Message(_("Lifetime values cannot be told here: only what was contributed so far counts")))
    return said
