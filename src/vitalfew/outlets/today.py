"""Today: what every room asks for, ranked by what it may bring and how long it may wait, each with its reason."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from vitalfew.accounts.models import Account
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task, declared
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

SOON: Final = timedelta(days=7)


class When(Term):
    """How long a task may wait."""

    OVERDUE = "overdue", _("Past its day")
    SOON = "soon", _("Within a week")
    LATER = "later", _("Later")


@dataclass(frozen=True)
class Line:
    """A task with the account it is about."""

    task: Task
    account: Account | None
    tier: str


@needs(Right.TODAY)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    refresh = scorecards.told()
    lines = lines_for(user, refresh)
    day = timezone.localdate()
    groups = [(when, [line for line in lines if _when(line.task, day) is when]) for when in When]
    context = {
        "groups": [(when, those) for when, those in groups if those],
        "refresh": refresh,
        "facts": refresh,
        "old": refresh is not None and day - refresh.as_of > SOON,
        "moved": _moved(user, refresh),
    }
    return render(request, "outlets/today.html", context)


def _when(task: Task, day: date) -> When:
    """By the calendar's day where the task has one to be done by."""
    if task.due is None:
        return When.SOON if task.soon else When.LATER
    if task.due < day:
        return When.OVERDUE
    return When.SOON if task.soon or task.due <= day + SOON else When.LATER


def tasks_for(user: User) -> list[Task]:
    """What waits for the user in all rooms, by priority."""
    tasks = [task for room in declared("worklist") for task in room.waiting(user)]
    return sorted(tasks, key=lambda task: -task.priority)


def lines_for(user: User, refresh: Refresh | None) -> list[Line]:
    """The tasks with their accounts, read at once."""
    tasks = tasks_for(user)
    codes = {task.customer for task in tasks if task.customer}
    accounts = {each.code: each for each in Account.objects.visible_to(user).filter(code__in=codes)}
    found = Scorecard.objects.filter(refresh=refresh, customer__in=codes) if user.may(Right.MONEY) else ()
    tiers = {card.customer: card.tier for card in found}
    return [Line(task, accounts.get(task.customer), tiers.get(task.customer, "")) for task in tasks]


def _moved(user: User, refresh: Refresh | None) -> list[tuple[Account, Scorecard]]:
    """The user's accounts whose net sales changed most against the year before."""
    if refresh is None:
        return []
    mine = Account.objects.visible_to(user)
    if user.sees_all_accounts:
        cards = list(
            Scorecard.objects.filter(refresh=refresh, growth__isnull=False, revenue_12m__gt=0).order_by("-revenue_12m")[
                :40
            ]
        )
    else:
        cards = list(
            Scorecard.objects.filter(refresh=refresh, growth__isnull=False, customer__in=mine.values("code"))[:400]
        )
    cards.sort(key=lambda card: -abs((card.growth or 0.0) * (card.revenue_12m or 0.0)))
    accounts = {a.code: a for a in mine.filter(code__in=[card.customer for card in cards[:8]])}
    return [(accounts[card.customer], card) for card in cards[:8] if card.customer in accounts]
