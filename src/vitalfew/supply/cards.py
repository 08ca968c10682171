from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Card
from vitalfew.supply import questions
from vitalfew.supply.rights import SupplyRight


def missed(user: User, account: Account) -> Mapping[str, Any]:
    """What it will miss of ours."""
    risks = questions.risks_of(user, account)
    return {"risks": risks} if risks else {}


CARDS = (Card("supply", SupplyRight.SEE, "supply/card.html", missed, first=True),)
