"""Accounts whose tier in force carries the green channel go first."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import translation

from vitalfew.reviews.models import TierInForce
from vitalfew.reviews.questions import holding
from vitalfew.reviews.words import Privilege, tiers_with
from vitalfew.rooms import Favour
from vitalfew.terms import Tier, label_of

FIRST: Final = 1000
"""After all levels of a club, whose ranks are smaller."""
TONGUES: Final = ("zh-hans", "zh-hant", "en")


def favours(day: date) -> Mapping[str, Favour]:
    tiers = tiers_with(Privilege.GREEN_CHANNEL)
    once = TierInForce.objects.filter(tier__in=tiers, since__lte=day).order_by()
    codes = set(once.values_list("customer", flat=True))
    held = holding(Privilege.GREEN_CHANNEL, codes, day)
    ranked = {tier: Favour(FIRST + n, _named(tier)) for n, tier in enumerate(tiers)}
    return {code: ranked[tier] for code, tier in held.items()}


def _named(tier: str) -> Mapping[str, str]:
    found = {}
    for tongue in TONGUES:
        with translation.override(tongue):
            found[tongue] = translation.gettext(label_of(Tier, tier))
    return found
