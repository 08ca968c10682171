"""What pages, API and other rooms ask about preferences. Every answer starts from what the user may see."""

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.preferences.models import Preference, PreferenceQuerySet
from vitalfew.preferences.rights import PreferenceRight

SHOWN: Final = 100


def preferences(user: User) -> PreferenceQuerySet:
    return Preference.objects.visible_to(user).select_related("account", "account__manager", "person")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words, account or person hold the text."""
    return rows.filter(
        Q(text__icontains=text) | Q(evidence__icontains=text) | Q(account__name__icontains=text)
        | Q(account__code__icontains=text) | Q(person__name__icontains=text)
    )  # fmt: skip


def of_account(user: User, account: Account, areas: Collection[str] = ()) -> list[Preference]:
    """What does not work first, then what does; only of these areas, where any are named."""
    rows = preferences(user).filter(account=account)
    return list((rows.filter(area__in=areas) if areas else rows)[:SHOWN])


def may_change(user: User, preference: Preference) -> bool:
    """Who wrote it down, who manages the account, and heads of the department."""
    if not user.may(PreferenceRight.WRITE):
        return False
    return user.pk == preference.account.manager_id or user.username == preference.made_by or user.role in HEADS
