from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from vitalfew.club import questions
from vitalfew.people.models import User
from vitalfew.rooms import Appointment

MOST: Final = 500
DAY: Final = timedelta(days=1)


def appointments(user: User, since: date) -> Iterator[Appointment]:
    """Events that the user plans, or to which accounts are invited that he looks after."""
    for row in questions.own_events(user).filter(day__gte=since).order_by("day", "pk")[:MOST]:
        yield Appointment(
            row.subject, _("Club: %(event)s") % {"event": row.title}, row.day, row.day + DAY, row.get_absolute_url(),
            row.version, row.changed_at, place=row.place,
        )  # fmt: skip
