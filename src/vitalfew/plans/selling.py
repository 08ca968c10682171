"""Which sales model the findings about an account speak for; people may decide otherwise, and say why.

    most valuable, buying all the time                         →  customised
    room worth a tenth of its sales or more, or most growable  →  consultative
    buying all the time or in season, with little room         →  direct, with the club
    anything else                                              →  cannot tell

The three are those of the field: direct selling by way of a club, consultative selling, customised marketing (一对一).
"""

from dataclasses import dataclass
from typing import Final

from vitalfew.language import Figure, Message, Money, Percent, Word
from vitalfew.plans.words import SalesModel
from vitalfew.terms import Cooperation, Tier, label_of
from vitalfew.terms import gettext_noop as _

ROOM: Final = 0.1
STEADY: Final = frozenset({Cooperation.LONG_TERM, Cooperation.SEASONAL})


@dataclass(frozen=True)
class Findings:
    """What is known of an account that a sales model rests on."""

    tier: str
    cooperation: str
    sales: float
    room: float
    """What similar accounts would buy more."""
    currency: str = ""


@dataclass(frozen=True)
class Proposal:
    """A model, or none; and why."""

    model: SalesModel | None
    why: Message


def proposed(found: Findings) -> Proposal:
    room = found.room / found.sales if found.sales > 0 else 0.0
    if found.tier == Tier.MVC and found.cooperation == Cooperation.LONG_TERM:
        text = _("It is among the most valuable and buys all the time: products, terms and service of its own pay")
        return Proposal(SalesModel.CUSTOMISED, Message(text))
    if room >= ROOM:
        text = _("Similar accounts would buy for {room} more, {share} of its sales: find out with it what it needs")
        figures: dict[str, Figure] = {"room": Money(found.room, found.currency), "share": Percent(room, 0)}
        return Proposal(SalesModel.CONSULTATIVE, Message(text, figures))
    if found.tier == Tier.MGC:
        text = _("It is among the most growable: find out with it what it needs")
        return Proposal(SalesModel.CONSULTATIVE, Message(text))
    if found.cooperation in STEADY:
        text = _(
            "It buys steadily ({cooperation}) and leaves little room: sell directly, and keep it close by the club"
        )
        return Proposal(SalesModel.CLUB, Message(text, {"cooperation": Word(label_of(Cooperation, found.cooperation))}))
    text = _("Too little is known of how it buys to propose a sales model")
    return Proposal(None, Message(text))
