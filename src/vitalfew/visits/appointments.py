from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from vitalfew.people.models import User
from vitalfew.rooms import Appointment
from vitalfew.terms import label_of
from vitalfew.visits import questions
from vitalfew.visits.models import Visit, named
from vitalfew.visits.words import Purpose, VisitState

STATUS: Final = {
    VisitState.PLANNED: "TENTATIVE", VisitState.CONFIRMED: "CONFIRMED", VisitState.HELD: "CONFIRMED",
    VisitState.CANCELLED: "CANCELLED",
}  # fmt: skip


def appointments(user: User, since: date) -> Iterator[Appointment]:
    """The user's own visits, to accounts that he sees now."""
    yield from (of(row) for row in questions.visits(user).of_ours(user).filter(day__gte=since))


def of(row: Visit) -> Appointment:
    """One that was cancelled is told as cancelled."""
    begins, ends = (row.begins, row.ends) if row.begins and row.ends else (row.day, row.day + timedelta(days=1))
    return Appointment(
        f"visit:{row.pk}", _("Visit: %(names)s") % {"names": row.names}, begins, ends, row.get_absolute_url(), row.version,
        row.changed_at, _about(row), row.place, STATUS[VisitState(row.state)],  # type: ignore[call-arg]  # a word by its code
    )  # fmt: skip


def _about(row: Visit) -> str:
    """Who goes and what about; nothing of what came of it leaves the house."""
    lines = [_(label_of(Purpose, row.purpose)), row.topic, named(row.ours)]
    return "\n".join(line for line in lines if line)
