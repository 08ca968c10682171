from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.duplicates import questions
from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def twins(user: User, account: Account) -> Mapping[str, Any]:
    """What was merged into the account, and what may be the same."""
    rows = questions.of_account(user, account)
    return {"pairs": rows, "account": account} if rows else {}


CARDS = (Card("overview", DuplicateRight.SEE, "duplicates/card.html", twins),)
