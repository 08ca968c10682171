"""The link at the door of a session: who has it may write himself down, for a time, until it is revoked.

Its address is the door's number and a signature over its number, its nonce and its last moment, made with the house's secret. So
the sheet can be printed again, an address cannot be made up, and one that was revoked or has run out opens nothing.
"""

from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from vitalfew.people import audit, outside
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.training.actions import OVER
from vitalfew.training.models import Door, Session
from vitalfew.training.rights import TrainingRight
from vitalfew.training.sessions import hour

SALT: Final = "vitalfew.training.door"
AFTER: Final = timedelta(days=7)
"""So long after its day a test can still be taken by it."""
A_MINUTE: Final = 240
"""So many forms at most; a hall of people shares one address on the network, so they are counted by door."""


@transaction.atomic
def open_door(user: User, pk: int) -> Session:
    """A new link; one that was there before opens nothing any more."""
    user.must(TrainingRight.RUN)
    session: Session = Session.objects.visible_to(user).select_for_update().get(pk=pk)
    if not session.is_open:
        raise NotPossible(OVER)
    until = last_moment(session)
    if until <= timezone.now():
        raise NotPossible(_("Its day is long past: note by hand who came"))
    _revoke_all(session)
    Door.objects.create(session=session, nonce=get_random_string(32), until=until, made_by=user.username)
    audit.record(user, "door-open", f"session:{session.pk}", {"until": [None, until]})
    return session


def last_moment(session: Session) -> datetime:
    return hour(session.day, time.max) + AFTER


@transaction.atomic
def revoke(user: User, pk: int) -> Session:
    """The link opens nothing from now on."""
    user.must(TrainingRight.RUN)
    session: Session = Session.objects.visible_to(user).get(pk=pk)
    if _revoke_all(session):
        audit.record(user, "door-revoke", f"session:{session.pk}")
    return session


def _revoke_all(session: Session) -> int:
    return session.doors.filter(revoked_at=None).update(revoked_at=timezone.now())


def key_of(door: Door) -> str:
    """What stands in its address."""
    return outside.key(door, SALT, door.nonce, int(door.until.timestamp()))


def found(key: str) -> Door | None:
    """The door of that address, where it is open; nobody learns why one is not."""
    there = Door.objects.select_related("session", "session__programme")
    door = there.filter(pk=outside.number_of(key), session__put_away_at=None).first()
    if door is None or not outside.is_signed(key, door, SALT, door.nonce, int(door.until.timestamp())):
        return None
    return door if door.is_valid else None


def too_often(door: Door) -> bool:
    return outside.too_often(door, A_MINUTE)
