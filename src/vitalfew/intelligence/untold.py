from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.words import Kind, SourceKind
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

MOST: Final = 3
DELICATE: Final = (Kind.FINANCE, Kind.OFFER, Kind.STRATEGY, Kind.ORGANISATION, Kind.PURCHASING)
BEHIND_ITS_BACK: Final = (SourceKind.COLLEAGUE, SourceKind.COMPETITOR, SourceKind.PARTNER, SourceKind.OTHER)
"""Neither told by the customer itself nor to be read by everybody."""


def untold(user: User, account: Account) -> Iterator[Message]:
    """What we heard of it elsewhere and that holds: its money, plans and people, and what others offer it."""
    rows = Intelligence.objects.visible_to(user).holding(timezone.localdate())
    delicate = rows.filter(account=account, kind__in=DELICATE, source_kind__in=BEHIND_ITS_BACK)
    for row in delicate.order_by("-day", "-pk")[:MOST]:
        yield Message(_("Do not let on what we heard elsewhere, not from the customer: {text}"), {"text": str(row)})
