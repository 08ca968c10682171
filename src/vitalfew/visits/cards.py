from collections.abc import Mapping
from typing import Any

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.people.models import User
from vitalfew.rooms import Card
from vitalfew.visits import questions
from vitalfew.visits.rights import VisitRight


def coming(user: User, account: Account) -> Mapping[str, Any]:
    """The next visit; where none is planned, by when it is due."""
    row = questions.next_of(user, account)
    due = None if row else Sheet(settings.HOME, user, account).row("visit-need").get("next_by")
    if not row and not due:
        return {}
    can_log = row is not None and questions.may_change(user, row)
    return {"visit": row, "due": due, "account": account, "can_log": can_log, "can_plan": user.may(VisitRight.PLAN)}


CARDS = (Card("overview", VisitRight.SEE, "visits/coming.html", coming),)
