"""What is done by itself: days that the facts tell of key accounts are noted, and those that passed count as missed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.milestones.models import ONE_DAY, PATIENCE, Celebration, Milestone
from vitalfew.milestones.words import USUAL, Became, Occasion, Told
from vitalfew.people import audit
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

BY: Final = "facts"
KEY: Final = (Tier.MVC.value, Tier.MGC.value)
MOST: Final = 5000
"""So many accounts are looked at in one go."""
KINDS: Final[Mapping[Told, Occasion]] = {Told.FOUNDED: Occasion.FOUNDING, Told.OPENED: Occasion.JUBILEE}


def follow() -> tuple[int, int]:
    """Gives how many were noted or moved, and how many passed."""
    return sum(_told(told) for told in KINDS), _missed(timezone.localdate())


def _told(told: Told) -> int:
    """The key accounts' days of one kind, as the facts have them now."""
    changed = 0
    for account in _key_accounts(told):
        day: date = getattr(account, told.value)
        row = Milestone.objects.filter(account=account, told=told.value).first()
        if row is None or (row.day != day and row.changed_by == BY):
            _note(row or _fresh(account, told), day)
            changed += 1
    return changed


def _fresh(account: Account, told: Told) -> Milestone:
    kind = KINDS[told]
    return Milestone(
        account=account, told=told.value, kind=kind.value, lead=USUAL[kind].lead, made_by=BY, round_only=True
    )


def _key_accounts(told: Told) -> Iterator[Account]:
    refresh = scorecards.current()
    cards = Scorecard.objects.filter(refresh=refresh, tier__in=KEY)
    rows = Account.objects.filter(code__in=cards.values("customer")).exclude(**{told.value: None})
    lacking = ~Q(pk__in=Milestone.objects.filter(told=told.value).values("account"))
    moved = Milestone.objects.filter(told=told.value, changed_by=BY).exclude(day=F(f"account__{told.value}"))
    yield from rows.filter(lacking | Q(pk__in=moved.values("account")))[:MOST]


@transaction.atomic
def _note(row: Milestone, day: date) -> None:
    row.day, row.changed_by = day, BY
    row.next_on, row.tell_on = row.comes(timezone.localdate() - ONE_DAY).values()
    row.version += bool(row.pk)
    row.save()
    audit.record(BY, "milestone-follow", row.subject, {"fields": ["day"]})


def _missed(today: date) -> int:
    """Days that passed without a word."""
    passed = Milestone.objects.filter(put_away_at=None, next_on__lt=today - PATIENCE).order_by("pk")[:MOST]
    for row in list(passed):
        _miss(row, today)
    return len(passed)


@transaction.atomic
def _miss(seen: Milestone, today: date) -> None:
    row = Milestone.objects.select_for_update().get(pk=seen.pk)
    if row.version != seen.version or row.next_on is None:
        return
    Celebration.objects.create(milestone=row, on=row.next_on, became=Became.MISSED.value)
    row.next_on, row.tell_on = row.comes(today - PATIENCE).values()
    row.version, row.changed_by = row.version + 1, BY
    row.save()
    audit.record(BY, "milestone-miss", row.subject, {"fields": ["next_on"]})
