from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Card

FEW: Final = 5


def still_open(user: User, account: Account) -> Mapping[str, Any]:
    """What it waits for."""
    rows = questions.open_of(user, account)
    return {"promises": rows[:FEW], "more": len(rows) - FEW, "account": account} if rows else {}


CARDS = (Card("overview", PromiseRight.SEE, "promises/open.html", still_open),)
