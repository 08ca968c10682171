"""The figures that rules ask for: of the latest refresh, of the accounts' records and of agreements in force.

Only accounts that may meet a rule are read, those of the members beside them, so that a million small ones cost nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import Q

from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.words import Standing
from vitalfew.batches import batched
from vitalfew.club.models import Level
from vitalfew.club.rule import Figures, Rule
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

FEW: Final = 500
YEAR_DAYS: Final = 365.25
FLOORS: Final[Mapping[str, str]] = {"net_sales": "revenue_12m", "contribution": "contribution", "value": "value"}


def read(levels: Iterable[Level], members: Collection[str], day: date, most: int | None = None) -> dict[str, Figures]:
    """Of every account that may meet one of the rules, and of the members, by code."""
    asked = [level.rule for level in levels if level.rule.asks]
    codes = {*_candidates(asked, most), *members}
    found: dict[str, Figures] = {}
    for some in batched(sorted(codes), FEW):
        found |= _figures(some, day)
    return found


def _candidates(rules: Iterable[Rule], most: int | None) -> set[str]:
    refresh = scorecards.current()
    wanted = Q(pk=None)
    for rule in rules:
        wanted |= _may_meet(rule)
    if refresh is None:
        return set()
    cards = Scorecard.objects.filter(wanted, refresh=refresh).order_by("-revenue_12m", "customer")
    return set(cards.values_list("customer", flat=True)[:most])


def _may_meet(rule: Rule) -> Q:
    """As far as scorecards tell."""
    found = ~Q(pk=None)
    for name, field in FLOORS.items():
        if (floor := getattr(rule, name)) is not None:
            found &= Q(**{f"{field}__gte": floor})
    return found & Q(tier__in=sorted(rule.tiers)) if rule.tiers else found


def _figures(codes: Collection[str], day: date) -> dict[str, Figures]:
    accounts = {row.code: row for row in Account.objects.filter(code__in=codes)}
    cards = {card.customer: card for card in Scorecard.objects.filter(refresh=scorecards.current(), customer__in=codes)}
    in_force = Agreement.objects.filter(account__in=accounts.values(), put_away_at=None).standing(
        Standing.IN_FORCE, day
    )
    agreed = set(in_force.order_by().values_list("account_id", flat=True))
    return {code: _of(row, cards.get(code), row.pk in agreed, day) for code, row in accounts.items()}


def _of(account: Account, card: Scorecard | None, agreed: bool, day: date) -> Figures:  # noqa: FBT001  (what was found, in order)
    years = None if account.opened_on is None else (day - account.opened_on).days / YEAR_DAYS
    if card is None:
        return Figures(years=years, agreement=agreed)
    return Figures(card.tier, card.revenue_12m, card.contribution, card.value, years, agreed)
