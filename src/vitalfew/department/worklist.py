"""What the department asks for: accounts without anybody, desks too full, and whom one stands in for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Absence
from vitalfew.department import questions
from vitalfew.department.questions import Desk
from vitalfew.department.rights import DepartmentRight
from vitalfew.language import Count, Day, Message, Percent
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

SOON: Final = timedelta(days=14)
PRIORITY: Final = 1.0
STAKE: Final = _("Sales of a year, weighed by the risk of leaving")


def waiting(user: User) -> Iterator[Task]:
    if user.may(DepartmentRight.AWAY):
        yield from _standing_in(user)
    if user.may(Right.ASSIGN):
        yield from _uncovered()


def _standing_in(user: User) -> Iterator[Task]:
    """Whose accounts one looks after in these days, or soon."""
    today = timezone.localdate()
    rows = Absence.objects.filter(deputy=user, put_away_at=None, until__gte=today, since__lte=today + SOON)
    for row in rows.select_related("user"):
        figures: dict[str, str | Day] = {
            "who": str(row.user),
            "since": Day(day_number(row.since)),
            "until": Day(day_number(row.until)),
        }
        why = Message(_("{who} is away from {since} until {until}"), figures)
        url = f"{reverse('accounts')}?manager={row.user.username}"
        yield Task(_("Stand in"), why, _("See the accounts"), url, due=max(row.since, today), soon=True)


def _uncovered() -> Iterator[Task]:
    department = questions.department()
    for desk in department.gone:
        yield _gone(desk)
    if department.nobody.key:
        why = Message(
            _("{n} of the most valuable and growable accounts have no manager"), {"n": Count(department.nobody.key)}
        )
        yield Task(
            _("Find managers"),
            why,
            _("See proposals"),
            reverse("manager-proposals"),
            effect=department.nobody.stake,
            basis=STAKE,
        )
    for desk in department.desks:
        if desk.overloaded and desk.said:
            yield _full(desk)


def _gone(desk: Desk) -> Task:
    figures: dict[str, str | Count] = {"who": str(desk.user), "n": Count(desk.accounts)}
    why = Message(_("{who} no longer looks after accounts, and {n} are still his or hers"), figures)
    url = f"{reverse('manager-proposals')}?of={desk.user.username if desk.user else ''}"
    return Task(
        _("Find successors"), why, _("See proposals"), url, effect=desk.stake, basis=STAKE, priority=PRIORITY, soon=True
    )


def _full(desk: Desk) -> Task:
    why = Message(_("{who} uses {share} of the capacity set"), {"who": str(desk.user), "share": Percent(desk.share, 0)})
    return Task(_("Hand accounts on"), why, _("See the department"), reverse("department"), effect=None)
