"""Whom a version is for: all, or those that its tiers, regions, kinds of cooperation and chosen accounts leave.

A tier is the one in force as the period begins, else the one the figures propose; region and kind of cooperation are those
of today.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.incentives.models import SchemeVersion
from vitalfew.reviews.questions import in_force
from vitalfew.warehouse import scorecards


def taking_part(version: SchemeVersion, day: date) -> Mapping[str, int]:
    """The accounts by code."""
    rows = Account.objects.all()
    if version.accounts:
        rows = rows.filter(Q(code__in=version.accounts) | Q(pk__in=_merged(version.accounts)))
    if version.regions:
        rows = rows.filter(region__in=version.regions)
    known = dict(rows.values_list("code", "pk").iterator())
    if not (version.tiers or version.cooperations):
        return known
    tiers, kinds = _sorted_as(day)
    return {
        code: pk for code, pk in known.items()
        if (not version.tiers or tiers.get(code) in version.tiers)
        and (not version.cooperations or kinds.get(code) in version.cooperations)
    }  # fmt: skip


def _merged(codes: Sequence[str]) -> QuerySet[Any]:
    """The accounts that stand for chosen ones which were merged into them."""
    return Account.everyone.filter(code__in=codes, merged_into__isnull=False).values("merged_into")


def _sorted_as(day: date) -> tuple[dict[str, str], dict[str, str]]:
    """Every account's tier and its kind of cooperation."""
    shown = scorecards.current()
    cards = list(shown.scorecards.values_list("customer", "tier", "cooperation").iterator()) if shown else []
    tiers = {code: tier for code, tier, _kind in cards} | in_force(day)
    return tiers, {code: kind for code, _tier, kind in cards}
