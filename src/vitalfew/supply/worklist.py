"""What supply asks for: a shelf will be empty, and goods must be ordered by a day."""

from collections.abc import Iterator
from typing import Any, Final

from vitalfew.language import Count, Day, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.supply import questions
from vitalfew.supply.models import Stocked
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 10
PRIORITY: Final = 1.5e9
SAID: Final = _("{product} will be empty on {day}, {n} are missing within twelve weeks: goods must be ordered by {by}")


def waiting(user: User) -> Iterator[Task]:
    if user.may(SupplyRight.WORK):
        yield from (_task(row) for row in questions.running_short(user)[:MOST])


def _task(row: Stocked) -> Task:
    figures: dict[str, Any] = {"product": str(row), "n": Count(row.missing)}
    if row.empty_on:
        figures |= {"day": Day(day_number(row.empty_on)), "by": Day(day_number(row.order_by or row.empty_on))}
    return Task(
        _("Stock runs short"), Message(SAID, figures), _("Open"), row.get_absolute_url(), due=row.order_by, soon=True,
        priority=PRIORITY,
    )  # fmt: skip
