from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.directory import questions
from vitalfew.directory.rights import DirectoryRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def serving(user: User, account: Account) -> Mapping[str, Any]:
    """Who works between us and the account."""
    rows = questions.serving(user, account)
    return {"serving": rows, "sees_all": user.may(DirectoryRight.FIGURES)} if rows else {}


CARDS = (Card("supply", DirectoryRight.SEE, "directory/card.html", serving),)
