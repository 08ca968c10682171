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


def kept(user: User, account: Account) -> Mapping[str, Any]:
    """What it was promised of ours, and has not taken yet."""
    rows = questions.kept_for(user, account)
    return {"kept": rows, "can_work": user.may(SupplyRight.WORK)} if rows else {}


CARDS = (
    Card("supply", SupplyRight.SEE, "supply/kept.html", kept, first=True),
    Card("supply", SupplyRight.SEE, "supply/card.html", missed, first=True),
)
