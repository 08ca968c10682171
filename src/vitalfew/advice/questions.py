"""What pages, API and Today ask about advice. Every answer starts from what the user may see."""

from typing import Any

from django.db.models import Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.advice.models import Advice, AdviceQuerySet
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal


def advice(user: User) -> AdviceQuerySet:
    return Advice.objects.visible_to(user).select_related("account", "account__manager", "owner")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(account__name__icontains=text) | Q(account__code__iexact=text) | Q(owner__name__icontains=text)
        | Q(note__icontains=text) | Q(outcome__icontains=text)
    )  # fmt: skip


def of_account(user: User, account: Account) -> list[Advice]:
    return list(advice(user).filter(account=account)[:20])


def proposed(user: User, account: Account, action: str) -> Proposal | None:
    """What the figures propose now, if the user may see why."""
    refresh = scorecards.current()
    if refresh is None:
        return None
    place = "rank" if user.may(Right.MONEY) else "open_rank"
    rows = Proposal.objects.filter(refresh=refresh, customer=account.code, action=action)
    return rows.filter(**{f"{place}__isnull": False}).first()


def waiting(user: User) -> AdviceQuerySet:
    """What one took on oneself, the first due first."""
    rows: AdviceQuerySet = advice(user).under_way().filter(owner=user).order_by("due", "pk")
    return rows
