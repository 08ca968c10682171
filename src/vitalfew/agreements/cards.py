from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.agreements import questions
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.models import User
from vitalfew.rooms import Card

FEW = 3


def running(user: User, account: Account) -> Mapping[str, Any]:
    """What is in force with it, and by when it is to be decided about."""
    rows = questions.running(user, account)
    return {"agreements": rows[:FEW], "more": len(rows) - FEW, "account": account} if rows else {}


CARDS = (Card("overview", AgreementRight.SEE, "agreements/running.html", running),)
