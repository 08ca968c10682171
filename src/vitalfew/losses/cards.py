from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.losses import questions
from vitalfew.losses.rights import LossRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def lost(user: User, account: Account) -> Mapping[str, Any]:
    """What is entered of it; the way to enter it stands on Today and in the register."""
    rows = questions.of_account(user, account)
    return {"losses": rows} if rows else {}


CARDS = (Card("risk", LossRight.SEE, "losses/card.html", lost),)
