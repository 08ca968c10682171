from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.department import questions
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Card


def away(_user: User, account: Account) -> Mapping[str, Any]:
    """Whether the manager is away, and who stands in."""
    found = questions.away(account.manager, timezone.localdate()) if account.manager else None
    return {"absence": found} if found else {}


CARDS = (Card("overview", Right.ACCOUNTS, "department/away.html", away, first=True),)
