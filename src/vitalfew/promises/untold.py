from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Day, Message
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.words import PromiseState
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

MOST: Final = 3
REMEMBERED: Final = timedelta(days=180)
"""So long a customer is taken to remember that we did not keep our word."""


def untold(user: User, account: Account) -> Iterator[Message]:
    """That we are reliable, after we broke our word."""
    since = timezone.localdate() - REMEMBERED
    rows = questions.promises(user).filter(account=account, state=PromiseState.BROKEN, settled_on__gte=since)
    for row in rows.order_by("-settled_on", "-pk")[:MOST]:
        figures: dict[str, Any] = {"text": str(row), "due": Day(day_number(row.due))}
        yield Message(_("Do not praise our reliability: {text} was promised by {due} and not kept"), figures)
