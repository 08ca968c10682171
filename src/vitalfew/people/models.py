import hashlib
import secrets
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models

from vitalfew.people.permissions import Forbidden, may, sees_all
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission

ROLES = [(role.value, role.label) for role in Role]


class User(AbstractUser):
    """Somebody who signs in. The name is kept whole: family names come first in Chinese."""

    first_name = None  # type: ignore[assignment]  # a field of the base that is left out
    last_name = None  # type: ignore[assignment]  # as above
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=ROLES, default=Role.MANAGER)
    language = models.CharField(max_length=10, blank=True)
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def may(self, right: Permission) -> bool:
        return self.is_active and may(self.role, right)

    def must(self, right: Permission) -> None:
        """Refuse who may not."""
        if not self.may(right):
            raise Forbidden(right.value)

    @property
    def sees_all_accounts(self) -> bool:
        return sees_all(self.role)


class ApiToken(models.Model):
    """A bearer token: only its hash is kept, so it is shown once and never again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def fresh() -> str:
        return "vf_" + secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()


class AuditEntry(models.Model):
    """One thing that was done. Entries are only ever added; each carries the hash of the one before."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    action = models.CharField(max_length=50)
    subject = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-number"], name="audit_subject"),
            models.Index(fields=["action", "number"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.who} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("audit entries are never deleted")
