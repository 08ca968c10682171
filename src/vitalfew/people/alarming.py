"""An audit trail that is no longer as it was written."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.language import Count, Message
from vitalfew.people import audit
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import Alarming, Matter, Urgency
from vitalfew.terms import gettext_noop as _


def altered(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Walked from its start once a day; it stays broken, so it never ends by itself."""
    today = timezone.localdate()
    broken = _found_on(today)
    if broken is not None:
        said = Message(_("The audit trail was altered behind our back, at entry {n}"), {"n": Count(broken)})
        yield Matter("trail", said, None, url=reverse("trail"))


@lru_cache(1)
def _found_on(_day: date) -> int | None:
    return audit.verify().broken_at


ALARMING: Final = (
    Alarming(
        "trail-altered", _("Audit trail altered"),
        _("Compare with the latest backup, and find out who can reach the database"), Right.ADMIN, altered,
        (f"role:{Role.ADMINISTRATOR}",), Urgency.URGENT, from_start=True,
    ),
)  # fmt: skip
