"""What speaks against a day of a visit: told, and left to those who go."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from vitalfew.accounts.models import Absence
from vitalfew.department.workdays import calendar
from vitalfew.language import Day, Message
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import questions
from vitalfew.visits.models import Visit
from vitalfew.warehouse.run import day_number

NEIGHBOURS: Final = timedelta(days=1)


def beware(visit: Visit) -> Iterator[Message]:
    """Others of ours at one of its doors on the same or neighbouring days, free days, and who of ours is away."""
    if not visit.is_open:
        return
    accounts = {part.account_id for part in visit.parts.all()}
    for part in questions.near(visit, visit.day - NEIGHBOURS, visit.day + NEIGHBOURS).filter(account__in=accounts):
        figures: dict[str, Any] = {
            "who": str(part.visit.leader or "–"),
            "account": part.account.name,
            "day": _day(part.visit),
        }
        yield Message(_("{who} goes to {account} too, on {day}: agree on who goes, or go together"), figures)
    if not calendar().works(visit.day):
        yield Message(_("{day} is no working day"), {"day": _day(visit)})
    for absence in Absence.objects.on(visit.day).filter(user__in=visit.ours).select_related("user"):
        yield Message(_("{who} is away on {day}"), {"who": str(absence.user), "day": _day(visit)})


def _day(visit: Visit) -> Day:
    return Day(day_number(visit.day))
