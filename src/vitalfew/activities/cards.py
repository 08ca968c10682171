from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.activities import questions
from vitalfew.activities.rights import ActivityRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def pinned(user: User, account: Account) -> Mapping[str, Any]:
    """What is to be seen before all else."""
    rows = questions.pinned(user, account)
    return {"pinned": rows} if rows else {}


CARDS = (Card("timeline", ActivityRight.SEE, "activities/pinned.html", pinned),)
