from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.preferences import questions
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.preferences.words import Area
from vitalfew.rooms import Card

WITH_COMPLAINTS: Final = (Area.COMPLAINT.value, Area.DELIVERY.value, Area.TALK.value)


def with_complaints(user: User, account: Account) -> Mapping[str, Any]:
    """What to mind when it complains."""
    rows = questions.of_account(user, account, WITH_COMPLAINTS)
    return {"preferences": rows, "account": account, "gap": "mb-3"} if rows else {}


def with_plans(user: User, account: Account) -> Mapping[str, Any]:
    """All of it, and the way to write down more."""
    rows = questions.of_account(user, account)
    return {"preferences": rows, "account": account, "gap": "mt-3", "can_write": user.may(PreferenceRight.WRITE)}


CARDS = (
    Card("complaints", PreferenceRight.SEE, "preferences/card.html", with_complaints, first=True),
    Card("plans", PreferenceRight.SEE, "preferences/card.html", with_plans),
)
