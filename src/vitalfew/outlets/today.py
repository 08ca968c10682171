"""Today: what every room asks for, ranked by what it may bring and how long it may wait, each with its reason."""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import nsmallest
from itertools import chain, islice
from typing import Final, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from vitalfew.accounts.models import Account
from vitalfew.channel import questions as green
from vitalfew.channel.turns import REST, WAITED, turn
from vitalfew.comments import questions as comments
from vitalfew.comments.commented import KIND
from vitalfew.comments.models import Comment
from vitalfew.comments.rights import CommentRight
from vitalfew.people import audit
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task, declared
from vitalfew.tasks import questions as decisions
from vitalfew.tasks.actions import RESTS
from vitalfew.tasks.models import Decision
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

SOON: Final = timedelta(days=7)
DAYS_A_WEEK: Final = 7
TALKED: Final = timedelta(days=14)
"""So long what was said about an account stands beside its lines."""
MOST: Final = 60
"""So many lines of a room."""
STALE: Final = timedelta(days=182)
"""Of figures older than that, a proposed day that passed says nothing of who is late."""
SHOWN: Final = 20
"""So many lines of a group stand on the page; the others are asked for."""
MOVED: Final = 8
"""So many accounts are told that moved most."""


class When(Term):
    """How long a task may wait."""

    OVERDUE = "overdue", _("Overdue")
    SOON = "soon", _("Within a week")
    LATER = "later", _("Later")


@dataclass(frozen=True)
class Line:
    """A task with the account it is about."""

    task: Task
    account: Account | None
    tier: str
    said: Comment | None = None
    """What was said last about the account, these days."""


class Batch(NamedTuple):
    """What may wait equally long: the lines shown of it, and how many more there are."""

    when: When
    lines: list[Line]
    more: int


@needs(Right.TODAY)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    refresh = scorecards.told()
    day = timezone.localdate()
    held = decisions.held(user, day)
    tasks = _undecided(user, held)
    context = {
        "batches": batches(user, tasks, refresh, request.GET.get("all", "")),
        "refresh": refresh,
        "facts": refresh,
        "stale": refresh is not None and day - refresh.as_of > STALE,
        "old": refresh is not None and day - refresh.as_of > SOON,
        "aside": decisions.set_aside(user, held),
        "colleagues": decisions.colleagues(user),
        "tomorrow": day + timedelta(days=1),
        "monday": day + timedelta(days=DAYS_A_WEEK - day.weekday()),
        "latest": day + RESTS,
        "may_comment": user.may(CommentRight.WRITE),
        "oversees": user.may(Right.OVERSEE),
    }
    return render(request, "outlets/today.html", context)


@needs(Right.TODAY)
@require_GET
def moved(request: HttpRequest) -> HttpResponse:
    """Which accounts moved most, after the page that asks for it."""
    refresh = scorecards.told()
    context = {"moved": _moved(signed_in(request), refresh), "refresh": refresh}
    return render(request, "outlets/moved_most.html", context)


def urgency(task: Task, day: date) -> When:
    """By the calendar's day where the task has one to be done by."""
    if task.due is None:
        return When.SOON if task.soon else When.LATER
    if task.due < day:
        return When.OVERDUE
    return When.SOON if task.soon or task.due <= day + SOON else When.LATER


def batches(user: User, tasks: list[Task], refresh: Refresh | None, whole: str = "") -> list[Batch]:
    """The tasks by how long they may wait; of each batch its first lines, of the one asked for ``whole`` all."""
    day = timezone.localdate()
    those = {when: [task for task in tasks if urgency(task, day) is when] for when in When}
    shown = {when: found if when == whole else found[:SHOWN] for when, found in those.items()}
    lines = iter(lines_for(user, list(chain(*shown.values())), refresh))
    cut = [Batch(when, list(islice(lines, len(shown[when]))), len(those[when]) - len(shown[when])) for when in When]
    return [batch for batch in cut if batch.lines]


