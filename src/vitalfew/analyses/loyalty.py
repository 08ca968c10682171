"""Who is loyal, who only out of habit, and who would like to be.

    relative attitude   .5 + (our score − the best competitor's) / 2, both from 0 to 1: .5 is 'as good as the best rival'
    repeat purchase     share of wallet where it is known; else the share of the last four quarters with a purchase, counted
                        after the quarter of the first one

                          repeat below the cut    repeat at or above the cut
    attitude at or above  latent                  complete
    attitude below        none                    inertia

An account that never compared us with a competitor has an unknown attitude: it is never inferred from purchases, for that
would take inertia for loyalty. Our absolute score says nothing here: a contented account may be more contented elsewhere.
Scores are of the last two half-years and this one, averaged inside the account first. The interval of the attitude takes the
spread of respondents inside accounts, pooled over all.

    ours .7, best rival .5, share of wallet .3  →  attitude .6: latent

Protect complete loyalty, find what hinders latent loyalty, and don't rest on inertia: it leaves first when a rival moves.
Share of wallet and own purchases are different measures; ``basis`` says which was taken.

Dick, A. S. & Basu, K. (1994). Customer loyalty: toward an integrated conceptual framework. JAMS 22(2).
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Percent
from vitalfew.maths.scales import reach_of_means
from vitalfew.panels import (
    MONTHS_A_YEAR,
    Bools,
    Floats,
    Panel,
    Whole,
    against,
    figures,
    half_of,
    in_order,
    last_whole_month,
    months,
    ratings,
    views,
    words,
)
from vitalfew.terms import Group, Loyalty, Term, Unit
from vitalfew.terms import gettext_noop as _


class RepeatBasis(Term):
    """What repeat purchase was read from."""

    WALLET = "wallet", _("Share of wallet")
    HISTORY = "history", _("Own purchases")


QUADRANTS, BASES = list(Loyalty), list(RepeatBasis)
HALVES: Final = 2
QUARTER: Final = 3


@analysis(
    group=Group.SATISFACTION,
    title=_("Loyalty"),
    question=_("Who is loyal, who only out of habit, and who would like to be?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("quadrant", Unit.WORD, _("Loyalty"), _("Complete, latent, by inertia, none, or not known"), Loyalty),
        Column("attitude", Unit.NUMBER, _("Relative attitude"), _("0.5: as good as the best competitor in its eyes")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the 95 % interval")),
        Column("ours", Unit.NUMBER, _("Our score"), _("From 0 to 1")),
        Column("best", Unit.NUMBER, _("Best competitor's score"), _("From 0 to 1")),
        Column("rival", Unit.TEXT, _("Best competitor"), _("The competitor that the account marks highest")),
        Column("respondents", Unit.COUNT, _("Respondents"), _("People of the account who answered about us")),
        Column("repeat", Unit.SHARE, _("Repeat purchase"), _("Share of wallet, or of quarters with a purchase")),
        Column("basis", Unit.WORD, _("Read from"), _("What repeat purchase was read from"), RepeatBasis),
    ),
    choices={
        "repeat": Choice(
            _("Repeat purchase by"),
            {
                "auto": _("Share of wallet where known"),
                "wallet": _("Share of wallet only"),
                "history": _("Own purchases only"),
            },
        ),
        "item": Choice(_("Question that compares suppliers")),
        "attitude_cut": Choice(_("Attitude is high from"), most=1),
        "repeat_cut": Choice(_("Repeat purchase is high from"), most=1),
    },
    drawing=Drawing("bars", "customer", "quadrant"),
    source="Dick & Basu (1994)",
    ranked=("attitude", "ascending"),
)
def loyalty(
    account_months: Frame,
    wallet_share: Frame | None = None,
    survey_scores: Frame | None = None,
    *,
    as_of: int,
    repeat: Literal["auto", "wallet", "history"] = "auto",
    item: str = "overall",
    attitude_cut: float = 0.5,
    repeat_cut: float = 0.5,
) -> Findings:
    codes, history = _history(account_months, last_whole_month(as_of))
    share = _shares(wallet_share, codes) if repeat != "history" else np.full(len(codes), np.nan)
    told = ~np.isnan(share) | (repeat == "wallet")
    bought = np.where(told, share, history)
    seen = _attitudes(survey_scores, codes, item, half_of(as_of) - HALVES)
    quadrant = _quadrant(seen.attitude >= attitude_cut, bought >= repeat_cut, np.isnan(seen.attitude), np.isnan(bought))
    rows = pa.table(
        {
            "customer": codes,
            "quadrant": words(QUADRANTS, quadrant),
            "attitude": figures(seen.attitude),
            "low": figures(np.maximum(seen.attitude - seen.reach, 0.0)),
            "high": figures(np.minimum(seen.attitude + seen.reach, 1.0)),
            "ours": figures(seen.ours),
            "best": figures(seen.best),
            "rival": seen.rival,
            "respondents": pa.array(seen.respondents),
            "repeat": figures(bought),
            "basis": words(BASES, np.where(told, BASES.index(RepeatBasis.WALLET), BASES.index(RepeatBasis.HISTORY))),
        }
    )
    found = {each.value: int((quadrant == place).sum()) for place, each in enumerate(QUADRANTS)}
    unsure = np.abs(seen.attitude - attitude_cut) < seen.reach
    return Findings(rows, {"accounts": len(codes), **found}, _headline(found), _warnings(seen, told, unsure))


@dataclass(frozen=True)
class Attitudes:
    """Per account; NaN where it compared us with nobody."""

    attitude: Floats
    reach: Floats
    ours: Floats
    best: Floats
    rival: pa.Array
    respondents: Whole


def _history(account_months: Frame, last: int) -> tuple[pa.Array, Floats]:
    """The share of the last four quarters with a purchase, of those after the quarter of the first one."""
    panel = months(account_months, "amount", last, MONTHS_A_YEAR)
    if not len(panel.accounts):
        raise Refusal(Message(_("No orders yet")))
    bought = (panel.values > 0).reshape(-1, MONTHS_A_YEAR // QUARTER, QUARTER).any(axis=2)
    begins = panel.numbers[::QUARTER]
    counts = begins[None, :] > panel.first[:, None]
    number = counts.sum(axis=1)
    return panel.accounts, np.where(number > 0, (bought & counts).sum(axis=1) / np.maximum(number, 1), np.nan)


def _shares(wallet_share: Frame | None, codes: pa.Array) -> Floats:
    if wallet_share is None:
        return np.full(len(codes), np.nan)
    panel = Panel.of(wallet_share.select("customer", "share"))
    return np.asarray(np.append(panel.floats("share"), np.nan)[in_order(codes, panel.codes)])


def _attitudes(survey_scores: Frame | None, codes: pa.Array, item: str, since: int) -> Attitudes:
    none = np.full(len(codes), np.nan)
    if survey_scores is None:
        return Attitudes(none, none, none, none, pa.nulls(len(codes), pa.string()), np.zeros(len(codes), np.int64))
    seen = against(ratings(survey_scores, [item], since))
    place = in_order(codes, seen.accounts)
    ours, best = (np.append(values, np.nan)[place] for values in (seen.ours, seen.best))
    reach = _reach(views(survey_scores, [item], since), codes)
    return Attitudes(
        0.5 + (ours - best) / 2.0,
        reach,
        ours,
        best,
        seen.best_rival.take(pa.array(place, mask=place < 0)),
        np.append(seen.respondents, 0)[place],
    )


def _reach(asked: Panel, codes: pa.Array) -> Floats:
    """Half the interval of each account's attitude, from the spread of respondents inside accounts."""
    each = against(asked, "respondent")
    row = in_order(each.accounts, codes)
    value = (each.ours - each.best) / 2.0
    compared = ~np.isnan(value) & (row >= 0)
    return reach_of_means(row[compared], value[compared], len(codes))


