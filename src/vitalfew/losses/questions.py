"""What pages, API and Today ask about losses. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.losses.models import Loss, LossQuerySet
from vitalfew.people.models import User
from vitalfew.terms import Risk
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

SHOWN: Final = 20
SILENT: Final = 365
LONG_AGO: Final = 730


def losses(user: User) -> LossQuerySet:
    return Loss.objects.visible_to(user).select_related("account", "account__manager", "talker")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(account__name__icontains=text) | Q(account__code__iexact=text) | Q(talker__name__icontains=text)
        | Q(needed__icontains=text)
    )  # fmt: skip


def of_account(user: User, account: Account) -> list[Loss]:
    return list(losses(user).filter(account=account)[:SHOWN])


def waiting(user: User) -> LossQuerySet:
    """Those that one is to talk to, the longest lost first."""
    rows: LossQuerySet = losses(user).filter(talker=user, state="waiting").order_by("lost_on", "pk")
    return rows


def seems_lost(user: User) -> QuerySet[Scorecard]:
    """Accounts silent for one to two years and not in their quiet season that nobody has entered, the largest first."""
    mine = Account.objects.visible_to(user).filter(code=OuterRef("customer"), manager=user)
    entered = Loss.objects.filter(account__code=OuterRef("customer"), put_away_at=None)
    rows = Scorecard.objects.filter(
        Exists(mine), ~Exists(entered), refresh=scorecards.current(), recency__range=(SILENT + 1, LONG_AGO)
    )
    return rows.exclude(risk=Risk.QUIET).order_by("recency", "customer")
