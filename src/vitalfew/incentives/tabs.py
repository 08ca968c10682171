from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.incentives import questions
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _

FEW: Final = 20


def earned(user: User, account: Account) -> Mapping[str, Any]:
    """What it earned, period by period, and what was recorded of it."""
    return {
        "standings": questions.of_account(user, account), "can_record": user.may(IncentiveRight.RECORD),
        "cases": list(questions.cases(user).filter(account=account)[:FEW]),
    }  # fmt: skip


TABS = (Tab("incentives", _("Incentives"), IncentiveRight.SEE, 93, "incentives/tab.html", (), earned),)
