"""What an account is worth, and what it spends with others."""

import numpy as np
import pyarrow.compute as pc

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column
from vitalfew.sentences import amounts, labels, months, percents, texts, told
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _

SMALL = 0.001


def place(panel: Panel) -> tuple[Sentences, Sentences]:
    """Its share of all sales on record, from `pareto`."""
    share = panel.floats("share")
    return (
        told(_("Of all sales on record it brought {share}."), share >= SMALL, share=percents(share, 1)),
        told(_("Of all sales on record it brought less than 0.1 %."), (share > 0) & (share < SMALL)),
    )


def worth(panel: Panel, currency: str) -> Sentences:
    """What it will still bring, from `lifetime`: gross margin, or net sales where no cost is known."""
    said = {each: amounts(panel.floats(each), currency) for each in ("value", "low", "high")}
    costed = np.isfinite(panel.floats("margin_rate"))
    earned = _(
        "Its gross margin of the next three years, before cost to serve, is worth {value} today ({low} to {high})."
    )
    bought = _("What it will buy from us within three years is worth {value} today ({low} to {high}).")
    return pc.coalesce(told(earned, costed, **said), told(bought, ~costed, **said))


def tier(panel: Panel) -> Sentences:
    """Into which tier its figures put it, from `tiers`; people decide which is in force."""
    return told(_("Its figures propose the tier: {tier}."), tier=labels(Tier, column(panel, "tier")))


def wallet(panel: Panel, currency: str) -> tuple[Sentences, Sentences]:
    """Our share of what it spends, and who has the rest, from `wallet-share`."""
    rival = column(panel, "competitor")
    named = pc.is_valid(rival).to_numpy(zero_copy_only=False)
    said = {
        "wallet": amounts(panel.floats("wallet"), currency),
        "share": percents(panel.floats("share")),
        "since": months(panel.floats("known_from")),
        "until": months(panel.floats("known_until")),
    }
    return (
        told(
            _(
                "From {since} to {until} it spent {wallet} a year in our category, {share} of it with us; its next supplier is "
                "{rival}."
            ),
            rival=texts(rival), **said,
        ),
        told(
            _("From {since} to {until} it spent {wallet} a year in our category, {share} of it with us."), ~named, **said
        ),
    )  # fmt: skip


def room(panel: Panel, currency: str) -> Sentences:
    """What it spends with others, from `potential` or `wallet-share`."""
    money = panel.floats("room")
    return told(_("It spends {room} a year with others."), np.nan_to_num(money) > 0, room=amounts(money, currency))
