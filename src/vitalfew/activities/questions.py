"""What pages, API and analyses ask about activities. Every answer starts from what the user may see."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.activities.models import Activity
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

SHOWN: Final = 100
INDEX: Final = Index("activities_search")
MOMENTS: Final = timedelta(minutes=10)


def activities(user: User) -> QuerySet[Activity]:
    rows = Activity.objects.visible_to(user).select_related("account", "person", "who")
    return rows.prefetch_related("present__person", "present__user")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose text holds the words, or what sounds like them in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def of_account(user: User, account: Account) -> list[Activity]:
    """An account's latest activities."""
    return list(activities(user).filter(account=account)[:SHOWN])


def pinned(user: User, account: Account) -> list[Activity]:
    """What is to be seen before all else."""
    return list(activities(user).filter(account=account, pinned=True)[:SHOWN])


def twin(user: User, account: Account, fields: Mapping[str, Any]) -> Activity | None:
    """The same words, logged by the same person moments ago: the answer that it was saved got lost on the way."""
    if not fields["text"]:
        return None
    lately = activities(user).filter(account=account, who=user, made_at__gt=timezone.now() - MOMENTS)
    same = {name: fields[name] for name in ("way", "day", "text")}
    return lately.filter(person=fields.get("person"), **same).first()


def may_change(user: User, activity: Activity) -> bool:
    """Whoever logged it, and heads of the department."""
    return activity.who_id == user.pk or user.role in HEADS
