from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.plans import questions, reading
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Card

FEW: Final = 5


def present(user: User, account: Account) -> Mapping[str, Any]:
    """The plan by which it is worked with now, and how its goals stand."""
    now = questions.present(user, account)
    return {"plan": now, "goals": reading.standings(user, now)[:FEW]} if now else {}


CARDS = (Card("overview", AccountPlanRight.SEE, "plans/present.html", present),)
