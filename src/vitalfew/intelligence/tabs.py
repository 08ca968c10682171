from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.intelligence import questions
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _


def known(user: User, account: Account) -> Mapping[str, Any]:
    """What is known of the account, and what of it contradicts each other."""
    rows, disputed = questions.of_account(user, account), questions.contradicted(user).filter(account=account)
    return {
        "pieces": rows, "sides": questions.sides(disputed), "can_add": user.may(IntelligenceRight.ADD),
        "can_settle": user.may(IntelligenceRight.SETTLE), "sees_competitors": user.may(IntelligenceRight.MARKET),
    }  # fmt: skip


TABS = (Tab("intelligence", _("Intelligence"), IntelligenceRight.SEE, 115, "intelligence/tab.html", (), known),)
