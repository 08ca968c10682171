"""What the portal keeps of a person of the customer's: his or her access, and the user by which he or she signs in."""

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.portal.models import Access, Invitation
from vitalfew.rooms import ERASED, Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in Access.objects.filter(person__in=traces.people).select_related("account", "user"):
        yield {
            "kind": "access to the portal", "day": row.made_at.date(), "account": row.account.code, "until": row.until,
            "user": row.user.username if row.user else None, "e-mail": row.user.email if row.user else None,
            "last seen": row.seen_at,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """The access goes with the person; of the user a name stays that tells of nobody, since the trail has it."""
    rows = Access.objects.filter(person__in=traces.people)
    users = list(rows.exclude(user=None).values_list("user", flat=True))
    guests = User.objects.filter(pk__in=users, role=Role.PORTAL)
    Invitation.objects.filter(user__in=users).delete()
    rows.delete()
    for guest in guests:
        guest.name, guest.email, guest.is_active = ERASED, "", False
        guest.set_unusable_password()
        guest.save()
        Authenticator.objects.filter(user=guest).delete()
        SocialAccount.objects.filter(user=guest).delete()
