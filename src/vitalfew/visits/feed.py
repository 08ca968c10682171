"""A calendar that other programs read (RFC 5545).

An event keeps its number through all its versions and says which it is, so that a calendar corrects what it holds; one that was
cancelled is told as cancelled. Hours are told in universal time, which every calendar turns into its own; days as days.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings

from vitalfew.rooms import Appointment
from vitalfew.visits.appointments import of
from vitalfew.visits.models import Visit
from vitalfew.visits.words import VisitState

PRODUCT: Final = "-//vitalfew//visits//EN"
AGAIN: Final = timedelta(hours=1)
"""How often a calendar had better ask again."""


def calendar(
    rows: Iterable[Appointment], address: Callable[[str], str], name: str = "", method: str = "PUBLISH"
) -> bytes:
    """They as a calendar; ``address`` makes a whole address of a path."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", name)
        made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for row in rows:
        made.add_component(_event(row, address))
    written: bytes = made.to_ical()
    return written


def invitation(row: Visit, address: Callable[[str], str]) -> bytes:
    """One visit, to be put into a calendar or, once cancelled, taken out of it."""
    return calendar([of(row)], address, method="CANCEL" if row.state == VisitState.CANCELLED else "PUBLISH")


def number(subject: str) -> str:
    """The same through all versions, of this house alone, and telling nothing."""
    return f"{uuid5(NAMESPACE_OID, f'{settings.SECRET_KEY}:{subject}')}@vitalfew"


def _event(row: Appointment, address: Callable[[str], str]) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", number(row.subject))
    event.add("sequence", row.version - 1)
    event.add("dtstamp", row.changed_at.astimezone(UTC))
    event.add("last-modified", row.changed_at.astimezone(UTC))
    event.add("dtstart", _at(row.begins))
    event.add("dtend", _at(row.ends))
    event.add("summary", row.what)
    if row.about:
        event.add("description", row.about)
    if row.place:
        event.add("location", row.place)
    event.add("url", address(row.url))
    event.add("status", row.status)
    return event


def _at(day: date) -> date:
    return day.astimezone(UTC) if isinstance(day, datetime) else day
