from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.recoveries import questions
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.rooms import Card


def tried(user: User, account: Account) -> Mapping[str, Any]:
    """Attempts to win it back; the way to one stands in the list of lost accounts."""
    rows = questions.of_account(user, account)
    return {"recoveries": rows} if rows else {}


CARDS = (Card("risk", RecoveryRight.SEE, "recoveries/card.html", tried),)
