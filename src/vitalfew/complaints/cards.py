from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.complaints import questions
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.models import User
from vitalfew.rooms import Card

FEW: Final = 20


def settled_here(user: User, account: Account) -> Mapping[str, Any]:
    """Those taken in here, and the way to take one in."""
    rows = questions.ours(user, account)
    return {
        "complaints": rows[:FEW], "account": account, "can_take": user.may(ComplaintRight.TAKE),
        "running": sum(row.is_open for row in rows),
    }  # fmt: skip


CARDS = (Card("complaints", ComplaintRight.SEE, "complaints/card.html", settled_here, first=True),)
