"""What pages, API and analyses ask about promises. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.promises.models import SOON, Promise, PromiseQuerySet
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import PromiseState

INDEX: Final = Index("promises_search")
SHOWN: Final = 100


def promises(user: User) -> PromiseQuerySet:
    return Promise.objects.visible_to(user).select_related("account", "person", "owner")


def listed(user: User) -> PromiseQuerySet:
    """With how often the day of each was moved."""
    return promises(user).annotate(moved=Count("moves"))


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words or number hold the text, or what sounds like it in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def of_account(user: User, account: Account) -> list[Promise]:
    """An account's promises: the open ones first, by their day."""
    rows = promises(user).filter(account=account)
    opened, settled = rows.filter(state=PromiseState.OPEN), rows.exclude(state=PromiseState.OPEN)
    return [*opened[:SHOWN], *settled.order_by("-settled_on", "-pk")[:SHOWN]]


def from_records(user: User, account: Account, kind: str) -> dict[str, list[Promise]]:
    """An account's promises that were made from records of a kind, by the record's key."""
    made: dict[str, list[Promise]] = {}
    for row in promises(user).filter(account=account, source__startswith=f"{kind}:"):
        made.setdefault(row.source.partition(":")[2], []).append(row)
    return made


def open_of(user: User, account: Account) -> list[Promise]:
    return list(promises(user).filter(account=account, state=PromiseState.OPEN)[:SHOWN])


def asking(user: User) -> QuerySet[Promise]:
    """Open ones that ask something of the user, by their day.

    His own that are due within a week, or were; of somebody who works here no more, those of the own accounts. And overdue ones
    of the own accounts that somebody else keeps: the customer will ask.
    """
    today = timezone.localdate()
    nobody = Q(owner=None) | Q(owner__is_active=False)
    own = Q(Q(owner=user) | Q(nobody, account__manager=user), due__lte=today + SOON)
    asks = own | Q(account__manager=user, owner__is_active=True, due__lt=today)
    return promises(user).filter(asks, state=PromiseState.OPEN).order_by("due", "pk")


def may_change(user: User, promise: Promise) -> bool:
    """Who made it or keeps it, who manages the account, and heads of the department."""
    if not user.may(PromiseRight.MAKE):
        return False
    near = user.pk in {promise.owner_id, promise.account.manager_id} or user.username == promise.made_by
    return near or user.role in HEADS