def _quadrant(liked: Bools, repeats: Bools, unasked: Bools, untold: Bools) -> Whole:
    place = {each: number for number, each in enumerate(QUADRANTS)}
    high = np.where(repeats, place[Loyalty.COMPLETE], place[Loyalty.LATENT])
    low = np.where(repeats, place[Loyalty.INERTIA], place[Loyalty.NONE])
    known = np.where(liked, high, low)
    return np.where(unasked, place[Loyalty.UNKNOWN], np.where(untold, place[Loyalty.REPEAT_UNKNOWN], known)).astype(
        np.int64
    )


def _headline(found: dict[str, int]) -> Message:
    if not sum(found[each] for each in (Loyalty.COMPLETE, Loyalty.LATENT, Loyalty.INERTIA, Loyalty.NONE)):
        return Message(
            _("Nobody's loyalty can be told: no account compared us with a competitor and has time to repeat")
        )
    return Message(
        _(
            "{complete} {complete:account is|accounts are} completely loyal, {latent} would like to be, {inertia} "
            "stay by inertia; of {unknown} we don't know the attitude"
        ),
        {name: Count(found[name]) for name in ("complete", "latent", "inertia", "unknown")},
    )


def _warnings(seen: Attitudes, told: Bools, unsure: Bools) -> list[Message]:
    said = []
    asked = ~np.isnan(seen.attitude)
    if (unasked := float((~asked).mean())) > 0:
        text = _(
            "{share} of the accounts never compared us with a competitor: ask them what they think of the best one"
        )
        said.append(Message(text, {"share": Percent(unasked)}))
    if asked.any() and np.isnan(seen.reach[asked]).all():
        text = _("No account has two respondents who compared us: how sure an attitude is cannot be told")
        said.append(Message(text))
    if (doubtful := int(unsure.sum())) > 0:
        text = _(
            "The attitude of {n} {n:account|accounts} is not surely on either side: one more answer could move them"
        )
        said.append(Message(text, {"n": Count(doubtful)}))
    if told.any() and not told.all():
        text = _(
            "Repeat purchase is the share of wallet for {n} {n:account|accounts} and their own purchases for {others}"
        )
        said.append(Message(text, {"n": Count(told.sum()), "others": Count((~told).sum())}))
    return said
