from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from vitalfew.people.models import User
from vitalfew.rooms import Appointment
from vitalfew.training.models import Session
from vitalfew.training.rights import TrainingRight
from vitalfew.training.sessions import hour
from vitalfew.training.words import SessionState

MOST: Final = 500


def appointments(user: User, since: date) -> Iterator[Appointment]:
    """Sessions that the user gives; one that was cancelled is told as cancelled."""
    if not user.may(TrainingRight.SEE):
        return
    rows = Session.objects.visible_to(user).filter(trainer=user, put_away_at=None, day__gte=since)
    yield from (of(row) for row in rows.select_related("programme").order_by("day", "pk")[:MOST])


def of(row: Session) -> Appointment:
    begins, ends = row.day, row.day + timedelta(days=1)
    if row.begins and row.ends:
        begins, ends = hour(row.day, row.begins), hour(row.day, row.ends)
    status = "CANCELLED" if row.state == SessionState.CANCELLED else "CONFIRMED"
    return Appointment(
        f"training:{row.pk}", _("Training: %(programme)s") % {"programme": row.programme.title}, begins, ends,
        row.get_absolute_url(), row.version, row.changed_at, place=row.place, status=status,
    )  # fmt: skip
