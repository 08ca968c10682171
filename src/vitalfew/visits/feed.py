"""Visits as a calendar that other programs read (RFC 5545).

An event keeps its number through all its versions and says which it is, so that a calendar corrects what it holds; one that was
cancelled is told as cancelled. Hours are told in universal time, which every calendar turns into its own; days as days.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, timedelta
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from vitalfew.terms import label_of
from vitalfew.visits.models import Visit, named
from vitalfew.visits.words import Purpose, VisitState

PRODUCT: Final = "-//vitalfew//visits//EN"
STATUS: Final = {
    VisitState.PLANNED: "TENTATIVE", VisitState.CONFIRMED: "CONFIRMED", VisitState.HELD: "CONFIRMED",
    VisitState.CANCELLED: "CANCELLED",
}  # fmt: skip
AGAIN: Final = timedelta(hours=1)
"""How often a calendar had better ask again."""


def calendar(rows: Iterable[Visit], address: Callable[[str], str], name: str = "", method: str = "PUBLISH") -> bytes:
    """The visits as a calendar; ``address`` makes a whole address of a path."""
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
    return calendar([row], address, method="CANCEL" if row.state == VisitState.CANCELLED else "PUBLISH")


def number(row: Visit) -> str:
    """The same through all its versions, of this house alone, and telling nothing."""
    return f"{uuid5(NAMESPACE_OID, f'{settings.SECRET_KEY}:visit:{row.pk}')}@vitalfew"


def _event(row: Visit, address: Callable[[str], str]) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", number(row))
    event.add("sequence", row.version - 1)
    event.add("dtstamp", row.changed_at.astimezone(UTC))
    event.add("last-modified", row.changed_at.astimezone(UTC))
    if row.begins and row.ends:
        event.add("dtstart", row.begins.astimezone(UTC))
        event.add("dtend", row.ends.astimezone(UTC))
    else:
        event.add("dtstart", row.day)
        event.add("dtend", row.day + timedelta(days=1))
    event.add("summary", _("Visit: %(names)s") % {"names": row.names})
    event.add("description", _about(row))
    if row.place:
        event.add("location", row.place)
    event.add("url", address(row.get_absolute_url()))
    event.add("status", STATUS[VisitState(row.state)])  # type: ignore[call-arg]  # a word by its code
    return event


def _about(row: Visit) -> str:
    """Who goes and what about; nothing of what came of it leaves the house."""
    lines = [_(label_of(Purpose, row.purpose)), row.topic, named(row.ours)]
    return "\n".join(line for line in lines if line)
