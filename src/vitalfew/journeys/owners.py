"""Whose work a check is: of the account's group whoever has that function, else its manager."""

from collections.abc import Mapping

from vitalfew.accounts.models import Account, TeamMember, TeamRole
from vitalfew.people.models import User


def owners(account: Account, leader: User | None) -> Mapping[str, User | None]:
    """By function; without anybody in the group, who leads the journey."""
    rows = TeamMember.objects.filter(account=account, until=None, user__is_active=True).select_related("user")
    found: dict[str, User | None] = {}
    for row in rows.order_by("since", "pk"):
        found.setdefault(row.role, row.user)
    first = leader or account.manager
    return {each.value: found.get(each.value) or first for each in TeamRole}
