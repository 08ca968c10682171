"""Who is responsible for an account, and who was when: noted at every change of its manager, whoever makes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account, FormerManager, TeamMember
from vitalfew.people.models import User
from vitalfew.people.permissions import SEES_ALL_ACCOUNTS, STAFF


@dataclass(frozen=True)
class Stay:
    """A time with one manager (empty: with none); ``until`` is None where it lasts."""

    name: str
    since: date | None
    until: date | None


def note(handed: Mapping[Account, int | None]) -> None:
    """Note whom these accounts leave, as their records still say, for the managers they go to.

    Whoever had one for less than a day isn't noted, and where it goes back on the same day, nothing happened.
    """
    today = timezone.localdate()
    latest = _latest(handed)
    undone = {a.pk: row for a in handed if (row := latest.get(a.pk)) and row.until == today}
    back = [row.pk for a, goes_to in handed.items() if (row := undone.get(a.pk)) and row.user_id == goes_to]
    FormerManager.objects.filter(pk__in=back).delete()
    left = [account for account in handed if account.pk not in undone]
    names = User.objects.in_bulk({account.manager_id for account in left if account.manager_id})
    FormerManager.objects.bulk_create(_row(account, latest.get(account.pk), names, today) for account in left)


def _latest(accounts: Mapping[Account, int | None]) -> dict[int, FormerManager]:
    """Of each account the stay that ended last."""
    rows = FormerManager.objects.filter(account__in=[account.pk for account in accounts]).order_by("until", "pk")
    return {row.account_id: row for row in rows}


def _row(account: Account, before: FormerManager | None, names: Mapping[int, User], today: date) -> FormerManager:
    who = names.get(account.manager_id) if account.manager_id else None
    since = before.until if before else None
    return FormerManager(account=account, user=who, name=str(who) if who else "", since=since, until=today)


def stays(account: Account) -> Sequence[Stay]:
    """Everybody who was responsible, the present manager first."""
    former = list(account.former_managers.all())
    now = Stay(account.in_charge, former[0].until if former else None, None)
    return [now, *(Stay(row.name, row.since, row.until) for row in former)]


def seen_by(account: Account) -> QuerySet[User]:
    """Those of ours who may see the account: whoever sees all, its manager, its team, whoever stands in for the manager."""
    team = TeamMember.objects.filter(account=account, until=None).values("user_id")
    deputies = Absence.objects.on(timezone.localdate()).filter(user=account.manager_id).values("deputy_id")
    own = Q(pk=account.manager_id) | Q(pk__in=team) | Q(pk__in=deputies)
    return User.objects.filter(Q(role__in=SEES_ALL_ACCOUNTS) | own, is_active=True, role__in=STAFF)
