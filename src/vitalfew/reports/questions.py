"""What pages and API ask about reports. Everybody sees his own: each was made with what he may see."""

from typing import Any

from django.db.models import Q, QuerySet

from vitalfew.people.models import User
from vitalfew.reports.models import Report, Schedule


def reports(user: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = Report.objects.visible_to(user).select_related("account", "schedule")
    return rows


def schedules(user: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = Schedule.objects.visible_to(user).select_related("account", "owner")
    return rows.prefetch_related("readers")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__iexact=text))
