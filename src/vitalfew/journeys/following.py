"""Journeys brought in line with the facts, and orders found that suggest one: after an import and every night."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.department.workdays import calendar
from vitalfew.journeys.dating import dated
from vitalfew.journeys.models import Journey, Suggestion
from vitalfew.journeys.reading import LATELY, Found, Orders, OrderTold
from vitalfew.journeys.words import Began, SuggestionState
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

KEY: Final = (Tier.MVC.value, Tier.MGC.value)
MOST: Final = 5000
"""Key accounts, the largest first, whose orders are looked through."""
DAYS: Final = ("ordered_on", "promised_on", "delivered_on")
CENTS: Final = Decimal("0.01")


def follow() -> int:
    """Begun twice, it finds the same; gives how many journeys or suggestions changed."""
    refresh = scorecards.current()
    if refresh is None:
        return 0
    orders = Orders(settings.HOME, refresh.currency)
    return _days(orders) + _suggested(orders, refresh)


@transaction.atomic
def _days(orders: Orders) -> int:
    """Of an order that somebody wrote down at another account nothing is told."""
    rows = Journey.objects.filter(closed_on=None, put_away_at=None).exclude(order="").select_related("account")
    running = list(rows.select_for_update(of=("self",)))
    known, days, changed = orders.told({row.order for row in running}), calendar(), 0
    for row in running:
        told = known.get(row.order)
        if told and told.customer == row.account.code and taken_over(row, told):
            dated(row, days)
            changed += 1
    return changed


def taken_over(row: Journey, told: OrderTold) -> bool:
    """The facts' days stand in the journey; what they don't know, and the family once it is named, stays as somebody wrote it."""
    fields = {name: getattr(told, name) or getattr(row, name) for name in DAYS}
    fields["family"] = row.family or told.family
    if all(getattr(row, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    Journey.objects.filter(pk=row.pk).update(**fields, version=row.version, changed_at=timezone.now())
    return True


def _suggested(orders: Orders, refresh: Refresh) -> int:
    cards = Scorecard.objects.filter(refresh=refresh, tier__in=KEY).order_by("-revenue_12m", "customer")
    codes = list(cards.values_list("customer", flat=True)[:MOST])
    accounts = {row.code: row for row in Account.objects.filter(code__in=codes)}
    found = [(Began.LARGE, each) for each in orders.large(codes, refresh.as_of)]
    found += [(Began.FAMILY, each) for each in orders.families(codes, refresh.as_of)]
    _forgotten(refresh.as_of)
    return _kept(
        [_row(accounts[each.customer], kind, each, refresh) for kind, each in found if each.customer in accounts]
    )


def _row(account: Account, kind: Began, found: Found, refresh: Refresh) -> Suggestion:
    usual = None if found.usual is None else found.usual.quantize(CENTS)
    return Suggestion(
        account=account, order=found.order, kind=kind.value, family=found.family, ordered_on=found.ordered_on,
        amount=found.amount.quantize(CENTS), usual=usual, currency=refresh.currency,
    )  # fmt: skip


@transaction.atomic
def _kept(rows: list[Suggestion]) -> int:
    """New ones join those that stand; of an order that has its journey none waits."""
    before = set(Suggestion.objects.values_list("account", "order", "kind", "family"))
    taken = set(Journey.objects.filter(put_away_at=None).exclude(order="").values_list("account", "order"))
    new = [row for row in rows if (row.account_id, row.order, row.kind, row.family) not in before]
    fresh = [row for row in new if (row.account_id, row.order) not in taken]
    Suggestion.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _forgotten(as_of: date) -> None:
    """What nobody answered while it was news is no suggestion any more."""
    Suggestion.objects.filter(state=SuggestionState.WAITING, ordered_on__lte=as_of - timedelta(days=LATELY)).delete()
