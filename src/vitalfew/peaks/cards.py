from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.peaks import questions, seasons
from vitalfew.peaks.rights import PeakRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def agreed(user: User, account: Account) -> Mapping[str, Any]:
    """Its peaks as found in the data, and what is agreed on for them."""
    rows, found = questions.of_account(user, account), seasons.calendar([account.code]).rows
    if not rows and not found:
        return {}
    return {"peaks": rows, "found": found, "account": account, "can_make": user.may(PeakRight.MAKE)}


CARDS = (Card("supply", PeakRight.SEE, "peaks/card.html", agreed),)
