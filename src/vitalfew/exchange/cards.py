from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.exchange import questions
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def agreed(user: User, account: Account) -> Mapping[str, Any]:
    """Which data it gives and gets, or the way to agree on that."""
    row, can_agree = questions.of_account(user, account), user.may(ExchangeRight.AGREE)
    effects = questions.effects(user).filter(account=account, change__isnull=False) if row else []
    told = {"exchange": row, "account": account, "can_agree": can_agree, "effects": effects}
    return told if row or can_agree else {}


CARDS = (Card("supply", ExchangeRight.SEE, "exchange/card.html", agreed),)
