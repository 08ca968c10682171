"""Accounts themselves can be commented on, beside the records that stand under them."""

from collections.abc import Collection, Mapping

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Spot

KIND = "account"


def spots(user: User, numbers: Collection[int]) -> Mapping[int, Spot]:
    """Accounts that the user may see."""
    if not user.may(Right.ACCOUNTS):
        return {}
    rows = Account.objects.visible_to(user).filter(pk__in=numbers)
    return {row.pk: Spot(row, f"{row.get_absolute_url()}?tab=comments") for row in rows}
