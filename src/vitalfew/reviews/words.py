"""The words of reviews, and the rights that a tier carries."""

from collections.abc import Mapping
from typing import Final

from vitalfew.terms import Term, Tier
from vitalfew.terms import gettext_noop as _


class ReviewState(Term):
    """How far a review has come."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Cadence(Term):
    """For how long a round is held."""

    YEAR = "year", _("Year")
    QUARTER = "quarter", _("Quarter")


class Shown(Term):
    """Which accounts of a round are looked at."""

    CHANGED = "changed", _("Changes its tier")
    OVERRULED = "overruled", _("Decided otherwise than proposed")
    STAYS = "stays", _("Keeps its tier")


class Privilege(Term):
    """What an account of a tier is entitled to, wherever a room has it to give."""

    CLUB = "club", _("Key account club")
    GREEN_CHANNEL = "green-channel", _("Green channel")


CARRIED: Final[Mapping[str, tuple[Privilege, ...]]] = {
    Tier.MVC: (Privilege.CLUB, Privilege.GREEN_CHANNEL),
    Tier.MGC: (Privilege.GREEN_CHANNEL,),
}
"""Tiers that are not here carry none."""


def carried(tier: str) -> tuple[Privilege, ...]:
    """The rights of a tier."""
    return CARRIED.get(tier, ())


def tiers_with(privilege: Privilege) -> list[str]:
    """The tiers that carry it."""
    return [tier for tier, those in CARRIED.items() if privilege in those]
