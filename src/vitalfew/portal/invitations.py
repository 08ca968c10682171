"""The link by which a visitor chooses a password: once, until a moment, unless it is revoked.

Its address is the invitation's number and a signature over its number, its nonce and its last moment, made with the house's
secret: it can be shown again to be copied, and cannot be made up.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.portal.models import Access, Invitation

SALT: Final = "vitalfew.portal.invitation"
LASTS: Final = timedelta(days=7)
A_MINUTE: Final = 20
"""So many forms at most are taken by one link."""
DIGITS: Final = 9


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
    return f"{row.pk}-{_signature(row)}"


def _signature(row: Invitation) -> str:
    said = f"{row.pk}:{row.nonce}:{int(row.until.timestamp())}"
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()[:40]


def found(key: str) -> Invitation | None:
    """The invitation of that address, where it still opens something; nobody learns why one does not."""
    number, _dash, signature = key.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        return None
    row = Invitation.objects.select_related("user").filter(pk=number, user__is_active=True).first()
    if row is None or not constant_time_compare(_signature(row), signature) or not row.is_valid:
        return None
    return row if Access.objects.filter(user=row.user).opening(timezone.localdate()).exists() else None


def open_of(guest: User) -> Invitation | None:
    """The one that waits to be used."""
    row = guest.invitations.first()
    return row if row and row.is_valid else None


def too_often(row: Invitation) -> bool:
    """Counts a form; whether there were too many within this minute."""
    minute = int(timezone.now().timestamp()) // 60
    again = Case(When(minute=minute, then=F("knocks") + 1), default=Value(1))
    Invitation.objects.filter(pk=row.pk).update(knocks=again, minute=minute)
    return Invitation.objects.filter(pk=row.pk, minute=minute, knocks__gt=A_MINUTE).exists()


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
