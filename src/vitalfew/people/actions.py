"""Changes to people: written to the audit trail in the same transaction."""

import contextlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from vitalfew.people import audit
from vitalfew.people.models import ApiToken, User
from vitalfew.people.roles import Role
from vitalfew.terms import gettext_noop as _

NAME_OF_TOKEN: Final = 100


FIELDS: Final[Mapping[str, str]] = {
    "username": _("User name"), "name": _("Person's name"), "email": _("E-mail"), "role": _("Role"),
}  # fmt: skip


class UsernameTaken(ValueError):
    """Another user has this name."""


class NotAPerson(ValueError):
    """A name, address or role that no user can have; says what is wrong with it, field by field."""

    def __init__(self, wrong: ValidationError) -> None:
        self.fields: dict[str, list[str]] = wrong.message_dict
        found = self.fields.items()
        super().__init__(
            " ".join(f"{gettext(FIELDS.get(field, field))}: {text}" for field, texts in found for text in texts)
        )


class LastAdministrator(ValueError):
    """Nobody could manage users any more."""


@transaction.atomic
def add_user(
    who: object, *, username: str, name: str, role: str, password: str, email: str = "", demo: bool = False
) -> User:
    user = User(username=username, name=name, role=role, email=email, demo=demo)
    user.set_password(password)
    _check(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise UsernameTaken(username) from taken
    audit.record(who, "user-add", f"user:{username}", {"name": name, "role": role})
    return user


def _check(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as wrong:
        raise NotAPerson(wrong) from None


@transaction.atomic
def set_password(who: object, user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(who, "user-password", f"user:{user.username}")


@transaction.atomic
def set_role(who: object, user: User, role: str) -> None:
    if role != Role.ADMINISTRATOR:
        _not_the_last(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    audit.record(who, "user-role", f"user:{user.username}", {"role": [before, role]})


def _not_the_last(user: User) -> None:
    """As they are now, and held until this is done: two who demote each other at once don't both succeed."""
    administrators = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if list(administrators.values_list("pk", flat=True)) == [user.pk]:
        raise LastAdministrator(user.username)


@transaction.atomic
def set_active(who: object, user: User, *, active: bool) -> None:
    if not active:
        _not_the_last(user)
    before, user.is_active = user.is_active, active
    user.save(update_fields=["is_active"])
    audit.record(who, "user-active", f"user:{user.username}", {"active": [before, active]})


@transaction.atomic
def make_token(who: object, user: User, name: str) -> str:
    """A bearer token; what is returned here is never shown again."""
    token = ApiToken.fresh()
    name = name[:NAME_OF_TOKEN]
    ApiToken.objects.create(user=user, name=name, digest=ApiToken.digest_of(token))
    audit.record(who, "token-make", f"user:{user.username}", {"name": name})
    return token


@transaction.atomic
def revoke_token(who: object, token: ApiToken) -> None:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    audit.record(who, "token-revoke", f"user:{token.user.username}", {"name": token.name})


def bearer(token: str) -> User | None:
    """Whose token it is, unless it was revoked or its user is no longer active; its use is noted once a minute."""
    digest = ApiToken.digest_of(token)
    row = ApiToken.objects.filter(digest=digest, revoked_at=None, user__is_active=True).select_related("user").first()
    if row is None:
        return None
    now = timezone.now()
    if row.used_at is None or now - row.used_at >= timedelta(minutes=1):
        with contextlib.suppress(DatabaseError):  # reading goes on where nothing can be written
            ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    return row.user
