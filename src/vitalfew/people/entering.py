"""Who came in and who left, who tried to and whose keys changed: told to the audit trail."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from vitalfew.people import audit
from vitalfew.people.models import AuditEntry, User

QUIET: Final = timedelta(minutes=15)
"""Who goes on guessing is told of once in that time."""


@receiver(user_logged_in)
def _came(user: User, **_told: Any) -> None:
    audit.record(user, "sign-in", _subject(user))


@receiver(user_logged_out)
def _left(user: User | None, **_told: Any) -> None:
    if user is not None:
        audit.record(user, "sign-out", _subject(user))


@receiver(user_login_failed)
def _guessed(credentials: Mapping[str, Any], **_told: Any) -> None:
    """Of names that are somebody's: what else is tried is not ours to keep."""
    user = User.objects.filter(username=credentials.get("username")).first()
    lately = AuditEntry.objects.filter(action="sign-in-failed", at__gte=timezone.now() - QUIET)
    if user is not None and not lately.filter(subject=_subject(user)).exists():
        audit.record("system", "sign-in-failed", _subject(user))


@receiver(password_changed)
def _new_password(user: User, **_told: Any) -> None:
    audit.record(user, "password-change", _subject(user))


@receiver(authenticator_added)
@receiver(authenticator_reset)
def _new_key(user: User, authenticator: Any, **_told: Any) -> None:
    audit.record(user, "key-add", _subject(user), {"kind": authenticator.type})


@receiver(authenticator_removed)
def _key_gone(user: User, authenticator: Any, **_told: Any) -> None:
    audit.record(user, "key-remove", _subject(user), {"kind": authenticator.type})


def _subject(user: User) -> str:
    return f"user:{user.username}"
