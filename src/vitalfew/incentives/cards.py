from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.incentives import questions
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import Stands
from vitalfew.people.models import User
from vitalfew.rooms import Card

FEW: Final = 3


def running(user: User, account: Account) -> Mapping[str, Any]:
    """What it has earned so far, and what is missing to more."""
    rows = [row for row in questions.of_account(user, account) if row.state is Stands.RUNNING]
    return {"standings": rows[:FEW]} if rows else {}


CARDS = (Card("overview", IncentiveRight.SEE, "incentives/present.html", running),)
