from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Card
from vitalfew.surveys import questions
from vitalfew.surveys.rights import SurveyRight

MOST = 30


def asked(user: User, account: Account) -> Mapping[str, Any]:
    """Who of its people was asked in writing, and what came of it."""
    rows = questions.of_account(user, account)[:MOST]
    return {"rows": rows, "account": account} if rows else {}


CARDS = (Card("satisfaction", SurveyRight.SEE, "surveys/card.html", asked),)
