"""What visits ask for: to agree the day, to read the briefing, to write down what came of it, to do what follows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import timezone

from vitalfew.language import Day, Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.visits import questions
from vitalfew.visits.models import FollowUp, Visit
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import Purpose, VisitState
from vitalfew.warehouse.run import day_number

MOST: Final = 30
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
FIRST: Final = 3e9
SOON: Final = 1e9
"""A visit of today stands before all; what is agreed before what the analyses advise, whose priority is money."""


class Step(NamedTuple):
    """What a visit asks for, why, and where it is done."""

    what: str
    why: str
    button: str
    route: str
    priority: float


LOG: Final = Step(_("Log the visit"), _("{account} was visited on {day}: {purpose}"), _("Log it"), "visit-hold", FIRST)
READ: Final = Step(
    _("Read the briefing"), _("Visit to {account} on {day}: state, people, promises, complaints"), _("Briefing"),
    "visit-brief", FIRST,
)  # fmt: skip
AGREE: Final = Step(
    _("Agree the visit with the customer"), _("A visit on {day} is planned and not agreed yet: {purpose}"), _("Open"),
    "visit", SOON,
)  # fmt: skip


def waiting(user: User) -> Iterator[Task]:
    if not user.may(VisitRight.PLAN):
        return
    now = timezone.localtime()
    for row in questions.to_come(user)[:MOST]:
        yield from _asked(user, row, now)
    for follow in questions.to_do(user, now.date() + WEEK)[:MOST]:
        yield _follow(follow)


def _asked(user: User, row: Visit, now: datetime) -> Iterator[Task]:
    today = now.date()
    if row.day < today or (row.day == today and (row.begins or now) <= now):
        yield _task(row, LOG)
    elif row.day <= today + DAY:
        yield _task(row, READ)
    elif row.state == VisitState.PLANNED and row.leader_id == user.pk and row.day <= today + WEEK:
        yield _task(row, AGREE)


def _task(row: Visit, step: Step) -> Task:
    day, purpose = Day(day_number(row.day)), Word(label_of(Purpose, row.purpose))
    why = Message(step.why, {"account": row.names, "purpose": purpose, "day": day})
    part = next(iter(row.parts.all()), None)
    code = part.account.code if part else ""
    url = reverse(step.route, args=[row.pk])
    return Task(step.what, why, step.button, url, code, due=row.day, soon=True, priority=step.priority)


def _follow(row: FollowUp) -> Task:
    why = Message(_("After the visit of {day}: {what}"), {"day": Day(day_number(row.visit.day)), "what": str(row)})
    part = next(iter(row.visit.parts.all()), None)
    code = part.account.code if part else ""
    url = row.visit.get_absolute_url()
    return Task(_("Do what follows the visit"), why, _("Open"), url, code, due=row.due, soon=True, priority=SOON)
