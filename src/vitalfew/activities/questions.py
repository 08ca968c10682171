"""What pages, API and analyses ask about activities. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import QuerySet

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity
from vitalfew.people.models import User

SHOWN: Final = 100


def activities(user: User) -> QuerySet[Activity]:
    return Activity.objects.visible_to(user).select_related("account", "person", "who")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose text holds the words."""
    return rows.filter(text__icontains=text)


def of_account(user: User, account: Account) -> list[Activity]:
    """An account's latest activities."""
    return list(activities(user).filter(account=account)[:SHOWN])


def pinned(user: User, account: Account) -> list[Activity]:
    """What is to be seen before all else."""
    return list(activities(user).filter(account=account, pinned=True)[:SHOWN])


def may_change(user: User, activity: Activity) -> bool:
    """Whoever logged it, and heads of the department."""
    return activity.who_id == user.pk or user.role in {"administrator", "director"}
