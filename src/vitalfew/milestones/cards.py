from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.milestones import questions
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.people.models import User
from vitalfew.rooms import Card

FEW: Final = 3


def coming(user: User, account: Account) -> Mapping[str, Any]:
    """What is to be thought of next."""
    rows = questions.coming(user, account)[:FEW]
    return {"milestones": rows, "account": account} if rows else {}


CARDS = (Card("overview", MilestoneRight.SEE, "milestones/coming.html", coming),)
