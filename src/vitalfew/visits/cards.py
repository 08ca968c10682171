from collections.abc import Mapping
from typing import Any

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.people.models import User
from vitalfew.rooms import Card
from vitalfew.terms import NextAction
from vitalfew.visits import questions
from vitalfew.visits.rights import VisitRight


def coming(user: User, account: Account) -> Mapping[str, Any]:
    """The next visit; where none is planned, by when it is due, or when it was visited since the figures' day."""
    row = questions.next_of(user, account)
    sheet = Sheet(settings.HOME, user, account)
    due = None if row else sheet.row("visit-need").get("next_by")
    if not row and not due:
        return {}
    visited = None if row else sheet.taken.get((account.code, NextAction.VISIT))
    can_log = row is not None and questions.may_change(user, row)
    return {
        "visit": row, "due": due, "visited": visited, "account": account, "can_log": can_log,
        "can_plan": user.may(VisitRight.PLAN),
    }  # fmt: skip


CARDS = (Card("overview", VisitRight.SEE, "visits/coming.html", coming),)
