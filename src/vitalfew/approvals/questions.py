"""What pages, API and rooms ask about approvals. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from vitalfew.accounts.models import Account
from vitalfew.approvals.deciding import authorities
from vitalfew.approvals.models import Approval, ApprovalQuerySet, Delegation, DelegationQuerySet, Limit, LimitQuerySet
from vitalfew.approvals.words import ApprovalState
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards

MOST: Final = 500
"""So many that wait are looked at for whom they wait."""
SHOWN: Final = 100


def approvals(user: User) -> ApprovalQuerySet:
    return Approval.objects.visible_to(user).select_related("account", "asked_by")


def listed(user: User) -> QuerySet[Any]:
    """Each with whether it waits for the user."""
    mine = list(authorities(user, waiting(user)))
    yes = When(pk__in=mine, then=Value(True))
    return approvals(user).annotate(for_me=Case(yes, default=Value(False), output_field=BooleanField()))


def waiting(user: User) -> list[Approval]:
    """Those that wait, the longest first."""
    return list(approvals(user).filter(state=ApprovalState.WAITING).order_by("asked_at", "pk")[:MOST])


def sent_back_to(user: User) -> list[Approval]:
    """What the user asked for and must mend."""
    rows = approvals(user).filter(state=ApprovalState.RETURNED, asked_by=user)
    return list(rows.prefetch_related("steps").order_by("asked_at", "pk")[:MOST])


def of_account(user: User, account: Account) -> list[Approval]:
    return list(approvals(user).filter(account=account).prefetch_related("steps")[:SHOWN])


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words, account or asker are called so."""
    names = ("what", "why", "account__name", "account__code", "asked_by__name")
    wanted = Q()
    for name in names:
        wanted |= Q(**{f"{name}__icontains": text})
    return rows.filter(wanted)


def currency() -> str:
    """That of the house, in which amounts are asked for and limited."""
    refresh = scorecards.current()
    return refresh.currency if refresh else ""


def delegations(user: User) -> DelegationQuerySet:
    return Delegation.objects.visible_to(user).select_related("user", "deputy")


def limits(user: User) -> LimitQuerySet:
    return Limit.objects.visible_to(user)
