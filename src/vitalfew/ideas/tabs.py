from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.ideas import questions
from vitalfew.ideas.models import Pilot
from vitalfew.ideas.rights import IdeaRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _


def asked_for(user: User, account: Account) -> Mapping[str, Any]:
    """What it would have us do, what came of it, and what is tried with it."""
    pilots = Pilot.objects.visible_to(user).filter(account=account).select_related("idea")
    return {
        "ideas": questions.of_account(user, account), "pilots": list(pilots[: questions.SHOWN]),
        "can_write": user.may(IdeaRight.WRITE),
    }  # fmt: skip


TABS = (Tab("ideas", _("Ideas"), IdeaRight.SEE, 96, "ideas/tab.html", (), asked_for),)
