"""A user's addresses for calendars: made, read with the rights of that moment, revoked."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Appointment, declared
from vitalfew.visits.models import Feed
from vitalfew.visits.rights import VisitRight

BACK: Final = timedelta(days=90)
NOTED: Final = timedelta(hours=1)
"""So often it is noted that an address was read."""


def feeds(user: User) -> list[Feed]:
    """Those that still work."""
    return list(Feed.objects.filter(user=user, revoked_at=None))


@transaction.atomic
def add(user: User, name: str) -> str:
    """A new address; what is secret in it is given once."""
    user.must(VisitRight.SEE)
    token = Feed.fresh()
    row = Feed.objects.create(user=user, name=name, digest=Feed.digest_of(token))
    audit.record(user, "feed-add", f"feed:{row.pk}", {"name": [None, name]})
    return token


@transaction.atomic
def revoke(user: User, pk: int) -> None:
    """It answers no more; his own, or anybody's for an administrator."""
    rows = Feed.objects.filter(revoked_at=None)
    row = (rows if user.may(Right.ADMIN) else rows.filter(user=user)).get(pk=pk)
    row.revoked_at = timezone.now()
    row.save()
    audit.record(user, "feed-revoke", f"feed:{row.pk}")


def reader(token: str) -> User | None:
    """Whose address it is, where it still works and he may still see visits."""
    now = timezone.now()
    row = Feed.objects.select_related("user").filter(digest=Feed.digest_of(token), revoked_at=None).first()
    if row is None or not row.user.may(VisitRight.SEE):
        return None
    if row.used_at is None or row.used_at < now - NOTED:
        Feed.objects.filter(pk=row.pk).update(used_at=now)
    return row.user


def told(user: User) -> list[Appointment]:
    """What all rooms have for the user, as far as he may see it now: of the last three months, and all to come."""
    since = timezone.localdate() - BACK
    return [each for room in declared("appointments") for each in room.appointments(user, since)]
