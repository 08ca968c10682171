"""Which accounts are most valuable, most growable, or below zero.

    actual      what the account earns us now: its contribution of the last twelve months
    strategic   the same if it bought from us all it buys in our category:  gross margin / share of wallet − cost to serve
    unrealised  strategic − actual

    MVC   the largest positive accounts that together make 80 % of all positive actual value
    MGC   not MVC, and at least as much unrealised as actual
    BZ    actual and strategic both at or below zero; a loss-maker with a positive potential is one to be turned

The potential needs the size of the wallet. Where nobody has recorded it, growth is 'unknown': that is not 'no'.
Where no cost is known, tiers go by net sales, nobody is called below zero, and headline and warning say so. Where some
accounts' costs are known and one's are not, what it earns cannot be told, and its tier is 'unknown'.

    actual 60 25 10 5 −3, no wallets  →  MVC MVC unknown unknown BZ

Peppers, D. & Rogers, M. (1997). Enterprise One to One. Doubleday.
"""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, analysis
from vitalfew.language import Count, Figure, Message, Percent
from vitalfew.panels import Floats, Panel, figures, in_order, words
from vitalfew.terms import Group, Tier, Unit
from vitalfew.terms import gettext_noop as _

ORDER: Final = list(Tier)
EDGE: Final = 1e-12


@analysis(
    group=Group.IDENTIFY,
    confidential=True,
    title=_("Tiers"),
    question=_("Which accounts are most valuable, most growable, or below zero?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("tier", Unit.WORD, _("Proposed tier"), _("Most valuable, most growable, below zero"), Tier),
        Column("actual", Unit.MONEY, _("Actual value"), _("What the account earns us now")),
        Column("strategic", Unit.MONEY, _("Potential"), _("What it would earn if it bought all from us")),
        Column("unrealised", Unit.MONEY, _("Unrealised"), _("Potential less actual value")),
        Column(
            "wallet_share", Unit.SHARE, _("Share of wallet"), _("Our sales as a share of its spend in our category")
        ),
    ),
    choices={
        "share": Choice(_("Most valuable: accounts that make this share"), most=1),
        "least": Choice(_("Least potential of a most growable account")),
    },
    drawing=Drawing("bars", "customer", "tier"),
    source="Peppers & Rogers (1997), Enterprise One to One",
    version=2,
    ranked=("actual", "descending"),
)
def tiers(
    yearly_contribution: Frame,
    wallet_share: Frame | None = None,
    *,
    share: float = 0.8,
    least: float = 0.0,
) -> Findings:
    panel = Panel.of(yearly_contribution)
    earned, revenue = panel.floats("contribution"), panel.floats("revenue")
    costed = bool((~np.isnan(earned)).any())
    actual = earned if costed else revenue
    part = _wallet_share(panel.codes, wallet_share)
    strategic = _strategic(panel, actual, part, costed=costed)
    tier = _tier(actual, strategic, share, least, costed=costed)
    rows = pa.table(
        {
            "customer": panel.codes,
            "tier": words(ORDER, tier),
            "actual": figures(actual),
            "strategic": figures(strategic),
            "unrealised": figures(strategic - actual),
            "wallet_share": figures(part),
        }
    )
    found = {each.value: int((tier == place).sum()) for place, each in enumerate(ORDER)}
    return Findings(rows, found, _headline(actual, tier, costed=costed), _warnings(actual, part, costed=costed))


def _wallet_share(codes: pa.Array, wallet_share: Frame | None) -> Floats:
    """The share of wallet of each account; NaN where it is unknown or nothing was bought."""
    if wallet_share is None:
        return np.full(len(codes), np.nan)
    told = Panel.of(wallet_share.select("customer", "share"))
    share = np.append(told.floats("share"), np.nan)[in_order(codes, told.codes)]
    return np.where(share > 0, share, np.nan)


def _strategic(panel: Panel, actual: Floats, part: Floats, *, costed: bool) -> Floats:
    if not costed:
        return actual / part
    return panel.floats("gross_margin") / part - panel.floats("cost_to_serve") - panel.floats("capital_charge")


def _tier(actual: Floats, strategic: Floats, share: float, least: float, *, costed: bool) -> NDArray[np.int64]:
    place = {each: index for index, each in enumerate(ORDER)}
    unknown = np.isnan(strategic)
    potential = np.where(unknown, actual, strategic)
    growable = ~unknown & (potential - actual >= actual) & (potential >= least) & (actual > 0)
    choice = np.where(unknown, place[Tier.UNKNOWN], place[Tier.OTHER])
    choice = np.where(growable, place[Tier.MGC], choice)
    choice = np.where(_most_valuable(actual, share), place[Tier.MVC], choice)
    losing = np.where(potential > 0, place[Tier.MIGRATE], place[Tier.BZ])
    return np.where(costed & (actual <= 0), losing, choice).astype(np.int64)


def _most_valuable(actual: Floats, share: float) -> NDArray[np.bool_]:
    """The largest positive accounts up to and with the one that reaches the share."""
    order = np.argsort(-actual, kind="stable")
    positive = np.nan_to_num(np.maximum(actual[order], 0))
    total = positive.sum()
    before = np.concatenate([[0.0], np.cumsum(positive)[:-1]])
    chosen = np.zeros(actual.size, dtype=bool)
    chosen[order] = (positive > 0) & (before < share * total - EDGE * total)
    return chosen


def _headline(actual: Floats, tier: NDArray[np.int64], *, costed: bool) -> Message:
    best = tier == ORDER.index(Tier.MVC)
    positive = float(np.nansum(np.maximum(actual, 0)))
    share = Percent(float(actual[best].sum()) / positive if positive else 0.0)
    said: dict[str, Figure] = {"best": Count(best.sum()), "share": share}
    if not costed:
        text = _(
            "{best} most valuable accounts make {share} of net sales; who costs more than it brings cannot be told"
        )
        return Message(text, said)
    text = _("{best} most valuable accounts earn {share} of all positive value; {below} cost us more than they bring")
    return Message(text, {**said, "below": Count((actual < 0).sum())})


def _warnings(actual: Floats, part: Floats, *, costed: bool) -> list[Message]:
    said = []
    if untold := int(np.isnan(actual).sum()):
        text = _("For {n} {n:account|accounts} no cost is known: what they earn us, and their tier, cannot be told")
        said.append(Message(text, {"n": Count(untold)}))
    if not costed:
        said.append(Message(_("No cost is known: tiers go by net sales, and nobody can be seen below zero")))
    if (unknown := float(np.isnan(part).mean()) if part.size else 0.0) > 0:
        text = _("For {share} of the accounts the size of the wallet is unknown: whether they can grow cannot be told")
        said.append(Message(text, {"share": Percent(unknown)}))
    return said
