"""What pages, API and Today ask about campaigns. Every answer starts from what the user may see."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from vitalfew.accounts.models import Account
from vitalfew.campaigns.models import BudgetLine, Campaign, CampaignQuerySet, Target, TargetQuerySet
from vitalfew.campaigns.words import CampaignState, Place
from vitalfew.people.models import User

SHOWN: Final = 200
SIDES: Final = (Place.TREATED, Place.HELD_OUT)


def campaigns(user: User) -> CampaignQuerySet:
    lines = Prefetch("budget", BudgetLine.objects.filter(taken_out=False), "lines")
    rows: CampaignQuerySet = (
        Campaign.objects.visible_to(user).select_related("owner", "approval").prefetch_related(lines)
    )
    return rows


def listed(user: User) -> QuerySet[Campaign]:
    """With how many accounts are chosen, and how many take part or are held out."""
    count = {name: Count("targets", filter=Q(targets__place=place), distinct=True) for name, place in COUNTED.items()}
    return campaigns(user).annotate(chosen=Count("targets", distinct=True), **count)


COUNTED: Final = {"taking_part": Place.TREATED, "held_out": Place.HELD_OUT}


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By name, aim and what was learnt."""
    return rows.filter(Q(name__icontains=text) | Q(aim__icontains=text) | Q(lessons__icontains=text))


def targets(user: User, row: Campaign) -> TargetQuerySet:
    rows: TargetQuerySet = Target.objects.visible_to(user).filter(of=row).select_related("account", "account__manager")
    return rows


def budget(row: Campaign) -> list[BudgetLine]:
    return list(row.budget.filter(taken_out=False))


def planned(row: Campaign) -> Decimal:
    total: Decimal | None = row.budget.filter(taken_out=False).aggregate(total=Sum("planned"))["total"]
    return total or Decimal(0)


def spent(row: Campaign) -> Decimal | None:
    """None as long as no line says what it came to."""
    total: Decimal | None = row.budget.filter(taken_out=False).aggregate(total=Sum("spent"))["total"]
    return total


def counts(row: Campaign) -> Mapping[str, int]:
    """Of all its accounts, how many stand where; and how many are left out, by the reason."""
    found = row.targets.values_list("place").annotate(n=Count("pk")).order_by("place")
    return dict(found)


def reasons(row: Campaign) -> Mapping[str, int]:
    found = row.targets.filter(place=Place.LEFT_OUT).values_list("why").annotate(n=Count("pk")).order_by("-n", "why")
    return dict(found)


def of_account(user: User, account: Account) -> list[Target]:
    """Begun campaigns that the account takes part in."""
    rows = Target.objects.visible_to(user).treated().filter(account=account, of__put_away_at=None)
    return list(rows.select_related("of").order_by("-of__since")[:SHOWN])


def to_talk_about(user: User) -> QuerySet[Target]:
    """Accounts one manages that take part in what runs, and that nobody has spoken with yet."""
    rows = Target.objects.visible_to(user).treated().filter(account__manager=user, talked_on=None, of__by_talk=True)
    return rows.filter(of__state=CampaignState.RUNNING, of__put_away_at=None).select_related("of", "account")


def lessons(user: User, row: Campaign) -> list[Campaign]:
    """What was learnt of others of its kind, the latest first."""
    rows = Campaign.objects.visible_to(user).filter(kind=row.kind).exclude(pk=row.pk).exclude(lessons="")
    return list(rows.order_by("-until")[:5])