def tasks_for(user: User) -> list[Task]:
    """What waits for the user in all rooms and is not decided, by priority."""
    return _undecided(user, decisions.held(user, timezone.localdate()))


def _undecided(user: User, held: Collection[Decision]) -> list[Task]:
    """Asked of the rooms anew once anybody has changed a record, by every refresh, and after a minute at the latest."""
    settled, told = frozenset(row.key for row in held), scorecards.told()
    name = f"today:{user.pk}:{audit.latest()}:{told.pk if told else ''}:{timezone.localdate()}:{hash(settled)}"
    found: list[Task] | None = cache.get(name)
    if found is None:
        found = _asked(user, settled)
        cache.set(name, found, settings.TODAY_KEPT)
    return found


def _asked(user: User, settled: Container[str]) -> list[Task]:
    tasks = [task for room in declared("worklist") for task in _open(room.waiting(user), settled)]
    return sorted(_in_turn(tasks), key=_place)


def _place(task: Task) -> tuple[float, int, date]:
    """By weight, then turn; of what has waited long enough, the longest first."""
    waited = task.due if task.turn == WAITED and task.due else date.max
    return -task.priority, REST if task.turn is None else task.turn, waited


def _in_turn(tasks: list[Task]) -> list[Task]:
    """Of lines that weigh the same, those of accounts stand first that go first, and before them what is overdue for longest."""
    codes = {task.customer for task in tasks if task.customer}
    ranks, cutoff = green.ahead(codes) if codes else ({}, None)
    if cutoff is None:
        return tasks
    return [replace(task, turn=_turn(task, ranks.get(task.customer), cutoff)) for task in tasks]


def _turn(task: Task, rank: int | None, cutoff: date) -> int | None:
    """The day by which it was to be done counts as the one on which it came."""
    found = turn(rank, task.due, cutoff)
    return None if found == REST else found


def _open(tasks: Iterator[Task], settled: Container[str]) -> Iterator[Task]:
    return islice((task for task in tasks if task.key not in settled), MOST)


def lines_for(user: User, tasks: list[Task], refresh: Refresh | None) -> list[Line]:
    """The tasks with their accounts, read at once."""
    codes = {task.customer for task in tasks if task.customer}
    accounts = {each.code: each for each in Account.objects.visible_to(user).filter(code__in=codes)}
    found = Scorecard.objects.filter(refresh=refresh, customer__in=codes) if user.may(Right.MONEY) else ()
    tiers = {card.customer: card.tier for card in found}
    numbers = [account.pk for account in accounts.values()]
    said = comments.latest(user, KIND, numbers, timezone.localdate() - TALKED)
    return [_line(task, accounts.get(task.customer), tiers, said) for task in tasks]


def _line(task: Task, account: Account | None, tiers: Mapping[str, str], said: Mapping[int, Comment]) -> Line:
    return Line(task, account, tiers.get(task.customer, ""), said.get(account.pk) if account else None)


def _moved(user: User, refresh: Refresh | None) -> list[tuple[Account, Scorecard]]:
    """The user's accounts whose net sales changed most against the year before."""
    if refresh is None:
        return []
    mine = Account.objects.visible_to(user)
    cards = Scorecard.objects.filter(refresh=refresh, moved__gt=0).order_by("-moved", "customer")
    if not user.sees_all_accounts:
        found = cards.order_by().filter(customer__in=mine.values("code")).values_list("moved", "customer", "pk")
        first = nsmallest(MOVED, found, key=lambda each: (-(each[0] or 0.0), each[1]))
        cards = cards.filter(pk__in=[pk for _moved, _customer, pk in first])
    shown = list(cards[:MOVED])
    accounts = {a.code: a for a in mine.filter(code__in=[card.customer for card in shown])}
    return [(accounts[card.customer], card) for card in shown if card.customer in accounts]
