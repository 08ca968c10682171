"""What pages, API and Today ask about rescue plans. Every answer starts from what the user may see."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.maths.years import YEAR
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rescues.models import (
    Play,
    PlayQuerySet,
    Rescue,
    RescueQuerySet,
    RescueStep,
    StepQuerySet,
    Threshold,
    Warned,
)
from vitalfew.rescues.playbook import STANDARD, Played
from vitalfew.rescues.words import RescueState, StepState
from vitalfew.terms import Risk
from vitalfew.warehouse import scorecards

SHOWN: Final = 20
USUAL: Final = 0.5
"""From this risk on, unless the firm has set another."""


def rescues(user: User) -> RescueQuerySet:
    rows: RescueQuerySet = Rescue.objects.visible_to(user)
    return rows.select_related("account", "account__manager", "owner")


def listed(user: User) -> QuerySet[Any]:
    """Each with how many steps it has, how many are settled and late, and whether one leads it."""
    own, today = Q(steps__put_away_at=None), timezone.localdate()
    late = own & Q(steps__state=StepState.OPEN, steps__due__lt=today)
    mine = Case(When(owner=user, then=True), default=False, output_field=BooleanField())
    rows: QuerySet[Any] = rescues(user).annotate(
        is_mine=mine, steps_n=Count("steps", filter=own), late_n=Count("steps", filter=late),
        settled_n=Count("steps", filter=own & ~Q(steps__state=StepState.OPEN)),
    )  # fmt: skip
    return rows


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(account__name__icontains=text) | Q(account__code__iexact=text) | Q(owner__name__icontains=text)
        | Q(why__icontains=text) | Q(outcome__icontains=text)
    )  # fmt: skip


def of_account(user: User, account: Account) -> list[Rescue]:
    """The one under way first, then the latest."""
    rows = sorted(rescues(user).filter(account=account)[:SHOWN], key=lambda row: not row.is_open)
    return list(rows)


def steps(user: User) -> StepQuerySet:
    rows: StepQuerySet = RescueStep.objects.visible_to(user)
    return rows.select_related("rescue", "rescue__account", "rescue__account__manager", "owner", "settled_by")


def found_steps(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(rescue__account__name__icontains=text) | Q(rescue__account__code__iexact=text) | Q(owner__name__icontains=text)
    )  # fmt: skip


def steps_of(row: Rescue) -> list[RescueStep]:
    """What is to do, then what is settled."""
    kept = row.steps.filter(put_away_at=None).select_related("owner", "settled_by")
    for step in (known := list(kept)):
        step.rescue = row
    return sorted(known, key=lambda step: (not step.is_open, step.due, step.pk))


def asking(user: User) -> StepQuerySet:
    """One's own steps that are to do, also in the place of who is away; for heads all that are late."""
    today = timezone.localdate()
    away = Absence.objects.on(today).filter(deputy=user).values("user_id")
    own = Q(owner=user) | Q(owner__in=away)
    wanted = own | Q(due__lt=today) if user.may(Right.OVERSEE) else own
    rows = steps(user).filter(wanted, state=StepState.OPEN, rescue__state=RescueState.RUNNING)
    mine = Case(When(own, then=True), default=False, output_field=BooleanField())
    found: StepQuerySet = rows.annotate(is_mine=mine)
    return found.order_by("-is_mine", "due", "pk")


def over(user: User) -> RescueQuerySet:
    """Plans that one leads whose time is over: what came of them is asked."""
    found: RescueQuerySet = rescues(user).filter(owner=user, state=RescueState.RUNNING, until__lte=timezone.localdate())
    return found


def threshold() -> float:
    """From which risk on accounts are warned of."""
    row = Threshold.objects.first()
    return row.risk if row else USUAL


def warnings(user: User) -> QuerySet[Warned]:
    """Accounts that bought within a year, not in their quiet season, with a high enough risk; with their plan under way."""
    seen = Account.objects.visible_to(user).filter(code=OuterRef("customer"))
    plans = rescues(user).filter(account__code=OuterRef("customer"), state=RescueState.RUNNING)
    alarmed = Q(churn__gte=threshold(), recency__lte=YEAR) & ~Q(risk__in=(Risk.QUIET, ""))
    rows = Warned.objects.filter(Exists(seen), alarmed, refresh=scorecards.current())
    return rows.annotate(
        account_name=Subquery(seen.values("name")[:1]), manager_name=Subquery(seen.values("manager__name")[:1]),
        plan=Subquery(plans.values("pk")[:1]),
    )  # fmt: skip


def found_warnings(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(account_name__icontains=text) | Q(customer__iexact=text) | Q(manager_name__icontains=text))


def own_plays(cause: str) -> PlayQuerySet:
    """The firm's own against a cause, the earliest first."""
    rows: PlayQuerySet = Play.objects.filter(cause=cause, put_away_at=None).order_by("days", "pk")
    return rows


def plays(cause: str) -> Sequence[Played]:
    """What is done against a cause: by the firm's own playbook where it has one for it."""
    own = [Played(row.title, row.days, row.function) for row in own_plays(cause)]
    return own or STANDARD[cause]
