from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.reviews import questions
from vitalfew.rooms import Card


def tiers_in_force(_user: User, account: Account) -> Mapping[str, Any]:
    """The account's tiers as people decided them, latest first, what the present one carries, and every round's figures."""
    decided = list(questions.history_of(account.code))
    if not decided:
        return {}
    held = questions.held_now(account.code)
    rounds = list(questions.rounds_of(account.code))
    return {"decided": decided, "held": held, "rounds": rounds, "account": account}


CARDS = (Card("history", Right.MONEY, "reviews/in_force.html", tiers_in_force),)
