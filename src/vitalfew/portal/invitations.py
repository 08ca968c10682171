"""The link by which a visitor chooses a password: once, until a moment, unless it is revoked.

Its address is the invitation's number and a signature over its number, its nonce and its last moment, made with the house's
secret: it can be shown again to be copied, and cannot be made up.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from vitalfew.people import audit, outside
from vitalfew.people.models import User
from vitalfew.portal.models import Access, Invitation

SALT: Final = "vitalfew.portal.invitation"
LASTS: Final = timedelta(days=7)
A_MINUTE: Final = 20
"""So many forms at most are taken by one link."""


def make(who: User, guest: User) -> Invitation:
    """A new one; those before open nothing any more."""
    revoke(guest)
    return Invitation.objects.create(
        user=guest, nonce=get_random_string(32), until=timezone.now() + LASTS, made_by=who.username
    )


def revoke(guest: User) -> None:
    Invitation.objects.filter(user=guest, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def key_of(row: Invitation) -> str:
    """What stands in its address."""
    return outside.key(row, SALT, row.nonce, int(row.until.timestamp()))


def found(key: str) -> Invitation | None:
    """The invitation of that address, where it still opens something; nobody learns why one does not."""
    rows = Invitation.objects.select_related("user")
    row = rows.filter(pk=outside.number_of(key), user__is_active=True).first()
    if row is None or not outside.is_signed(key, row, SALT, row.nonce, int(row.until.timestamp())) or not row.is_valid:
        return None
    return row if Access.objects.filter(user=row.user).opening(timezone.localdate()).exists() else None


def open_of(guest: User) -> Invitation | None:
    """The one that waits to be used."""
    row = guest.invitations.first()
    return row if row and row.is_valid else None


def too_often(row: Invitation) -> bool:
    return outside.too_often(row, A_MINUTE)


@transaction.atomic
def accept(row: Invitation, password: str) -> User | None:
    """The password is chosen; None where somebody used the link a moment before."""
    used = Invitation.objects.filter(pk=row.pk, used_at=None, revoked_at=None).update(used_at=timezone.now())
    if not used:
        return None
    guest: User = row.user
    guest.set_password(password)
    guest.save(update_fields=["password"])
    audit.record(guest, "portal-accept", f"user:{guest.username}")
    return guest
