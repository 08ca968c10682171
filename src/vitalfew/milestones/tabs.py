from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.milestones import questions
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _

FEW: Final = 10


def days(user: User, account: Account) -> Mapping[str, Any]:
    """Its days, and what was made of the latest."""
    return {
        "milestones": questions.of_account(user, account), "can_keep": user.may(MilestoneRight.KEEP),
        "came": questions.celebrations(user, account)[:FEW],
    }  # fmt: skip


TABS = (Tab("milestones", _("Milestones"), MilestoneRight.SEE, 97, "milestones/tab.html", (), days),)
