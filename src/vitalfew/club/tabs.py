from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.club import questions
from vitalfew.club.commented import KIND
from vitalfew.club.models import Level
from vitalfew.club.rights import ClubRight
from vitalfew.comments.thread import thread
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _


def belonging(user: User, account: Account) -> Mapping[str, Any]:
    """Its level, what that entitles it to, what was used, and every level before."""
    history = questions.of_account(user, account)
    now = next((row for row in history if row.until is None), None)
    return {
        "now": now, "history": history, "nominations": questions.nominations_of(user, account),
        "benefits": list(questions.benefits(user).filter(level=now.level)) if now else [],
        "uses": list(questions.uses(user).filter(account=account)[: questions.SHOWN]),
        "invited": list(questions.invited(user).filter(account=account).order_by("-event__day")[: questions.SHOWN]),
        "levels": Level.objects.visible_to(user).exists(), "money": user.may(Right.MONEY),
        "may_nominate": user.may(ClubRight.NOMINATE), "may_serve": user.may(ClubRight.SERVE),
        "thread": thread(user, account, KIND, now.pk) if now else {},
    }  # fmt: skip


TABS = (Tab("club", _("Club"), ClubRight.SEE, 97, "club/tab.html", (), belonging),)
