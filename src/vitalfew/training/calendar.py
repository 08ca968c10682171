"""A session for a calendar (RFC 5545); one that was cancelled is told as cancelled."""

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings

from vitalfew.training.models import Session
from vitalfew.training.sessions import hour
from vitalfew.training.words import SessionState

PRODUCT: Final = "-//vitalfew//training//EN"


def event(row: Session, address: Callable[[str], str]) -> bytes:
    """``address`` makes a whole address of a path."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "CANCEL" if row.state == SessionState.CANCELLED else "PUBLISH")
    made.add_component(_event(row, address))
    written: bytes = made.to_ical()
    return written


def _event(row: Session, address: Callable[[str], str]) -> Any:
    from icalendar import Event

    made = Event()
    made.add("uid", f"{uuid5(NAMESPACE_OID, f'{settings.SECRET_KEY}:training:{row.pk}')}@vitalfew")
    made.add("sequence", row.version - 1)
    made.add("dtstamp", row.changed_at.astimezone(UTC))
    if row.begins and row.ends:
        made.add("dtstart", hour(row.day, row.begins).astimezone(UTC))
        made.add("dtend", hour(row.day, row.ends).astimezone(UTC))
    else:
        made.add("dtstart", row.day)
        made.add("dtend", row.day + timedelta(days=1))
    made.add("summary", row.programme.title)
    if row.place:
        made.add("location", row.place)
    made.add("url", address(row.get_absolute_url()))
    made.add("status", "CANCELLED" if row.state == SessionState.CANCELLED else "CONFIRMED")
    return made
