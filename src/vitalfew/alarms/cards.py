from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.alarms import questions
from vitalfew.alarms.rights import AlarmRight
from vitalfew.people.models import User
from vitalfew.rooms import Card

FEW: Final = 5


def standing(user: User, account: Account) -> Mapping[str, Any]:
    """The alarms that stand about it."""
    rows = questions.of_account(user, account)
    return {"alarms": rows[:FEW]} if rows else {}


CARDS = (Card("overview", AlarmRight.SEE, "alarms/card.html", standing, first=True),)
