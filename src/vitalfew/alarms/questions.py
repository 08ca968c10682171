"""What pages and API ask about alarms. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from vitalfew.accounts.models import Account
from vitalfew.alarms.models import OPEN, Alarm, AlarmQuerySet, AlarmRule, Hook, HookQuerySet, Telling, Wish
from vitalfew.alarms.words import AlarmState
from vitalfew.people.models import User
from vitalfew.rooms import Urgency

SHOWN: Final = 20
WEIGHT: Final = Case(
    When(urgency=Urgency.URGENT, then=Value(2)), When(urgency=Urgency.LOW, then=Value(0)), default=Value(1)
)
"""How soon somebody must know, the larger the sooner."""
COUNTED: Final = 100


def alarms(user: User) -> AlarmQuerySet:
    return Alarm.objects.visible_to(user).select_related("account", "answered_by")


def listed(user: User) -> QuerySet[Any]:
    """Each with how many were told, and whether the user was."""
    mine = Telling.objects.filter(alarm=OuterRef("pk"), user=user)
    return alarms(user).annotate(told=Count("tellings"), mine=Exists(mine), weight=WEIGHT)


def waiting(user: User) -> int:
    """How many nobody has answered that the user was told of; up to a hundred."""
    rows = Alarm.objects.visible_to(user).told_to(user).filter(state=AlarmState.OPEN)
    return len(rows.order_by().values_list("pk", flat=True)[:COUNTED])


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those about an account called so."""
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__icontains=text))


def of_account(user: User, account: Account) -> list[Alarm]:
    """Those that stand about it."""
    rows = alarms(user).filter(account=account, state__in=OPEN, ended_at=None)
    return list(rows[:SHOWN])


def earlier(user: User, row: Alarm) -> list[Alarm]:
    """The same thing before."""
    return list(alarms(user).filter(kind=row.kind, matter=row.matter).exclude(pk=row.pk)[:SHOWN])


def tellings(row: Alarm) -> list[Telling]:
    return list(row.tellings.select_related("user").order_by("told_at", "pk"))


def rules(user: User) -> dict[str, AlarmRule]:
    """Those that are switched on, by kind."""
    return {rule.kind: rule for rule in AlarmRule.objects.visible_to(user)}


def hooks(user: User) -> HookQuerySet:
    return Hook.objects.visible_to(user)


def wish_of(user: User) -> Wish:
    """What he said, else what is usual."""
    return Wish.objects.filter(user=user).first() or Wish(user=user, version=0)
