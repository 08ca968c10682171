"""What pages, API and Today ask about winning back. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.people.models import User
from vitalfew.recoveries.models import WATCHED, Recovery, RecoveryStep, RoundQuerySet, WinBackRound, WinBackSteps
from vitalfew.recoveries.words import Arm, RecoveryState, StepState

SHOWN: Final = 20


def rounds(user: User) -> RoundQuerySet:
    """Each with how many of its accounts were tried, left alone, and came back, as it is written down."""
    own = Q(recoveries__put_away_at=None)
    rows: RoundQuerySet = WinBackRound.objects.visible_to(user).annotate(
        tried_n=Count("recoveries", filter=own & Q(recoveries__arm=Arm.TRIED)),
        held_n=Count("recoveries", filter=own & Q(recoveries__arm=Arm.HELD_OUT)),
        back_n=Count("recoveries", filter=own & Q(recoveries__state=RecoveryState.RETURNED)),
    )
    return rows


def recoveries(user: User) -> QuerySet[Recovery]:
    rows = Recovery.objects.visible_to(user).filter(winback_round__put_away_at=None)
    found: QuerySet[Recovery] = rows.select_related("account", "account__manager", "owner", "winback_round")
    return found


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(account__name__icontains=text) | Q(account__code__iexact=text) | Q(owner__name__icontains=text)
        | Q(offer__icontains=text) | Q(outcome__icontains=text) | Q(winback_round__name__icontains=text)
    )  # fmt: skip


def found_rounds(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name__icontains=text)


def of_account(user: User, account: Account) -> list[Recovery]:
    """The one under way first, then the latest."""
    return sorted(recoveries(user).filter(account=account)[:SHOWN], key=lambda row: not row.is_open)


def of_round(user: User, row: WinBackRound) -> list[Recovery]:
    """Those the user sees, what may be expected of most first."""
    known = recoveries(user).filter(winback_round=row)
    return sorted(known, key=lambda each: (each.arm != Arm.TRIED, -(each.expected or 0.0), each.account.code))


def steps(user: User) -> WinBackSteps:
    rows: WinBackSteps = RecoveryStep.objects.visible_to(user).filter(recovery__winback_round__put_away_at=None)
    return rows.select_related("recovery", "recovery__account", "recovery__account__manager", "owner")


def found_steps(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(recovery__account__name__icontains=text) | Q(recovery__account__code__iexact=text)
        | Q(owner__name__icontains=text)
    )  # fmt: skip


def steps_of(row: Recovery) -> list[RecoveryStep]:
    """What is to do, then what is settled."""
    known = list(row.steps.filter(put_away_at=None).select_related("owner"))
    for step in known:
        step.recovery = row
    return sorted(known, key=lambda step: (not step.is_open, step.due, step.pk))


def asking(user: User) -> WinBackSteps:
    """One's own steps that are to do, also in the place of who is away."""
    away = Absence.objects.on(timezone.localdate()).filter(deputy=user).values("user_id")
    rows = steps(user).filter(Q(owner=user) | Q(owner__in=away), state=StepState.OPEN)
    found: WinBackSteps = rows.filter(recovery__state=RecoveryState.RUNNING).order_by("due", "pk")
    return found


def watched(user: User) -> QuerySet[Recovery]:
    """Accounts that came back within a year."""
    since = timezone.localdate() - WATCHED
    return recoveries(user).filter(state=RecoveryState.RETURNED, settled_on__gt=since).order_by("-settled_on", "pk")
