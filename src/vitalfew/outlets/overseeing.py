"""/today/people/: what waits for others, as the heads of the department see it: who is late with what, who is overloaded."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from vitalfew.department import questions as department
from vitalfew.department.questions import Desk
from vitalfew.outlets.today import When, batches, tasks_for, urgency
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import Task
from vitalfew.tasks import questions as decisions
from vitalfew.warehouse import scorecards


@dataclass(frozen=True)
class Waiting:
    """How much waits for somebody: past its day and since when, within a week, later, and set aside."""

    late: int
    oldest: date | None
    soon: int
    later: int
    aside: int

    @classmethod
    def of(cls, tasks: list[Task], aside: int, day: date) -> "Waiting":
        found = [urgency(task, day) for task in tasks]
        late = [task.due for task, how in zip(tasks, found, strict=True) if how is When.OVERDUE and task.due]
        return cls(len(late), min(late, default=None), found.count(When.SOON), found.count(When.LATER), aside)


def others(user: User) -> QuerySet[User]:
    """The others who work here."""
    return User.objects.filter(is_active=True).exclude(role=Role.PORTAL).exclude(pk=user.pk).order_by("name", "pk")


@needs(Right.OVERSEE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, the fullest first; how much waits for each comes in row by row."""
    user, found = signed_in(request), department.department()
    desks = {desk.user.pk: desk for desk in found.desks if desk.user}
    rows = [(each, desks.get(each.pk)) for each in others(user)]
    context = {"rows": sorted(rows, key=_fullest), "sentence": found.sentence if found.desks else None}
    return render(request, "outlets/people_today.html", context)


def _fullest(row: tuple[User, Desk | None]) -> tuple[bool, float]:
    return row[1] is None, -row[1].share if row[1] else 0.0


def _one(request: HttpRequest, pk: int) -> User:
    found = others(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(Right.OVERSEE)
@require_GET
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """How much waits for one of them."""
    who, day = _one(request, pk), timezone.localdate()
    waiting = Waiting.of(tasks_for(who), len(decisions.set_aside(who, decisions.held(who, day))), day)
    return render(request, "outlets/person_waits.html", {"who": who, "waiting": waiting})


@needs(Right.OVERSEE)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that wait for one of them, as they stand on his or her Today; deciding stays with that person."""
    who, day, refresh = _one(request, pk), timezone.localdate(), scorecards.told()
    context = {
        "of": who, "batches": batches(who, tasks_for(who), refresh, request.GET.get("all", "")), "refresh": refresh,
        "aside": decisions.set_aside(who, decisions.held(who, day)),
    }  # fmt: skip
    return render(request, "outlets/person_today.html", context)
